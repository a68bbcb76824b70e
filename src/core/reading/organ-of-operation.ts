// "Right lower lobectomy for a 4.6 cm adenocarcinoma": where no name tells the organ, the operation that took the tumour out does (list
// operation-place of notes.yaml).
import type { Terminology } from '../normalize/terminology.js';
import { type CancerSaid, codedSaid } from './diagnosis.js';
import type { Lexicon } from './lexicon.js';
import type { Story } from './story.js';

/** @returns the cancers, with the organ of the operation where all of them are of no organ */
export function withOrganOfOperation(
  cancers: readonly CancerSaid[],
  { events }: Story,
  lexicon: Lexicon,
  terms: Terminology,
): readonly CancerSaid[] {
  const [named] = cancers.filter((c) => !c.past && c.generic && !c.suspected);
  if (named === undefined || cancers.some((c) => !c.past && !c.generic)) return cancers;
  const places = lexicon.corpus.vocabulary.facts.find((f) => f.id === 'operation-place')?.words ?? {};
  const found = Object.entries(places).find(([, { phrases }]) =>
    events.some((e) => e.kind === 'treatment' && phrases.includes(e.treatment.procedure ?? '')),
  );
  if (found === undefined) return cancers;
  return [{ ...named, ...codedSaid(found[0], named.phrase, terms), placed: true }, ...cancers];
}
