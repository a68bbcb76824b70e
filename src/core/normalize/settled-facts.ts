// Readings of named facts -> one Fact a name: the latest wins, a disagreement of the same day that matters is a conflict, an old value is
// flagged.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { type Fact, known, unknown } from '../../domain/fact.js';
import { compareDates, dayRange, daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { Value } from '../../domain/patient.js';
import { toldAgainstNormal } from './against-normal.js';
import type { FactReading } from './facts.js';
import type { ReadingLog } from './reading-log.js';
import type { Terminology } from './terminology.js';

/** The facts of the person or of a case that have readings and are no result of others, in the order of the vocabulary. */
export function readingsByFact(
  readings: readonly FactReading[],
  scope: FactTerm['scope'],
  terms: Terminology,
): readonly { readonly term: FactTerm; readonly own: readonly FactReading[] }[] {
  const byFact = new Map<string, { readonly term: FactTerm; readonly own: FactReading[] }>();
  for (const r of readings) {
    const same = byFact.get(r.fact);
    if (same !== undefined) same.own.push(r);
    else {
      const term = terms.term('fact', r.fact);
      if (term !== undefined && term.scope === scope && !term.derived) byFact.set(r.fact, { term, own: [r] });
    }
  }
  const place = placesIn(terms.vocabulary.facts);
  return [...byFact.values()].sort((a, b) => (place.get(a.term) ?? 0) - (place.get(b.term) ?? 0));
}

const PLACES = new WeakMap<readonly FactTerm[], ReadonlyMap<FactTerm, number>>();

function placesIn(facts: readonly FactTerm[]): ReadonlyMap<FactTerm, number> {
  const known = PLACES.get(facts) ?? new Map(facts.map((term, i) => [term, i]));
  PLACES.set(facts, known);
  return known;
}

/** One fact from all its readings; undefined when there is none. */
export function settleFact(
  term: FactTerm,
  readings: readonly FactReading[],
  asOf: PartialDate,
  log: ReadingLog,
): Fact<Value> | undefined {
  const sorted = readings.length === 1 ? readings : [...readings].sort(latestFirst);
  const said = sorted.filter((r) => r.result.ok || r.result.reason === 'not-interpretable');
  const [latest] = said;
  if (latest === undefined) {
    const [first] = sorted;
    return first === undefined || first.result.ok ? undefined : unknown(first.result.reason, first.result.detail);
  }
  if (!latest.result.ok) {
    const told = term.upperNormal === undefined ? undefined : toldAgainstNormal(latest.entry, term.upperNormal);
    if (told !== undefined) return told;
    log.remark(latest.result.detail);
    return unknown('not-interpretable', latest.result.detail);
  }
  if (said.length === 1) return flagged(term, latest.result.value, latest, asOf, log);
  const rivals = said.filter((r) => r.date === latest.date && r.rank === latest.rank);
  const values = rivals.flatMap((r) => (r.result.ok ? [r.result.value] : []));
  if (differ(values)) {
    const detail = `${term.name.en}: ${[...new Set(values)].sort().join(' and ')} are recorded for the same day`;
    log.remark(detail);
    return unknown('conflict', detail);
  }
  return flagged(term, latest.result.value, latest, asOf, log);
}

function flagged(term: FactTerm, value: Value, from: FactReading, asOf: PartialDate, log: ReadingLog): Fact<Value> {
  const age = from.date === undefined ? undefined : daysBetween(from.date, asOf);
  const note = from.result.ok ? from.result.note : undefined;
  const over = value === 'yes' ? EPISODE_DAYS[term.id] : undefined;
  if (age !== undefined && over !== undefined && age > over)
    return unknown('too-old', `${term.name.en}: recorded ${age} days ago`);
  const old = age !== undefined && over === undefined && term.staleAfterDays !== undefined && age > term.staleAfterDays;
  if (!old) return known(value, from.source, from.date, note);
  const words = `recorded ${age} days ago, older than ${term.staleAfterDays}`;
  log.remark(`${term.name.en}: ${words}; confirm before relying on it`);
  return known(value, from.source, from.date, note === undefined ? words : `${note}; ${words}`);
}

/** A pregnancy lasts 40 weeks, breastfeeding rarely two years: a "yes" of before that says nothing of today. */
const EPISODE_DAYS: Readonly<Record<string, number>> = { pregnant: 290, breastfeeding: 730 };

/** Latest first; undated last; then rank; then the value itself, so that the order of entries decides nothing. */
function latestFirst(a: FactReading, b: FactReading): number {
  if (a.date === undefined || b.date === undefined) {
    if (a.date !== b.date) return a.date === undefined ? 1 : -1;
  } else {
    const byDay = dayRange(b.date).last - dayRange(a.date).last || compareDates(b.date, a.date);
    if (byDay !== 0) return byDay;
  }
  return b.rank - a.rank || key(a).localeCompare(key(b));
}

const key = (r: FactReading): string => (r.result.ok ? `a${r.result.value}` : `b${r.result.detail}`);

/** Numbers within 10 % of each other are repeat measurements, not a disagreement. */
function differ(values: readonly Value[]): boolean {
  const numbers = values.filter((v) => typeof v === 'number');
  if (numbers.length !== values.length) return new Set(values).size > 1;
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return high - low > 0.1 * Math.max(Math.abs(high), 1e-9);
}
