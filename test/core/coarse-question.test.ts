// "Recurrent cervical cancer", "pancreatic cancer, ECOG 3": the options of the settings that may be. Invented corpus.
import { describe, expect, test } from 'vitest';
import { cancerCase, corpusOf, fact, none, patientWith, recommend } from './fixtures.js';

const settings = [
  { id: 'advanced', name: 'Advanced', criteria: { metastatic: 'yes', line: 1 } },
  { id: 'local-relapse', name: 'Local relapse', criteria: { recurrence: 'locoregional' } },
  { id: 'followed', name: 'Followed', criteria: { 'primary-treated': 'surgery' } },
  { id: 'untreated', name: 'Untreated', criteria: { 'primary-treated': 'none', metastatic: 'no' } },
];
const decisions = [
  { id: 'systemic', question: 'Which?', outcome: 'PFS', order: 1, settings: ['advanced', 'local-relapse'] },
  { id: 'local', question: 'Operate?', outcome: 'OS', order: 1, settings: ['untreated'] },
];
const indications = [
  { id: 'first', regimen: 'carboplatin', criteria: { line: 1 }, order: 10 },
  { id: 'after', regimen: 'osimertinib', criteria: { prior: { drug: 'gefitinib' } }, order: 20 },
  { id: 'early', regimen: 'pembrolizumab', decision: 'local', criteria: { metastatic: 'no' }, order: 10 },
];
const corpus = corpusOf({ settings, decisions, indications });
const shown = (record: ReturnType<typeof recommend>) =>
  record.options.map((o) => `${o.decision} ${o.band} ${o.provisional} ${o.regimen.id}`);
const RELAPSE = { stage: none, values: { 'relapse-alone': fact('yes') } };

describe('a relapse told alone', () => {
  const record = recommend(patientWith([cancerCase(RELAPSE)]), corpus);
  test('is answered as local and as distant, provisionally, and never as a new tumour', () => {
    expect(record.status).toBe('ranked');
    expect(record.patient.setting).toBeNull();
    expect(shown(record)).toEqual(['systemic consider true carboplatin', 'systemic consider true osimertinib']);
  });
  test('is none of a setting that holds only because nothing contradicts it', () => {
    const lenient = {
      id: 'lenient',
      name: 'After operation',
      criteria: { unless: { 'months-since-diagnosis': { above: 12 } } },
    };
    const late = [{ ...decisions[1], settings: ['lenient'] }];
    const open = corpusOf({
      settings: [...settings, lenient],
      decisions: [...decisions.slice(0, 1), ...late],
      indications,
    });
    expect(shown(recommend(patientWith([cancerCase(RELAPSE)]), open))).toEqual(shown(record));
  });
  test('tells each option which settings it waits for', () => {
    expect(record.options[0]?.criteria[0]).toMatchObject({
      text: expect.stringMatching(/Advanced.*Local relapse/),
      state: 'unknown',
    });
  });
});

describe('a question that tells neither setting nor treatment', () => {
  const open = { stage: none, values: { 'primary-treated': fact('none'), line: fact(1) } };
  test('is answered for each setting that may be when a note asks it', () => {
    const record = recommend(patientWith([cancerCase(open)], { treatmentUntold: true }), corpus);
    expect(shown(record)).toEqual(['systemic consider true carboplatin', 'local consider true pembrolizumab']);
  });
  test('stays unanswered where a record was to tell all treatment', () => {
    expect(recommend(patientWith([cancerCase(open)]), corpus).reason?.code).toBe('setting-unknown');
  });
});
