import { describe, expect, test } from 'vitest';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
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
