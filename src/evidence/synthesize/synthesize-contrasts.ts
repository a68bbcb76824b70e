// `shipa synthesize`: rows of contrasts -> network (or pairwise) meta-analysis in the contract's shape.
import { byStudy, type Contrast, MetaAnalysisRefusal, treatmentsOf } from '../../stats/contrast.js';
import { studentTwoSided, Z95 } from '../../stats/distributions.js';
import { league } from '../../stats/league.js';
import { weakestWeight, worstTriangle } from '../../stats/multi-arm.js';
import { type NetHeat, netHeat } from '../../stats/net-heat.js';
import {
  type NetworkEffects,
  type NetworkMetaAnalysis,
  networkMetaAnalysis,
  type QTest,
} from '../../stats/network-meta-analysis.js';
import { type NodeSplit, splitNodes } from '../../stats/node-splitting.js';
import { i2Interval } from '../../stats/pairwise.js';
import { type PairwiseSynthesis, synthesizePairwise } from './synthesize-pairwise.js';

/** One line of the table; TE is treat1 minus treat2. */
export interface ContrastRow {
  readonly study: string;
  readonly treat1: string;
  readonly treat2: string;
  readonly TE: number;
  readonly seTE: number;
}

export interface SynthesizeOptions {
  /** Default: the first treatment by name. */
  readonly reference?: string;
  /** Default DL. REML of a network is netmeta's: sampling covariances within multi-arm trials are not in its likelihood. */
  readonly method?: 'DL' | 'REML' | 'PM';
  /** Hartung-Knapp-Sidik-Jonkman errors of the pairwise random effect. */
  readonly hksj?: boolean;
  /** Whether small effects are good (hazard ratios); turns P-scores round. Default desirable. */
  readonly smallValues?: 'desirable' | 'undesirable';
  /** By how much the effects of a multi-arm trial may contradict each other: default 0.001, as netmeta. */
  readonly tolerance?: number;
}

export interface EffectRow {
  readonly treatment: string;
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly pScore: number;
  /** Where the effect of a new trial is expected, 95 %; random effects only, null when too few trials. */
  readonly predictionLow?: number | null;
  readonly predictionHigh?: number | null;
}

export interface ContrastSynthesis {
  readonly reference: string;
  readonly method: 'DL' | 'REML' | 'PM';
  readonly studies: number;
  readonly common: { readonly effects: readonly EffectRow[] };
  readonly random: { readonly effects: readonly EffectRow[] };
  readonly tau2: number;
  readonly i2: number;
  readonly i2Low: number | null;
  readonly i2High: number | null;
  readonly q: { readonly total: number; readonly heterogeneity: number; readonly inconsistency: number };
  readonly qTests: { readonly total: QTest; readonly heterogeneity: QTest; readonly inconsistency: QTest };
  /** Row minus column. */
  readonly league: {
    readonly treatments: readonly string[];
    readonly common: LeagueTable;
    readonly random: LeagueTable;
  };
  /** Direct against indirect evidence, random effects. */
  readonly split: readonly NodeSplit[];
  readonly netHeat: NetHeat | null;
  /** Null with more than two treatments. */
  readonly pairwise: PairwiseSynthesis | null;
  readonly warnings: readonly string[];
}

type LeagueTable = ReturnType<typeof league>;

export const contrastOf = (r: ContrastRow): Contrast => ({
  study: r.study,
  a: r.treat1,
  b: r.treat2,
  effect: r.TE,
  se: r.seTE,
});

/** @throws MetaAnalysisRefusal naming the studies that stand in the way. */
export function synthesizeContrasts(rows: readonly ContrastRow[], options: SynthesizeOptions = {}): ContrastSynthesis {
  const contrasts = rows.map(contrastOf);
  const { method = 'DL', hksj = false, smallValues = 'desirable' } = options;
  refuseContradictions(contrasts, options.tolerance ?? 0.001);
  const treatments = treatmentsOf(contrasts);
  const reference = options.reference ?? treatments[0] ?? '';
  if (hksj && treatments.length > 2)
    throw new MetaAnalysisRefusal(
      'no-data',
      [],
      'Hartung-Knapp errors are defined for two treatments, not for a network',
    );
  const fit = networkMetaAnalysis(contrasts, reference, method === 'REML' ? 'REML-independent' : method);
  const large = smallValues === 'undesirable';
  const i2 = i2Interval(fit.total.q, fit.total.df);
  return {
    reference,
    method,
    studies: fit.studies,
    common: { effects: effectRows(fit, fit.common, large) },
    random: { effects: withPrediction(effectRows(fit, fit.random, large), fit) },
    tau2: fit.random.tau2,
    i2: fit.i2,
    i2Low: i2?.low ?? null,
    i2High: i2?.high ?? null,
    q: { total: fit.total.q, heterogeneity: fit.heterogeneity.q, inconsistency: fit.inconsistency.q },
    qTests: { total: fit.total, heterogeneity: fit.heterogeneity, inconsistency: fit.inconsistency },
    league: { treatments: fit.treatments, common: league(fit.common), random: league(fit.random) },
    split: splitNodes(fit.treatments, contrasts, fit.random),
    netHeat: netHeat(contrasts),
    warnings: contradictingErrors(contrasts),
    pairwise: treatments.length === 2 ? synthesizePairwise(contrasts, reference, method, hksj) : null,
  };
}

/** Effects of one multi-arm trial come from the same arms: around a triangle they must sum to nothing. */
function refuseContradictions(contrasts: readonly Contrast[], tolerance: number): void {
  for (const [study, rows] of byStudy(contrasts)) {
    const worst = worstTriangle(rows);
    if (worst !== undefined && worst.gap > tolerance)
      throw new MetaAnalysisRefusal(
        'inconsistent-multi-arm',
        [study],
        `${study}: the effects among ${worst.arms.join(', ')} contradict each other by ${worst.gap.toPrecision(3)} (allowed: ${tolerance}; rounded figures may need a larger --tolerance)`,
      );
  }
}

/** Errors of a multi-arm trial that no arms could have give a comparison no weight: worth a look at the source. */
function contradictingErrors(contrasts: readonly Contrast[]): string[] {
  return [...byStudy(contrasts)].flatMap(([study, rows]) =>
    weakestWeight(rows) < -1e-9
      ? [`${study}: the standard errors of its comparisons contradict each other; a comparison has got no weight`]
      : [],
  );
}

function effectRows(fit: NetworkMetaAnalysis, of: NetworkEffects, largeIsGood: boolean): EffectRow[] {
  return fit.treatments.map((treatment, i) => {
    const estimate = of.effects[i] ?? NaN;
    const se = Math.sqrt(of.covariance[i]?.[i] ?? NaN);
    const score = of.pScores[i] ?? NaN;
    const pScore = largeIsGood ? 1 - score : score;
    return { treatment, estimate, se, low: estimate - Z95 * se, high: estimate + Z95 * se, pScore };
  });
}

/** Student's t with trials minus treatments degrees of freedom: Higgins 2009, JRSS A 172:137, equation 12, for networks. */
function withPrediction(rows: readonly EffectRow[], fit: NetworkMetaAnalysis): EffectRow[] {
  const df = fit.studies - fit.treatments.length;
  const critical = df > 0 ? studentTwoSided(0.05, df) : null;
  return rows.map((r) => {
    if (critical === null || r.treatment === fit.reference) return { ...r, predictionLow: null, predictionHigh: null };
    const spread = critical * Math.sqrt(r.se * r.se + fit.random.tau2);
    return { ...r, predictionLow: r.estimate - spread, predictionHigh: r.estimate + spread };
  });
}
