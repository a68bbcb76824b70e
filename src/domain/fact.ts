// A fact is Known, with its value, date and source, or Unknown, with the reason. Unknown is never "no".
import type { PartialDate } from './partial-date.js';

/** Where a fact was read: a place in a FHIR bundle, a span of a text, or a derivation from other facts. */
export type Source =
  | { readonly kind: 'resource'; readonly place: string; readonly reference?: string }
  | { readonly kind: 'text'; readonly document: string; readonly start: number; readonly end: number }
  | { readonly kind: 'derived'; readonly from: string };

export interface Known<T> {
  readonly known: true;
  readonly value: T;
  readonly source: Source;
  readonly date?: PartialDate;
  /** Words for the reader: an age warning, a conversion, a choice between sources. */
  readonly note?: string;
}

export type UnknownReason = 'not-recorded' | 'refused' | 'not-interpretable' | 'conflict' | 'pending' | 'too-old';

/** All that an unknown value can be, where something is known of it: a number within limits, or one of these. */
export type Possible =
  | { readonly low: number; readonly high: number }
  | { readonly oneOf: readonly (string | number)[] };

export interface Unknown {
  readonly known: false;
  readonly reason: UnknownReason;
  readonly detail?: string;
  readonly possible?: Possible;
}

export type Fact<T> = Known<T> | Unknown;

export function known<T>(value: T, source: Source, date?: PartialDate, note?: string): Known<T> {
  const fact: { -readonly [K in keyof Known<T>]: Known<T>[K] } = { known: true, value, source };
  if (date !== undefined) fact.date = date;
  if (note !== undefined) fact.note = note;
  return fact;
}

export const unknown = (reason: UnknownReason, detail?: string, possible?: Possible): Unknown => ({
  known: false,
  reason,
  ...(detail === undefined ? {} : { detail }),
  ...(possible === undefined ? {} : { possible }),
});

export const derived = <T>(value: T, from: string): Known<T> => known(value, { kind: 'derived', from });
