// Look-ups remembered: histories repeat the same few thousand codes, names and texts, and one entry is read for several questions.
// The answer depends on the arguments alone, so remembering changes nothing but the time.
import type { Concept, Entry } from '../../domain/history.js';

/** More distinct concepts than any site uses; when it is reached the memory starts anew, so that it cannot grow without end. */
const LIMIT = 20_000;
/** Longer texts are notes and reports, which do not come again. */
const LONGEST_KEY = 400;

/** By the words and codes of a concept. */
export function remembered<T>(lookUp: (concept: Concept) => T): (concept: Concept) => T {
  const answers = new Map<string, T>();
  return (concept) => recall(answers, keyOf(concept), concept, lookUp);
}

/** By a text. */
export function rememberedText<T>(lookUp: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => recall(answers, text, text, lookUp);
}

/** By a concept, for each terminology (or other base of look-ups) apart. */
export function rememberedWith<B extends object, T>(
  lookUp: (concept: Concept, base: B) => T,
): (concept: Concept, base: B) => T {
  const bases = new WeakMap<B, (concept: Concept) => T>();
  return (concept, base) => {
    const known = bases.get(base) ?? remembered((c) => lookUp(c, base));
    bases.set(base, known);
    return known(concept);
  };
}

/** By the entry itself, as long as it lives; the base (the terminology) is one in a process, and asked for again when it is another. */
export function onceAnEntry<E extends Entry, B extends object, T>(
  read: (entry: E, base: B) => T,
): (entry: E, base: B) => T {
  const readings = new WeakMap<E, { readonly base: B; readonly answer: T }>();
  return (entry, base) => {
    const known = readings.get(entry);
    if (known?.base === base) return known.answer;
    const answer = read(entry, base);
    readings.set(entry, { base, answer });
    return answer;
  };
}

function recall<A, T>(answers: Map<string, T>, key: string, argument: A, lookUp: (argument: A) => T): T {
  const found = answers.get(key);
  // `has` tells that undefined was the answer; the type of `get` cannot say so.
  if (found !== undefined || answers.has(key)) return found as T;
  const answer = lookUp(argument);
  if (key.length > LONGEST_KEY) return answer;
  if (answers.size >= LIMIT) answers.clear();
  answers.set(key, answer);
  return answer;
}

/** The key of a concept is asked for by every look-up that it goes through. */
const KEYS = new WeakMap<Concept, string>();

function keyOf(concept: Concept): string {
  const { codings, text } = concept;
  if (codings.length === 0) return text ?? '';
  const kept = KEYS.get(concept);
  if (kept !== undefined) return kept;
  let key = text ?? '';
  for (const c of codings) key += `\n${c.system ?? ''}|${c.code ?? ''}|${c.display ?? ''}`;
  KEYS.set(concept, key);
  return key;
}
