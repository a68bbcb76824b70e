// `shipa synthesize`: rows of contrasts -> network (or pairwise) meta-analysis in the contract's shape.
import type { Contrast } from '../../stats/contrast.js';
import { treatmentsOf } from '../../stats/contrast.js';
import { Z95 } from '../../stats/distributions.js';
import {
  type NetworkEffects,
  type NetworkMetaAnalysis,
  networkMetaAnalysis,
} from '../../stats/network-meta-analysis.js';

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
  /** Default DL. REML is netmeta's: sampling covariances within multi-arm trials are not in its likelihood. */
  readonly method?: 'DL' | 'REML';
  /** Whether small effects are good (hazard ratios); turns P-scores round. Default desirable. */
  readonly smallValues?: 'desirable' | 'undesirable';
}

interface EffectRow {
  readonly treatment: string;
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly pScore: number;
}

export interface ContrastSynthesis {
  readonly reference: string;
  readonly common: { readonly effects: readonly EffectRow[] };
  readonly random: { readonly effects: readonly EffectRow[] };
  readonly tau2: number;
  readonly i2: number;
  readonly q: { readonly total: number; readonly heterogeneity: number; readonly inconsistency: number };
}

/** @throws MetaAnalysisRefusal naming the studies that stand in the way. */
export function synthesizeContrasts(rows: readonly ContrastRow[], options: SynthesizeOptions = {}): ContrastSynthesis {
  const contrasts: Contrast[] = rows.map((r) => ({
    study: r.study,
    a: r.treat1,
    b: r.treat2,
    effect: r.TE,
    se: r.seTE,
  }));
  const reference = options.reference ?? treatmentsOf(contrasts)[0] ?? '';
  const fit = networkMetaAnalysis(contrasts, reference, options.method === 'REML' ? 'REML-independent' : 'DL');
  const table = (effects: NetworkEffects): { effects: EffectRow[] } => ({
    effects: effectRows(fit, effects, options.smallValues === 'undesirable'),
  });
  return {
    reference,
    common: table(fit.common),
    random: table(fit.random),
    tau2: fit.random.tau2,
    i2: fit.i2,
    q: { total: fit.total.q, heterogeneity: fit.heterogeneity.q, inconsistency: fit.inconsistency.q },
  };
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
