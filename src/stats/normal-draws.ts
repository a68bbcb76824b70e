// A few draws that stand for many: K points of the standard normal in several dimensions whose projections on chosen
// directions have the normal's quantiles. Starts from a Latin hypercube (McKay 1979, Technometrics 21:239) and moves the points
// along one direction after another until each projection has normal scores: the sliced transport of Rabin 2012 (SSVM 2011,
// LNCS 6667:435), here with the directions that the intervals will be read on. Deterministic by seed.
import { normalQuantile } from './distributions.js';
import { cholesky, dot, identity, inverse, multiply, transpose } from './linear-algebra.js';
import { root } from './one-dimensional.js';
import { seededRandom } from './random.js';

/**
 * K x dimensions, K even. `directions` need not be normalised; the axes are always among them. Mean 0 and identity covariance are
 * exact, odd moments vanish, and of `tries` sets the one whose fourth moments along the directions are nearest to the normal's is
 * taken: they are what the skewness of a smooth function of the draws hangs on.
 */
export function stratifiedNormals(
  k: number,
  dimensions: number,
  directions: readonly (readonly number[])[],
  seed: number,
  tries = 8,
): number[][] {
  const unit = directions.map(normalised).filter((a) => a !== undefined);
  let best: number[][] = [];
  let lowest = Number.POSITIVE_INFINITY;
  for (let t = 0; t < tries; t++) {
    const points = spread(k, dimensions, unit, seed + t);
    const misfit = fourthMomentMisfit(points, unit);
    if (misfit < lowest) [best, lowest] = [points, misfit];
  }
  return best;
}

const SWEEPS = 40;

function spread(k: number, dimensions: number, unit: readonly (readonly number[])[], seed: number): number[][] {
  const scores = matchedScores(k);
  const points = mirroredHypercube(scores, dimensions, seed);
  const axes = identity(dimensions);
  // Ranks and scores are symmetrical, so mirrored points stay mirrored.
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const step = sweep < SWEEPS / 2 ? 0.7 : 0.4;
    for (const a of axes) straighten(points, a, scores, step);
    for (const a of unit) straighten(points, a, scores, step);
  }
  return dimensions < k / 2 ? whitened(points) : points;
}

/** Normal scores at the middle of K slices, bent (z + b z^3) and scaled so that variance 1 and fourth moment 3 are exact. */
function matchedScores(k: number): number[] {
  const z = Array.from({ length: k }, (_, i) => normalQuantile((i + 0.5) / k));
  const bent = (b: number): number[] => {
    const x = z.map((v) => v + b * v ** 3);
    const sd = Math.sqrt(x.reduce((s, v) => s + v * v, 0) / k);
    return x.map((v) => v / sd);
  };
  return bent(root((b) => bent(b).reduce((s, v) => s + v ** 4, 0) / k - 3, 0, 0.2));
}

/** Sum over pairs of directions of (E[(a.z)^2 (b.z)^2] - 1 - 2 (a.b)^2)^2. */
function fourthMomentMisfit(points: readonly (readonly number[])[], unit: readonly (readonly number[])[]): number {
  const squares = unit.map((a) => points.map((p) => dot(a, p) ** 2));
  let misfit = 0;
  for (const [i, a] of unit.entries())
    for (const [j, b] of unit.entries()) {
      if (j < i) continue;
      const moment = dot(squares[i] ?? [], squares[j] ?? []) / points.length;
      misfit += (moment - 1 - 2 * dot(a, b) ** 2) ** 2;
    }
  return misfit;
}

/** Latin hypercube of which the second half is the negative of the first: odd moments vanish. */
function mirroredHypercube(scores: readonly number[], dimensions: number, seed: number): number[][] {
  const random = seededRandom(seed);
  const half = scores.length / 2;
  const points = scores.map(() => new Array<number>(dimensions).fill(0));
  for (let d = 0; d < dimensions; d++) {
    const order = Array.from({ length: half }, (_, i) => i);
    for (let i = half - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    order.forEach((rank, i) => {
      const value = (scores[rank] ?? 0) * (random.uniform() < 0.5 ? 1 : -1);
      (points[i] ?? [])[d] = value;
      (points[i + half] ?? [])[d] = -value;
    });
  }
  return points;
}

/** The points turned and stretched a little so that their covariance is exactly the identity: every projection has variance 1. */
function whitened(points: readonly (readonly number[])[]): number[][] {
  const covariance = multiply(transpose(points), points).map((row) => row.map((x) => x / points.length));
  return multiply(points, transpose(inverse(cholesky(covariance))));
}

function normalised(a: readonly number[]): number[] | undefined {
  const length = Math.hypot(...a);
  return length > 1e-12 ? a.map((x) => x / length) : undefined;
}

/** Moves each point along `a` towards the normal score of its rank. Written with loops: it runs millions of times in a build. */
function straighten(points: number[][], a: readonly number[], scores: readonly number[], step: number): void {
  const axes: number[] = [];
  for (let j = 0; j < a.length; j++) if (a[j] !== 0) axes.push(j);
  const projection = points.map((p) => {
    let sum = 0;
    for (const j of axes) sum += (a[j] ?? 0) * (p[j] ?? 0);
    return sum;
  });
  const order = projection.map((_, i) => i).sort((x, y) => (projection[x] ?? 0) - (projection[y] ?? 0));
  for (let rank = 0; rank < order.length; rank++) {
    const i = order[rank] ?? 0;
    const move = step * ((scores[rank] ?? 0) - (projection[i] ?? 0));
    const p = points[i] ?? [];
    for (const j of axes) p[j] = (p[j] ?? 0) + move * (a[j] ?? 0);
  }
}
