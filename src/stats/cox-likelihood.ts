// Cox's partial likelihood with ties by Efron (1977, JASA 72:557) or Breslow (1974, Biometrics 30:89), with strata: what each event
// time adds to the log likelihood, the score and the information. Therneau & Grambsch 2000, sections 3.1 and 3.3.
import { at, dot, type Matrix, zeros } from './linear-algebra.js';

export type Ties = 'efron' | 'breslow';

export interface CoxObservation {
  readonly time: number;
  readonly event: boolean;
  readonly x: readonly number[];
  readonly stratum?: string;
}

/** One event time of one stratum. `score` is the sum of its Schoenfeld residuals, `information` their covariance. */
export interface EventTime {
  readonly time: number;
  readonly logLikelihood: number;
  readonly score: readonly number[];
  readonly information: Matrix;
}

export interface Derivatives {
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly information: Matrix;
}

/** Strata, each by falling time. */
export function byStratum(data: readonly CoxObservation[]): CoxObservation[][] {
  const strata = new Map<string, CoxObservation[]>();
  for (const d of data) {
    const key = d.stratum ?? '';
    const list = strata.get(key);
    if (list === undefined) strata.set(key, [d]);
    else list.push(d);
  }
  return [...strata.values()].map((list) => list.sort((a, b) => b.time - a.time));
}

/** Calls `visit` for each event time of each stratum, latest first. */
export function eachEventTime(
  strata: readonly (readonly CoxObservation[])[],
  beta: readonly number[],
  ties: Ties,
  visit: (event: EventTime) => void,
): void {
  const p = beta.length;
  for (const stratum of strata) {
    const risk = sums(p);
    for (let i = 0; i < stratum.length; ) {
      const time = stratum[i]?.time ?? NaN;
      const dead = sums(p);
      const x = new Array<number>(p).fill(0);
      let eta = 0;
      for (; i < stratum.length && stratum[i]?.time === time; i++) {
        const d = stratum[i];
        if (d === undefined) continue;
        const linear = dot(d.x, beta);
        const weight = Math.exp(linear);
        add(risk, d.x, weight);
        if (!d.event) continue;
        add(dead, d.x, weight);
        eta += linear;
        for (let j = 0; j < p; j++) x[j] = (x[j] ?? 0) + (d.x[j] ?? 0);
      }
      if (dead.count > 0) visit({ time, ...contribution(risk, dead, x, eta, ties) });
    }
  }
}

export function derivatives(
  strata: readonly (readonly CoxObservation[])[],
  beta: readonly number[],
  ties: Ties,
): Derivatives {
  const p = beta.length;
  const gradient = new Array<number>(p).fill(0);
  const information = zeros(p, p);
  let logLikelihood = 0;
  eachEventTime(strata, beta, ties, (event) => {
    logLikelihood += event.logLikelihood;
    for (let a = 0; a < p; a++) {
      gradient[a] = (gradient[a] ?? 0) + (event.score[a] ?? 0);
      const row = information[a] ?? [];
      for (let b = 0; b < p; b++) row[b] = (row[b] ?? 0) + at(event.information, a, b);
    }
  });
  return { logLikelihood, gradient, information };
}

interface Sums {
  s0: number;
  readonly s1: number[];
  readonly s2: number[][];
  count: number;
}

const sums = (p: number): Sums => ({ s0: 0, s1: new Array<number>(p).fill(0), s2: zeros(p, p), count: 0 });

function add(to: Sums, x: readonly number[], weight: number): void {
  to.s0 += weight;
  to.count += 1;
  for (let a = 0; a < x.length; a++) {
    const v = weight * (x[a] ?? 0);
    to.s1[a] = (to.s1[a] ?? 0) + v;
    const row = to.s2[a] ?? [];
    for (let b = 0; b < x.length; b++) row[b] = (row[b] ?? 0) + v * (x[b] ?? 0);
  }
}

/** Efron takes the k-th of d tied events with k/d of the tied subjects' weight already gone; Breslow leaves all of it. */
function contribution(risk: Sums, dead: Sums, x: readonly number[], eta: number, ties: Ties): Omit<EventTime, 'time'> {
  const p = x.length;
  const score = [...x];
  const information = zeros(p, p);
  let logLikelihood = eta;
  for (let k = 0; k < dead.count; k++) {
    const share = ties === 'efron' ? k / dead.count : 0;
    const total = risk.s0 - share * dead.s0;
    logLikelihood -= Math.log(total);
    const mean = risk.s1.map((s, j) => (s - share * (dead.s1[j] ?? 0)) / total);
    for (let a = 0; a < p; a++) {
      score[a] = (score[a] ?? 0) - (mean[a] ?? 0);
      const row = information[a] ?? [];
      for (let b = 0; b < p; b++)
        row[b] =
          (row[b] ?? 0) + (at(risk.s2, a, b) - share * at(dead.s2, a, b)) / total - (mean[a] ?? 0) * (mean[b] ?? 0);
    }
  }
  return { logLikelihood, score, information };
}
