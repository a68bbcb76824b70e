// Cox's proportional hazards model (1972, JRSS B 34:187) by Newton-Raphson on the partial likelihood (cox-likelihood.ts). Covariates
// are centred and scaled inside, which changes no result. Terms that the data cannot estimate (constant, a sum of others, or
// without a finite maximum because one group has no event) come back as NaN and named, the others as usual.
import { byStratum, type CoxObservation, type Derivatives, derivatives, type Ties } from './cox-likelihood.js';
import { chiSquaredUpper } from './distributions.js';
import { at, dot, independentColumns, inverse, type Matrix, SingularMatrix } from './linear-algebra.js';

export type { CoxObservation, Ties } from './cox-likelihood.js';

export interface ChiSquared {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
}

export interface CoxFit {
  /** Log hazard ratio per unit of each covariate; NaN for the terms in `aliased` and `infinite`. */
  readonly coefficients: readonly number[];
  readonly covariance: Matrix;
  readonly logLikelihoodNull: number;
  readonly logLikelihood: number;
  readonly likelihoodRatio: ChiSquared;
  readonly score: ChiSquared;
  readonly wald: ChiSquared;
  readonly iterations: number;
  /** Terms that are constant or a linear combination of the terms before them. */
  readonly aliased: readonly number[];
  /** Terms whose likelihood rises without end (Heinze & Schemper 2001, Biometrics 57:114). */
  readonly infinite: readonly number[];
  /** Linear predictor of each subject, in the order given (centred at the mean; aliased terms add nothing). */
  readonly linearPredictors: readonly number[];
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

/** Fits the model. @throws CoxFailure when there is no event, or when Newton's method does not settle. */
export function cox(data: readonly CoxObservation[], ties: Ties = 'efron'): CoxFit {
  if (!data.some((d) => d.event)) throw new CoxFailure('no-events', 'no event among the subjects');
  const terms = data[0]?.x.length ?? 0;
  const scaled = standardise(data, terms);
  const all = derivatives(byStratum(scaled.data), new Array<number>(terms).fill(0), ties);
  const kept = independentColumns(all.information);
  const strata = byStratum(scaled.data.map((d) => ({ ...d, x: kept.map((j) => d.x[j] ?? 0) })));
  const { beta, here, start, iterations, infinite } = climb(strata, kept.length, ties);
  const finite = kept.map((_, k) => k).filter((k) => !infinite.includes(k));
  const covariance = inverse(finite.map((a) => finite.map((b) => at(here.information, a, b))));
  const spread = (j: number): number => scaled.spreads[j] ?? 1;
  const place = new Map(finite.map((k, f) => [kept[k] ?? -1, f]));
  const df = kept.length;
  const test = (chi2: number, of = df): ChiSquared => ({ chi2, df: of, p: chiSquaredUpper(chi2, of) });
  const slope = finite.map((k) => beta[k] ?? 0);
  return {
    coefficients: Array.from({ length: terms }, (_, j) => {
      const f = place.get(j);
      return f === undefined ? NaN : (slope[f] ?? NaN) / spread(j);
    }),
    covariance: Array.from({ length: terms }, (_, i) =>
      Array.from({ length: terms }, (__, j) => {
        const [a, b] = [place.get(i), place.get(j)];
        return a === undefined || b === undefined ? NaN : at(covariance, a, b) / (spread(i) * spread(j));
      }),
    ),
    logLikelihoodNull: start.logLikelihood,
    logLikelihood: here.logLikelihood,
    likelihoodRatio: test(2 * (here.logLikelihood - start.logLikelihood)),
    score: test(df === 0 ? 0 : dot(start.gradient, product(inverse(start.information), start.gradient))),
    wald: test(dot(slope, product(inverse(covariance), slope)), finite.length),
    iterations,
    aliased: Array.from({ length: terms }, (_, j) => j).filter((j) => !kept.includes(j)),
    infinite: infinite.map((k) => kept[k] ?? -1),
    linearPredictors: scaled.data.map((d) => kept.reduce((s, j, k) => s + (d.x[j] ?? 0) * (beta[k] ?? 0), 0)),
  };
}

const product = (m: Matrix, v: readonly number[]): number[] => m.map((row) => dot(row, v));

function standardise(
  data: readonly CoxObservation[],
  terms: number,
): { data: CoxObservation[]; spreads: readonly number[] } {
  const means = Array.from({ length: terms }, (_, j) => data.reduce((s, d) => s + (d.x[j] ?? 0), 0) / data.length);
  const spreads = means.map((mean, j) => {
    const sd = Math.sqrt(data.reduce((s, d) => s + ((d.x[j] ?? 0) - mean) ** 2, 0) / data.length);
    return sd > 1e-12 * Math.abs(mean) ? sd : 1;
  });
  const x = (d: CoxObservation): number[] => d.x.map((v, j) => (v - (means[j] ?? 0)) / (spreads[j] ?? 1));
  return { data: data.map((d) => ({ ...d, x: x(d) })), spreads };
}

interface Climb {
  readonly beta: readonly number[];
  readonly start: Derivatives;
  readonly here: Derivatives;
  readonly iterations: number;
  readonly infinite: readonly number[];
}

/** Steps of a standardised coefficient that stay this large while the likelihood stands still are on their way to infinity. */
const RUNAWAY_STEP = 0.1;

function climb(strata: readonly (readonly CoxObservation[])[], p: number, ties: Ties): Climb {
  let beta = new Array<number>(p).fill(0);
  let here = derivatives(strata, beta, ties);
  const start = here;
  for (let iterations = 1; iterations <= 100; iterations++) {
    const step = newton(here);
    if (step === undefined) return { beta, start, here, iterations, infinite: runaways(here, beta) };
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
    const gain = next.logLikelihood - here.logLikelihood;
    const running = step.flatMap((s, j) => (Math.abs(s) > RUNAWAY_STEP ? [j] : []));
    beta = candidate;
    here = next;
    if (change < 1e-11) return { beta, start, here, iterations, infinite: [] };
    if (running.length > 0 && Math.abs(gain) < 1e-9 * (1 + Math.abs(here.logLikelihood)))
      return { beta, start, here, iterations, infinite: running };
  }
  throw new CoxFailure('not-converged', 'the partial likelihood has no finite maximum');
}

function newton(here: Derivatives): number[] | undefined {
  try {
    return product(inverse(here.information), here.gradient);
  } catch (error) {
    if (error instanceof SingularMatrix) return undefined;
    throw error;
  }
}

/** The information has collapsed along these terms. */
function runaways(here: Derivatives, beta: readonly number[]): number[] {
  const kept = independentColumns(here.information);
  const lost = beta.map((_, j) => j).filter((j) => !kept.includes(j));
  if (lost.length === 0) throw new CoxFailure('not-converged', 'the partial likelihood has no finite maximum');
  return lost;
}
