// Weighted least squares on the graph of treatments at one tau2: potentials, their covariance, Cochran's Q.
// Ruecker 2012, Res Synth Methods 3:312: L = B'WB, theta = L+ B'W y, Q = (y - B theta)' W (y - B theta).
import type { Contrast } from './contrast.js';
import { at, type Matrix, pseudoInverse, zeros } from './linear-algebra.js';
import { studyWeights } from './multi-arm.js';

export interface GraphEstimate {
  readonly treatments: readonly string[];
  /** Potential of each treatment; differences are effects. */
  readonly potentials: readonly number[];
  /** Pseudo-inverse of the Laplacian; Var(i - j) = l(ii) + l(jj) - 2 l(ij). */
  readonly inverse: Matrix;
  readonly weights: readonly number[];
  readonly q: number;
}

/** `studies` must be complete (checkStudy) and connected. */
export function estimateGraph(
  treatments: readonly string[],
  studies: ReadonlyMap<string, readonly Contrast[]>,
  tau2: number,
): GraphEstimate {
  const index = new Map(treatments.map((t, i) => [t, i]));
  const laplacian = zeros(treatments.length, treatments.length);
  const pull = new Array<number>(treatments.length).fill(0);
  const weights: number[] = [];
  const rows: { i: number; j: number; effect: number; weight: number }[] = [];
  for (const contrasts of studies.values()) {
    studyWeights(contrasts, tau2).forEach((weight, k) => {
      const c = contrasts[k];
      if (c === undefined) return;
      rows.push({ i: index.get(c.a) ?? -1, j: index.get(c.b) ?? -1, effect: c.effect, weight });
    });
  }
  for (const { i, j, effect, weight } of rows) {
    weights.push(weight);
    const li = laplacian[i] ?? [];
    const lj = laplacian[j] ?? [];
    li[i] = (li[i] ?? 0) + weight;
    lj[j] = (lj[j] ?? 0) + weight;
    li[j] = (li[j] ?? 0) - weight;
    lj[i] = (lj[i] ?? 0) - weight;
    pull[i] = (pull[i] ?? 0) + weight * effect;
    pull[j] = (pull[j] ?? 0) - weight * effect;
  }
  const inverse = pseudoInverse(laplacian);
  const potentials = inverse.map((row) => row.reduce((s, x, k) => s + x * (pull[k] ?? 0), 0));
  const q = rows.reduce((s, r) => s + r.weight * (r.effect - (potentials[r.i] ?? 0) + (potentials[r.j] ?? 0)) ** 2, 0);
  return { treatments, potentials, inverse, weights, q };
}

/** Variance of the effect of treatment i against treatment j. */
export const contrastVariance = (inverse: Matrix, i: number, j: number): number =>
  i === j ? 0 : at(inverse, i, i) + at(inverse, j, j) - 2 * at(inverse, i, j);

/** Groups of treatments joined by trials; one group means a connected network. */
export function components(contrasts: readonly Contrast[]): string[][] {
  const groups: Set<string>[] = [];
  for (const c of contrasts) {
    const joined = groups.filter((g) => g.has(c.a) || g.has(c.b));
    const merged = new Set([c.a, c.b, ...joined.flatMap((g) => [...g])]);
    for (const g of joined) groups.splice(groups.indexOf(g), 1);
    groups.push(merged);
  }
  return groups.map((g) => [...g].sort());
}
