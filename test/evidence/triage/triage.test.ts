// Probabilities -> answer, and what MEDLINE's indexers say.
import { describe, expect, test } from 'vitest';
import { designOfTypes } from '../../../src/evidence/triage/publication-types.js';
import { readTriage, type TriageScore } from '../../../src/evidence/triage/triage.js';

const score = (given: Partial<TriageScore['designs']>, oncology = 0.9): TriageScore => ({
  designs: { randomised: 0, 'single-arm': 0, 'meta-analysis': 0, cohort: 0, review: 0, other: 0, ...given },
  oncology,
  comparesTreatments: 0.2,
});
const named = { folders: ['nsclc'], oncotree: ['NSCLC'] };
const text = { title: 'A', abstract: 'B' };

describe('triage', () => {
  test('answers the likeliest design and says when it is a guess', () => {
    const sure = readTriage(text, score({ cohort: 0.8, review: 0.2 }), named);
    expect(sure).toMatchObject({
      design: 'cohort',
      randomised: false,
      doubtful: false,
      basis: 'text',
      cancers: ['nsclc'],
    });
    expect(readTriage(text, score({ cohort: 0.5, review: 0.4 }), named).doubtful).toBe(true);
  });

  test('puts the word of the indexers first, and calls a disagreement doubtful', () => {
    const answer = readTriage(
      { ...text, publicationTypes: ['Journal Article', 'Randomized Controlled Trial'] },
      score({ cohort: 0.9, randomised: 0.1 }),
      named,
    );
    expect(answer).toMatchObject({
      design: 'randomised',
      randomised: true,
      basis: 'publication-types',
      doubtful: true,
    });
  });

  test('names no cancer where the text is not of oncology', () => {
    expect(readTriage(text, score({ cohort: 1 }, 0.1), named)).toMatchObject({
      oncology: false,
      cancers: [],
      oncotree: [],
    });
  });
});

describe('publication types', () => {
  test('a meta-analysis that is also a review is a meta-analysis, a protocol of a trial is no trial', () => {
    expect(designOfTypes(['Review', 'Meta-Analysis'])).toBe('meta-analysis');
    expect(designOfTypes(['Clinical Trial Protocol', 'Randomized Controlled Trial'])).toBe('other');
  });

  test('a phase II trial says nothing of its arms', () => {
    expect(designOfTypes(['Clinical Trial, Phase II', 'Journal Article'])).toBeUndefined();
    expect(designOfTypes([])).toBeUndefined();
  });
});
