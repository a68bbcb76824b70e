// A few draws that stand for many: K points of the standard normal in several dimensions whose projections on chosen
// directions have the normal's quantiles. Starts from a Latin hypercube (McKay 1979, Technometrics 21:239) and moves the points
// along one direction after another until each projection has normal scores: the sliced transport of Rabin 2012 (SSVM 2011,
// LNCS 6667:435), here with the directions that the intervals will be read on. Deterministic by seed.
import { normalQuantile } from './distributions.js';
import { seededRandom } from './random.js';

/** K x dimensions. `directions` need not be normalised; the axes are always among them. */
export function stratifiedNormals(
  k: number,
  dimensions: number,
  directions: readonly (readonly number[])[],
  seed: number,
  sweeps = 200,
): number[][] {
  const random = seededRandom(seed);
  const scores = Array.from({ length: k }, (_, i) => normalQuantile((i + 0.5) / k));
  const points = Array.from({ length: k }, () => new Array<number>(dimensions).fill(0));
  for (let d = 0; d < dimensions; d++) {
    const order = scores.map((_, i) => i);
    for (let i = k - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    points.forEach((p, i) => {
      p[d] = scores[order[i] ?? 0] ?? 0;
    });
  }
  const axes = Array.from({ length: dimensions }, (_, d) =>
    Array.from({ length: dimensions }, (__, j) => (d === j ? 1 : 0)),
  );
  const unit = directions.map(normalised).filter((a) => a !== undefined);
  // The axes first, the read directions last in each sweep and at full step in the last sweeps, so that these are the exact ones.
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const step = sweep < sweeps / 2 ? 0.7 : 0.4;
    for (const a of axes) straighten(points, a, scores, step);
    for (const a of unit) straighten(points, a, scores, step);
  }
  for (let sweep = 0; sweep < sweeps; sweep++) for (const a of unit) straighten(points, a, scores, 0.5);
  return points;
}

function normalised(a: readonly number[]): number[] | undefined {
  const length = Math.hypot(...a);
  return length > 1e-12 ? a.map((x) => x / length) : undefined;
}

/** Moves each point along `a` towards the normal score of its rank. */
function straighten(points: number[][], a: readonly number[], scores: readonly number[], step: number): void {
  const projection = points.map((p, i) => ({ i, value: a.reduce((s, x, j) => s + x * (p[j] ?? 0), 0) }));
  projection.sort((x, y) => x.value - y.value);
  projection.forEach(({ i, value }, rank) => {
    const move = step * ((scores[rank] ?? 0) - value);
    const p = points[i] ?? [];
    a.forEach((x, j) => {
      p[j] = (p[j] ?? 0) + move * x;
    });
  });
}
