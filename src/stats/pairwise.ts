// Pairwise meta-analysis by inverse variance: common and random effects, Hartung-Knapp intervals, prediction interval, Egger's test.
// Random effects weights 1 / (v + tau2). tau2: DerSimonian & Laird 1986 (Control Clin Trials 7:177), REML, Paule & Mandel 1982
// (J Res NBS 87:377: the tau2 at which Q equals its degrees of freedom). I2 = tau2 / (tau2 + typical variance), Higgins 2002.
import { MetaAnalysisRefusal } from './contrast.js';
import { normalP, studentP, studentTwoSided, Z95 } from './distributions.js';
import { root } from './one-dimensional.js';

export interface StudyEffect {
  readonly study: string;
  readonly effect: number;
  readonly se: number;
}

export type PairwiseMethod = 'common' | 'DL' | 'REML' | 'PM';

export interface PairwiseResult {
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly tau2: number;
  readonly i2: number;
  readonly q: number;
  readonly df: number;
  /** Where the effect of a new study is expected, 95 %; null with a common effect. */
  readonly prediction: { readonly low: number; readonly high: number } | null;
}

/** Pools studies. `knappHartung` (Hartung & Knapp 2001, Stat Med 20:3875): t intervals from the weighted residual variance. */
export function pairwise(
  studies: readonly StudyEffect[],
  method: PairwiseMethod,
  knappHartung = false,
): PairwiseResult {
  if (studies.length === 0) throw new MetaAnalysisRefusal('no-data', [], 'no study to pool');
  for (const s of studies)
    if (!(s.se > 0))
      throw new MetaAnalysisRefusal('bad-standard-error', [s.study], `${s.study} has no usable standard error`);
  const df = studies.length - 1;
  const common = weighted(studies, 0);
  const q = residual(studies, 0);
  const tau2 = df === 0 ? 0 : estimateTau2(studies, method);
  const { estimate, total } = tau2 === 0 ? common : weighted(studies, tau2);
  const factor = knappHartung && df > 0 ? residual(studies, tau2) / df : 1;
  const se = Math.sqrt(factor / total);
  const critical = knappHartung && df > 0 ? studentTwoSided(0.05, df) : Z95;
  const spread = critical * Math.sqrt(tau2 + se * se);
  return {
    estimate,
    se,
    low: estimate - critical * se,
    high: estimate + critical * se,
    p: knappHartung && df > 0 ? studentP(estimate / se, df) : normalP(estimate / se),
    tau2,
    i2: heterogeneityShare(studies, method, tau2, q, df),
    q,
    df,
    prediction: method === 'common' ? null : { low: estimate - spread, high: estimate + spread },
  };
}

interface Weighted {
  readonly estimate: number;
  readonly total: number;
}

function weighted(studies: readonly StudyEffect[], tau2: number): Weighted {
  let [total, sum] = [0, 0];
  for (const s of studies) {
    const w = 1 / (s.se * s.se + tau2);
    total += w;
    sum += w * s.effect;
  }
  return { estimate: sum / total, total };
}

/** Generalised Q at tau2. */
function residual(studies: readonly StudyEffect[], tau2: number): number {
  const { estimate } = weighted(studies, tau2);
  return studies.reduce((s, x) => s + (x.effect - estimate) ** 2 / (x.se * x.se + tau2), 0);
}

/** Variance of a typical study (Higgins & Thompson 2002, equation 9). */
function typicalVariance(studies: readonly StudyEffect[]): number {
  const weights = studies.map((s) => 1 / (s.se * s.se));
  const total = weights.reduce((s, w) => s + w, 0);
  return ((studies.length - 1) * total) / (total * total - weights.reduce((s, w) => s + w * w, 0));
}

function heterogeneityShare(
  studies: readonly StudyEffect[],
  method: PairwiseMethod,
  tau2: number,
  q: number,
  df: number,
): number {
  if (df === 0) return 0;
  if (method === 'common') return q > 0 ? Math.max(0, (q - df) / q) : 0;
  return tau2 / (tau2 + typicalVariance(studies));
}

function estimateTau2(studies: readonly StudyEffect[], method: PairwiseMethod): number {
  const df = studies.length - 1;
  switch (method) {
    case 'common':
      return 0;
    case 'DL': {
      const weights = studies.map((s) => 1 / (s.se * s.se));
      const total = weights.reduce((s, w) => s + w, 0);
      const c = total - weights.reduce((s, w) => s + w * w, 0) / total;
      return Math.max(0, (residual(studies, 0) - df) / c);
    }
    case 'PM':
      return residual(studies, 0) <= df ? 0 : root((t) => residual(studies, t) - df, 0, upperLimit(studies));
    case 'REML':
      return tau2Scoring(studies);
  }
}

const upperLimit = (studies: readonly StudyEffect[]): number =>
  10 * Math.max(...studies.map((s) => s.effect * s.effect + s.se * s.se));

/** REML by Fisher scoring from Hedges' estimator until nothing changes. Viechtbauer 2005, J Educ Behav Stat 30:261. */
function tau2Scoring(studies: readonly StudyEffect[]): number {
  const n = studies.length;
  const mean = studies.reduce((s, x) => s + x.effect, 0) / n;
  const spread = studies.reduce((s, x) => s + (x.effect - mean) ** 2, 0) / (n - 1);
  let tau2 = Math.max(0, spread - studies.reduce((s, x) => s + x.se * x.se, 0) / n);
  for (let i = 0; i < 1000; i++) {
    const w = studies.map((s) => 1 / (s.se * s.se + tau2));
    const power = (k: number): number => w.reduce((s, x) => s + x ** k, 0);
    const [w1, w2, w3] = [power(1), power(2), power(3)];
    const { estimate } = weighted(studies, tau2);
    const score = studies.reduce((s, x, j) => s + ((w[j] ?? 0) * (x.effect - estimate)) ** 2, 0) - (w1 - w2 / w1);
    const next = Math.max(0, tau2 + score / (w2 - (2 * w3) / w1 + (w2 * w2) / (w1 * w1)));
    const change = Math.abs(next - tau2);
    tau2 = next;
    if (change < 1e-14) break;
  }
  return tau2;
}

/** Egger's test (1997, BMJ 315:629): intercept of effect/se on 1/se, t with n - 2 degrees of freedom; null below three studies. */
export function egger(
  studies: readonly StudyEffect[],
): { readonly t: number; readonly df: number; readonly p: number } | null {
  const n = studies.length;
  if (n < 3) return null;
  const x = studies.map((s) => 1 / s.se);
  const y = studies.map((s) => s.effect / s.se);
  const mean = (v: readonly number[]): number => v.reduce((s, a) => s + a, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((s, a) => s + (a - mx) ** 2, 0);
  const slope = x.reduce((s, a, i) => s + (a - mx) * ((y[i] ?? 0) - my), 0) / sxx;
  const intercept = my - slope * mx;
  const rss = y.reduce((s, b, i) => s + (b - intercept - slope * (x[i] ?? 0)) ** 2, 0);
  const t = intercept / Math.sqrt((rss / (n - 2)) * (1 / n + (mx * mx) / sxx));
  return { t, df: n - 2, p: studentP(t, n - 2) };
}

/** Limits of I2 from the test-based interval of H = sqrt(Q / df) (Higgins & Thompson 2002, Stat Med 21:1539, appendix); null below three studies. */
export function i2Interval(q: number, df: number): { readonly low: number; readonly high: number } | null {
  if (df < 2) return null;
  const k = df + 1;
  const se =
    q > k
      ? (0.5 * (Math.log(q) - Math.log(df))) / (Math.sqrt(2 * q) - Math.sqrt(2 * k - 3))
      : Math.sqrt((1 / (2 * (k - 2))) * (1 - 1 / (3 * (k - 2) ** 2)));
  const logH = 0.5 * Math.log(Math.max(q, df) / df);
  const share = (h: number): number => Math.max(0, 1 - 1 / Math.max(1, h) ** 2);
  return { low: share(Math.exp(logH - Z95 * se)), high: share(Math.exp(logH + Z95 * se)) };
}
