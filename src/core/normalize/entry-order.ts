// One order for entries, by day and then by content, never by place or id: what is read may not depend on the order of the source.
import type { Concept, Entry } from '../../domain/history.js';

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Oldest first, undated ones before; of one day as their contents compare, written as JSON. */
export function inEntryOrder(entries: readonly Entry[]): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, fields: contentFields(entry) }))
    .sort((a, b) => byDay(a.entry.date, b.entry.date) || byContent(a, b))
    .map(({ entry }) => entry);
}

const byDay = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : inOrder(`${a ?? ''}|`, `${b ?? ''}|`);

interface Fielded {
  readonly entry: Entry;
  readonly fields: readonly (keyof Entry)[];
}

/**
 * As the JSON texts of the contents compare, field by field, because two entries mostly differ in an early one. That is the same: a list,
 * an object and a text in quotes never begin another of their kind. Of two that agree so far the shorter comes later ("}" is after ",").
 */
function byContent(a: Fielded, b: Fielded): number {
  for (let i = 0; i < a.fields.length || i < b.fields.length; i++) {
    const [x, y] = [a.fields[i], b.fields[i]];
    if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
    if (x !== y) return inOrder(x, y);
    const [u, v] = [a.entry[x], b.entry[y]];
    if (u === v) continue;
    const order = inOrder(jsonOf(u), jsonOf(v));
    if (order !== 0) return order;
  }
  return 0;
}

/** Where it stands and what it points at is no content. */
const LEFT: ReadonlySet<string> = new Set(['source', 'id', 'about']);

function contentFields(of: Entry): (keyof Entry)[] {
  const names: (keyof Entry)[] = [];
  for (const name in of) if (!LEFT.has(name) && of[name as keyof Entry] !== undefined) names.push(name as keyof Entry);
  return names;
}

const written = new WeakMap<Concept, string>();

function jsonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('codings' in value)) return JSON.stringify(value);
  const concept = value as Concept; // nothing else in an entry has codings
  let json = written.get(concept);
  if (json === undefined) {
    json = JSON.stringify(concept);
    written.set(concept, json);
  }
  return json;
}
