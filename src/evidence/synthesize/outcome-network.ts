// What synthesis hands to compilation: one network, fitted, with everything that a reader of the model card may ask.
import type { Network } from '../../domain/corpus/network.js';
import type { Certainty } from '../../domain/outcome.js';
import type { Curve } from '../../stats/parametric-survival.js';

/** One direct comparison as used: its source, what was approximated. */
export interface TrialUse {
  readonly study: string;
  readonly nodes: readonly string[];
  readonly patients: number | null;
  readonly events: number | null;
  /** Events that the standard errors of its log hazard ratios imply, for where they are not published; about. */
  readonly impliedEvents: number | null;
  /** Furthest time (months) at which the trial published a figure or its median follow-up, whichever is later. */
  readonly reachMonths: number | null;
  /** Approximations and choices, in words. */
  readonly remarks: readonly string[];
}

export interface NodeEstimate {
  readonly id: string;
  /** Log hazard ratio against the reference, and its standard error without and with tau2. */
  readonly effect: number;
  readonly se: number;
  readonly predictiveSe: number;
  readonly pScore: number;
  readonly direct: boolean;
  readonly studies: readonly string[];
  /** Pooled proportion with a grade >= 3 adverse event, and how many patients stand behind it. */
  readonly harm: number | null;
  readonly harmPatients: number;
  readonly certainty: Certainty;
  readonly reasons: readonly string[];
  /** ln H_node(t) / H_reference(t) - effect by time, from the arms' own curves, where hazards are not proportional. */
  readonly shape?: { readonly node: Curve; readonly reference: Curve };
  /** Why the node has no numbers (non-proportional hazards without the arms' curves). */
  readonly withheld?: string;
}

export interface Baseline {
  readonly study: string;
  readonly arm: string;
  readonly curve: Curve;
  readonly points: readonly { readonly time: number; readonly survival: number }[];
  /** Largest |published - fitted| survival. */
  readonly worst: number;
  /** Standard error of the log of the baseline hazard, about 1 / sqrt(events). */
  readonly logHazardSe: number;
  readonly remarks: readonly string[];
}

export interface FittedNetwork {
  readonly network: Network;
  readonly nodes: readonly NodeEstimate[];
  /** Covariance of the effects against the reference, sampling and heterogeneity apart; same order as `nodes`. */
  readonly covariance: readonly (readonly number[])[];
  readonly tau2: number;
  readonly tau2Known: boolean;
  readonly i2: number;
  readonly heterogeneityP: number;
  readonly inconsistencyP: number;
  readonly inconsistencyDf: number;
  readonly baseline: Baseline;
  /** After the shortest contributing follow-up. */
  readonly horizonMonths: number;
  readonly trials: readonly TrialUse[];
  readonly remarks: readonly string[];
}

export interface RefusedNetwork {
  readonly id: string;
  readonly reasons: readonly string[];
}

export type Synthesis = { readonly fitted: FittedNetwork } | { readonly refused: RefusedNetwork };
