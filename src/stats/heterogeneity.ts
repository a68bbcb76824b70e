// Between-trial variance tau2 of a network, common to all comparisons (pairwise meta-analysis is the network of two).
import { type Contrast, treatmentsOf } from './contrast.js';
import { at, inverse, logDeterminant, type Matrix, multiply, transpose, zeros } from './linear-algebra.js';
import type { GraphEstimate } from './network-estimate.js';
import { maximise, root } from './one-dimensional.js';

/**
 * DerSimonian-Laird by the generalised moments of Jackson, White & Riley 2012 as in Ruecker 2012:
 * tau2 = max(0, (Q - df) / tr((I - H) U W)), U = B B' o E / 2 with E = 1 within a study, H = B L+ B' W.
 */
export function tau2Moments(fit: GraphEstimate, studies: ReadonlyMap<string, readonly Contrast[]>, df: number): number {
  if (df <= 0) return 0;
  const index = new Map(fit.treatments.map((t, i) => [t, i]));
  let trace = 0;
  let offset = 0;
  for (const contrasts of studies.values()) {
    const ends = contrasts.map((c) => [index.get(c.a) ?? -1, index.get(c.b) ?? -1] as const);
    ends.forEach(([i, j], row) => {
      ends.forEach(([k, l], column) => {
        const u = ((i === k ? 1 : 0) + (j === l ? 1 : 0) - (i === l ? 1 : 0) - (j === k ? 1 : 0)) / 2;
        const weightRow = fit.weights[offset + row] ?? 0;
        const weightColumn = fit.weights[offset + column] ?? 0;
        const between = at(fit.inverse, i, k) - at(fit.inverse, i, l) - at(fit.inverse, j, k) + at(fit.inverse, j, l);
        // Element (row, column) of (I - H) times element (column, row) of U W.
        trace += ((row === column ? 1 : 0) - between * weightColumn) * u * weightRow;
      });
    });
    offset += contrasts.length;
  }
  return Math.max(0, (fit.q - df) / trace);
}

/** The tau2 at which the generalised Q falls to its degrees of freedom; 0 when it is already there. */
export function tau2PauleMandel(q: number, df: number, qAt: (tau2: number) => number): number {
  if (df <= 0 || q <= df) return 0;
  let upper = 1e-4;
  while (qAt(upper) > df && upper < 1e12) upper *= 4;
  return root((tau2) => qAt(tau2) - df, 0, upper);
}

interface Block {
  readonly y: readonly number[];
  readonly design: Matrix;
  readonly covariance: Matrix;
}

/**
 * Restricted maximum likelihood over n-1 contrasts of each trial, Var = S + tau2 (I + J) / 2. `independent` drops the sampling
 * covariance between the contrasts of one trial (S diagonal) and takes them against the reference or, in a trial without it, the
 * last treatment: that is what netmeta 3.3 does (found by reproducing its tau2), and the one way to agree with it.
 */
export function tau2Likelihood(
  treatments: readonly string[],
  studies: ReadonlyMap<string, readonly Contrast[]>,
  options: { readonly restricted?: boolean; readonly independent?: { readonly reference: string } } = {},
): number {
  const restricted = options.restricted ?? true;
  const blocks = [...studies.values()].map((contrasts) => {
    const arms = treatmentsOf(contrasts);
    const reference = options.independent?.reference;
    const base = reference !== undefined && arms.includes(reference) ? reference : (arms[arms.length - 1] ?? '');
    return block(treatments, contrasts, base, reference !== undefined);
  });
  const effects = blocks.flatMap((b) => b.y);
  if (effects.length < treatments.length) return 0;
  const spread = Math.max(...blocks.flatMap((b) => b.covariance.map((row, i) => row[i] ?? 0)));
  const upper = 10 * (Math.max(...effects.map(Math.abs)) ** 2 + spread);
  return maximise((tau2) => logLikelihood(blocks, tau2, restricted), upper);
}

function block(
  treatments: readonly string[],
  contrasts: readonly Contrast[],
  base: string,
  independent: boolean,
): Block {
  const others = treatmentsOf(contrasts).filter((t) => t !== base);
  const find = (a: string, b: string): { effect: number; variance: number } => {
    const c = contrasts.find((x) => (x.a === a && x.b === b) || (x.a === b && x.b === a));
    return c === undefined
      ? { effect: 0, variance: 0 }
      : { effect: c.a === a ? c.effect : -c.effect, variance: c.se * c.se };
  };
  const covariance = others.map((a) =>
    others.map((b) =>
      a === b
        ? find(a, base).variance
        : independent
          ? 0
          : (find(a, base).variance + find(b, base).variance - find(a, b).variance) / 2,
    ),
  );
  // Columns: every treatment but the first.
  const design = others.map((a) => treatments.slice(1).map((t) => (t === a ? 1 : 0) - (t === base ? 1 : 0)));
  return { y: others.map((a) => find(a, base).effect), design, covariance };
}

function logLikelihood(blocks: readonly Block[], tau2: number, restricted: boolean): number {
  const p = blocks[0]?.design[0]?.length ?? 0;
  const information = zeros(p, p);
  const score = new Array<number>(p).fill(0);
  let logDet = 0;
  let total = 0;
  for (const b of blocks) {
    const v = b.covariance.map((row, i) => row.map((x, j) => x + (tau2 * (i === j ? 2 : 1)) / 2));
    logDet += logDeterminant(v);
    const precision = inverse(v);
    const xv = multiply(transpose(b.design), precision);
    multiply(xv, b.design).forEach((row, i) => {
      row.forEach((x, j) => {
        (information[i] ?? [])[j] = at(information, i, j) + x;
      });
    });
    xv.forEach((row, i) => {
      score[i] = (score[i] ?? 0) + row.reduce((s, x, k) => s + x * (b.y[k] ?? 0), 0);
    });
    total += precision.reduce((s, row, i) => s + row.reduce((r, x, j) => r + x * (b.y[i] ?? 0) * (b.y[j] ?? 0), 0), 0);
  }
  const covariance = inverse(information);
  const explained = covariance.reduce(
    (s, row, i) => s + row.reduce((r, x, j) => r + x * (score[i] ?? 0) * (score[j] ?? 0), 0),
    0,
  );
  return -0.5 * (logDet + (restricted ? logDeterminant(information) : 0) + total - explained);
}
