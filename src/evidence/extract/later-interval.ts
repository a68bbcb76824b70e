// An interval that stands some words after its value: "0.57 for OS (95% CI 0.44-0.75)", "0.57 (18 vs 10 months; 95% CI 0.44-0.75)".
import type { Interval } from './numbers.js';

const REACH = 90;
const OTHER_FIGURE = /\b(?:medians?|means?|rates?|difference|range)\b|;[^()]*;|\.\s[A-Z]/;
const NUMBERS = /(?<![\w.])-?(?:\d+(?:\.\d+)?|\.\d+)/g;

/**
 * The first named interval after `from` that holds the value, when no number before it could own it: all of them lie outside its limits.
 * @param until where the next mention begins
 */
export function laterInterval(
  sentence: string,
  all: readonly Interval[],
  from: number,
  until: number,
  value: number,
): Interval | undefined {
  const next = all.find((i) => i.start >= from);
  if (next === undefined || next.start >= until || next.start - from > REACH || !holds(next, value)) return undefined;
  const gap = sentence.slice(from, next.start);
  if (OTHER_FIGURE.test(gap)) return undefined;
  return [...gap.matchAll(NUMBERS)].some(([number]) => holds(next, Number(number))) ? undefined : next;
}

const holds = ({ low, high }: Interval, value: number): boolean =>
  high === null ? low <= value : Math.min(low, high) <= value && value <= Math.max(low, high);
