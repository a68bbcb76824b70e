// Days for what was told in order but without dates. A day that is only a place in the order is marked as such: normalize lays the
// history out twice, a little differently, and lets every number that moves with it be Unknown.
import { dayRange, type PartialDate } from '../../domain/partial-date.js';

export interface Placing {
  /** As told; a year alone is only a frame. */
  readonly date?: PartialDate;
  readonly until?: PartialDate;
  /** Usual length of such a thing, or as told, days. */
  readonly length: number;
  /** Usual pause before it. */
  readonly gap: number;
  readonly open: boolean;
  /** So many days after the start or the end of the one before: told. */
  readonly after?: { readonly days: number; readonly of: 'start' | 'end' };
  readonly lengthTold: boolean;
}

export interface Placed {
  readonly start: PartialDate;
  readonly end?: PartialDate;
}

/** Days by which the second layout stretches each pause that is not told. */
export const STRETCH_DAYS = 5;

/**
 * @param placings in the order in which things happened
 * @returns a place for each, before the day of the question; `stretch` days are added to every pause that is not told
 */
export function placed(placings: readonly Placing[], asOf: PartialDate, stretch: number): readonly Placed[] {
  const today = dayRange(asOf).last - 1;
  const starts: (number | undefined)[] = placings.map((p) => firstDayOf(p, today));
  spreadYears(placings, starts);
  if (starts.every((s) => s === undefined)) anchorLast(placings, starts, today, stretch);
  forward(placings, starts, today, stretch);
  return placings.map((p, i) => asDates(p, starts, i, today));
}

/** What goes on for a told time ("on imatinib for 18 months") began so long before today. */
const firstDayOf = (p: Placing, today: number): number | undefined =>
  p.date === undefined
    ? p.until === undefined
      ? p.open && p.lengthTold
        ? Math.floor(today - p.length)
        : undefined
      : dayRange(p.until).first - p.length
    : p.date.length === 4
      ? undefined
      : dayRange(p.date).first;

/** Things of which only the year is told stand one after another within it. */
function spreadYears(placings: readonly Placing[], starts: (number | undefined)[]): void {
  const years = new Set(placings.flatMap((p) => (p.date?.length === 4 ? [p.date] : [])));
  for (const year of years) {
    const own = placings.flatMap((p, i) => (p.date === year ? [i] : []));
    const { first, last } = dayRange(year);
    own.forEach((at, k) => {
      starts[at] = Math.round(first + ((last - first) * (k + 1)) / (own.length + 1));
    });
  }
}

/** Nothing is dated: the last stands shortly before the question, the others before it at their usual distance. */
function anchorLast(
  placings: readonly Placing[],
  starts: (number | undefined)[],
  today: number,
  stretch: number,
): void {
  const last = placings.length - 1;
  const p = placings[last];
  if (p === undefined) return;
  starts[last] = today - (p.open ? Math.max(60, p.lengthTold ? p.length : 90) : p.length + 14) - stretch;
}

function forward(placings: readonly Placing[], starts: (number | undefined)[], today: number, stretch: number): void {
  // Before the first known day: backwards from it.
  const first = starts.findIndex((s) => s !== undefined);
  for (let i = first - 1; i >= 0; i--) {
    const next = placings[i + 1];
    const own = placings[i];
    const to = starts[i + 1] ?? today;
    if (next === undefined || own === undefined) continue;
    const told = next.after;
    starts[i] =
      told === undefined ? to - next.gap - own.length - stretch : to - told.days - (told.of === 'end' ? own.length : 0);
  }
  for (let i = Math.max(first, 0) + 1; i < placings.length; i++) {
    if (starts[i] !== undefined) continue;
    const run = runFrom(starts, i);
    const limit = starts[run] ?? today - 7;
    const before = starts[i - 1] ?? today;
    // A usual length that reaches beyond what is known to come next is cut to half of the way.
    const natural = before + endOffset(placings[i - 1], before);
    const begin = natural < limit ? natural : Math.floor((before + limit) / 2);
    // Natural pauses, squeezed where they do not fit before what is known to come next.
    const wish = placings.slice(i, run).reduce((sum, p) => sum + (p.after?.days ?? p.gap) + p.length + stretch, 0);
    const room = Math.max(limit - begin, run - i + 1);
    const factor = wish > room ? room / (wish + 1) : 1;
    let at = begin;
    for (let k = i; k < run; k++) {
      const p = placings[k];
      if (p === undefined) continue;
      const told = p.after;
      const from = told?.of === 'start' ? (starts[k - 1] ?? at) : at;
      starts[k] = Math.round(from + (told === undefined ? (p.gap + stretch) * factor : told.days));
      at = (starts[k] ?? at) + p.length * factor;
    }
  }
}

function endOffset(p: Placing | undefined, start: number): number {
  if (p === undefined) return 0;
  if (p.until !== undefined) {
    const { first, last } = dayRange(p.until);
    return Math.max(0, (p.until.length > 4 ? last : Math.round((first + last) / 2)) - start);
  }
  return p.open ? 30 : p.length;
}
const runFrom = (starts: readonly (number | undefined)[], i: number): number => {
  const next = starts.findIndex((s, k) => k > i && s !== undefined);
  return next < 0 ? starts.length : next;
};

function asDates(p: Placing, starts: readonly (number | undefined)[], i: number, today: number): Placed {
  const start = Math.min(starts[i] ?? today, today);
  const known = p.date !== undefined && p.date.length > 4;
  const next = starts.slice(i + 1).find((s) => s !== undefined && s > start);
  const natural = start + p.length;
  const end = p.open ? undefined : Math.min(natural, next === undefined ? today : Math.max(start, next - 1), today);
  return {
    start: known && p.date !== undefined ? p.date : iso(start),
    ...(p.until !== undefined && p.until.length > 4
      ? { end: p.until }
      : p.until !== undefined
        ? { end: iso(Math.min(withinYear(p.until, start, next), today)) }
        : end === undefined
          ? {}
          : { end: iso(Math.max(end, start)) }),
  };
}

/** The end of which only the year is told: in the middle of it, before what comes next. */
function withinYear(year: PartialDate, start: number, next: number | undefined): number {
  const { first, last } = dayRange(year);
  const middle = Math.round((first + last) / 2);
  return Math.max(start, Math.min(middle, next === undefined ? middle : next - 1));
}

const iso = (day: number): PartialDate => new Date(day * 86_400_000).toISOString().slice(0, 10);
