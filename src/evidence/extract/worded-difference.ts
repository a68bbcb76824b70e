// Mean differences told in words ("lower by 2.1 points", "no difference between A and B (-0.4 points, 95% CI ...)").
// They are believed with an interval only: without one, a change within one arm is written the same way.
import type { Interval } from './numbers.js';

const FIGURE = String.raw`[-+]?\s?\d+(?:\.\d+)?`;
const LEVEL = String.raw`[,;:\s([]{1,3}9\d(?:\.\d)?\s?%`;

/** "(-0.4 points, 95% confidence interval (CI) [-2.2 to 1.4])", and not the figures of two arms. */
const BRACKET = String.raw`\(\s?${FIGURE} ?[a-z]{0,12}${LEVEL}(?:(?!\bvs\b|\bversus\b|\band\b)(?:[^()]|\(CI\))){0,80}\)`;
const MORE_OR_LESS = `(?:higher|lower|longer|shorter|greater|smaller|more|less|fewer)`;
const UNIT = `[a-zA-Z][a-zA-Z/]{0,11}(?: [a-z]{2,8})?`;
const LIMITS = String.raw`\(9\d\s?% [^()]{3,60}\)`;
/** "2.1 points lower (95% CI 0.9-3.3)", "1.09 (95% CI 0.27-1.90) mmHg higher than": the figure comes first, so the mention is its place. */
const TRAILING = String.raw`(?<=\s)(?=${FIGURE} (?:${UNIT} ${MORE_OR_LESS} ${LIMITS}|${LIMITS} ${UNIT} ${MORE_OR_LESS} than))`;

/** Patterns of a mention; the value follows it. A treatment effect is a difference only when a unit follows: a ratio has none. */
export const WORDED_DIFFERENCE = [
  String.raw`\b(?:lower|higher|shorter|longer|smaller|larger|greater|fewer)(?: [a-z-]+){0,3} by(?= (?:an? )?(?:(?:mean|average) of )?${FIGURE})`,
  String.raw`\bdiffer(?:ed|s)(?: significantly)?(?: between [^().;,]{3,60})? by(?= (?:an? )?(?:(?:mean|average) of )?${FIGURE})`,
  String.raw`\bdifferences? (?:between|in) (?!(?:the )?medians?\b)[^().;,]{3,90}(?=${BRACKET})`,
  String.raw`\bdiffer(?:ent)?(?: significantly)? between [^().;,]{3,60}(?=${BRACKET})`,
  String.raw`\b(?:reduction|decrease|increase|improvement|gain)s?(?=\s?\(9\d\s?% (?:CI|confidence interval)\) of ${FIGURE})`,
  String.raw`\bdifferences? in [^().;,\d]{3,110} (?:of|was)(?= ?${FIGURE} ?[a-zA-Z])`,
  String.raw`\beffect sizes?(?: \[?\(?(?:ES|d)\)?\]?)?(?=[\s,:=(]{1,3}(?:(?:was|of|d|ES) ?=? ?)?${FIGURE})`,
  String.raw`\b(?:(?:treatment|intervention) effects?|effects? of (?:the )?(?:intervention|treatment))(?=(?:[^.;()\d]{0,70} (?:was|of)|\s?[,:=]?) ${FIGURE}(?:%-| )[a-z]{2,12}(?: [a-z]{2,12})?(?: ?\[[A-Z]{2,4}\])?${LEVEL})`,
  TRAILING,
].join('|');

const WORDED =
  /^(?:$|.* by$|differ(?:ed|s|ent)?\b|(?:reduction|decrease|increase|improvement|gain)s?$|differences? (?:between|in) |(?:treatment|intervention) effects?$|effects? of|effect sizes?)/i;
/** The word behind a figure whose mention is its place. */
export const wordBehind = (after: string): string => new RegExp(String.raw`\b${MORE_OR_LESS}\b`).exec(after)?.[0] ?? '';

export const isWordedDifference = (mention: string): boolean => WORDED.test(mention);

const LESS = /^(?:(?:lower|shorter|smaller|fewer|less)\b|reduc|decreas|declin|fell\b|lower|shorten)/i;

/** "Lower by 2.1 (0.9 to 3.3)" is printed without its sign: for the direction it is -2.1 (-3.3 to -0.9). */
export function signedByWord(
  mention: string,
  value: number,
  interval: Interval | undefined,
): readonly [number, Interval | undefined] {
  if (!LESS.test(mention) || value <= 0) return [value, interval];
  if (interval === undefined || interval.high === null) return [-value, undefined];
  return [-value, { ...interval, low: -interval.high, high: -interval.low }];
}
