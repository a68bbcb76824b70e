// What is not in the published tables: values worked out on the way, alterations, and what is not known.
import { describe, expect, it } from 'vitest';
import { scoreColumns, scoreTable } from '../../../src/core/prognosis/score-table.js';
import { FaultyInput } from '../../../src/domain/faults.js';
import { type Cells, corpusIndex, scoredRow } from './score-row.js';

const group = (id: string, cells: Cells): string => scoredRow(id, cells)[id] ?? '';

const KIDNEY = {
  ecog: 1,
  'months-since-diagnosis': 12,
  sex: 'male',
  haemoglobin: 130,
  calcium: 2.5,
  neutrophils: 7.5,
  platelets: 400,
  'ldh-uln': 1.5,
};
const BRAIN = { 'biomarker HER2': 'positive', 'biomarker ER': 'positive', 'biomarker PR': 'positive' };
const LYMPHOMA = { age: 41, stage: 'III', 'ldh-uln': 1.1, ecog: 1 };
const NPM1 = {
  ...Object.fromEntries(
    ['RUNX1-RUNX1T1', 'CBFB-MYH11', 'BCR-ABL1', 'TP53'].map((name) => [`biomarker ${name}`, 'negative']),
  ),
  'complex-karyotype': 'no',
  'aml-cytogenetics': 'intermediate',
  'biomarker NPM1': 'positive',
};

describe('scores', () => {
  it.each<[string, Cells, string]>([
    // 2.4 mmol/L is 2.6 at an albumin of 30 g/L; 2.6 is 2.4 at 50.
    ['imdc-risk', KIDNEY, 'favourable'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.4, albumin: 30 }, 'intermediate'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6, albumin: 50 }, 'favourable'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6 }, 'intermediate'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6, 'corrected-calcium': 2.5 }, 'favourable'],
    ['mskcc-risk', { ...KIDNEY, calcium: 2.4, albumin: 34 }, 'intermediate'],
    // A site of metastasis is one of the major sites; one unknown extranodal site may be.
    ['nccn-ipi-risk', { ...LYMPHOMA, age: 76, 'ldh-uln': 3.1, 'metastasis liver': 'yes' }, 'high'],
    ['nccn-ipi-risk', { ...LYMPHOMA, 'extranodal-sites': 0 }, 'low-intermediate'],
    ['nccn-ipi-risk', { ...LYMPHOMA, 'extranodal-sites': 1 }, ''],
    // A mutation of the tyrosine kinase domain is no internal duplication; a positive test without a kind may be one.
    ['eln-risk', { ...NPM1, 'biomarker FLT3': 'D835Y' }, 'favourable'],
    ['eln-risk', { ...NPM1, 'biomarker FLT3': 'positive' }, ''],
    // Rearranged KMT2A is intermediate with one partner, adverse with the others: without the cytogenetic group it is open.
    ['eln-risk', { ...NPM1, 'aml-cytogenetics': '', 'biomarker KMT2A': 'positive', 'biomarker FLT3': 'negative' }, ''],
    // Karnofsky 50 and 60 are one ECOG.
    ['breast-gpa', { ...BRAIN, age: 59, ecog: 2 }, ''],
    ['breast-gpa', { ...BRAIN, age: 59, ecog: 2, karnofsky: 60 }, '3'],
    ['melanoma-renal-gpa', { cancer: 'RCC', ecog: 1, 'brain-metastases-number': 3 }, '2'],
  ])('%s of %j is %s', (id, cells, expected) => {
    expect(group(id, cells)).toBe(expected);
  });

  it('gives the group where every completion of what is missing gives the same, and else says what would settle it', () => {
    expect(group('r-ipi', { age: 70, stage: 'IV', 'ldh-uln': 2 })).toBe('poor');
    const open = scoredRow('r-ipi', { age: 70, stage: 'IV' });
    expect(open['r-ipi']).toBe('');
    expect(open['r-ipi_low']).toBe('2');
    expect(open['r-ipi_high']).toBe('5');
    expect(open['r-ipi_open']).toMatch(/ECOG/i);
    expect(group('sokal-risk', { age: 50, platelets: 300, 'blood-blasts': 1 })).toBe('');
    expect(group('iss', { albumin: 30 })).toBe('');
  });

  it('gives nothing outside the range of those it was made from', () => {
    expect(group('carg', { age: 60 })).toBe('');
    expect(group('aa-ipi-risk', { age: 61, stage: 'IV', 'ldh-uln': 1.1, ecog: 2 })).toBe('');
  });

  it('names every cell that is not what its column holds', () => {
    const score = corpusIndex.score('ipi');
    if (score === undefined) throw new Error('no ipi');
    const rows = [{ age: 'old', ecog: '9' }];
    const faults = (() => {
      try {
        scoreTable(score, rows, corpusIndex);
      } catch (error) {
        if (error instanceof FaultyInput) return error.faults.map((f) => f.place);
      }
      return [];
    })();
    expect(faults).toEqual(['line 2, column age', 'line 2, column ecog']);
  });

  it('tells its columns', () => {
    const score = corpusIndex.score('r-ipi');
    expect(score && scoreColumns(score, corpusIndex)).toEqual([
      'age',
      'cancer',
      'ecog',
      'extranodal-sites',
      'ldh-uln',
      'stage',
    ]);
  });
});
