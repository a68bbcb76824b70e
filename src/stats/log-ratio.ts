// A log hazard (odds, risk) ratio and its standard error from whatever the paper prints. Parmar 1998, Stat Med 17:2815; Tierney 2007,
// Trials 8:16. Only the interval and the p-value are exact up to rounding; the others assume something and are flagged.
import { normalQuantile } from './distributions.js';

export type Route = 'interval' | 'p-value' | 'events' | 'medians' | 'survival';

export interface LogRatio {
  readonly effect: number;
  readonly se: number;
  readonly route: Route;
  /** What was assumed; null for the exact routes. */
  readonly assumption: string | null;
}

/** From a ratio and its interval: se = (ln high - ln low) / (2 z). Level 0.95 is 95 %. */
export function fromInterval(ratio: number, low: number, high: number, level = 0.95): LogRatio | undefined {
  if (!(ratio > 0 && low > 0 && high > low && level > 0 && level < 1)) return undefined;
  const z = normalQuantile(1 - (1 - level) / 2);
  return {
    effect: Math.log(ratio),
    se: (Math.log(high) - Math.log(low)) / (2 * z),
    route: 'interval',
    assumption: null,
  };
}

/** From a ratio and its two-sided p: se = |ln ratio| / z. A ratio of exactly 1 says nothing about its error. */
export function fromPValue(ratio: number, p: number): LogRatio | undefined {
  if (!(ratio > 0 && ratio !== 1 && p > 0 && p < 1)) return undefined;
  const effect = Math.log(ratio);
  return { effect, se: Math.abs(effect) / normalQuantile(1 - p / 2), route: 'p-value', assumption: null };
}

/** From a ratio and the events of the two arms: se = sqrt(1/a + 1/b) (equal allocation, ratio not far from 1). */
export function fromEvents(ratio: number, a: number, b: number): LogRatio | undefined {
  if (!(ratio > 0 && a > 0 && b > 0)) return undefined;
  const assumption = 'standard error from the numbers of events';
  return { effect: Math.log(ratio), se: Math.sqrt(1 / a + 1 / b), route: 'events', assumption };
}

/** From medians of both arms under exponential survival: ln(m_b / m_a), se from the events. */
export function fromMedians(a: Arm<'median'>, b: Arm<'median'>): LogRatio | undefined {
  if (!(a.median > 0 && b.median > 0 && a.events > 0 && b.events > 0)) return undefined;
  const se = Math.sqrt(1 / a.events + 1 / b.events);
  return {
    effect: Math.log(b.median / a.median),
    se,
    route: 'medians',
    assumption: 'hazard ratio derived from medians (exponential)',
  };
}

/** From survival proportions at one time: ln(ln S_a / ln S_b), variances (1 - S) / (n S ln^2 S) (binomial, no censoring before). */
export function fromSurvival(a: Arm<'survival'>, b: Arm<'survival'>): LogRatio | undefined {
  const inside = (s: number): boolean => s > 0 && s < 1;
  if (!(inside(a.survival) && inside(b.survival) && a.n > 0 && b.n > 0)) return undefined;
  const variance = ({ survival: s, n }: Arm<'survival'>): number => (1 - s) / (n * s * Math.log(s) ** 2);
  return {
    effect: Math.log(Math.log(a.survival) / Math.log(b.survival)),
    se: Math.sqrt(variance(a) + variance(b)),
    route: 'survival',
    assumption: 'hazard ratio derived from survival proportions (proportional hazards, no censoring before)',
  };
}

type Arm<K extends 'median' | 'survival'> = K extends 'median'
  ? { readonly median: number; readonly events: number }
  : { readonly survival: number; readonly n: number };
