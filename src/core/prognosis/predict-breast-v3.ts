// PREDICT Breast 3.1 and 3.2: all-cause survival at 5, 10 and 15 years after surgery for early invasive breast cancer, by the
// treatments added. They differ in the baseline adjustments only. Formulas: WintonCentre/predict-v30-r (MIT); the fixed year is 2017.
// Known quirk, kept because the published tool has it: the heart dose acts in every combination with radiotherapy.
import type { Coefficients, Inputs } from './inputs.js';

const YEARS = [5, 10, 15] as const;
/** Treatments added to surgery: r radiotherapy, h hormone, c chemotherapy, t trastuzumab, b bisphosphonate; s is none. */
const COMBINATIONS = ['s', 'r', 'rh', 'rhc', 'rhct', 'rhctb', 'h', 'hc', 'hct', 'hctb'] as const;

interface BreastV3 {
  readonly age: number;
  readonly erPositive: boolean;
  readonly her2: number;
  readonly chemo: number;
  readonly given: Readonly<Record<'h' | 't' | 'b' | 'r', boolean>>;
  readonly heartDoseGy: number;
  readonly smoker: boolean;
  /** Prognostic index without the HER2 term, which changes from year to year. */
  readonly index: number;
}

/** `overall_survival_percent_X_yT` for every combination and year, in percent. @throws FaultyInput */
export function predictBreastV3(c: Coefficients, inputs: Inputs): Record<string, number> {
  const patient = read(c, inputs);
  const output: Record<string, number> = {};
  for (const year of YEARS)
    for (const added of COMBINATIONS)
      output[`overall_survival_percent_${added}_y${year}`] =
        100 * Math.exp(-breastHazard(c, patient, added, year) - otherHazard(c, patient, added, year));
  return output;
}

function read(c: Coefficients, inputs: Inputs): BreastV3 {
  const age = inputs.number('age_years', 24.000001, 100);
  const screenCode = inputs.code('screen_detected', [0, 1, 2]);
  const size = inputs.number('tumour_size_mm', 0.1, 1000);
  const gradeCode = inputs.code('grade', [1, 2, 3, 9]);
  const nodes = inputs.number('positive_nodes', 0, 200);
  const erPositive = inputs.code('er_positive', [0, 1]) === 1;
  const her2 = inputs.code('her2_status', [0, 1, 9]);
  const ki67 = inputs.code('ki67_status', [0, 1, 9]);
  const pr = inputs.code('pr_status', [0, 1, 9]);
  const chemo = inputs.code('chemo_generation', [0, 2, 3]);
  const yes = (name: string): boolean => inputs.code(name, [0, 1]) === 1;
  const given = {
    h: yes('hormone_therapy'),
    t: yes('trastuzumab'),
    b: yes('bisphosphonates'),
    r: yes('radiotherapy'),
  };
  const heartDoseGy = inputs.number('heart_dose_gy', 0, 100);
  const smoker = yes('current_smoker');
  inputs.done();
  const screen = screenCode === 2 ? c('screen_unknown_value') : screenCode;
  const grade = gradeCode === 9 ? c('grade_unknown_value') : gradeCode;
  const a = (age - 24) / 100;
  const er = erPositive ? 'er1' : 'er0';
  const ageAndSize = erPositive
    ? c('ag1_er1') / Math.sqrt(a) + c('ag2_er1') * a * a + c('sz1_er1') * (1 - Math.exp(-size / 20))
    : c('ag1_er0') * a + c('ag2_er0') * a * Math.log(a) + c('sz1_er0') * Math.log(size);
  const index =
    ageAndSize +
    c(`nd1_${er}`) * Math.log(nodes + 1) +
    c(`gr1_${er}`) * grade +
    c(`sc1_${er}`) * screen +
    c(`yr1_${er}`) * (c('calendar_year_fixed') - 2000) +
    (erPositive ? status(c, 'ki67', 'er1', ki67) : 0) +
    status(c, 'pr', er, pr) +
    c(`baseline_adjust_breast_${er}`);
  return { age, erPositive, her2, chemo, given, heartDoseGy, smoker, index };
}

/** Positive, negative, or nothing where unknown (9). */
const status = (c: Coefficients, marker: string, er: string, code: number): number =>
  code === 1 ? c(`${marker}_pos_${er}`) : code === 0 ? c(`${marker}_neg_${er}`) : 0;

function breastHazard(c: Coefficients, p: BreastV3, added: string, years: number): number {
  const treated =
    (added.includes('r') && p.given.r ? Math.log(c('radiotherapy_breast_hazard_ratio')) : 0) +
    (added.includes('h') && p.given.h && p.erPositive ? c('hormone') : 0) +
    (added.includes('c') && p.chemo > 0 ? c(`chemo_generation${p.chemo}`) : 0) +
    (added.includes('t') && p.given.t && p.her2 === 1 ? c('trastuzumab') : 0) +
    (added.includes('b') && p.given.b ? c('bisphosphonate') : 0);
  let hazard = 0;
  for (let year = 1; year <= years; year++) {
    const her2 = p.erPositive
      ? p.her2 === 9
        ? 0
        : c(`her2_${p.her2 === 1 ? 'pos' : 'neg'}_er1_year${year}`)
      : status(c, 'her2', 'er0', p.her2);
    const step = breastBaseline(c, p.erPositive, year) - breastBaseline(c, p.erPositive, year - 1);
    hazard += step * Math.exp(p.index + her2 + treated);
  }
  return hazard;
}

function breastBaseline(c: Coefficients, erPositive: boolean, year: number): number {
  if (year === 0) return 0;
  const x = year / 10;
  const base = erPositive ? 1 / Math.sqrt(x) : 1 / x;
  const h = erPositive ? 'h1' : 'h0';
  return Math.exp(c(`${h}_br_i`) + c(`${h}_br_t1`) * base + c(`${h}_br_t2`) * base * Math.log(x));
}

function otherHazard(c: Coefficients, p: BreastV3, added: string, years: number): number {
  const a = (p.age - 24) / 100;
  const share = c('smoking_related_share_of_other_deaths');
  const k = share * c('smoking_relative_risk') + 1 - share;
  const population = Math.log(1 - c('smoker_population_share') + c('smoker_population_share') * k);
  const index =
    c('ag_ot_ea.beta.1') * a ** 3 +
    c('ag_ot_ea.beta.2') * a ** 3 * Math.log(a) +
    c('yr_ot_ea.beta') * (c('calendar_year_fixed') - 2000) +
    c('baseline_adjust_other') +
    (p.smoker ? Math.log(k) : 0) -
    population;
  const harm =
    (added.includes('r') ? Math.log(c('radiotherapy_other_hazard_ratio_per_gy_heart')) * p.heartDoseGy : 0) +
    (added.includes('c') && p.chemo > 0 ? Math.log(c('chemo_other_hazard_ratio')) : 0);
  const x = years / 10;
  return Math.exp(c('h_ot_i') + c('h_ot_t1') * Math.log(x) + c('h_ot_t2') * x) * Math.exp(index + harm);
}
