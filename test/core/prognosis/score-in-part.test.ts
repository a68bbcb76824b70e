// A criterion on a score that is not settled holds, or fails, where every value that is left says so.
import { expect, test } from 'vitest';
import { evaluate } from '../../../src/core/criteria/evaluate.js';
import { stateOf } from '../../../src/core/criteria/state.js';
import { Criterion } from '../../../src/domain/corpus/criterion.js';
import { derived, unknown } from '../../../src/domain/fact.js';
import type { Value } from '../../../src/domain/patient.js';
import { cancerCase, patientWith } from '../fixtures.js';
import { corpusIndex as index } from './score-row.js';

type Told = Readonly<Record<string, Value>>;
const facts = (values: Told) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, derived(value, 'test')]));

function context(oncotree: string, values: Told, stage?: string) {
  const only = cancerCase({
    cancer: derived({ oncotree, name: oncotree, precision: 'exact' as const }, 'test'),
    stage: stage === undefined ? unknown('not-recorded') : derived(stage, 'test'),
    values: facts(values),
    courses: [],
    biomarkers: [],
  });
  return { patient: patientWith([only], { values: {} }), cancerCase: only, index };
}

// IPI 3 to 5: only the number of extranodal sites and the LDH are open.
const LYMPHOMA = context('DLBCLNOS', { age: 72, ecog: 2 }, 'IV');
// IMDC 1 to 4: anaemia is known, the other five but one are not.
const KIDNEY = context('CCRCC', { haemoglobin: 90, sex: 'male', ecog: 0, metastatic: 'yes' });

test.each([
  [{ ipi: { min: 2 } }, LYMPHOMA, 'met'],
  [{ ipi: { min: 3, max: 5 } }, LYMPHOMA, 'met'],
  [{ ipi: { min: 4 } }, LYMPHOMA, 'unknown'],
  [{ ipi: { max: 1 } }, LYMPHOMA, 'not-met'],
  [{ ipi: { above: 5 } }, LYMPHOMA, 'not-met'],
  [{ 'r-ipi': ['good', 'poor'] }, LYMPHOMA, 'met'],
  [{ 'r-ipi': 'very-good' }, LYMPHOMA, 'not-met'],
  [{ 'imdc-risk': ['intermediate', 'poor'] }, KIDNEY, 'met'],
  [{ 'imdc-risk': 'favourable' }, KIDNEY, 'not-met'],
  [{ 'imdc-risk': 'poor' }, KIDNEY, 'unknown'],
  // Of another cancer nothing is known.
  [{ ipi: { min: 0 } }, KIDNEY, 'unknown'],
])('%j', (written, of, state) => {
  const criterion = Criterion.parse(written);
  expect(evaluate(criterion, of).state).toBe(state);
  expect(stateOf(criterion, of)).toBe(state);
});

test('the words of the criterion tell what is left', () => {
  const found = evaluate(Criterion.parse({ ipi: { min: 2 } }), LYMPHOMA);
  expect(JSON.stringify(found)).toContain('3 - 5');
});
