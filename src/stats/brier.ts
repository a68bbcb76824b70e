// Brier's score (1950, Mon Weather Rev 78:1): mean squared distance of a predicted probability from what happened, 0 best. With
// censoring each known outcome is weighted by the inverse probability of still being under observation (Graf 1999, Stat Med 18:2529):
// 1 / G(T-) for an event by the horizon, 1 / G(horizon-) for who was still followed then, 0 for a subject censored before; G is the
// Kaplan-Meier of censoring, at tied times events come before censoring. Censoring must not depend on the prediction.
import { kaplanMeier, type Observation, survivalAt } from './kaplan-meier.js';

export interface Brier {
  readonly score: number;
  /** Of predicting the mean outcome for everybody; 1 - score / reference is the share of it that predictions take away. */
  readonly reference: number;
  readonly skill: number;
}

/** `predicted` probabilities of outcome 1. */
export function brier(predicted: readonly number[], outcome: readonly number[]): Brier {
  const mean = outcome.reduce((s, y) => s + y, 0) / outcome.length;
  const score = predicted.reduce((s, p, i) => s + (p - (outcome[i] ?? NaN)) ** 2, 0) / outcome.length;
  return withSkill(score, mean * (1 - mean));
}

/** `predicted` risks of an event by `horizon`. Undefined when everybody is censored before it. */
export function brierCensored(
  predicted: readonly number[],
  observed: readonly Observation[],
  horizon: number,
): Brier | undefined {
  const weights = censoringWeights(observed, horizon);
  if (weights.every((w) => w === 0)) return undefined;
  const risk = 1 - survivalAt(kaplanMeier(observed), horizon).survival;
  const scoreOf = (of: (i: number) => number): number =>
    observed.reduce((s, o, i) => {
      const weight = weights[i] ?? 0;
      return weight === 0 ? s : s + weight * ((o.time <= horizon && o.event ? 1 : 0) - of(i)) ** 2;
    }, 0) / observed.length;
  return withSkill(
    scoreOf((i) => predicted[i] ?? NaN),
    scoreOf(() => risk),
  );
}

const withSkill = (score: number, reference: number): Brier => ({ score, reference, skill: 1 - score / reference });

/** Inverse-probability-of-censoring weights at a horizon. */
export function censoringWeights(observed: readonly Observation[], horizon: number): number[] {
  const followedUntil = censoringSurvival(observed);
  return observed.map((o) => {
    if (o.event && o.time <= horizon) return 1 / followedUntil(o.time);
    return o.time >= horizon ? 1 / followedUntil(horizon) : 0;
  });
}

/** G(t-), the chance of not being censored before t: those with an event at a tied time have left the risk set. */
function censoringSurvival(observed: readonly Observation[]): (time: number) => number {
  const censored = new Map<number, number>();
  for (const o of observed) if (!o.event) censored.set(o.time, (censored.get(o.time) ?? 0) + 1);
  const steps: { time: number; survival: number }[] = [];
  let survival = 1;
  for (const step of kaplanMeier(observed)) {
    const leaving = censored.get(step.time) ?? 0;
    if (leaving === 0) continue;
    survival *= 1 - leaving / (step.atRisk - step.events);
    steps.push({ time: step.time, survival });
  }
  return (time) => steps.filter((s) => s.time < time).at(-1)?.survival ?? 1;
}
