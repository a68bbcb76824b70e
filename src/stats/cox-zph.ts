// Test of proportional hazards: the score test of a time-dependent coefficient beta + theta g(t), at theta = 0.
// Grambsch & Therneau 1994, Biometrika 81:515, in the exact form of R's cox.zph since survival 3.0: each term's test is adjusted
// for all betas, the global one takes all thetas together. g(t) is 1 - S(t-), the Kaplan-Meier of all subjects ("km"),
// time itself ("identity"), its logarithm or its rank among the event times.
import type { ChiSquared } from './cox.js';
import { byStratum, type CoxObservation, eachEventTime, type Ties } from './cox-likelihood.js';
import { chiSquaredUpper } from './distributions.js';
import { kaplanMeier } from './kaplan-meier.js';
import { at, dot, solve, zeros } from './linear-algebra.js';

export type TimeTransform = 'km' | 'identity' | 'log' | 'rank';

export interface ProportionalityTest {
  readonly terms: readonly (ChiSquared & { readonly term: string })[];
  readonly global: ChiSquared;
}

/** `terms` names groups of columns (a factor has several); `beta` is the fitted model, its columns all estimable. */
export function coxZph(
  data: readonly CoxObservation[],
  beta: readonly number[],
  terms: readonly { readonly term: string; readonly columns: readonly number[] }[],
  ties: Ties = 'efron',
  transform: TimeTransform = 'km',
): ProportionalityTest {
  const p = beta.length;
  const means = beta.map((_, j) => data.reduce((s, d) => s + (d.x[j] ?? 0), 0) / data.length);
  const centred = data.map((d) => ({ ...d, x: d.x.map((v, j) => v - (means[j] ?? 0)) }));
  const g = transformOf(data, transform);
  const score = new Array<number>(2 * p).fill(0);
  const information = zeros(2 * p, 2 * p);
  eachEventTime(byStratum(centred), beta, ties, (event) => {
    const weight = g(event.time);
    for (let a = 0; a < p; a++) {
      score[p + a] = (score[p + a] ?? 0) + weight * (event.score[a] ?? 0);
      for (let b = 0; b < p; b++) {
        const v = at(event.information, a, b);
        const plus = (i: number, j: number, by: number): void => {
          (information[i] ?? [])[j] = at(information, i, j) + by;
        };
        plus(a, b, v);
        plus(a, p + b, weight * v);
        plus(p + a, b, weight * v);
        plus(p + a, p + b, weight * weight * v);
      }
    }
  });
  const test = (columns: readonly number[]): ChiSquared => {
    const index = [...beta.map((_, j) => j), ...columns.map((c) => p + c)];
    const u = index.map((i) => (i < p ? 0 : (score[i] ?? 0)));
    const chi2 = dot(
      u,
      solve(
        index.map((i) => index.map((j) => at(information, i, j))),
        u,
      ),
    );
    return { chi2, df: columns.length, p: chiSquaredUpper(chi2, columns.length) };
  };
  return {
    terms: terms.map(({ term, columns }) => ({ term, ...test(columns) })),
    global: test(beta.map((_, j) => j)),
  };
}

/** g(t), centred over the events (which leaves the test unchanged and the arithmetic well conditioned). */
function transformOf(data: readonly CoxObservation[], transform: TimeTransform): (time: number) => number {
  const events = data.filter((d) => d.event).map((d) => d.time);
  const raw = rawTransform(data, events, transform);
  const mean = events.reduce((s, t) => s + raw(t), 0) / events.length;
  return (t) => raw(t) - mean;
}

function rawTransform(
  data: readonly CoxObservation[],
  events: readonly number[],
  transform: TimeTransform,
): (time: number) => number {
  switch (transform) {
    case 'identity':
      return (t) => t;
    case 'log':
      return (t) => Math.log(t);
    case 'rank': {
      const sorted = [...events].sort((a, b) => a - b);
      const ranks = new Map<number, number>();
      for (let i = 0; i < sorted.length; ) {
        const t = sorted[i] ?? NaN;
        let last = i;
        while (sorted[last + 1] === t) last++;
        ranks.set(t, (i + last) / 2 + 1);
        i = last + 1;
      }
      return (t) => ranks.get(t) ?? NaN;
    }
    case 'km': {
      const before = new Map<number, number>();
      let survival = 1;
      for (const step of kaplanMeier(data)) {
        before.set(step.time, survival);
        survival = step.survival;
      }
      return (t) => 1 - (before.get(t) ?? NaN);
    }
  }
}
