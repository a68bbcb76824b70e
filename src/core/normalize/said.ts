// What an entry says, without its days, its id and its place in the record. Many patients have "HER2 by immune stain: 2+" or "stage IIB";
// what that means is worked out once and remembered, and only placed anew in the record of each.
import type { Source } from '../../domain/fact.js';
import type { Concept, Entry } from '../../domain/history.js';
import { numberOf } from './remembered.js';

/** Not part of what is said. Of `end` it is said that there is one. */
const PLACE: ReadonlySet<string> = new Set(['source', 'id', 'date', 'end', 'recordedDate', 'placed', 'about']);

/**
 * A reading of entries, remembered by what they say. `read` sees the entry without its place, so that its answer cannot depend on it.
 * @param place the answer with days, source and entry of the one that was asked about
 * @returns a function of the entry, of the terminology, which is one in a process (with another all is read anew), and of concepts from
 * beside the entry, where the reading depends on such
 */
export function rememberedSaid<E extends Entry, B extends object, T>(
  read: (entry: E, base: B, beside: readonly Concept[]) => T,
  place: (answer: T, entry: E) => T,
): (entry: E, base: B, beside?: readonly Concept[]) => T {
  const name = `reading ${readings++} beside`;
  return (entry, base, beside = ALONE) => {
    const statement = statementOf(entry);
    const { answers } = statement;
    const key = beside.length === 0 ? read : beside.reduce((k, concept) => `${k} ${numberOf(concept)}`, name);
    const known = answers.get(key);
    if (known !== undefined && known.base === base) return place(known.answer as T, entry); // put there below, by this very function
    statement.bare ??= unplaced(entry);
    const answer = read(statement.bare as E, base, beside); // of the same kind and fields: they are part of the key
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(key, { base, answer });
    return place(answer, entry);
  };
}

let readings = 0;
const ALONE: readonly Concept[] = [];
/** Of one statement: some ten readings, and more only beside other concepts. */
const MOST_ANSWERS = 200;

const NOWHERE: Source = { kind: 'derived', from: 'an entry that is not placed' };
const SOME_DAY = '0001-01-01';

function unplaced(entry: Entry): Entry {
  const bare: Record<string, unknown> = { source: NOWHERE };
  for (const name in entry) if (!PLACE.has(name)) bare[name] = entry[name as keyof Entry];
  if (entry.end !== undefined) bare.end = SOME_DAY;
  // The other fields of PLACE are optional.
  return bare as unknown as Entry;
}

interface Statement {
  /** What was made of it, by the reading that made it. */
  readonly answers: Map<unknown, { readonly base: object; readonly answer: unknown }>;
  /** An entry that says just this. */
  bare?: Entry;
}

/** Statements kept; when it is reached the memory starts anew, so that it cannot grow without end. */
const LIMIT = 50_000;
/** Longer ones hold notes and reports, which do not come again. */
const LONGEST_KEY = 400;

const byKey = new Map<string, Statement>();
/** One entry is read for several questions. */
const ofEntry = new WeakMap<Entry, Statement>();

function statementOf(entry: Entry): Statement {
  const known = ofEntry.get(entry);
  if (known !== undefined) return known;
  const key = (entry.end === undefined ? '' : 'ended;') + fieldsOf(entry, PLACE);
  let statement = byKey.get(key);
  if (statement === undefined) {
    statement = { answers: new Map() };
    if (byKey.size >= LIMIT) byKey.clear();
    if (key.length <= LONGEST_KEY) byKey.set(key, statement);
  }
  ofEntry.set(entry, statement);
  return statement;
}

/** Every field but those left out. An empty list says no more than none. */
function fieldsOf(of: object, left: ReadonlySet<string> = NONE): string {
  let key = '';
  for (const name in of) {
    if (left.has(name)) continue;
    const value: unknown = of[name as keyof typeof of];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    key += `${name}=${written(value)};`;
  }
  return key;
}

const NONE: ReadonlySet<string> = new Set();

/** No two different values are written alike: texts stand with their length, concepts as their number. */
function written(value: unknown): string {
  if (typeof value === 'string') return `${value.length}"${value}`;
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return isConcept(value) ? `#${numberOf(value)}` : `{${fieldsOf(value)}}`;
}

const isConcept = (value: object): value is Concept => 'codings' in value;
