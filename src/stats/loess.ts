// Local regression (Cleveland & Devlin 1988, JASA 83:596): a weighted quadratic (or line) at each point over the nearest `span` of the data
// with tricube weights. Computed at every point asked for, where R's loess interpolates between vertices: same curve, third decimal apart.
import { SingularMatrix, solve, zeros } from './linear-algebra.js';

export interface LoessOptions {
  /** Share of the data in each neighbourhood. */
  readonly span?: number;
  readonly degree?: 1 | 2;
}

/** Smoothed y at each of `at`. x and y are of one length, at least 3. Where x has too few different values, local means. */
export function loess(
  x: readonly number[],
  y: readonly number[],
  at: readonly number[],
  { span = 0.75, degree = 2 }: LoessOptions = {},
): number[] {
  const order = x.map((_, i) => i).sort((i, j) => (x[i] ?? 0) - (x[j] ?? 0));
  const xs = order.map((i) => x[i] ?? NaN);
  const ys = order.map((i) => y[i] ?? NaN);
  const q = Math.min(xs.length, Math.max(degree + 1, Math.floor(span * xs.length + 1e-5)));
  const distinct = [...new Set(at)].sort((a, b) => a - b);
  const knots = distinct.length <= KNOTS ? distinct : quantiles(distinct);
  const values = knots.map((point) => smoothed(xs, ys, point, q, degree));
  const exact = new Map(knots.map((k, i) => [k, values[i] ?? NaN]));
  return at.map((point) => exact.get(point) ?? between(knots, values, point));
}

/** More points than this are read off lines between so many of them. */
const KNOTS = 400;

const quantiles = (sorted: readonly number[]): number[] =>
  Array.from({ length: KNOTS }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (KNOTS - 1))] ?? NaN);

function between(knots: readonly number[], values: readonly number[], point: number): number {
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((knots[middle] ?? 0) <= point) low = middle;
    else high = middle;
  }
  const [a, b] = [knots[low] ?? NaN, knots[high] ?? NaN];
  const [u, v] = [values[low] ?? NaN, values[high] ?? NaN];
  return u + ((point - a) / (b - a)) * (v - u);
}

function smoothed(xs: readonly number[], ys: readonly number[], point: number, q: number, degree: number): number {
  const { low, high } = neighbours(xs, point, q);
  const radius = Math.max(point - (xs[low] ?? point), (xs[high - 1] ?? point) - point);
  const weight = (x: number): number => {
    const u = radius > 0 ? Math.abs(x - point) / radius : 0;
    return u < 1 ? (1 - u ** 3) ** 3 : 0;
  };
  for (let d = degree; d >= 0; d--) {
    const fit = local(xs, ys, point, low, high, weight, d, radius || 1);
    if (fit !== undefined) return fit;
  }
  return NaN;
}

/** The q sorted values nearest to the point, as a half-open range; ties at the rim are taken in. */
function neighbours(xs: readonly number[], point: number, q: number): { low: number; high: number } {
  let low = 0;
  let high = xs.length;
  while (high - low > q) {
    const left = point - (xs[low] ?? 0);
    const right = (xs[high - 1] ?? 0) - point;
    if (left > right) low++;
    else high--;
  }
  return { low, high };
}

/** Weighted polynomial around the point; its constant is the answer. Undefined when the values do not determine it. */
function local(
  xs: readonly number[],
  ys: readonly number[],
  point: number,
  low: number,
  high: number,
  weight: (x: number) => number,
  degree: number,
  radius: number,
): number | undefined {
  const p = degree + 1;
  const normal = zeros(p, p);
  const right = new Array<number>(p).fill(0);
  let distinct = 0;
  let last = NaN;
  for (let i = low; i < high; i++) {
    const x = xs[i] ?? NaN;
    const w = weight(x);
    if (w === 0) continue;
    if (x !== last) distinct++;
    last = x;
    const u = (x - point) / radius;
    for (let a = 0; a < p; a++) {
      right[a] = (right[a] ?? 0) + w * u ** a * (ys[i] ?? NaN);
      const row = normal[a] ?? [];
      for (let b = 0; b < p; b++) row[b] = (row[b] ?? 0) + w * u ** (a + b);
    }
  }
  if (distinct < p) return undefined;
  try {
    return solve(normal, right)[0];
  } catch (error) {
    if (error instanceof SingularMatrix) return undefined;
    throw error;
  }
}
