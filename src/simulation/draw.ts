// Small draws on a seeded source: one of a weighted list, a chance, a value within limits, a day.
import type { RandomSource } from '../stats/random.js';

export function pick<T extends { readonly share: number }>(random: RandomSource, list: readonly T[]): T {
  const total = list.reduce((sum, item) => sum + item.share, 0);
  let left = random.uniform() * total;
  for (const item of list) {
    left -= item.share;
    if (left <= 0) return item;
  }
  const last = list.at(-1);
  if (last === undefined) throw new RangeError('cannot draw from an empty list');
  return last;
}

export const chance = (random: RandomSource, probability: number): boolean => random.uniform() < probability;

/** Normal, cut to [min, max]. */
export const bounded = (random: RandomSource, mean: number, sd: number, min: number, max: number): number =>
  Math.min(max, Math.max(min, mean + sd * random.normal()));

const DAY_MS = 86_400_000;

/** ISO day so many days after another. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + Math.round(days) * DAY_MS).toISOString().slice(0, 10);

export const addMonths = (date: string, months: number): string => addDays(date, months * 30.4375);
