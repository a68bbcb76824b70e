// PREDICT Breast 2.1: overall survival after surgery and the points that each adjuvant treatment adds to the ones before it.
// Candido dos Reis 2017, Breast Cancer Res 19:58. The published tool rounds to two decimals, and so does this.
import type { Coefficients, Inputs } from './inputs.js';

const YEARS = [5, 10, 15] as const;

/** Survival without adjuvant treatment (percent) and benefits (points) at 5, 10, 15 years. @throws FaultyInput */
export function predictBreastV2(c: Coefficients, inputs: Inputs): Record<string, number> {
  const age = inputs.number('age_years', 18, 100);
  const screenCode = inputs.code('screen_detected', [0, 1, 2]);
  const size = inputs.number('tumour_size_mm', 0.1, 1000);
  const gradeCode = inputs.code('grade', [1, 2, 3, 9]);
  const nodes = inputs.number('positive_nodes', 0, 200);
  const erPositive = inputs.code('er_positive', [0, 1]) === 1;
  const her2 = inputs.code('her2_status', [0, 1, 9]);
  const ki67 = inputs.code('ki67_status', [0, 1, 9]);
  const chemo = inputs.code('chemo_generation', [0, 2, 3]);
  const hormone = inputs.code('hormone_therapy', [0, 1]) === 1 && erPositive;
  const trastuzumab = inputs.code('trastuzumab', [0, 1]) === 1 && her2 === 1;
  const bisphosphonates = inputs.code('bisphosphonates', [0, 1]) === 1;
  inputs.done();
  const screen = screenCode === 2 ? c('screen_unknown_value') : screenCode;
  const grade = gradeCode === 9 ? c('grade_unknown_value') : gradeCode;
  const marker = (name: string, code: number, suffix = ''): number =>
    code === 1 ? c(`${name}_pos${suffix}`) : code === 0 ? c(`${name}_neg${suffix}`) : 0;
  const index = erPositive
    ? positiveIndex(c, age, size, nodes, grade, screen) + marker('her2', her2) + marker('ki67', ki67, '_er1')
    : negativeIndex(c, age, size, nodes, grade) + marker('her2', her2);
  const steps = [
    ['hormone', hormone ? c('hormone') : 0],
    ['chemo', chemo > 0 ? c(`chemo_generation${chemo}`) : 0],
    ['trastuzumab', trastuzumab ? c('trastuzumab') : 0],
    ['bisphosphonate', bisphosphonates ? c('bisphosphonate') : 0],
  ] as const;
  const output: Record<string, number> = {};
  for (const year of YEARS) {
    const other = otherBaseline(c, year) * Math.exp(c('other_age') * ((age / 10) ** 2 - 34.23391957));
    const survival = (treated: number): number =>
      100 * Math.exp(-breastBaseline(c, erPositive, year) * Math.exp(index + treated) - other);
    let treated = 0;
    output[`overall_survival_percent_no_adjuvant_y${year}`] = rounded(survival(0));
    for (const [name, effect] of steps) {
      output[`${name}_benefit_points_y${year}`] = rounded(survival(treated + effect) - survival(treated));
      treated += effect;
    }
  }
  return output;
}

const rounded = (x: number): number => Math.round(x * 100) / 100;

function positiveIndex(
  c: Coefficients,
  age: number,
  size: number,
  nodes: number,
  grade: number,
  screen: number,
): number {
  const u = (age / 10) ** -2;
  return (
    c('age1_er1') * (u - 0.0287449295) +
    c('age2_er1') * (u * Math.log(age / 10) - 0.0510121013) +
    c('size_er1') * (Math.log(size / 100) + 1.545233938) +
    c('nodes_er1') * (Math.log((nodes + 1) / 10) + 1.387566896) +
    c('grade_er1') * grade +
    c('screen_er1') * screen
  );
}

/** An unknown grade (2.13) is neither 2 nor 3 and counts as 1, as in the published tool. */
const negativeIndex = (c: Coefficients, age: number, size: number, nodes: number, grade: number): number =>
  c('age_er0') * (age - 56.3254902) +
  c('size_er0') * (Math.sqrt(size / 100) - 0.5090456276) +
  c('nodes_er0') * (Math.log((nodes + 1) / 10) + 1.086916249) +
  (grade === 2 || grade === 3 ? c('grade_er0') : 0);

const breastBaseline = (c: Coefficients, erPositive: boolean, t: number): number =>
  erPositive
    ? Math.exp(
        c('breast_baseline_er1_intercept') +
          c('breast_baseline_er1_inv_sqrt_t') / Math.sqrt(t) +
          (c('breast_baseline_er1_ln_t_over_sqrt_t') * Math.log(t)) / Math.sqrt(t),
      )
    : Math.exp(
        c('breast_baseline_er0_intercept') +
          c('breast_baseline_er0_inv_t2') / (t * t) +
          c('breast_baseline_er0_inv_t') / t,
      );

const otherBaseline = (c: Coefficients, t: number): number =>
  Math.exp(
    c('other_baseline_intercept') + c('other_baseline_ln_t') * Math.log(t) + c('other_baseline_sqrt_t') * Math.sqrt(t),
  );
