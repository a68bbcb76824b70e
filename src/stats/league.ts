// Every treatment against every other: the league table of a network, from the effects against the reference and their covariance.
import type { NetworkEffects } from './network-meta-analysis.js';

/** `effect[i][j]` is treatment i minus treatment j. */
export interface League {
  readonly effect: readonly (readonly number[])[];
  readonly se: readonly (readonly number[])[];
}

export function league({ effects, covariance }: NetworkEffects): League {
  const v = (i: number, j: number): number => covariance[i]?.[j] ?? NaN;
  return {
    effect: effects.map((a) => effects.map((b) => a - b)),
    se: effects.map((_, i) =>
      effects.map((__, j) => (i === j ? 0 : Math.sqrt(Math.max(0, v(i, i) + v(j, j) - 2 * v(i, j))))),
    ),
  };
}
