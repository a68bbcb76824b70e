// Look-ups by concept, remembered: histories repeat the same few thousand codes and names. The answer depends on the argument
// alone, so remembering changes nothing but the time.
import type { Concept } from '../../domain/history.js';

/** More distinct concepts than any site uses; beyond it answers are worked out anew. */
const LIMIT = 20_000;

export function remembered<T>(lookUp: (concept: Concept) => T): (concept: Concept) => T {
  const answers = new Map<string, T>();
  return (concept) => {
    const key = keyOf(concept);
    const found = answers.get(key);
    // `has` tells that undefined was the answer; the type of `get` cannot say so.
    if (found !== undefined || answers.has(key)) return found as T;
    const answer = lookUp(concept);
    if (answers.size < LIMIT) answers.set(key, answer);
    return answer;
  };
}

function keyOf({ codings, text }: Concept): string {
  let key = text ?? '';
  for (const c of codings) key += `\n${c.system ?? ''}|${c.code ?? ''}|${c.display ?? ''}`;
  return key;
}
