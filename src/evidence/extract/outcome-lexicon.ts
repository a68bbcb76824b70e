// The names of outcomes (corpus/literature/outcomes.yaml) as one pattern, and their places in a sentence.
import { z } from 'zod';
import { requiredLiterals } from './required-literals.js';

export const OutcomeTerm = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['survival', 'event', 'harm', 'response', 'score']),
  /** What a hazard ratio for this event is the hazard ratio of. */
  hazard: z.string().optional(),
  words: z.array(z.string()).default([]),
  cased: z.array(z.string()).default([]),
});
export type OutcomeTerm = z.infer<typeof OutcomeTerm>;

export interface OutcomeHit {
  readonly term: OutcomeTerm;
  /** As written. */
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

export interface OutcomeLexicon {
  readonly terms: readonly OutcomeTerm[];
  /** Every outcome named, left to right, longest names first, none inside another. */
  find(sentence: string): OutcomeHit[];
}

/** @throws SyntaxError when a word is no regular expression */
export function createOutcomeLexicon(terms: readonly OutcomeTerm[]): OutcomeLexicon {
  const patterns = terms.flatMap((term, i) => [
    ...(term.words.length > 0
      ? [{ i, pattern: new RegExp(wholeWords(term.words), 'gi'), needs: needsOf(term.words) }]
      : []),
    ...(term.cased.length > 0
      ? [{ i, pattern: new RegExp(term.cased.join('|'), 'g'), needs: needsOf(term.cased) }]
      : []),
  ]);
  const find = (sentence: string): OutcomeHit[] => {
    const lower = sentence.toLowerCase();
    const taken: { start: number; end: number; i: number }[] = [];
    for (const { i, pattern, needs } of patterns) {
      if (needs !== undefined && !needs.some((literal) => lower.includes(literal))) continue;
      for (const match of sentence.matchAll(pattern)) {
        const start = match.index;
        const end = start + match[0].length;
        if (end > start && !taken.some((t) => start < t.end && t.start < end)) taken.push({ start, end, i });
      }
    }
    return taken
      .sort((a, b) => a.start - b.start)
      .flatMap(({ start, end, i }) =>
        terms[i] === undefined ? [] : [{ term: terms[i], words: sentence.slice(start, end), start, end }],
      );
  };
  return { terms, find };
}

const needsOf = (words: readonly string[]): readonly string[] | undefined => requiredLiterals(words.join('|'));

/** Names stand as words: "os" inside "diagnosis" is none. */
const wholeWords = (words: readonly string[]): string => `(?<![\\w])(?:${words.join('|')})(?![\\w])`;
