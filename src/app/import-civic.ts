// The use case "compare with CIViC": a release's text and the corpus -> matches. Nothing of CIViC is copied into the corpus.
import { indexCorpus } from '../core/corpus-index.js';
import { createTerminology } from '../core/normalize/terminology.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { Fault } from '../domain/faults.js';
import { type CivicMatch, type CivicReason, createCivicMatcher } from '../evidence/civic/match-civic.js';
import { readCivic } from '../evidence/civic/read-civic.js';

/** Predictive items of levels A and B, matched or with the reason why not. */
export function compareWithCivic(
  corpus: Corpus,
  text: string,
  file: string,
  reasons: readonly CivicReason[],
): { readonly matches: readonly CivicMatch[]; readonly faults: readonly Fault[] } {
  const { items, faults } = readCivic(text, file);
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  const match = createCivicMatcher(indexCorpus(corpus), terms, reasons);
  const wanted = items.filter((i) => i.type === 'Predictive' && (i.level === 'A' || i.level === 'B'));
  return { matches: wanted.map(match), faults };
}
