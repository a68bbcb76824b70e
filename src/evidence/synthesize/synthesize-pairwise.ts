// Two treatments: the pairwise meta-analysis in full, as metafor reports it. Effects are of the other treatment against the reference.
import type { Contrast } from '../../stats/contrast.js';
import { egger, i2Interval, type PairwiseResult, pairwise, type StudyEffect } from '../../stats/pairwise.js';

export interface PairwiseSynthesis {
  readonly treatment: string;
  readonly reference: string;
  readonly studies: readonly (StudyEffect & { readonly weightCommon: number; readonly weightRandom: number })[];
  readonly common: PairwiseResult;
  readonly random: PairwiseResult & { readonly i2Low: number | null; readonly i2High: number | null };
  readonly hksj: boolean;
  readonly egger: { readonly t: number; readonly df: number; readonly p: number } | null;
  /** Random effects with each study left out in turn. */
  readonly leaveOneOut: readonly {
    readonly omitted: string;
    readonly estimate: number;
    readonly se: number;
    readonly tau2: number;
  }[];
}

export function synthesizePairwise(
  contrasts: readonly Contrast[],
  reference: string,
  method: 'DL' | 'REML' | 'PM',
  hksj: boolean,
): PairwiseSynthesis {
  const studies = contrasts.map((c) => ({
    study: c.study,
    effect: c.b === reference ? c.effect : -c.effect,
    se: c.se,
  }));
  const random = pairwise(studies, method, hksj);
  const common = pairwise(studies, 'common');
  const weights = (tau2: number): number[] => {
    const w = studies.map((s) => 1 / (s.se * s.se + tau2));
    const total = w.reduce((s, x) => s + x, 0);
    return w.map((x) => x / total);
  };
  const [fixed, mixed] = [weights(0), weights(random.tau2)];
  const i2 = i2Interval(random.q, random.df);
  return {
    treatment: contrasts.flatMap((c) => [c.a, c.b]).find((t) => t !== reference) ?? '',
    reference,
    studies: studies.map((s, i) => ({ ...s, weightCommon: fixed[i] ?? NaN, weightRandom: mixed[i] ?? NaN })),
    common,
    random: { ...random, i2Low: i2?.low ?? null, i2High: i2?.high ?? null },
    hksj,
    egger: egger(studies),
    leaveOneOut:
      studies.length < 2
        ? []
        : studies.map((s, i) => {
            const rest = pairwise(
              studies.filter((_, j) => j !== i),
              method,
              hksj,
            );
            return { omitted: s.study, estimate: rest.estimate, se: rest.se, tau2: rest.tau2 };
          }),
  };
}
