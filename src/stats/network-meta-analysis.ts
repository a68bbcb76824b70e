// Frequentist network meta-analysis by the graph-theoretical method, common and random effects.
// Ruecker 2012, Res Synth Methods 3:312; P-scores: Ruecker & Schwarzer 2015, BMC Med Res Methodol 15:58; decomposition of
// Q: Krahn, Binder & Koenig 2013, BMC Med Res Methodol 13:35. Two treatments make it the pairwise meta-analysis.
import { byStudy, type Contrast, MetaAnalysisRefusal, treatmentsOf } from './contrast.js';
import { chiSquaredUpper, normalCdf } from './distributions.js';
import { tau2Likelihood, tau2Moments, tau2PauleMandel } from './heterogeneity.js';
import { at } from './linear-algebra.js';
import { checkStudy } from './multi-arm.js';
import { components, contrastVariance, estimateGraph, type GraphEstimate } from './network-estimate.js';

/** PM: the tau2 at which Q equals its degrees of freedom (Paule & Mandel 1982; Jackson 2013). REML uses the whole sampling covariance of multi-arm trials; REML-independent does as netmeta 3.3 (heterogeneity.ts). */
export type Tau2Method = 'DL' | 'PM' | 'REML' | 'REML-independent';

export interface QTest {
  readonly q: number;
  readonly df: number;
  readonly p: number;
}

/** Effects of all treatments against the reference at one tau2. */
export interface NetworkEffects {
  readonly tau2: number;
  readonly effects: readonly number[];
  /** Covariance of the effects; the reference's row and column are zero. */
  readonly covariance: readonly (readonly number[])[];
  /** Mean certainty of being better than another treatment, small effects being good. */
  readonly pScores: readonly number[];
}

export interface NetworkMetaAnalysis {
  readonly treatments: readonly string[];
  readonly reference: string;
  readonly studies: number;
  readonly common: NetworkEffects;
  readonly random: NetworkEffects;
  readonly i2: number;
  readonly total: QTest;
  readonly heterogeneity: QTest;
  readonly inconsistency: QTest;
}

/** Fits the network. Refuses, naming the studies, when it is empty, unconnected, or a trial is incomplete. */
export function networkMetaAnalysis(
  contrasts: readonly Contrast[],
  reference: string,
  method: Tau2Method = 'REML',
): NetworkMetaAnalysis {
  const treatments = treatmentsOf(contrasts);
  const studies = byStudy(contrasts);
  check(contrasts, treatments, studies, reference);
  const common = estimateGraph(treatments, studies, 0);
  const df = degreesOfFreedom(studies, treatments);
  const tau2 = heterogeneity(treatments, studies, common, df, reference, method);
  const random = tau2 === 0 ? common : estimateGraph(treatments, studies, tau2);
  const within = withinDesigns(studies);
  return {
    treatments,
    reference,
    studies: studies.size,
    common: effectsAgainst(common, reference, 0),
    random: effectsAgainst(random, reference, tau2),
    i2: df > 0 && common.q > 0 ? Math.max(0, (common.q - df) / common.q) : 0,
    total: test(common.q, df),
    heterogeneity: within,
    inconsistency: test(Math.max(0, common.q - within.q), df - within.df),
  };
}

function heterogeneity(
  treatments: readonly string[],
  studies: ReadonlyMap<string, readonly Contrast[]>,
  common: GraphEstimate,
  df: number,
  reference: string,
  method: Tau2Method,
): number {
  if (df <= 0) return 0;
  if (method === 'DL') return tau2Moments(common, studies, df);
  if (method === 'PM') return tau2PauleMandel(common.q, df, (tau2) => estimateGraph(treatments, studies, tau2).q);
  if (method === 'REML') return tau2Likelihood(treatments, studies);
  return tau2Likelihood(treatments, studies, { independent: { reference } });
}

function check(
  contrasts: readonly Contrast[],
  treatments: readonly string[],
  studies: ReadonlyMap<string, readonly Contrast[]>,
  reference: string,
): void {
  if (contrasts.length === 0) throw new MetaAnalysisRefusal('no-data', [], 'no comparison to combine');
  for (const [study, rows] of studies) checkStudy(study, rows);
  if (!treatments.includes(reference))
    throw new MetaAnalysisRefusal(
      'no-data',
      [],
      `no study has the reference ${reference}; treatments: ${treatments.join(', ')}`,
    );
  const islands = components(contrasts).filter((group) => !group.includes(reference));
  if (islands.length > 0) {
    const away = new Set(islands.flat());
    const names = [...studies].filter(([, rows]) => rows.some((r) => away.has(r.a))).map(([study]) => study);
    const told = islands.map((island) => `{${island.join(', ')}}`).join(' and ');
    throw new MetaAnalysisRefusal(
      'not-connected',
      names,
      `${names.join(', ')}: no path of trials from ${told} to ${reference}; analyse each connected part on its own`,
    );
  }
}

/** Without degrees of freedom what is left of Q is rounding. */
const test = (q: number, df: number): QTest => ({ q: df > 0 ? q : 0, df, p: chiSquaredUpper(q, df) });

function degreesOfFreedom(studies: ReadonlyMap<string, readonly Contrast[]>, treatments: readonly string[]): number {
  const arms = [...studies.values()].reduce((sum, rows) => sum + treatmentsOf(rows).length - 1, 0);
  return arms - (treatments.length - 1);
}

/** Q among trials of the same design (the same set of treatments), summed over designs. */
function withinDesigns(studies: ReadonlyMap<string, readonly Contrast[]>): QTest {
  const designs = new Map<string, Map<string, readonly Contrast[]>>();
  for (const [study, rows] of studies) {
    const key = treatmentsOf(rows).join('\u0000');
    const design = designs.get(key) ?? new Map<string, readonly Contrast[]>();
    designs.set(key, design.set(study, rows));
  }
  let q = 0;
  let df = 0;
  for (const [key, design] of designs) {
    if (design.size < 2) continue;
    const treatments = key.split('\u0000');
    q += estimateGraph(treatments, design, 0).q;
    df += degreesOfFreedom(design, treatments);
  }
  return test(q, df);
}

function effectsAgainst(fit: GraphEstimate, reference: string, tau2: number): NetworkEffects {
  const r = fit.treatments.indexOf(reference);
  const base = fit.potentials[r] ?? 0;
  const covariance = fit.treatments.map((_, i) =>
    fit.treatments.map((__, j) =>
      i === r || j === r
        ? 0
        : at(fit.inverse, i, j) - at(fit.inverse, i, r) - at(fit.inverse, r, j) + at(fit.inverse, r, r),
    ),
  );
  return { tau2, effects: fit.potentials.map((p) => p - base), covariance, pScores: pScores(fit) };
}

function pScores(fit: GraphEstimate): number[] {
  const n = fit.treatments.length;
  return fit.treatments.map((_, i) => {
    const better = fit.treatments.map((__, j) => {
      if (i === j) return 0;
      const difference = (fit.potentials[j] ?? 0) - (fit.potentials[i] ?? 0);
      return normalCdf(difference / Math.sqrt(contrastVariance(fit.inverse, i, j)));
    });
    return better.reduce((s, x) => s + x, 0) / (n - 1);
  });
}
