// Every score of the corpus at its cut-points, by hand from the published tables; and what is not known.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { scoreColumns, scoreTable } from '../../../src/core/prognosis/score-table.js';
import { FaultyInput } from '../../../src/domain/faults.js';

const index = indexCorpus(loadCorpus(join(import.meta.dirname, '../../../corpus')));

function row(id: string, cells: Record<string, string | number>) {
  const score = index.score(id);
  if (score === undefined) throw new Error(`no score ${id}`);
  const [only] = scoreTable(score, [Object.fromEntries(Object.entries(cells).map(([k, v]) => [k, String(v)]))], index);
  if (only === undefined) throw new Error('one row in, one row out');
  return only;
}
const group = (id: string, cells: Record<string, string | number>): string => row(id, cells)[id] ?? '';

const IPI = { age: 60, stage: 'II', 'ldh-uln': 1, ecog: 1, 'extranodal-sites': 1 };
const MARKERS = { 'biomarker del17p': 'negative', 'biomarker t(4;14)': 'negative', 'biomarker t(14;16)': 'negative' };
const CLL = { 'biomarker TP53': 'negative', 'biomarker del17p': 'negative', 'biomarker IGHV': 'positive' };
const MDS = {
  'ipss-r-cytogenetics': 'very-good',
  'marrow-blasts': 2,
  haemoglobin: 100,
  platelets: 100,
  neutrophils: 0.8,
};
const KIDNEY = {
  karnofsky: 80,
  ecog: 1,
  'months-since-diagnosis': 12,
  sex: 'male',
  haemoglobin: 130,
  calcium: 2.5,
  neutrophils: 7.5,
  platelets: 400,
  'ldh-uln': 1.5,
};
const LIVER = { bilirubin: 33, albumin: 36, inr: 1.6, 'ascites-grade': 'none', 'encephalopathy-grade': 0 };
const BRAIN = { 'biomarker HER2': 'positive', 'biomarker ER': 'positive', 'biomarker PR': 'positive' };
const AML = {
  ...Object.fromEntries(
    ['RUNX1-RUNX1T1', 'CBFB-MYH11', 'BCR-ABL1', 'TP53', 'NPM1', 'FLT3', 'ASXL1', 'BCOR', 'EZH2', 'RUNX1', 'SF3B1']
      .concat(['SRSF2', 'STAG2', 'U2AF1', 'ZRSR2'])
      .map((name) => [`biomarker ${name}`, 'negative']),
  ),
  'complex-karyotype': 'no',
  'aml-cytogenetics': 'intermediate',
};
const GERM = { afp: 999, 'beta-hcg': 4999, 'ldh-uln': 1.4 };
const PROSTATE = { t: 'T1c', psa: 6, isup: 1, age: 49, 'positive-cores-percent': 33 };

describe('scores', () => {
  it.each<[string, Record<string, string | number>, string]>([
    ['ipi', IPI, '0'],
    ['ipi', { ...IPI, age: 61 }, '1'],
    ['ipi', { age: 61, stage: 'IIIA', 'ldh-uln': 1.01, ecog: 2, 'extranodal-sites': 2 }, '5'],
    ['r-ipi', IPI, 'very-good'],
    ['r-ipi', { ...IPI, stage: 'IV', ecog: 2 }, 'good'],
    ['r-ipi', { ...IPI, stage: 'IV', ecog: 2, age: 70 }, 'poor'],
    ['flipi', { age: 60, stage: 'II', haemoglobin: 120, 'ldh-uln': 1, 'nodal-areas': 4 }, '0'],
    ['flipi', { age: 61, stage: 'III', haemoglobin: 119, 'ldh-uln': 1.1, 'nodal-areas': 5 }, '5'],
    ['flipi-risk', { age: 61, stage: 'III', haemoglobin: 130, 'ldh-uln': 1, 'nodal-areas': 3 }, 'intermediate'],
    ['aa-ipi-risk', { age: 60, stage: 'II', 'ldh-uln': 1, ecog: 1 }, 'low'],
    ['aa-ipi-risk', { age: 60, stage: 'III', 'ldh-uln': 1, ecog: 1 }, 'low-intermediate'],
    ['aa-ipi-risk', { age: 30, stage: 'IV', 'ldh-uln': 1.1, ecog: 1 }, 'high-intermediate'],
    ['aa-ipi-risk', { age: 30, stage: 'IV', 'ldh-uln': 1.1, ecog: 2 }, 'high'],
    ['aa-ipi-risk', { age: 61, stage: 'IV', 'ldh-uln': 1.1, ecog: 2 }, ''],
    ['nccn-ipi-risk', { age: 40, stage: 'II', 'ldh-uln': 1, ecog: 1, 'major-extranodal-site': 'no' }, 'low'],
    ['nccn-ipi-risk', { age: 41, stage: 'III', 'ldh-uln': 1, ecog: 1, 'extranodal-sites': 0 }, 'low-intermediate'],
    ['nccn-ipi-risk', { age: 61, stage: 'III', 'ldh-uln': 1.1, ecog: 1, 'extranodal-sites': 0 }, 'high-intermediate'],
    ['nccn-ipi-risk', { age: 76, stage: 'IV', 'ldh-uln': 3.1, ecog: 1, 'metastasis liver': 'yes' }, 'high'],
    [
      'nccn-ipi-risk',
      { age: 76, stage: 'II', 'ldh-uln': 3, ecog: 1, 'major-extranodal-site': 'yes' },
      'high-intermediate',
    ],
    ['nccn-ipi-risk', { age: 41, stage: 'III', 'ldh-uln': 1.1, ecog: 1, 'extranodal-sites': 1 }, ''],
    ['cll-ipi-risk', { ...CLL, 'beta2-microglobulin': 3.5, rai: '0', binet: 'A', age: 65 }, 'low'],
    [
      'cll-ipi-risk',
      { ...CLL, 'biomarker IGHV': 'negative', 'beta2-microglobulin': 3.5, rai: 'I', binet: 'A', age: 65 },
      'intermediate',
    ],
    [
      'cll-ipi-risk',
      { ...CLL, 'biomarker IGHV': 'negative', 'beta2-microglobulin': 3.6, rai: '0', binet: 'A', age: 65 },
      'high',
    ],
    [
      'cll-ipi-risk',
      {
        ...CLL,
        'biomarker del17p': 'positive',
        'biomarker IGHV': 'negative',
        'beta2-microglobulin': 3.5,
        rai: 'I',
        age: 65,
      },
      'very-high',
    ],
    ['iss', { 'beta2-microglobulin': 3.4, albumin: 35 }, '1'],
    ['iss', { 'beta2-microglobulin': 3.4, albumin: 34 }, '2'],
    ['iss', { 'beta2-microglobulin': 3.5, albumin: 40 }, '2'],
    ['iss', { 'beta2-microglobulin': 5.5 }, '3'],
    ['r-iss', { ...MARKERS, 'beta2-microglobulin': 3.4, albumin: 35, 'ldh-uln': 1 }, '1'],
    ['r-iss', { ...MARKERS, 'beta2-microglobulin': 6, 'ldh-uln': 1 }, '2'],
    ['r-iss', { ...MARKERS, 'beta2-microglobulin': 6, 'ldh-uln': 1.2 }, '3'],
    [
      'r2-iss',
      { ...MARKERS, 'beta2-microglobulin': 3, albumin: 40, 'ldh-uln': 1, 'biomarker gain-1q': 'positive' },
      'low-intermediate',
    ],
    ['r2-iss', { ...MARKERS, 'beta2-microglobulin': 6, 'ldh-uln': 2, 'biomarker gain-1q': 'positive' }, 'high'],
    [
      'r2-iss',
      { ...MARKERS, 'beta2-microglobulin': 6, 'ldh-uln': 2, 'biomarker gain-1q': 'negative' },
      'intermediate-high',
    ],
    ['ipss-r-risk', MDS, 'very-low'],
    ['ipss-r-risk', { ...MDS, 'marrow-blasts': 2.1, haemoglobin: 99 }, 'low'],
    ['ipss-r-risk', { ...MDS, 'marrow-blasts': 5, haemoglobin: 79 }, 'intermediate'],
    ['ipss-r-risk', { ...MDS, 'ipss-r-cytogenetics': 'poor', 'marrow-blasts': 5, platelets: 49 }, 'high'],
    ['ipss-r-risk', { ...MDS, 'ipss-r-cytogenetics': 'very-poor', 'marrow-blasts': 10.1 }, 'very-high'],
    ['imdc-risk', KIDNEY, 'favourable'],
    ['imdc-risk', { ...KIDNEY, haemoglobin: 129 }, 'intermediate'],
    ['imdc-risk', { ...KIDNEY, haemoglobin: 129, platelets: 401, 'months-since-diagnosis': 11 }, 'poor'],
    ['mskcc-risk', KIDNEY, 'favourable'],
    // 2.4 mmol/L is 2.6 at an albumin of 30 g/L; 2.6 is 2.4 at 50.
    ['imdc-risk', { ...KIDNEY, calcium: 2.4, albumin: 30 }, 'intermediate'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6, albumin: 50 }, 'favourable'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6 }, 'intermediate'],
    ['imdc-risk', { ...KIDNEY, calcium: 2.6, 'corrected-calcium': 2.5 }, 'favourable'],
    ['mskcc-risk', { ...KIDNEY, calcium: 2.4, albumin: 34 }, 'intermediate'],
    ['mskcc-risk', { ...KIDNEY, 'ldh-uln': 1.6, calcium: 2.51 }, 'intermediate'],
    ['child-pugh-score', LIVER, '5'],
    ['child-pugh', { ...LIVER, bilirubin: 34 }, 'A'],
    ['child-pugh', { ...LIVER, bilirubin: 52 }, 'B'],
    ['child-pugh', { ...LIVER, bilirubin: 52, albumin: 27, 'ascites-grade': 'mild' }, 'C'],
    [
      'bclc',
      { ...LIVER, ecog: 0, 'tumour-number': 1, 'tumour-size': 20, 'macrovascular-invasion': 'no', metastatic: 'no' },
      '0',
    ],
    [
      'bclc',
      { ...LIVER, ecog: 0, 'tumour-number': 3, 'tumour-size': 30, 'macrovascular-invasion': 'no', metastatic: 'no' },
      'A',
    ],
    [
      'bclc',
      { ...LIVER, ecog: 0, 'tumour-number': 4, 'tumour-size': 30, 'macrovascular-invasion': 'no', metastatic: 'no' },
      'B',
    ],
    [
      'bclc',
      { ...LIVER, ecog: 0, 'tumour-number': 1, 'tumour-size': 30, 'macrovascular-invasion': 'yes', metastatic: 'no' },
      'C',
    ],
    ['bclc', { ...LIVER, ecog: 3, 'tumour-number': 1, 'tumour-size': 30 }, 'D'],
    ['capra', PROSTATE, '0'],
    ['capra', { t: 'T3a', psa: 31, isup: 4, age: 50, 'positive-cores-percent': 34 }, '10'],
    ['capra', { ...PROSTATE, psa: 6.1, isup: 2 }, '2'],
    ['damico-risk', PROSTATE, 'low'],
    ['damico-risk', { ...PROSTATE, psa: 10.1 }, 'intermediate'],
    ['damico-risk', { ...PROSTATE, psa: 20.1 }, 'high'],
    ['prostate-risk', { ...PROSTATE, psa: 9.9 }, 'low'],
    ['prostate-risk', { ...PROSTATE, psa: 10 }, 'favourable-intermediate'],
    ['prostate-risk', { ...PROSTATE, isup: 2, psa: 10 }, 'unfavourable-intermediate'],
    ['prostate-risk', { ...PROSTATE, isup: 3 }, 'unfavourable-intermediate'],
    ['prostate-risk', { ...PROSTATE, isup: 4 }, 'high'],
    ['prostate-risk', { ...PROSTATE, t: 'T3b' }, 'very-high'],
    [
      'gelf',
      {
        bulky: 'no',
        'b-symptoms': 'no',
        'splenomegaly-symptomatic': 'no',
        neutrophils: 1,
        platelets: 100,
        'nodal-sites-3cm': 2,
        'serous-effusion': 'no',
        'organ-compression': 'no',
        'circulating-lymphoma-cells': 5,
      },
      'no',
    ],
    ['gelf', { 'nodal-sites-3cm': 3 }, 'yes'],
    ['igcccg-risk', { ...GERM, cancer: 'NSGCT' }, 'good'],
    ['igcccg-risk', { ...GERM, cancer: 'NSGCT', afp: 1000 }, 'intermediate'],
    ['igcccg-risk', { ...GERM, cancer: 'NSGCT', 'beta-hcg': 50001 }, 'poor'],
    ['igcccg-risk', { ...GERM, cancer: 'SEM', 'metastasis liver': 'yes' }, 'intermediate'],
    ['igcccg-risk', { ...GERM, cancer: 'SEM' }, 'good'],
    ['eln-risk', { 'biomarker RUNX1-RUNX1T1': 'positive' }, 'favourable'],
    ['eln-risk', { ...AML, 'biomarker NPM1': 'positive' }, 'favourable'],
    // A mutation of the tyrosine kinase domain is no internal duplication.
    ['eln-risk', { ...AML, 'biomarker NPM1': 'positive', 'biomarker FLT3': 'D835Y' }, 'favourable'],
    ['eln-risk', { ...AML, 'biomarker NPM1': 'positive', 'biomarker FLT3': 'ITD' }, 'intermediate'],
    ['eln-risk', { ...AML, 'biomarker FLT3': 'ITD' }, 'intermediate'],
    // "Wild-type NPM1 with FLT3-ITD (without adverse-risk genetic lesions)"
    ['eln-risk', { ...AML, 'biomarker FLT3': 'ITD', 'biomarker ASXL1': 'positive' }, 'adverse'],
    ['eln-risk', { ...AML, 'biomarker RUNX1': 'positive' }, 'adverse'],
    ['eln-risk', { ...AML, 'biomarker NPM1': 'positive', 'complex-karyotype': 'yes' }, 'adverse'],
    ['eln-risk', AML, 'intermediate'],
    ['khorana', { cancer: 'STOMACH', platelets: 350, haemoglobin: 99, leukocytes: 11.1, bmi: 35 }, '6'],
    ['khorana', { cancer: 'LUNG', platelets: 349, haemoglobin: 100, leukocytes: 11, bmi: 34.9 }, '1'],
    [
      'mascc',
      {
        cancer: 'LUNG',
        'fn-burden': 'mild',
        'systolic-bp': 120,
        'condition copd': 'no',
        dehydration: 'no',
        outpatient: 'yes',
        age: 59,
      },
      '26',
    ],
    [
      'mascc',
      {
        cancer: 'LUNG',
        'fn-burden': 'severe',
        'systolic-bp': 80,
        'condition copd': 'yes',
        dehydration: 'yes',
        outpatient: 'no',
        age: 60,
      },
      '4',
    ],
    [
      'cisne',
      {
        ecog: 2,
        'stress-hyperglycaemia': 'yes',
        'condition copd': 'yes',
        'chronic-cardiovascular-disease': 'yes',
        'mucositis-grade': 2,
        monocytes: 0.19,
      },
      '8',
    ],
    ['gpa', { age: 49, ecog: 0, 'brain-metastases-number': 1 }, '4'],
    ['gpa', { age: 61, ecog: 2, 'brain-metastases-number': 4, 'metastasis bone': 'yes' }, '0'],
    ['breast-gpa', { ...BRAIN, age: 59, ecog: 0 }, '4'],
    ['breast-gpa', { ...BRAIN, age: 60, ecog: 1, 'biomarker HER2': 'negative' }, '2'],
    ['breast-gpa', { ...BRAIN, age: 60, ecog: 1, 'biomarker ER': 'negative', 'biomarker PR': 'negative' }, '2.5'],
    [
      'breast-gpa',
      { age: 60, ecog: 3, 'biomarker HER2': 'negative', 'biomarker ER': 'negative', 'biomarker PR': 'negative' },
      '0',
    ],
    // Karnofsky 50 and 60 are one ECOG.
    ['breast-gpa', { ...BRAIN, age: 59, ecog: 2 }, ''],
    ['breast-gpa', { ...BRAIN, age: 59, ecog: 2, karnofsky: 60 }, '3'],
    ['melanoma-renal-gpa', { cancer: 'MEL', ecog: 0, 'brain-metastases-number': 1 }, '4'],
    ['melanoma-renal-gpa', { cancer: 'RCC', ecog: 1, 'brain-metastases-number': 3 }, '2'],
    ['melanoma-renal-gpa', { cancer: 'RCC', ecog: 2, 'brain-metastases-number': 4 }, '0'],
    ['mgps', { crp: 10 }, '0'],
    ['mgps', { crp: 11, albumin: 35 }, '1'],
    ['mgps', { crp: 11, albumin: 34 }, '2'],
  ])('%s of %j is %s', (id, cells, expected) => {
    expect(group(id, cells)).toBe(expected);
  });

  it('computes the regressions: MIPI, Sokal, ELTS, ALBI and the Nottingham index by hand', () => {
    // 0.03535 * 60 + 1.367 * log10(1) + 0.9393 * log10(6800) = 2.121 + 0 + 3.5994
    const mipi = row('mipi-risk', { age: 60, ecog: 1, 'ldh-uln': 1, leukocytes: 6.8 });
    expect(Number(mipi['mipi-risk_low'])).toBeCloseTo(2.121 + 0.9393 * Math.log10(6800), 10);
    expect(mipi['mipi-risk']).toBe('intermediate');
    expect(group('mipi-risk', { age: 70, ecog: 2, 'ldh-uln': 2, leukocytes: 30 })).toBe('high');
    const cml = { age: 43.4, 'spleen-size': 7.51, platelets: 700 * Math.sqrt(0.563), 'blood-blasts': 2.1 };
    // At the means of the derivation the relative risk is 1.
    expect(Number(row('sokal-risk', cml)['sokal-risk_low'])).toBeCloseTo(1, 10);
    expect(group('sokal-risk', { ...cml, 'spleen-size': 0 })).toBe('low');
    const elts = row('elts-risk', { age: 50, 'spleen-size': 4, 'blood-blasts': 2, platelets: 400 });
    expect(Number(elts['elts-risk_low'])).toBeCloseTo(0.0025 * 125 + 0.246 + 0.2104 + 0.4104 / Math.sqrt(0.4), 10);
    expect(elts['elts-risk']).toBe('low');
    const albi = row('albi-grade', { bilirubin: 10, albumin: 40 });
    expect(Number(albi['albi-grade_low'])).toBeCloseTo(0.66 - 3.4, 10);
    expect(albi['albi-grade']).toBe('1');
    // Worked example of a published calculator: 1.2 mg/dL and 3.5 g/dL give -2.10, grade 2.
    const worked = row('albi-grade', { bilirubin: 20.52, albumin: 35 });
    expect(Number(worked['albi-grade_low'])).toBeCloseTo(-2.109, 3);
    expect(worked['albi-grade']).toBe('2');
    expect(group('albi-grade', { bilirubin: 100, albumin: 20 })).toBe('3');
    // Worked example of Payne's formula: 1.83 mmol/L at an albumin of 26 g/L is 2.11.
    expect(Number(group('corrected-calcium', { calcium: 1.83, albumin: 26 }))).toBeCloseTo(2.11, 10);
    expect(Number(group('npi', { 'tumour-size': 20, grade: 2, 'nodes-positive': 0 }))).toBeCloseTo(3.4, 10);
  });

  it('gives the group where every completion of what is missing gives the same, and else says what would settle it', () => {
    expect(group('r-ipi', { age: 70, stage: 'IV', 'ldh-uln': 2 })).toBe('poor');
    const open = row('r-ipi', { age: 70, stage: 'IV' });
    expect(open['r-ipi']).toBe('');
    expect(open['r-ipi_low']).toBe('2');
    expect(open['r-ipi_high']).toBe('5');
    expect(open['r-ipi_open']).toMatch(/ECOG/i);
    expect(group('sokal-risk', { age: 50, platelets: 300, 'blood-blasts': 1 })).toBe('');
    expect(group('iss', { albumin: 30 })).toBe('');
  });

  it('gives nothing outside the range of those it was made from', () => {
    expect(group('carg', { age: 60 })).toBe('');
  });

  it('names every cell that is not what its column holds', () => {
    const score = index.score('ipi');
    if (score === undefined) throw new Error('no ipi');
    const rows = [{ age: 'old', ecog: '9' }];
    const faults = (() => {
      try {
        scoreTable(score, rows, index);
      } catch (error) {
        if (error instanceof FaultyInput) return error.faults.map((f) => f.place);
      }
      return [];
    })();
    expect(faults).toEqual(['line 2, column age', 'line 2, column ecog']);
  });

  it('tells its columns', () => {
    const score = index.score('r-ipi');
    expect(score && scoreColumns(score, index)).toEqual([
      'age',
      'cancer',
      'ecog',
      'extranodal-sites',
      'ldh-uln',
      'stage',
    ]);
  });
});
