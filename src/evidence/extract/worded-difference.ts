// Mean differences told in words ("lower by 2.1 points", "no difference between A and B (-0.4 points, 95% CI ...)").
// They are believed with an interval only: without one, a change within one arm is written the same way.
import type { Interval } from './numbers.js';

const FIGURE = String.raw`[-+]?\s?\d+(?:\.\d+)?`;
const LEVEL = String.raw`[,;:\s([]{1,3}9\d(?:\.\d)?\s?%`;

/** Patterns of a mention; the value follows it. A treatment effect is a difference only when a unit follows: a ratio has none. */
export const WORDED_DIFFERENCE = [
  String.raw`\b(?:lower|higher|shorter|longer|smaller|larger|greater|fewer) by(?= (?:an? )?(?:(?:mean|average) of )?${FIGURE})`,
  String.raw`\bdiffer(?:ed|s)(?: significantly)?(?: between [^().;,]{3,60})? by(?= (?:an? )?(?:(?:mean|average) of )?${FIGURE})`,
  String.raw`\bdifferences? (?:between|in) (?!(?:the )?medians?\b)[^().;,]{3,90}(?=\(\s?${FIGURE} ?[a-z]{0,12}${LEVEL}(?:(?!\bvs\b|\bversus\b|\band\b)[^()]){0,80}\))`,
  String.raw`\btreatment effects?(?=(?:[^.;()\d]{0,70} (?:was|of)|[,:=]?) ${FIGURE} [a-z]{2,12}${LEVEL})`,
].join('|');

const WORDED = /^(?:\w+ by$|differ(?:ed|s)\b|differences? (?:between|in) |treatment effects?$)/i;
export const isWordedDifference = (mention: string): boolean => WORDED.test(mention);

/** "Lower by 2.1 (0.9 to 3.3)" is printed without its sign: for the direction it is -2.1 (-3.3 to -0.9). */
export function signedByWord(
  mention: string,
  value: number,
  interval: Interval | undefined,
): readonly [number, Interval | undefined] {
  if (!/^(?:lower|shorter|smaller|fewer) by$/i.test(mention) || value <= 0) return [value, interval];
  if (interval === undefined || interval.high === null) return [-value, undefined];
  return [-value, { ...interval, low: -interval.high, high: -interval.low }];
}
