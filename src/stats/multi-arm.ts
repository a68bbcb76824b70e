// Weights of a trial's contrasts. A trial with n arms gives n(n-1)/2 correlated contrasts; reduced weights make the
// weighted least squares of all of them the same as the proper likelihood of n-1 of them.
// Ruecker & Schwarzer 2014, Stat Med 33:4353, section 3; Ruecker 2012, Res Synth Methods 3:312.
import { type Contrast, MetaAnalysisRefusal, treatmentsOf } from './contrast.js';
import { at, cholesky, type Matrix, pseudoInverse, SingularMatrix, zeros } from './linear-algebra.js';

/** Smallest weight that the errors of a multi-arm trial imply, as a share of the largest: negative when they contradict each other. */
export function weakestWeight(contrasts: readonly Contrast[]): number {
  const arms = treatmentsOf(contrasts);
  if (arms.length === 2) return 1;
  const variances = contrasts.map((c) => c.se * c.se);
  const weights = rawWeights(arms, contrasts, variances);
  return Math.min(...weights) / Math.max(...weights.map(Math.abs));
}

/** Weight of each contrast of one study, tau2 added to every contrast's variance first. */
export function studyWeights(contrasts: readonly Contrast[], tau2: number): number[] {
  const variances = contrasts.map((c) => c.se * c.se + tau2);
  const arms = treatmentsOf(contrasts);
  if (arms.length === 2) return variances.map((v) => 1 / v);
  // A slightly negative weight is rounding in the published errors; a tiny one keeps the trial's other contrasts.
  return rawWeights(arms, contrasts, variances).map((weight) => Math.max(weight, 1e-12));
}

function rawWeights(arms: readonly string[], contrasts: readonly Contrast[], variances: readonly number[]): number[] {
  const laplacian = pseudoInverse(minusHalfCentred(varianceMatrix(arms, contrasts, variances)));
  return contrasts.map((c) => -at(laplacian, arms.indexOf(c.a), arms.indexOf(c.b)));
}

/** Every pair of arms once, or a refusal that names the study. */
export function checkStudy(study: string, contrasts: readonly Contrast[]): void {
  for (const c of contrasts)
    if (!(c.se > 0 && Number.isFinite(c.se) && Number.isFinite(c.effect)))
      throw new MetaAnalysisRefusal(
        'bad-standard-error',
        [study],
        `${study}: ${c.a} against ${c.b} has no usable error`,
      );
  const own = contrasts.find((c) => c.a === c.b);
  if (own !== undefined)
    throw new MetaAnalysisRefusal('incomplete-multi-arm', [study], `${study}: ${own.a} is compared with itself`);
  const n = treatmentsOf(contrasts).length;
  const seen = new Set<string>();
  for (const c of contrasts) {
    const key = [c.a, c.b].sort().join('\u0000');
    if (seen.has(key))
      throw new MetaAnalysisRefusal(
        'duplicate-comparison',
        [study],
        `${study}: ${c.a} against ${c.b} is given more than once; two trials need two names`,
      );
    seen.add(key);
  }
  if (seen.size !== (n * (n - 1)) / 2)
    throw new MetaAnalysisRefusal(
      'incomplete-multi-arm',
      [study],
      `${study}: ${n} arms need ${(n * (n - 1)) / 2} different comparisons, only ${seen.size} of them are given`,
    );
  if (n > 2 && !possible(contrasts))
    throw new MetaAnalysisRefusal(
      'bad-standard-error',
      [study],
      `${study}: no trial can have these standard errors together (${contrasts.map((c) => `${c.a}-${c.b} ${Number(c.se.toPrecision(4))}`).join(', ')})`,
    );
}

/** Whether the covariance of n - 1 comparisons that the errors imply, cov(ab, ac) = (v_ab + v_ac - v_bc) / 2, is positive definite. */
function possible(contrasts: readonly Contrast[]): boolean {
  const arms = treatmentsOf(contrasts);
  const v = varianceMatrix(
    arms,
    contrasts,
    contrasts.map((c) => c.se * c.se),
  );
  const others = arms.map((_, i) => i).slice(1);
  const covariance = others.map((i) => others.map((j) => (at(v, 0, i) + at(v, 0, j) - at(v, i, j)) / 2));
  try {
    cholesky(covariance);
    return true;
  } catch (error) {
    if (error instanceof SingularMatrix) return false;
    throw error;
  }
}

/** Largest |d_ij + d_jk - d_ik| over the triangles of a multi-arm trial: 0 but for rounding, since they come from the same arms. */
export function worstTriangle(
  contrasts: readonly Contrast[],
): { readonly arms: readonly string[]; readonly gap: number } | undefined {
  const arms = treatmentsOf(contrasts);
  const effect = (a: string, b: string): number => {
    const c = contrasts.find((x) => (x.a === a && x.b === b) || (x.a === b && x.b === a));
    return c === undefined ? NaN : c.a === a ? c.effect : -c.effect;
  };
  let worst: { arms: readonly string[]; gap: number } | undefined;
  for (const [i, a] of arms.entries())
    for (const [j, b] of arms.entries())
      for (const c of arms.slice(j + 1)) {
        if (j <= i) continue;
        const gap = Math.abs(effect(a, b) + effect(b, c) - effect(a, c));
        if (worst === undefined || gap > worst.gap) worst = { arms: [a, b, c], gap };
      }
  return worst;
}

function varianceMatrix(arms: readonly string[], contrasts: readonly Contrast[], variances: readonly number[]): Matrix {
  const v = zeros(arms.length, arms.length);
  contrasts.forEach((c, k) => {
    const i = arms.indexOf(c.a);
    const j = arms.indexOf(c.b);
    (v[i] ?? [])[j] = variances[k] ?? 0;
    (v[j] ?? [])[i] = variances[k] ?? 0;
  });
  return v;
}

/** -1/2 C V C with C the centring matrix: the pseudo-inverse of the trial's Laplacian. */
function minusHalfCentred(v: Matrix): Matrix {
  const n = v.length;
  const rowMeans = v.map((row) => row.reduce((s, x) => s + x, 0) / n);
  const mean = rowMeans.reduce((s, x) => s + x, 0) / n;
  return v.map((row, i) => row.map((x, j) => -0.5 * (x - (rowMeans[i] ?? 0) - (rowMeans[j] ?? 0) + mean)));
}
