// A history as a list of dated events in the source's own words, oldest first; undated ones last.
import type { z } from 'zod';
import type { Coding, Concept, Entry, History, RawQuantity, RawValue } from '../domain/history.js';
import { compareDates, dayRange } from '../domain/partial-date.js';
import type { TimelineBody, TimelineQuery } from './schemas.js';

type Timeline = z.infer<typeof TimelineBody>;
type Event = Timeline['events'][number];

/** What is in force, and of the superseded versions only what nothing in force tells any more. */
export function timelineEvents(
  inForce: History,
  superseded: readonly { readonly hash: string; readonly history: History }[],
): readonly Event[] {
  const events = inForce.entries.map((entry) => toEvent(entry, null));
  const told = new Set(events.map(content));
  for (const { hash, history } of superseded)
    for (const event of history.entries.map((entry) => toEvent(entry, hash))) {
      if (told.has(content(event))) continue;
      told.add(content(event));
      events.push(event);
    }
  return events.sort((a, b) => {
    if (a.date === null || b.date === null) return a.date === b.date ? 0 : a.date === null ? 1 : -1;
    return compareDates(a.date, b.date);
  });
}

const content = ({ place: _place, superseded: _superseded, version: _version, ...rest }: Event): string =>
  JSON.stringify(rest);

/** Events of the kind that may have been within the days: a date of a year or month precision counts for all its days, an event of a
 * period for all of the period. Undated events are in no span of days. */
export const within =
  ({ from, to, kind }: Omit<z.infer<typeof TimelineQuery>, 'superseded'>) =>
  (event: Event): boolean => {
    if (kind !== undefined && event.kind !== kind) return false;
    if (from === undefined && to === undefined) return true;
    if (event.date === null) return false;
    const last = dayRange(event.end ?? event.date).last;
    return (
      (from === undefined || last >= dayRange(from).first) &&
      (to === undefined || dayRange(event.date).first <= dayRange(to).last)
    );
  };

function toEvent(entry: Entry, version: string | null): Event {
  return {
    date: entry.date ?? null,
    end: entry.end ?? null,
    kind: entry.kind,
    text: words(entry.code),
    codes: codesOf(entry.code.codings),
    value: shownValue(entry),
    status: entry.status ?? null,
    place: entry.source.kind === 'resource' ? entry.source.place : null,
    superseded: version !== null,
    version,
  };
}

function shownValue(entry: Entry): string | null {
  switch (entry.kind) {
    case 'observation': {
      if (entry.value !== undefined) return shown(entry.value);
      const parts = entry.components.flatMap((c) =>
        c.value === undefined ? [] : [`${words(c.code)}: ${shown(c.value)}`],
      );
      return parts.length > 0 ? parts.join('; ') : (entry.absent ?? null);
    }
    case 'report':
      return entry.conclusions.map(words).join('; ') || null;
    case 'condition':
      return entry.clinicalStatus ?? null;
    case 'medication':
      return entry.given ? entry.event : 'not given';
    case 'procedure':
      return entry.outcome === undefined ? null : words(entry.outcome);
    case 'allergy':
      return entry.reactions.map(words).join(', ') || null;
  }
}

function shown(value: RawValue): string {
  switch (value.kind) {
    case 'concept':
      return words(value.concept);
    case 'quantity':
      return quantity(value.quantity);
    case 'ratio':
      return `${quantity(value.numerator)} / ${quantity(value.denominator)}`;
    case 'range':
      return `${value.low ? quantity(value.low) : ''} - ${value.high ? quantity(value.high) : ''}`;
    case 'text':
      return value.text;
    case 'boolean':
      return value.value ? 'yes' : 'no';
    case 'date':
      return value.date;
  }
}

const quantity = ({ value, unit, comparator }: RawQuantity): string =>
  `${comparator ?? ''}${value}${unit === undefined ? '' : ` ${unit}`}`;

const words = ({ text, codings }: Concept): string =>
  text ?? codings.find((c) => c.display !== undefined)?.display ?? codings[0]?.code ?? 'not coded';

const codesOf = (codings: readonly Coding[]): Event['codes'] =>
  codings.flatMap(({ system, code }) =>
    code === undefined ? [] : [{ ...(system === undefined ? {} : { system }), code }],
  );
