// Dates as histories have them: a year, a month or a day. Comparisons are honest about what is not known.

/** ISO 8601 date of year, month or day precision: "2024", "2024-05", "2024-05-17". Times of day are dropped. */
export type PartialDate = string & { readonly __brand?: 'PartialDate' };

const PATTERN = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:T.*)?$/;

/** The date part of a FHIR date or dateTime, or undefined when it is not one (29 February is checked too). */
export function parsePartialDate(text: string): PartialDate | undefined {
  const day = text[10] === 'T' && !LINE_BREAK.test(text) ? text.slice(0, 10) : text;
  if (day.length > 10) return computeDate(day);
  const known = DATES.get(day);
  // `has` tells that undefined was the answer.
  if (known !== undefined || DATES.has(day)) return known;
  const date = computeDate(day);
  if (DATES.size >= MOST_DATES) DATES.clear();
  DATES.set(day, date);
  return date;
}

/** What ends a line and so a date: "." of the pattern does not match it. */
const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** Dates are read and compared over and over, and the days of a century are few: each is computed once. */
const DATES = new Map<string, PartialDate | undefined>();
const MOST_DATES = 50_000;

function computeDate(text: string): PartialDate | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, year, month, day] = match;
  if (day === undefined) return month === undefined ? year : `${year}-${month}`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= last ? `${year}-${month}-${day}` : undefined;
}

const DAY_MS = 86_400_000;

/** First and last day (UTC day numbers since 1970-01-01) that the date may mean. */
export function dayRange(date: PartialDate): DayRange {
  const known = RANGES.get(date);
  if (known !== undefined) return known;
  const range = computeRange(date);
  if (RANGES.size >= MOST_DATES) RANGES.clear();
  RANGES.set(date, range);
  return range;
}

interface DayRange {
  readonly first: number;
  readonly last: number;
}

const RANGES = new Map<string, DayRange>();

function computeRange(date: PartialDate): DayRange {
  const [year = 1970, month, day] = date.split('-').map(Number);
  const first = Date.UTC(year, (month ?? 1) - 1, day ?? 1) / DAY_MS;
  if (day !== undefined) return { first, last: first };
  const last = Date.UTC(month === undefined ? year + 1 : year, month ?? 0, 1) / DAY_MS - 1;
  return { first, last };
}

/** Negative when a is before b. Dates that overlap by precision compare by their first day, the vaguer one first. */
export function compareDates(a: PartialDate, b: PartialDate): number {
  const x = dayRange(a);
  const y = dayRange(b);
  return x.first - y.first || y.last - x.last;
}

/** Days from a to b, between the middles of what they may mean. */
export function daysBetween(a: PartialDate, b: PartialDate): number {
  const x = dayRange(a);
  const y = dayRange(b);
  return Math.round((y.first + y.last - x.first - x.last) / 2);
}

export const monthsBetween = (a: PartialDate, b: PartialDate): number => daysBetween(a, b) / 30.4375;

/** Whole years of age on a date. With an imprecise birth date the younger age that is possible. */
export function ageInYears(birth: PartialDate, on: PartialDate): number {
  const [by, bm, bd] = [part(birth, 0, 4, 0), part(birth, 5, 7, 12), part(birth, 8, 10, 31)];
  const [y, m, d] = [part(on, 0, 4, 0), part(on, 5, 7, 1), part(on, 8, 10, 1)];
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0);
}

const part = (date: PartialDate, from: number, to: number, missing: number): number =>
  date.length < to ? missing : Number(date.slice(from, to));
