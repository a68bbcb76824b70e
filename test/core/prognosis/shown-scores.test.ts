// Which published scores stand in the record of a patient, with what they mean and what would settle them.
import { describe, expect, it } from 'vitest';
import { shownScores } from '../../../src/core/prognosis/shown-scores.js';
import { derived } from '../../../src/domain/fact.js';
import type { CancerCase, Patient, Value } from '../../../src/domain/patient.js';
import { cancerCase, patientWith } from '../fixtures.js';
import { course } from '../safety/world.js';
import { corpusIndex as index } from './score-row.js';

type Told = Readonly<Record<string, Value>>;
const facts = (values: Told) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, derived(value, 'test')]));

function shown(oncotree: string, values: Told, more: Partial<CancerCase> = {}, person: Partial<Patient> = {}) {
  const only = cancerCase({
    cancer: derived({ oncotree, name: oncotree, precision: 'exact' as const }, 'test'),
    values: facts(values),
    courses: [],
    biomarkers: [],
    ...more,
  });
  return shownScores({ patient: patientWith([only], { values: {}, ...person }), cancerCase: only, index }, 'en');
}
const values = (of: ReturnType<typeof shown>) => Object.fromEntries(of.map(({ id, value }) => [id, value]));

const LYMPHOMA = { age: 72, 'ldh-uln': 2, ecog: 2, 'extranodal-sites': 2 };
const stage = derived('IV', 'test');

describe('scores in the record', () => {
  it('are those of the cancer before its first systemic treatment', () => {
    expect(values(shown('DLBCLNOS', LYMPHOMA, { stage }))).toMatchObject({ ipi: 5, 'r-ipi': 'poor' });
    const treated = { stage, courses: [course({ drugs: ['rituximab'] })] };
    expect(values(shown('DLBCLNOS', LYMPHOMA, treated))).not.toHaveProperty('ipi');
    expect(values(shown('BRCA', LYMPHOMA, { stage }))).not.toHaveProperty('ipi');
  });
  it('say how many points came from what, and what the total means', () => {
    const of = shown('PAAD', {
      age: 74,
      platelets: 380,
      haemoglobin: 98,
      leukocytes: 12.5,
      bmi: 24,
      metastatic: 'yes',
    });
    const khorana = of.find(({ id }) => id === 'khorana');
    expect(khorana).toMatchObject({ value: 5, means: 'high risk of venous thromboembolism' });
    expect(khorana?.workings).toContain('haemoglobin below 100 g/L +1');
  });
  it('stand as recorded where they are recorded', () => {
    expect(shown('HCC', { 'child-pugh': 'B' }).find(({ id }) => id === 'child-pugh')).toMatchObject({ value: 'B' });
  });
  it('tell what would settle them where doctors ask for them by name', () => {
    const open = shown('HCC', { bilirubin: 20, albumin: 30 }).find(({ id }) => id === 'child-pugh-score');
    expect(open?.value).toBeNull();
    expect(open?.workings).toMatch(/it may be \d+ - \d+; what would settle it: .*INR/);
  });
  it('are asked for in febrile neutropenia only then', () => {
    const fever = { conditions: [{ id: 'febrile-neutropenia', state: 'present' as const, source: stage.source }] };
    const told = { age: 50, 'fn-burden': 'mild', 'systolic-bp': 120, dehydration: 'no', outpatient: 'yes' };
    expect(shown('BRCA', told, {}, fever).map(({ id }) => id)).toContain('mascc');
    expect(shown('BRCA', told).map(({ id }) => id)).not.toContain('mascc');
  });
  it('of localised prostate cancer are not told of metastatic disease', () => {
    const told = { psa: 15, 'grade-group': 2 };
    expect(shown('PRAD', { ...told, metastatic: 'no' }).map(({ id }) => id)).toContain('damico-risk');
    expect(shown('PRAD', { ...told, metastatic: 'yes' }).map(({ id }) => id)).not.toContain('damico-risk');
  });
});
