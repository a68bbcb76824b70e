// One object for each distinct concept: histories repeat the same few thousand codes and words. It saves memory, and what the core
// remembers of a concept (core/normalize/remembered.ts) is found by the object, without writing its key anew for every history.
// Concepts are frozen, as one is shared by many patients.
import type { Coding, Concept } from '../../domain/history.js';

/** Concepts kept; at the limit the pool starts anew. What was given out stays good: sharing is never relied on. */
const LIMIT = 20_000;
/** Longer texts are prose, which does not come again. */
const LONGEST_TEXT = 400;
/** Concepts of one first code that differ in words; beyond it nothing more is kept under that code. */
const MOST_ALIKE = 64;

let kept = 0;
const byFirst = new Map<string, Concept[]>();

/** The concept of these parts: an equal one that was given before, or a new one. */
export function pooled(codings: readonly Coding[], text: string | undefined): Concept {
  if (text !== undefined && text.length > LONGEST_TEXT) return made(codings, text);
  const [first] = codings;
  const key = first === undefined ? (text ?? '') : (first.code ?? first.display ?? '');
  let alike = byFirst.get(key);
  if (alike !== undefined) {
    for (const concept of alike) if (concept.text === text && sameCodings(concept.codings, codings)) return concept;
    if (alike.length >= MOST_ALIKE) return made(codings, text);
  }
  if (kept >= LIMIT) {
    byFirst.clear();
    kept = 0;
    alike = undefined;
  }
  const concept = made(codings, text);
  kept++;
  if (alike === undefined) byFirst.set(key, [concept]);
  else alike.push(concept);
  return concept;
}

function made(codings: readonly Coding[], text: string | undefined): Concept {
  for (const coding of codings) Object.freeze(coding);
  return Object.freeze(
    text === undefined ? { codings: Object.freeze(codings) } : { codings: Object.freeze(codings), text },
  );
}

function sameCodings(a: readonly Coding[], b: readonly Coding[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x?.code !== y?.code || x?.system !== y?.system || x?.display !== y?.display) return false;
  }
  return true;
}
