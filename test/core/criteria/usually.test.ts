// Which open criteria most patients with the same record would meet. Invented corpus.
import { describe, expect, test } from 'vitest';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { usually } from '../../../src/core/criteria/usually.js';
import { biomarker, cancerCase, corpusOf, criterion, fact, patientWith } from '../fixtures.js';

const index = indexCorpus(corpusOf());
const held = (written: unknown, one = cancerCase()) =>
  usually(criterion(written), { patient: patientWith([one]), cancerCase: one, index });

describe('a criterion with a missing fact is usually met', () => {
  test('when it asks for a test that found nothing, or for no such condition', () => {
    expect(held({ biomarker: { EGFR: 'negative' } })).toBe(true);
    expect(held({ not: { biomarker: { EGFR: 'L858R' } } })).toBe(true);
    expect(held({ unless: { biomarker: { EGFR: 'L858R' } } })).toBe(true);
  });
  test('but not when it asks for a finding or a number', () => {
    expect(held({ biomarker: { EGFR: 'L858R' } })).toBe(false);
    expect(held({ 'pd-l1-tps': { min: 50 } })).toBe(false);
    expect(held({ any: [{ biomarker: { EGFR: 'L858R' } }, { 'pd-l1-tps': { min: 50 } }] })).toBe(false);
  });
  test('when it asks for the kind that most are of where none is named', () => {
    const named = (oncotree: string) => cancerCase({ cancer: fact({ oncotree, name: oncotree, precision: 'exact' }) });
    expect(held({ cancer: 'IDC' }, named('BREAST'))).toBe(true);
    expect(held({ cancer: 'LUSC' }, named('NSCLC'))).toBe(false);
    expect(held({ cancer: 'IDC' }, named('TISSUE'))).toBe(false);
  });
  test('and what is known decides by itself', () => {
    const known = cancerCase({ biomarkers: [biomarker('EGFR', 'positive')], values: { 'pd-l1-tps': fact(80) } });
    expect(held({ biomarker: { EGFR: 'negative' } }, known)).toBe(false);
    expect(held({ 'pd-l1-tps': { min: 50 } }, known)).toBe(true);
  });
});
