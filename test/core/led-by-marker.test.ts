// What a finding of the tumour leads to where the setting is open, or nothing is told of earlier treatment. Invented corpus.
import { describe, expect, test } from 'vitest';
import type { Patient } from '../../src/domain/patient.js';
import { biomarker, cancerCase, corpusOf, fact, none, patientWith, recommend } from './fixtures.js';

const L858R = biomarker('EGFR', 'positive', { protein: 'L858R', kind: 'missense', codon: 858 });
const settings = [
  { id: 'first-line', name: 'First line', criteria: { metastatic: 'yes', line: 1 } },
  { id: 'later', name: 'Later', criteria: { metastatic: 'yes', line: { min: 2 } } },
  { id: 'early', name: 'Early', criteria: { stage: ['I', 'II', 'III'], metastatic: 'no' } },
];
const decisions = [
  { id: 'systemic', question: 'Which?', outcome: 'PFS', order: 1, settings: ['first-line', 'later'] },
  { id: 'surgery', question: 'Operate?', outcome: 'OS', order: 1, settings: ['early'] },
];
const indications = [
  { id: 'first', regimen: 'carboplatin', criteria: { line: 1 }, order: 10 },
  {
    id: 'mutant-later',
    regimen: 'osimertinib',
    criteria: { line: { min: 2 }, biomarker: { EGFR: 'L858R' } },
    order: 10,
  },
  { id: 'any-later', regimen: 'pembrolizumab', criteria: { line: { min: 2 } }, order: 20 },
];
const corpus = corpusOf({ settings, decisions, indications });
const ask = (written: Parameters<typeof cancerCase>[0], patient: Partial<Patient> = {}) =>
  recommend(patientWith([cancerCase({ biomarkers: [L858R], ...written })], patient), corpus);
const shown = (record: ReturnType<typeof ask>) => record.options.map((o) => `${o.band} ${o.regimen.id}`);
const METASTATIC = { values: { metastatic: fact('yes') } };

describe('a finding of the tumour', () => {
  test('leads to its option, provisionally, when the setting cannot be told', () => {
    const record = ask({ stage: none, values: {} }, { treatmentUntold: true });
    expect(record.status).toBe('ranked');
    expect(record.patient.setting).toBeNull();
    expect(shown(record)).toEqual(['consider osimertinib']);
    expect(record.options[0]?.provisional).toBe(true);
    expect(record.options[0]?.criteria[0]).toMatchObject({ text: expect.stringContaining('Later'), state: 'unknown' });
  });
  test('is shown for a later line after the options of the first when nothing is told of earlier treatment', () => {
    expect(shown(ask(METASTATIC, { treatmentUntold: true }))).toEqual([
      'recommended carboplatin',
      'consider osimertinib',
    ]);
  });
  test('is not shown for a later line when the list of treatments is complete', () => {
    expect(shown(ask(METASTATIC))).toEqual(['recommended carboplatin']);
  });
  test('leads nowhere when the test found nothing', () => {
    const negative = [biomarker('EGFR', 'negative')];
    expect(ask({ stage: none, values: {}, biomarkers: negative }).reason?.code).toBe('setting-unknown');
  });
  test('does not list an option as excluded that it shows', () => {
    const record = ask(METASTATIC, { treatmentUntold: true });
    expect(record.excluded.map((e) => e.regimen)).not.toContain('osimertinib');
  });
});
