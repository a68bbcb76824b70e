// Log-rank test of several groups, also stratified and with Peto-Peto weights (Harrington & Fleming 1982, G-rho family: weight
// S(t-)^rho). chi2 = u' V^- u with the hypergeometric covariance of observed minus expected.
import { chiSquaredUpper } from './distributions.js';
import type { Observation } from './kaplan-meier.js';
import { dot, independentColumns, solve, zeros } from './linear-algebra.js';

export interface GroupedObservation extends Observation {
  readonly group: string;
  readonly stratum?: string;
}

export interface LogRank {
  readonly groups: readonly string[];
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
}

/** Groups in the order given. df 0 (chi2 0, p 1) when no two groups were ever at risk together at an event. */
export function logRank(data: readonly GroupedObservation[], groups: readonly string[], rho = 0): LogRank {
  const g = groups.length;
  const observed = new Array<number>(g).fill(0);
  const expected = new Array<number>(g).fill(0);
  const covariance = zeros(g, g);
  const index = new Map(groups.map((name, i) => [name, i]));
  for (const stratum of new Set(data.map((d) => d.stratum ?? '')))
    accumulate(
      data.filter((d) => (d.stratum ?? '') === stratum),
      index,
      rho,
      observed,
      expected,
      covariance,
    );
  // Groups that could have no event carry no information; one of every set that is compared follows from the others.
  const used = groups.map((_, i) => i).filter((i) => (expected[i] ?? 0) > 0);
  const independent = independentColumns(used.map((i) => used.map((j) => covariance[i]?.[j] ?? 0)));
  const free = independent.map((k) => used[k] ?? -1);
  const u = free.map((i) => (observed[i] ?? 0) - (expected[i] ?? 0));
  const v = free.map((i) => free.map((j) => covariance[i]?.[j] ?? 0));
  const chi2 = free.length === 0 ? 0 : dot(u, solve(v, u));
  return { groups, observed, expected, chi2, df: free.length, p: chiSquaredUpper(chi2, free.length) };
}

function accumulate(
  data: readonly GroupedObservation[],
  index: ReadonlyMap<string, number>,
  rho: number,
  observed: number[],
  expected: number[],
  covariance: number[][],
): void {
  const sorted = [...data].sort((a, b) => a.time - b.time);
  const atRisk = observed.map(() => 0);
  for (const d of sorted) bump(atRisk, index.get(d.group), 1);
  let survival = 1;
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i]?.time;
    const deaths = observed.map(() => 0);
    const leaving = observed.map(() => 0);
    for (; i < sorted.length && sorted[i]?.time === time; i++) {
      const d = sorted[i];
      bump(leaving, index.get(d?.group ?? ''), 1);
      if (d?.event) bump(deaths, index.get(d.group), 1);
    }
    const d = deaths.reduce((s, x) => s + x, 0);
    const n = atRisk.reduce((s, x) => s + x, 0);
    if (d > 0) {
      const weight = survival ** rho;
      const common = n > 1 ? (weight * weight * d * (n - d)) / (n - 1) / (n * n) : 0;
      atRisk.forEach((ni, a) => {
        bump(observed, a, weight * (deaths[a] ?? 0));
        bump(expected, a, (weight * d * ni) / n);
        atRisk.forEach((nj, b) => {
          bump(covariance[a] ?? [], b, common * ni * ((a === b ? n : 0) - nj));
        });
      });
      survival *= 1 - d / n;
    }
    leaving.forEach((x, a) => {
      bump(atRisk, a, -x);
    });
  }
}

function bump(list: number[], i: number | undefined, by: number): void {
  if (i !== undefined) list[i] = (list[i] ?? 0) + by;
}
