// Robust (sandwich) covariance of a Cox fit for subjects that belong together, such as repeated events of one patient: V (sum over clusters of
// u u') V with u the summed score residuals. Lin & Wei 1989, JASA 84:1074; ties by Efron as in Therneau & Grambsch 2000, sections 7.1-7.2.
import type { CoxObservation, Ties } from './cox-likelihood.js';
import { byStratum } from './cox-likelihood.js';
import { at, dot, type Matrix, multiply, zeros } from './linear-algebra.js';

export interface ClusteredObservation extends CoxObservation {
  readonly cluster: string;
}

/** `beta` and `covariance` of the fit on the same data; every covariate estimated. */
export function robustCovariance(
  data: readonly ClusteredObservation[],
  beta: readonly number[],
  covariance: Matrix,
  ties: Ties = 'efron',
): number[][] {
  const p = beta.length;
  const sums = new Map<string, number[]>();
  for (const stratum of byStratum(data) as ClusteredObservation[][])
    scoreResiduals(stratum, beta, ties).forEach((u, i) => {
      const key = stratum[i]?.cluster ?? '';
      const sum = sums.get(key) ?? new Array<number>(p).fill(0);
      sums.set(
        key,
        sum.map((s, j) => s + (u[j] ?? 0)),
      );
    });
  const meat = zeros(p, p);
  for (const u of sums.values())
    for (let a = 0; a < p; a++)
      for (let b = 0; b < p; b++) (meat[a] ?? [])[b] = at(meat, a, b) + (u[a] ?? 0) * (u[b] ?? 0);
  return multiply(multiply(covariance, meat), covariance);
}

/** What one event time takes from a subject at risk: w (x hazard - mean), and the same for one who falls at that time. */
interface Increment {
  readonly time: number;
  readonly hazard: number;
  readonly mean: readonly number[];
  readonly ownHazard: number;
  readonly ownMean: readonly number[];
  /** Mean covariate of those at risk, over the tied events. */
  readonly expected: readonly number[];
}

/** Of each subject of one stratum, in its order (falling time). */
function scoreResiduals(stratum: readonly CoxObservation[], beta: readonly number[], ties: Ties): number[][] {
  const p = beta.length;
  const increments = incrementsOf(stratum, beta, ties).reverse();
  const hazard: number[] = [0];
  const mean: number[][] = [new Array<number>(p).fill(0)];
  for (const step of increments) {
    hazard.push((hazard.at(-1) ?? 0) + step.hazard);
    mean.push((mean.at(-1) ?? []).map((m, j) => m + (step.mean[j] ?? 0)));
  }
  return stratum.map((d) => {
    const weight = Math.exp(dot(d.x, beta));
    const until = upTo(increments, d.time);
    const last = increments[until - 1];
    const own = d.event && last?.time === d.time ? last : undefined;
    const before = own === undefined ? until : until - 1;
    return d.x.map((x, j) => {
      const passed = x * (hazard[before] ?? 0) - (mean[before]?.[j] ?? 0);
      if (own === undefined) return -weight * passed;
      const here = x * own.ownHazard - (own.ownMean[j] ?? 0);
      return x - (own.expected[j] ?? 0) - weight * (passed + here);
    });
  });
}

/** How many of the rising event times are at or before a time. */
function upTo(increments: readonly Increment[], time: number): number {
  let low = 0;
  let high = increments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((increments[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Latest event time first. */
function incrementsOf(stratum: readonly CoxObservation[], beta: readonly number[], ties: Ties): Increment[] {
  const p = beta.length;
  const nothing = (): number[] => new Array<number>(p).fill(0);
  const found: Increment[] = [];
  const risk = { s0: 0, s1: nothing() };
  for (let i = 0; i < stratum.length; ) {
    const time = stratum[i]?.time ?? NaN;
    const dead = { s0: 0, s1: nothing(), count: 0 };
    for (; i < stratum.length && stratum[i]?.time === time; i++) {
      const d = stratum[i];
      if (d === undefined) continue;
      const weight = Math.exp(dot(d.x, beta));
      for (const sum of d.event ? [risk, dead] : [risk]) {
        sum.s0 += weight;
        d.x.forEach((x, j) => {
          sum.s1[j] = (sum.s1[j] ?? 0) + weight * x;
        });
      }
      if (d.event) dead.count++;
    }
    if (dead.count === 0) continue;
    const step = { time, hazard: 0, mean: nothing(), ownHazard: 0, ownMean: nothing(), expected: nothing() };
    for (let k = 0; k < dead.count; k++) {
      const share = ties === 'efron' ? k / dead.count : 0;
      const total = risk.s0 - share * dead.s0;
      step.hazard += 1 / total;
      step.ownHazard += (1 - share) / total;
      for (let j = 0; j < p; j++) {
        const mean = ((risk.s1[j] ?? 0) - share * (dead.s1[j] ?? 0)) / total;
        step.mean[j] = (step.mean[j] ?? 0) + mean / total;
        step.ownMean[j] = (step.ownMean[j] ?? 0) + ((1 - share) * mean) / total;
        step.expected[j] = (step.expected[j] ?? 0) + mean / dead.count;
      }
    }
    found.push(step);
  }
  return found;
}
