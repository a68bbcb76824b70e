// Decision curve (Vickers & Elkin 2006, Med Decis Making 26:565): what treating everybody above a threshold of predicted risk is worth,
// NB = TP/n - FP/n pt / (1 - pt), beside treating all and none. With censored times TP and FP come from the Kaplan-Meier risk of
// those above the threshold (Vickers 2008, BMC Med Inform Decis Mak 8:53).
import { kaplanMeier, type Observation, survivalAt } from './kaplan-meier.js';

export interface DecisionPoint {
  readonly threshold: number;
  readonly model: number;
  readonly all: number;
  readonly none: 0;
}

/** Outcomes 0 or 1; thresholds strictly between 0 and 1. */
export function decisionCurve(
  predicted: readonly number[],
  outcome: readonly number[],
  thresholds: readonly number[],
): DecisionPoint[] {
  const n = outcome.length;
  const share = (members: readonly number[]): number =>
    members.reduce((s, i) => s + (outcome[i] ?? 0), 0) / members.length;
  return curve(predicted, n, thresholds, share);
}

/** Right-censored times: predicted risks of an event by the horizon. */
export function survivalDecisionCurve(
  predicted: readonly number[],
  observed: readonly Observation[],
  horizon: number,
  thresholds: readonly number[],
): DecisionPoint[] {
  const risk = (members: readonly number[]): number =>
    1 - survivalAt(kaplanMeier(members.flatMap((i) => observed[i] ?? [])), horizon).survival;
  return curve(predicted, observed.length, thresholds, risk);
}

function curve(
  predicted: readonly number[],
  n: number,
  thresholds: readonly number[],
  riskOf: (members: readonly number[]) => number,
): DecisionPoint[] {
  const everybody = predicted.map((_, i) => i);
  const benefit = (members: readonly number[], threshold: number): number => {
    if (members.length === 0) return 0;
    const risk = riskOf(members);
    return ((risk - (1 - risk) * (threshold / (1 - threshold))) * members.length) / n;
  };
  return thresholds.map((threshold) => {
    if (!(threshold > 0 && threshold < 1)) throw new RangeError(`threshold ${threshold} is not between 0 and 1`);
    const treated = everybody.filter((i) => (predicted[i] ?? 0) >= threshold);
    return { threshold, model: benefit(treated, threshold), all: benefit(everybody, threshold), none: 0 };
  });
}
