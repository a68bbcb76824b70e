// Kaplan-Meier estimate (1958, JASA 53:457) with Greenwood's variance, medians with limits (Brookmeyer & Crowley 1982), and the
// restricted mean (area to a horizon) with variance sum A(t)^2 d / (n (n - d)) (Klein & Moeschberger 2003, section 4.5).
import { normalP, Z95 } from './distributions.js';

/** One subject: time > 0, whether the event was seen. */
export interface Observation {
  readonly time: number;
  readonly event: boolean;
}

export interface KaplanMeierStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  /** Greenwood sum: variance of ln S. */
  readonly logVariance: number;
}

/** One step for each distinct time, censored ones too. */
export function kaplanMeier(observations: readonly Observation[]): KaplanMeierStep[] {
  const sorted = [...observations].sort((a, b) => a.time - b.time);
  const steps: KaplanMeierStep[] = [];
  let survival = 1;
  let logVariance = 0;
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i]?.time ?? NaN;
    const atRisk = sorted.length - i;
    let events = 0;
    for (; i < sorted.length && sorted[i]?.time === time; i++) if (sorted[i]?.event) events++;
    survival *= 1 - events / atRisk;
    logVariance += events / (atRisk * (atRisk - events));
    steps.push({ time, atRisk, events, survival, logVariance });
  }
  return steps;
}

/** Survival and its standard error at a time. */
export function survivalAt(steps: readonly KaplanMeierStep[], time: number): { survival: number; se: number } {
  const last = steps.filter((s) => s.time <= time).at(-1);
  if (last === undefined) return { survival: 1, se: 0 };
  return { survival: last.survival, se: last.survival === 0 ? 0 : last.survival * Math.sqrt(last.logVariance) };
}

export type LimitType = 'log' | 'log-log' | 'plain';

/** 95 % limits of survival at a step. */
export function limits(step: KaplanMeierStep, type: LimitType): { low: number; high: number } {
  const s = step.survival;
  const se = Math.sqrt(step.logVariance);
  if (s === 0) return { low: NaN, high: NaN };
  if (s === 1) return { low: 1, high: 1 };
  switch (type) {
    case 'log':
      return { low: s * Math.exp(-Z95 * se), high: Math.min(1, s * Math.exp(Z95 * se)) };
    case 'plain':
      return { low: Math.max(0, s - Z95 * s * se), high: Math.min(1, s + Z95 * s * se) };
    case 'log-log': {
      const spread = (Z95 * se) / Math.abs(Math.log(s));
      const point = Math.log(-Math.log(s));
      return { low: Math.exp(-Math.exp(point + spread)), high: Math.exp(-Math.exp(point - spread)) };
    }
  }
}

export interface Median {
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** First time at which survival (and each limit) is at most one half; the middle of the flat piece when it is exactly that. */
export function median(steps: readonly KaplanMeierStep[], type: LimitType = 'log'): Median {
  const drops = steps.filter((s) => s.events > 0);
  return {
    median: crossing(steps, (s) => s.survival),
    low: crossing(drops, (s) => limits(s, type).low),
    high: crossing(drops, (s) => limits(s, type).high),
  };
}

const TOLERANCE = 1e-9;

function crossing(steps: readonly KaplanMeierStep[], value: (s: KaplanMeierStep) => number): number | null {
  const first = steps.findIndex((s) => value(s) <= 0.5 + TOLERANCE);
  const here = steps[first];
  if (here === undefined) return null;
  if (Math.abs(value(here) - 0.5) > TOLERANCE) return here.time;
  const next = steps.slice(first).find((s) => value(s) < 0.5 - TOLERANCE);
  return next === undefined ? here.time : (here.time + next.time) / 2;
}

export interface RestrictedMean {
  readonly rmst: number;
  readonly se: number;
}

/** Area under the curve from 0 to `horizon`. */
export function restrictedMean(steps: readonly KaplanMeierStep[], horizon: number): RestrictedMean {
  const within = steps.filter((s) => s.time < horizon);
  const areas: { readonly after: number; readonly step: KaplanMeierStep }[] = [];
  let area = 0;
  for (let i = within.length - 1; i >= 0; i--) {
    const step = within[i];
    if (step === undefined) continue;
    area += step.survival * ((within[i + 1]?.time ?? horizon) - step.time);
    areas.push({ after: area, step });
  }
  const variance = areas.reduce((s, { after, step }) => {
    const left = step.atRisk - step.events;
    return left > 0 ? s + (after * after * step.events) / (step.atRisk * left) : s;
  }, 0);
  return { rmst: area + Math.min(within[0]?.time ?? horizon, horizon), se: Math.sqrt(variance) };
}

export interface RestrictedMeanDifference {
  readonly difference: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

/** Restricted mean of `a` minus that of `b` to the same horizon; arms independent (Royston & Parmar 2013, BMC Med Res Methodol 13:152). */
export function restrictedMeanDifference(a: RestrictedMean, b: RestrictedMean): RestrictedMeanDifference {
  const difference = a.rmst - b.rmst;
  const se = Math.hypot(a.se, b.se);
  return {
    difference,
    se,
    low: difference - Z95 * se,
    high: difference + Z95 * se,
    p: se > 0 ? normalP(difference / se) : NaN,
  };
}
