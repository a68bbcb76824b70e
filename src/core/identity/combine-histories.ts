// The histories of one person out of several records -> one history. Union of what was recorded; what is said twice counts once; where
// the records differ the later day wins, and of one day the fact is a conflict, as within one record (core/normalize). Nothing is dropped
// that only one of them says.

import type { Fault } from '../../domain/faults.js';
import type { Entry, History, Person } from '../../domain/history.js';
import { compareDates } from '../../domain/partial-date.js';

export interface RecordHistory {
  /** Id of the record in the store: names the place of what it says. */
  readonly record: string;
  readonly history: History;
}

/** @param records the leading one first; at least one */
export function combineHistories(records: readonly [RecordHistory, ...RecordHistory[]]): History {
  const [lead, ...others] = records;
  if (others.length === 0) return lead.history;
  const newestFirst = [...records].sort((a, b) => byNewest(a.history, b.history));
  const warnings = contradictions(newestFirst);
  const asOf = newestFirst[0]?.history.asOf;
  const documents = records.flatMap(({ record, history }) =>
    (history.documents ?? []).map((d) => ({ ...d, id: `${record}: ${d.id}` })),
  );
  const { asOf: _own, documents: _documents, ...rest } = lead.history;
  return {
    ...rest,
    ...(asOf === undefined ? {} : { asOf }),
    person: personOf(lead.history.person, newestFirst),
    entries: union(newestFirst),
    warnings: [
      { place: 'person', message: `one person, read from ${records.length} records: ${names(records)}` },
      ...warnings,
      ...records.flatMap(({ record, history }) => history.warnings.map((w) => at(record, w))),
    ],
    ...(documents.length === 0 ? {} : { documents }),
  };
}

const names = (records: readonly RecordHistory[]): string => records.map(({ record }) => record).join(', ');
const at = (record: string, { place, message }: Fault): Fault => ({ place: `${record}: ${place}`, message });

function byNewest(a: History, b: History): number {
  if (a.asOf === undefined || b.asOf === undefined) return a.asOf === b.asOf ? 0 : a.asOf === undefined ? 1 : -1;
  return compareDates(b.asOf, a.asOf);
}

/** Of the person each field from the newest record that has it; a death told anywhere stands. */
function personOf(lead: Person, newestFirst: readonly RecordHistory[]): Person {
  const people = newestFirst.map(({ history }) => history.person);
  const first = <K extends 'birthDate' | 'sex' | 'region' | 'organization'>(field: K): Pick<Person, K> | object => {
    const value = people.find((p) => p[field] !== undefined)?.[field];
    return value === undefined ? {} : { [field]: value };
  };
  const dead =
    people.find((p) => p.deceased !== false && p.deceased.date !== undefined) ?? people.find((p) => p.deceased);
  return {
    id: lead.id,
    ...first('birthDate'),
    ...first('sex'),
    deceased: dead?.deceased ?? false,
    ...first('region'),
    ...first('organization'),
    source: lead.source,
  };
}

function contradictions(newestFirst: readonly RecordHistory[]): readonly Fault[] {
  const values = (of: (person: Person) => string | undefined): readonly string[] => [
    ...new Set(newestFirst.flatMap(({ history }) => of(history.person) ?? [])),
  ];
  const differ = (what: string, found: readonly string[]): readonly Fault[] =>
    found.length < 2
      ? []
      : [{ place: 'person', message: `the records differ in ${what}; that of the newest is used: is it one person?` }];
  const death = values((p) => (p.deceased === false ? 'alive' : 'dead'));
  return [
    ...differ(
      'sex',
      values((p) => p.sex),
    ),
    ...differ(
      'birth date',
      values((p) => p.birthDate),
    ),
    ...(death.length < 2
      ? []
      : [{ place: 'person', message: 'one record tells a death, another does not; the death stands' }]),
  ];
}

/**
 * Entries of all, each statement once: a second dose on one day within one record stays a second dose. Ids are of their record, and a
 * reference to a statement that another record makes too finds the one that is kept.
 */
function union(records: readonly RecordHistory[]): readonly Entry[] {
  const kept = new Map<string, Entry>();
  const ids = new Map<string, string>();
  const own = new Map<string, { readonly record: string; readonly about: readonly string[] }>();
  for (const { record, history } of records) {
    const seen = new Map<string, number>();
    for (const entry of history.entries) {
      const content = contentOf(entry);
      const nth = (seen.get(content) ?? 0) + 1;
      seen.set(content, nth);
      const key = `${nth}|${content}`;
      const id = idIn(record, entry.id ?? '');
      const twin = kept.get(key);
      if (twin === undefined) {
        kept.set(key, { ...entry, ...(entry.id === undefined ? {} : { id }), source: placed(record, entry) });
        own.set(key, { record, about: entry.about ?? [] });
      }
      if (entry.id !== undefined) ids.set(id, twin?.id ?? id);
    }
  }
  return [...kept].map(([key, entry]) => {
    const { record, about } = own.get(key) ?? { record: '', about: [] };
    return about.length === 0 ? entry : { ...entry, about: about.map((id) => ids.get(idIn(record, id)) ?? id) };
  });
}

const idIn = (record: string, id: string): string => `${record}: ${id}`;

const contentOf = ({ source: _source, id: _id, about: _about, ...content }: Entry): string => JSON.stringify(content);

function placed(record: string, { source }: Entry): Entry['source'] {
  if (source.kind === 'resource') return { ...source, place: `${record}: ${source.place}` };
  return source.kind === 'text' ? { ...source, document: `${record}: ${source.document}` } : source;
}
