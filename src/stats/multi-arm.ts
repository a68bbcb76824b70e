// Weights of a trial's contrasts. A trial with n arms gives n(n-1)/2 correlated contrasts; reduced weights make the
// weighted least squares of all of them the same as the proper likelihood of n-1 of them.
// Ruecker & Schwarzer 2014, Stat Med 33:4353, section 3; Ruecker 2012, Res Synth Methods 3:312.
import { type Contrast, MetaAnalysisRefusal, treatmentsOf } from './contrast.js';
import { at, type Matrix, pseudoInverse, zeros } from './linear-algebra.js';

/** Weight of each contrast of one study, tau2 added to every contrast's variance first. */
export function studyWeights(contrasts: readonly Contrast[], tau2: number): number[] {
  const variances = contrasts.map((c) => c.se * c.se + tau2);
  const arms = treatmentsOf(contrasts);
  if (arms.length === 2) return variances.map((v) => 1 / v);
  const laplacian = pseudoInverse(minusHalfCentred(varianceMatrix(arms, contrasts, variances)));
  return contrasts.map((c) => {
    const weight = -at(laplacian, arms.indexOf(c.a), arms.indexOf(c.b));
    // A slightly negative weight is rounding in the published errors; a tiny one keeps the trial's other contrasts.
    return Math.max(weight, 1e-12);
  });
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
  const n = treatmentsOf(contrasts).length;
  const pairs = new Set(contrasts.map((c) => [c.a, c.b].sort().join('\u0000')));
  if (pairs.size !== contrasts.length || contrasts.length !== (n * (n - 1)) / 2)
    throw new MetaAnalysisRefusal(
      'incomplete-multi-arm',
      [study],
      `${study}: ${n} arms need ${(n * (n - 1)) / 2} different comparisons, ${pairs.size} of ${contrasts.length} rows are`,
    );
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
