// PREDICT Prostate: death from non-metastatic prostate cancer and from other causes. Thurtle 2019, PLoS Med 16:e1002758, with the
// BRCA and biopsy terms of the released tool. Upstream publishes the first year; `prostateYears` gives any year by its formulas.
import type { Coefficients, Inputs } from './inputs.js';

export interface ProstateYear {
  readonly year: number;
  /** 1 - risk of death of that cause, the other cause ignored. */
  readonly cancerSurvival: number;
  readonly otherSurvival: number;
  /** Competing risks. */
  readonly cancerDeath: number;
  readonly otherDeath: number;
}

/** The four columns of the first year, as the released tool gives them. @throws FaultyInput */
export function predictProstate(c: Coefficients, inputs: Inputs): Record<string, number> {
  const [first] = prostateYears(c, inputs, 1);
  if (first === undefined) return {};
  return {
    prostate_cancer_survival_y1: first.cancerSurvival,
    non_prostate_cancer_survival_y1: first.otherSurvival,
    prostate_cancer_death_cumulative_y1: first.cancerDeath,
    other_death_cumulative_y1: first.otherDeath,
  };
}

/** Years 1 to `years`. */
export function prostateYears(c: Coefficients, inputs: Inputs, years: number): ProstateYear[] {
  const { cancerIndex, otherIndex } = indices(c, inputs);
  const risk = (cause: 'pc' | 'other', index: number, year: number): number => {
    const d = c('days_per_year') * year;
    const log =
      c(`${cause}_baseline_intercept`) +
      c(`${cause}_baseline_ln_days`) * Math.log(d) +
      c(`${cause}_baseline_days_cubed`) * d ** 3;
    return year === 0 ? 0 : -Math.expm1(-Math.exp(index) * Math.exp(log));
  };
  const output: ProstateYear[] = [];
  let [cancerDeath, otherDeath] = [0, 0];
  for (let year = 1; year <= years; year++) {
    const [p, n] = [risk('pc', cancerIndex, year), risk('other', otherIndex, year)];
    const [p0, n0] = [risk('pc', cancerIndex, year - 1), risk('other', otherIndex, year - 1)];
    // The year's deaths of all causes are shared in proportion to the increases of each cause.
    const all = (1 - p0) * (1 - n0) - (1 - p) * (1 - n);
    const shared = p - p0 + n - n0;
    cancerDeath += shared > 0 ? (all * (p - p0)) / shared : 0;
    otherDeath += shared > 0 ? (all * (n - n0)) / shared : 0;
    output.push({ year, cancerSurvival: 1 - p, otherSurvival: 1 - n, cancerDeath, otherDeath });
  }
  return output;
}

function indices(c: Coefficients, inputs: Inputs): { cancerIndex: number; otherIndex: number } {
  const age = inputs.number('age_years', 18, 110);
  const psa = inputs.number('psa_ng_per_ml', 0, 100_000);
  const stage = inputs.code('t_stage', [1, 2, 3, 4]);
  const grade = inputs.code('grade_group', [1, 2, 3, 4, 5]);
  const charlson = inputs.code('charlson_comorbidity', [0, 1]);
  const treatment = inputs.code('primary_treatment', [0, 1, 3]);
  const biopsy = inputs.code('biopsy_done', [0, 1]) === 1;
  const involved = biopsy ? inputs.number('biopsy_cores_involved', 0, 1e9) : 0;
  const taken = biopsy ? inputs.number('biopsy_cores_taken', 1, 1e9) : 1;
  const brca = inputs.code('brca', [0, 1]);
  inputs.done();
  const percent = biopsy ? (100 * involved) / taken : c('biopsy_percent_cores_when_unknown');
  const cancerIndex =
    c('age_cubed') * ((age / 10) ** 3 - 341.155151) +
    c('psa') * (Math.log((psa + 1) / 100) + 1.636423432) +
    (stage > 1 ? c(`t${stage}`) : 0) +
    (grade > 1 ? c(`grade_group${grade}`) : 0) +
    (treatment === 1 ? c('radical_treatment') : treatment === 3 ? c('primary_hormone_only') : 0) +
    (brca === 1 ? c('brca_positive') : 0) +
    c('biopsy') * (Math.sqrt((percent + 0.1811159) / 100) - 0.649019);
  return { cancerIndex, otherIndex: c('other_age') * (age - 69.87427439) + c('other_charlson') * charlson };
}
