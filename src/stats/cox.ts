// Cox's proportional hazards model (1972, JRSS B 34:187) by Newton-Raphson on the partial likelihood, ties by Efron (1977, JASA
// 72:557) or Breslow, with strata. Covariates are centred inside, which changes no result.
import { chiSquaredUpper } from './distributions.js';
import { at, dot, inverse, type Matrix, zeros } from './linear-algebra.js';

export interface CoxObservation {
  readonly time: number;
  readonly event: boolean;
  readonly x: readonly number[];
  readonly stratum?: string;
}

export interface CoxFit {
  readonly coefficients: readonly number[];
  readonly covariance: Matrix;
  readonly logLikelihoodNull: number;
  readonly logLikelihood: number;
  readonly likelihoodRatio: { readonly chi2: number; readonly df: number; readonly p: number };
  readonly score: { readonly chi2: number; readonly df: number; readonly p: number };
  readonly wald: { readonly chi2: number; readonly df: number; readonly p: number };
  readonly iterations: number;
}

export type CoxCode = 'no-events' | 'not-converged';

export class CoxFailure extends Error {
  override readonly name = 'CoxFailure';
  readonly code: CoxCode;
  constructor(code: CoxCode, message: string) {
    super(message);
    this.code = code;
  }
}

interface Derivatives {
  readonly logLikelihood: number;
  readonly gradient: readonly number[];
  readonly information: Matrix;
}

/** Fits the model. @throws CoxFailure, or SingularMatrix for collinear covariates. */
export function cox(data: readonly CoxObservation[], ties: 'efron' | 'breslow' = 'efron'): CoxFit {
  if (!data.some((d) => d.event)) throw new CoxFailure('no-events', 'no event among the subjects');
  const p = data[0]?.x.length ?? 0;
  const means = Array.from({ length: p }, (_, j) => data.reduce((s, d) => s + (d.x[j] ?? 0), 0) / data.length);
  const strata = group(data.map((d) => ({ ...d, x: d.x.map((v, j) => v - (means[j] ?? 0)) })));
  let beta = new Array<number>(p).fill(0);
  let here = derivatives(strata, beta, ties);
  const start = here;
  let iterations = 0;
  for (; iterations < 50; iterations++) {
    const step = multiplyVector(inverse(here.information), here.gradient);
    let scale = 1;
    let candidate = beta.map((b, j) => b + (step[j] ?? 0));
    let next = derivatives(strata, candidate, ties);
    while (!(next.logLikelihood >= here.logLikelihood - 1e-9) && scale > 1e-4) {
      scale /= 2;
      const half = scale;
      candidate = beta.map((b, j) => b + half * (step[j] ?? 0));
      next = derivatives(strata, candidate, ties);
    }
    const change = Math.max(...candidate.map((b, j) => Math.abs(b - (beta[j] ?? 0)) / (1 + Math.abs(b))), 0);
    beta = candidate;
    here = next;
    if (change < 1e-11) break;
  }
  if (iterations === 50) throw new CoxFailure('not-converged', 'the partial likelihood has no finite maximum');
  const covariance = inverse(here.information);
  const test = (chi2: number): { chi2: number; df: number; p: number } => ({
    chi2,
    df: p,
    p: chiSquaredUpper(chi2, p),
  });
  return {
    coefficients: beta,
    covariance,
    logLikelihoodNull: start.logLikelihood,
    logLikelihood: here.logLikelihood,
    likelihoodRatio: test(2 * (here.logLikelihood - start.logLikelihood)),
    score: test(dot(start.gradient, multiplyVector(inverse(start.information), start.gradient))),
    wald: test(dot(beta, multiplyVector(here.information, beta))),
    iterations: iterations + 1,
  };
}

const multiplyVector = (m: Matrix, v: readonly number[]): number[] => m.map((row) => dot(row, v));

/** Strata, each by falling time. */
function group(data: readonly CoxObservation[]): CoxObservation[][] {
  const strata = new Map<string, CoxObservation[]>();
  for (const d of data) {
    const key = d.stratum ?? '';
    const list = strata.get(key);
    if (list === undefined) strata.set(key, [d]);
    else list.push(d);
  }
  return [...strata.values()].map((list) => list.sort((a, b) => b.time - a.time));
}

function derivatives(
  strata: readonly CoxObservation[][],
  beta: readonly number[],
  ties: 'efron' | 'breslow',
): Derivatives {
  const p = beta.length;
  const gradient = new Array<number>(p).fill(0);
  const information = zeros(p, p);
  let logLikelihood = 0;
  for (const stratum of strata) {
    const risk = sums(p);
    for (let i = 0; i < stratum.length; ) {
      const time = stratum[i]?.time;
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
        d.x.forEach((v, j) => {
          x[j] = (x[j] ?? 0) + v;
        });
      }
      if (dead.count === 0) continue;
      logLikelihood += eta;
      for (let j = 0; j < p; j++) gradient[j] = (gradient[j] ?? 0) + (x[j] ?? 0);
      for (let k = 0; k < dead.count; k++) {
        const share = ties === 'efron' ? k / dead.count : 0;
        const total = risk.s0 - share * dead.s0;
        logLikelihood -= Math.log(total);
        const mean = risk.s1.map((s, j) => (s - share * (dead.s1[j] ?? 0)) / total);
        for (let a = 0; a < p; a++) {
          gradient[a] = (gradient[a] ?? 0) - (mean[a] ?? 0);
          const row = information[a] ?? [];
          for (let b = 0; b < p; b++)
            row[b] =
              (row[b] ?? 0) + (at(risk.s2, a, b) - share * at(dead.s2, a, b)) / total - (mean[a] ?? 0) * (mean[b] ?? 0);
        }
      }
    }
  }
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
  x.forEach((v, a) => {
    to.s1[a] = (to.s1[a] ?? 0) + weight * v;
    const row = to.s2[a] ?? [];
    x.forEach((w, b) => {
      row[b] = (row[b] ?? 0) + weight * v * w;
    });
  });
}
