// Look-ups remembered: histories repeat the same few thousand codes, names and texts, and one entry is read for several questions.
// The answer depends on the arguments alone, so remembering changes nothing but the time.
import type { Concept } from '../../domain/history.js';

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
  // No text can be mistaken for codings: only their key begins with NUL.
  if (codings.length === 0 && text?.[0] !== '\0') return text ?? '';
  const kept = KEYS.get(concept);
  if (kept !== undefined) return kept;
  const parts = codings.map((c) => [c.system, c.code, c.display]);
  const key = `\0${JSON.stringify([text, ...parts])}`;
  KEYS.set(concept, key);
  return key;
}

/** A number for each distinct concept, to make keys of several concepts short. Never given to another one. */
export function numberOf(concept: Concept): number {
  const kept = NUMBERS.get(concept);
  if (kept !== undefined) return kept;
  const key = keyOf(concept);
  let number = byKey.get(key);
  if (number === undefined) {
    number = next++;
    if (byKey.size >= LIMIT) byKey.clear();
    if (key.length <= LONGEST_KEY) byKey.set(key, number);
  }
  NUMBERS.set(concept, number);
  return number;
}

const NUMBERS = new WeakMap<Concept, number>();
const byKey = new Map<string, number>();
let next = 0;
