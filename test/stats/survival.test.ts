// Against R's survival 3.5-3: Kaplan-Meier, medians, log-rank, Cox, restricted means on public data sets.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concordance } from '../../src/stats/concordance.js';
import { cox } from '../../src/stats/cox.js';
import { robustCovariance } from '../../src/stats/cox-robust.js';
import { coxZph } from '../../src/stats/cox-zph.js';
import {
  kaplanMeier,
  limits,
  median,
  restrictedMean,
  restrictedMeanDifference,
  survivalAt,
} from '../../src/stats/kaplan-meier.js';
import { logRank } from '../../src/stats/log-rank.js';
import { summariseSurvival } from '../../src/stats/survival-summary.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'survival');
const present = existsSync(join(folder, 'expected.json'));

interface CoxExpected {
  formula: string;
  ties: 'efron' | 'breslow';
  n_used: number;
  coefficients: { term: string; coef: number; se: number }[];
  loglik_model: number;
  score_test: { chi2: number };
  lr_test: { chi2: number };
  wald_test: { chi2: number };
  concordance: number;
  concordance_se: number;
  ph_test_km_transform?: { term: string; chi2: number; df: number }[];
}
interface Marginal {
  coefficients: { term: string; coef: number; robust_se: number }[];
}
interface Test {
  formula: string;
  rho: number;
  chi2: number;
  df: number;
  expected: number[];
  groups: string[];
}
interface Analysis {
  id: string;
  dataset: string;
  row_filter: string;
  time_column: string;
  event_definition: string;
  arm_column: string;
  kaplan_meier: {
    arm: string;
    n: number;
    events: number;
    median: number | null;
    median_ci95_log: (number | null)[];
    median_ci95_loglog: (number | null)[];
    median_ci95_plain: (number | null)[];
    survival_at: { time: number; survival: number; se_greenwood: number; ci95_log: (number | null)[] }[];
  }[];
  rmst?: {
    horizon: number;
    arms: { arm: string; rmst: number; se: number }[];
    differences: { arm: string; minus: string; difference: number; se: number; p: number }[];
  };
  logrank?: Test;
  peto_peto?: Test;
  logrank_stratified?: Test;
  cox_univariable?: CoxExpected[];
  cox_multivariable?: CoxExpected[];
  cox_stratified?: CoxExpected[];
}
const analyses = present
  ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { analyses: Analysis[] }).analyses
  : [];

type Row = Record<string, string>;

function table(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  const columns = head.split(',').map((c) => c.replaceAll('"', ''));
  return lines.map((line) => {
    const cells = line.split(',').map((c) => c.replaceAll('"', ''));
    return Object.fromEntries(columns.map((c, i) => [c, cells[i] ?? '']));
  });
}

const condition = (text: string): { column: string; value: string } | undefined => {
  const match = /(\S+) == (\S+)/.exec(text);
  return match === null ? undefined : { column: match[1] ?? '', value: match[2] ?? '' };
};

function rowsOf(a: Analysis): Row[] {
  const filter = condition(a.row_filter ?? '');
  return table(a.dataset).filter((row) => filter === undefined || row[filter.column] === filter.value);
}

const close = (actual: number | null | undefined, expected: number | null, relative = 1e-9): void => {
  if (expected === null) expect(actual).toBeNull();
  else expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(expected)));
};

/** Linear predictors of equal covariates may differ in the last bit. */
const rounded = (x: number): number => Number(x.toPrecision(12));

/** Whether a coefficient ("rxLev") is of this term ("rx") and of no longer-named one. */
const belongs = (coefficient: string, term: string, all: readonly { term: string }[]): boolean =>
  coefficient.startsWith(term) &&
  !all.some((o) => o.term.length > term.length && coefficient.startsWith(o.term.replace(/factor\((.*)\)/, '$1')));

describe.skipIf(!present)('survival agrees with R (skipped without SHIPA_DATA)', () => {
  it.each(analyses.map((a) => [a.id, a] as const))('on %s', (_, a) => {
    const event = condition(a.event_definition);
    const data = rowsOf(a).map((row) => ({
      row,
      time: Number(row[a.time_column]),
      event: row[event?.column ?? ''] === event?.value,
      group: row[a.arm_column] ?? '',
    }));
    for (const expected of a.kaplan_meier) {
      const steps = kaplanMeier(data.filter((d) => d.group === expected.arm));
      for (const [type, ci] of [
        ['log', expected.median_ci95_log],
        ['log-log', expected.median_ci95_loglog],
        ['plain', expected.median_ci95_plain],
      ] as const) {
        const m = median(steps, type);
        close(m.median, expected.median);
        close(m.low, ci[0] ?? null);
        close(m.high, ci[1] ?? null);
      }
      for (const s of expected.survival_at) {
        const ours = survivalAt(steps, s.time);
        close(ours.survival, s.survival, 1e-10);
        close(ours.se, s.se_greenwood);
        const step = steps.filter((x) => x.time <= s.time).at(-1);
        if (step !== undefined && s.ci95_log[0] !== null) {
          close(limits(step, 'log').low, s.ci95_log[0] ?? null);
          close(limits(step, 'log').high, s.ci95_log[1] ?? null);
        }
      }
    }
    for (const arm of a.rmst?.arms ?? []) {
      const ours = restrictedMean(kaplanMeier(data.filter((d) => d.group === arm.arm)), a.rmst?.horizon ?? NaN);
      close(ours.rmst, arm.rmst);
      close(ours.se, arm.se);
    }
    for (const expected of a.rmst?.differences ?? []) {
      const [x, y] = [expected.arm, expected.minus].map((arm) =>
        restrictedMean(kaplanMeier(data.filter((d) => d.group === arm)), a.rmst?.horizon ?? NaN),
      );
      if (x === undefined || y === undefined) throw new Error('no such arm');
      const ours = restrictedMeanDifference(x, y);
      close(ours.difference, expected.difference);
      close(ours.se, expected.se);
      close(ours.p, expected.p, 1e-8);
    }
    for (const test of [a.logrank, a.peto_peto, a.logrank_stratified]) {
      if (test === undefined || test === null) continue;
      const stratum = /strata\(([\w.]+)\)/.exec(test.formula)?.[1];
      const groups = test.groups.map((g) => g.replace(/^[^=]*=/, ''));
      const ours = logRank(
        data
          .filter((d) => stratum === undefined || !['', 'NA'].includes(d.row[stratum] ?? ''))
          .map((d) => ({ ...d, ...(stratum ? { stratum: d.row[stratum] ?? '' } : {}) })),
        groups,
        test.rho,
      );
      close(ours.chi2, test.chi2, 1e-9);
      for (const [i, e] of ours.expected.entries()) close(e, test.expected[i] ?? NaN, 1e-9);
    }
    for (const fit of [...(a.cox_univariable ?? []), ...(a.cox_multivariable ?? []), ...(a.cox_stratified ?? [])]) {
      const stratum = /strata\(([\w.]+)\)/.exec(fit.formula)?.[1];
      const columns = Object.keys(data[0]?.row ?? {});
      const right = (fit.formula.split('~')[1] ?? '')
        .split('+')
        .map((t) => t.trim().replace(/^(?:factor|strata)\((.*)\)$/, '$1'));
      const used = data.filter((d) => right.every((t) => !columns.includes(t) || !['', 'NA'].includes(d.row[t] ?? '')));
      expect(used.length).toBe(fit.n_used);
      const value = (row: Row, term: string): number => {
        if (columns.includes(term)) return Number(row[term]);
        const plain = term.replace(/factor\((.*)\)/, '$1');
        const column = columns.filter((c) => plain.startsWith(c)).sort((x, y) => y.length - x.length)[0] ?? '';
        return row[column] === plain.slice(column.length) ? 1 : 0;
      };
      const subjects = used.map((d) => ({
        time: d.time,
        event: d.event,
        x: fit.coefficients.map((c) => value(d.row, c.term)),
        ...(stratum ? { stratum: d.row[stratum] ?? '' } : {}),
      }));
      const ours = cox(subjects, fit.ties);
      fit.coefficients.forEach((c, j) => {
        // R stops when the log likelihood changes by less than 1e-9 of itself; we go on.
        close(ours.coefficients[j], c.coef, 1e-6);
        close(Math.sqrt(ours.covariance[j]?.[j] ?? NaN), c.se, 1e-6);
      });
      close(ours.logLikelihood, fit.loglik_model, 1e-10);
      close(ours.score.chi2, fit.score_test.chi2, 1e-8);
      close(ours.likelihoodRatio.chi2, fit.lr_test.chi2, 1e-8);
      close(ours.wald.chi2, fit.wald_test.chi2, 1e-6);
      const c = concordance(subjects.map((d, i) => ({ ...d, risk: rounded(ours.linearPredictors[i] ?? NaN) })));
      close(c?.concordance, fit.concordance, 1e-9);
      close(c?.se, fit.concordance_se, 1e-8);
      const tests = (fit.ph_test_km_transform ?? []).filter((t) => t.term !== 'GLOBAL');
      const plain = (term: string): string => term.replace(/factor\((.*)\)/, '$1');
      const zph = coxZph(
        subjects,
        ours.coefficients,
        tests.map(({ term }) => ({
          term,
          columns: fit.coefficients.flatMap((t, j) => (belongs(plain(t.term), plain(term), tests) ? [j] : [])),
        })),
        fit.ties,
      );
      for (const [i, t] of tests.entries()) {
        expect(zph.terms[i]?.df).toBe(t.df);
        close(zph.terms[i]?.chi2, t.chi2, 1e-5);
      }
      const global = fit.ph_test_km_transform?.find((t) => t.term === 'GLOBAL');
      if (global) close(zph.global.chi2, global.chi2, 1e-5);
    }
  });
  it('has the robust errors of the marginal model of bladder recurrences', () => {
    const expected = (
      JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { bladder_marginal_wlw: Marginal }
    ).bladder_marginal_wlw;
    const terms = expected.coefficients.map((c) => c.term);
    const subjects = table('bladder.csv').map((row) => ({
      time: Number(row.stop),
      event: row.event === '1',
      x: terms.map((t) => Number(row[t])),
      stratum: row.enum ?? '',
      cluster: row.id ?? '',
    }));
    const fit = cox(subjects, 'efron');
    const robust = robustCovariance(subjects, fit.coefficients, fit.covariance);
    for (const [j, c] of expected.coefficients.entries()) {
      close(fit.coefficients[j], c.coef, 1e-6);
      close(Math.sqrt(robust[j]?.[j] ?? NaN), c.robust_se, 1e-6);
    }
  });
  it('summarises the colon trial with its control arm as the reference', () => {
    const rows = table('colon.csv').filter((row) => row.etype === '2');
    const { summary } = summariseSurvival(
      rows.map((cells, i) => ({ line: i + 2, cells })),
      Object.keys(rows[0] ?? {}),
      { time: 'time', event: 'status', arm: 'rx', covariates: ['age', 'sex'] },
    );
    expect(summary.arms[0]).toMatchObject({ arm: 'Obs', n: 315, events: 168, median: 2083 });
    expect(summary.cox.map((c) => c.term)).toEqual(['rxLev', 'rxLev+5FU', 'age', 'sex']);
    close(summary.logrank?.chi2, 11.683092710639166);
  });
});
