// The outcome model as plain numbers: what the TypeScript reference reads directly and the ONNX graph holds as constants.
//
//   eta(n, k) = constant(n, k) + sum over columns c of  known:   slope(c, n, k) (x_c - centre_c)
//                                                       unknown: drift(c, n, k)
//   H(n, k, t) = hazard(curve of n, t) exp(eta(n, k)),   S = exp(-H),   RMST = integral of S from 0 to the horizon
//
// n = node (regimen), k = draw of the joint predictive distribution. Survival and RMST are means over draws, P(best) is the mean over
// draws of the share of the longest RMST (see BEST_WIDTH_MONTHS). Interval limits do without draws: `limits` and gain-limits.ts.
import type { Certainty } from '../../domain/outcome.js';

export const DRAWS = 64;

/** Survival is told at these months. */
export const MILESTONE_MONTHS = [12, 24, 60] as const;

/** 95 % quantile of the standard normal: gains are told with their 90 % interval. */
export const INTERVAL_Z = 1.6448536269514722;

/**
 * Within a draw the best node is a softmax of RMST with this width: one or two days count as a tie. A hard maximum would
 * make the last bit of a single-precision sum decide 1/64 of a probability.
 */
export const BEST_WIDTH_MONTHS = 0.05;

/** One number that the model asks of a patient. */
export interface Column {
  /** Key of ScoreRow.features: a fact, or "fact=word". */
  readonly feature: string;
  /** value: the number itself (0 or 1 for words). stratum: 1 when lower <= x < upper. */
  readonly kind: 'value' | 'stratum';
  readonly lower?: number;
  readonly upper?: number;
  /** Mean in the baseline arm. */
  readonly centre: number;
  /** Range of the trials; outside it the network gives no numbers. */
  readonly min?: number;
  readonly max?: number;
  /** covariate: moves the numbers; modifier: can move the order. */
  readonly role: 'covariate' | 'modifier';
  readonly source: string;
}

export interface CompiledNode {
  readonly id: string;
  /** Index into `hazards`; null where numbers are withheld. */
  readonly curve: number | null;
  readonly harm: number | null;
  readonly certainty: Certainty;
  readonly studies: readonly string[];
}

/**
 * The linear predictors as a mixture of normals. A row of a patient is [1, known (x - centre), 1 - known]; the sums over the row's
 * entries give log weight of each component, and of each component and node the mean and the loadings on independent normals.
 */
export interface LimitTerms {
  /** [1 + 2 columns][component] */
  readonly logWeight: Grid2;
  /** [1 + 2 columns][component][node][mean, loadings] */
  readonly terms: readonly (readonly Grid2[])[];
}

type Grid2 = readonly (readonly number[])[];

export interface CompiledNetwork {
  readonly id: string;
  readonly outcome: string;
  readonly reference: string;
  readonly horizonMonths: number;
  readonly nodes: readonly CompiledNode[];
  readonly columns: readonly Column[];
  /** [node][draw] */
  readonly constant: Grid2;
  /** [column][node][draw] */
  readonly slope: readonly Grid2[];
  readonly drift: readonly Grid2[];
  readonly limits: LimitTerms;
  /** Quadrature on [0, horizon]: months and weights. */
  readonly months: readonly number[];
  readonly weights: readonly number[];
  /** [curve][quadrature node], and [curve][milestone]. */
  readonly hazards: Grid2;
  readonly milestones: Grid2;
}

export interface CompiledModel {
  readonly draws: number;
  readonly networks: readonly CompiledNetwork[];
}
