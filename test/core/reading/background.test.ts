import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { createTerminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon } from '../../../src/core/reading/lexicon.js';
import { type ReaderParts, readNote } from '../../../src/core/reading/read-note.js';

let parts: ReaderParts;
beforeAll(() => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  parts = {
    lexicon: createLexicon(corpus),
    terms: createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes),
  };
});
const conditions = (text: string): readonly string[] =>
  readNote({ id: 'note', text }, parts, '2026-05-01')
    .entries.filter((e) => e.kind === 'condition' && e.role === 'other')
    .map((e) => e.code.text ?? '');

describe('comorbidities', () => {
  test.each([
    'HIV neg, HCV neg.',
    'HBV, HCV and HIV negative.',
    'ВИЧ отр., гепатит С отр.',
    'HBsAg, HIV not done.',
    'Neuropathy: none.',
    'Планирует беременность.',
    'Hearing aids on both sides.',
  ])('are not there when their test is negative or missing: %s', (text) => {
    expect(conditions(`62 y/o man with gastric adenocarcinoma. ${text}`)).toEqual([]);
  });

  test.each([
    ['HIV positive on ART.', 'hiv'],
    ['Comorbidities: hypertension, type 2 diabetes.', 'hypertension'],
  ])('are there when told: %s', (text, expected) => {
    expect(conditions(`62 y/o man with gastric adenocarcinoma. ${text}`).join(';')).toContain(expected);
  });
});
