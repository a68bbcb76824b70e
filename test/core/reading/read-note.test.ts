// Whole notes: what a reader of the record would check first. Vocabulary and drugs of the corpus files as they stand.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology, type Terminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon, type Lexicon } from '../../../src/core/reading/lexicon.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import type { Patient } from '../../../src/domain/patient.js';

const today = '2026-06-01';
let lexicon: Lexicon;
let terms: Terminology;

beforeAll(() => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  lexicon = createLexicon(corpus);
  terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
});

const read = (text: string): Patient =>
  normalize(readNote({ id: 'note', text }, { lexicon, terms }, today), terms, today);
const only = (patient: Patient) => {
  expect(patient.cases).toHaveLength(1);
  return patient.cases[0] as Patient['cases'][number];
};
const courses = (patient: Patient) =>
  only(patient).courses.map((c) => `${c.drugs.join('+') || c.procedure || 'untold'} ${c.outcome} ${c.line ?? '-'}`);

describe('a note', () => {
  it('gives cancer, line, marker and failed drug of a short question', () => {
    const p = read(
      'Which second-line treatment for a 61-year-old man with EGFR-mutated NSCLC, T790M negative, progressed on osimertinib?',
    );
    expect(only(p).cancer).toMatchObject({ value: { oncotree: 'NSCLC' } });
    expect(only(p).values.line).toMatchObject({ value: 2 });
    expect(only(p).biomarkers.find((b) => b.name === 'EGFR')?.result).toMatchObject({ value: 'positive' });
    expect(courses(p)).toEqual(['osimertinib progressed 1']);
    expect(p.sex).toMatchObject({ value: 'male' });
    expect(p.values.age).toMatchObject({ value: 61 });
  });

  it('reads a Russian question with TNM typed in two alphabets', () => {
    const p = read('мужчина 58 лет, рак желудка сТ4N2М1, HER2 3+, метастазы в печень, ECOG 1. Что дальше?');
    expect(only(p)).toMatchObject({
      cancer: { value: { oncotree: 'STAD' } },
      clinicalTnm: { t: { value: 'T4' }, m: { value: 'M1' } },
    });
    expect(only(p).metastases.map((m) => m.site)).toEqual(['liver']);
    expect(p.values.ecog).toMatchObject({ value: 1 });
  });

  it('does not take the drug that is asked about for one that was given', () => {
    const p = read(
      'Is there a role for olaparib in BRCA2-mutated castration-resistant prostate cancer after enzalutamide?',
    );
    expect(only(p).courses.flatMap((c) => c.drugs)).toEqual(['enzalutamide']);
    expect(only(p).values['castration-resistant']).toMatchObject({ value: 'yes' });
  });

  it('leaves every interval unknown that only the order of telling would give', () => {
    const p = read(
      '58-year-old woman with stage II breast cancer, mastectomy, adjuvant docetaxel + cyclophosphamide, later liver metastases.',
    );
    expect(only(p).values['relapse-interval']?.known ?? false).toBe(false);
    expect(only(p).courses.every((c) => c.start === undefined)).toBe(true);
    expect(only(p).values.recurrence).toMatchObject({ value: 'distant' });
  });

  it('keeps the cancer of a relative apart', () => {
    const p = read('Family history: mother had breast cancer.\n\nDiagnosis: adenocarcinoma of the lung, stage IV.');
    expect(only(p).cancer).toMatchObject({ value: { oncotree: 'LUAD' } });
  });

  it('puts slips of the pen right and says so', () => {
    const history = readNote(
      { id: 'n', text: 'Metastatic melanoma, progressed on pembrolizumba.' },
      { lexicon, terms },
      today,
    );
    expect(history.warnings.map((w) => w.message)).toContain('"pembrolizumba" is read as "pembrolizumab"');
    expect(history.entries.filter((e) => e.kind === 'medication').map((e) => e.code.text)).toEqual(['pembrolizumab']);
  });

  it('points with each fact to its place in the text', () => {
    const text = 'Woman of 70 years. Gastric adenocarcinoma, stage IV. ECOG 2.';
    const source = read(text).values.ecog;
    expect(
      source?.known && source.source.kind === 'text' ? text.slice(source.source.start, source.source.end) : '',
    ).toBe('ECOG 2');
  });

  it('has no case where no cancer is named', () => {
    expect(read('The weather in Almaty is fine today.').cases).toEqual([]);
  });
});
