// PREDICT beside the options of early breast and localised prostate cancer: equal to the tables of the published tool, absent where the model
// does not speak, and with names where inputs lack.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import type { Context } from '../../../src/core/criteria/trace.js';
import { prognosisOf } from '../../../src/core/prognosis/option-prognosis.js';
import { prognosisTable } from '../../../src/core/prognosis/prognosis-table.js';
import { derived, unknown } from '../../../src/domain/fact.js';
import type { CancerCase, Patient, Value } from '../../../src/domain/patient.js';
import { prognosisInWords } from '../../../src/report/prognosis-words.js';
import { cancerCase, patientWith } from '../fixtures.js';

const index = indexCorpus(loadCorpus(join(import.meta.dirname, '../../../corpus')));

const facts = (values: Readonly<Record<string, Value | undefined>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, derived(value, 'the test')]],
    ),
  );

function context(
  oncotree: string,
  setting: string,
  values: Readonly<Record<string, Value | undefined>>,
  more: Partial<CancerCase> = {},
  person: Partial<Patient> = {},
): Context {
  const only = cancerCase({
    cancer: derived({ oncotree, name: oncotree, precision: 'exact' as const }, 'the test'),
    values: facts(values),
    courses: [],
    biomarkers: [],
    clinicalTnm: { t: unknown('not-recorded'), n: unknown('not-recorded'), m: unknown('not-recorded') },
    pathologicTnm: { t: unknown('not-recorded'), n: unknown('not-recorded'), m: unknown('not-recorded') },
    ...more,
  });
  return { patient: patientWith([only], person), cancerCase: only, index, setting };
}

const marker = (name: string, result: string) => ({ name, result: derived(result, 'the test'), alterations: [] });
const BREAST = {
  age: 55,
  'tumour-size': 22,
  'nodes-positive': 2,
  grade: 2,
  smoking: 'never',
  'neoadjuvant-systemic': 'no',
};
const LUMINAL = { biomarkers: [marker('ER', 'positive'), marker('PR', 'positive'), marker('HER2', 'negative')] };
const breast = (values: Readonly<Record<string, Value | undefined>> = {}, more: Partial<CancerCase> = LUMINAL) =>
  context('IDC', 'adjuvant', { ...BREAST, ...values }, more);

const regimen = (id: string) => {
  const found = index.regimen(id);
  if (found === undefined) throw new Error(`no regimen ${id}`);
  return found;
};
const says = (id: string, of: Context) => prognosisOf(regimen(id), of);

/** Percent alive at ten years by `shipa prognosis` on the same row. */
function table(given: Readonly<Record<string, number>>): number {
  const file = index.corpus.survivalModels?.find(({ id }) => id === 'predict-breast-v3.2');
  if (file === undefined) throw new Error('no PREDICT');
  const row = {
    age_years: 55,
    screen_detected: 2,
    tumour_size_mm: 22,
    grade: 2,
    positive_nodes: 2,
    er_positive: 1,
    her2_status: 0,
    ki67_status: 9,
    pr_status: 1,
    chemo_generation: 0,
    hormone_therapy: 0,
    trastuzumab: 0,
    bisphosphonates: 0,
    radiotherapy: 0,
    heart_dose_gy: 0,
    current_smoker: 0,
    ...given,
  };
  const [out] = prognosisTable('predict-breast-v3.2', file, [
    Object.fromEntries(Object.entries(row).map(([k, v]) => [k, String(v)])),
  ]);
  return Number(out?.overall_survival_percent_rhctb_y10);
}

describe('PREDICT Breast beside an option', () => {
  it('gives endocrine therapy the gain over surgery alone, as the table does', () => {
    const found = says('letrozole', breast());
    const [ten, fifteen] = found?.horizons ?? [];
    expect(found?.over).toBe('surgery');
    expect(ten?.gainPoints?.low).toBeCloseTo(table({ hormone_therapy: 1 }) - table({}), 1);
    expect(ten?.gainPoints?.high).toBe(ten?.gainPoints?.low);
    expect(ten?.survivalPercent.low).toBeCloseTo(table({ hormone_therapy: 1 }), 1);
    expect(fifteen?.years).toBe(15);
  });
  it('gives chemotherapy the gain on top of endocrine therapy when the receptor is positive', () => {
    const [ten] = says('ac-t', breast())?.horizons ?? [];
    const gain = table({ hormone_therapy: 1, chemo_generation: 3 }) - table({ hormone_therapy: 1 });
    expect(gain).toBeGreaterThan(0.5);
    expect(ten?.gainPoints?.low).toBeCloseTo(gain, 1);
    expect(says('ac-t', breast())?.over).toBe('surgery and endocrine therapy');
  });
  it('tells trastuzumab only to a HER2 positive tumour, a bisphosphonate to any', () => {
    const her2 = { biomarkers: [marker('ER', 'negative'), marker('HER2', 'positive')] };
    expect(says('paclitaxel-trastuzumab', breast({}, her2))?.treatment).toMatch(/third generation.*trastuzumab/);
    expect(says('paclitaxel-trastuzumab', breast())?.treatment).not.toMatch(/trastuzumab/);
  });
  it('spans smoking that is not known and says so', () => {
    const found = says('letrozole', breast({ smoking: undefined }));
    const [ten] = found?.horizons ?? [];
    expect(found?.unknown).toContain('smoking');
    expect(ten?.survivalPercent.low).toBeLessThan(ten?.survivalPercent.high ?? 0);
  });
  it('names what lacks and gives no number', () => {
    const found = says('letrozole', breast({ 'tumour-size': undefined, 'nodes-positive': undefined }));
    expect(found?.horizons).toEqual([]);
    expect(found?.missing).toEqual(['tumour size', 'positive nodes']);
    expect(found && prognosisInWords(found)).toMatch(
      /no number for endocrine therapy; needs tumour size, positive nodes/,
    );
  });
  it('takes pathologic N0 for no positive node', () => {
    const n0 = {
      ...LUMINAL,
      pathologicTnm: { t: unknown('not-recorded'), n: derived('N0', 'the test'), m: unknown('not-recorded') },
    };
    expect(says('letrozole', breast({ 'nodes-positive': undefined }, n0))?.horizons).toHaveLength(2);
  });
  it('is silent where it does not speak: after neoadjuvant therapy, other settings, CMF, endocrine therapy without the receptor', () => {
    expect(says('letrozole', breast({ 'neoadjuvant-systemic': 'yes' }))).toBeUndefined();
    expect(says('letrozole', context('IDC', 'metastatic', BREAST, LUMINAL))).toBeUndefined();
    expect(says('cmf', breast())).toBeUndefined();
    expect(says('letrozole', breast({}, { biomarkers: [marker('ER', 'negative')] }))).toBeUndefined();
    expect(says('no-adjuvant-chemotherapy', breast())).toBeUndefined();
  });
  it('gives no number outside the ages of the model', () => {
    expect(says('letrozole', breast({ age: 92 }))?.missing).toEqual(['age within 25 to 85']);
  });
});

describe('chemotherapy that PREDICT does not know', () => {
  it('is not counted, whatever is given with it', () => {
    const her2 = { biomarkers: [marker('ER', 'negative'), marker('HER2', 'positive')] };
    const cmf = {
      ...regimen('cmf'),
      components: [
        ...regimen('cmf').components,
        ...regimen('paclitaxel-trastuzumab').components.filter((c) => c.drug === 'trastuzumab'),
      ],
    };
    expect(prognosisOf(cmf, breast({}, her2))).toBeUndefined();
  });
});

describe('PREDICT Prostate beside an option', () => {
  const values = { age: 65, psa: 12, isup: 3, 'positive-cores-percent': 40 };
  const t2 = { clinicalTnm: { t: derived('T2a', 'the test'), n: unknown('not-recorded'), m: unknown('not-recorded') } };
  const prostate = (over: Readonly<Record<string, Value | undefined>> = {}, more: Partial<CancerCase> = t2) =>
    context('PRAD', 'resectable', { ...values, ...over }, more);
  it('gives radical treatment its gain over conservative management, spanned over comorbidity that is not recorded', () => {
    const found = says('radical-prostatectomy', prostate());
    const [ten, fifteen] = found?.horizons ?? [];
    expect(found?.unknown).toContain('comorbidity (Charlson)');
    expect(ten?.gainPoints?.low).toBeGreaterThan(0);
    expect(fifteen?.gainPoints?.low).toBeGreaterThan(ten?.gainPoints?.low ?? 0);
    expect(ten?.survivalPercent.low).toBeLessThan(ten?.survivalPercent.high ?? 0);
  });
  it('gives surveillance its survival and no gain; the two differ by the gain', () => {
    const [watched] = says('prostate-active-surveillance', prostate())?.horizons ?? [];
    const [treated] = says('radical-prostatectomy', prostate())?.horizons ?? [];
    expect(watched?.gainPoints).toBeNull();
    expect((treated?.survivalPercent.low ?? 0) - (watched?.survivalPercent.low ?? 0)).toBeCloseTo(
      treated?.gainPoints?.low ?? 0,
      0,
    );
  });
  it('names a missing grade group, and is silent on hormone therapy alone', () => {
    expect(says('radical-prostatectomy', prostate({ isup: undefined }))?.missing).toEqual(['grade group']);
    expect(says('adt-primary', prostate())).toBeUndefined();
  });
});
