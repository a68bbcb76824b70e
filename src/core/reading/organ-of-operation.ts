// "Right lower lobectomy for a 4.6 cm adenocarcinoma", "RUL mass ... biopsy: adenocarcinoma, TTF-1+": where no name tells the organ, the
// operation that took the tumour out does (list operation-place of notes.yaml), or the place and stain of the primary.
import type { Terminology } from '../normalize/terminology.js';
import { type CancerSaid, codedSaid } from './diagnosis.js';
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';
import type { Story } from './story.js';

/** A mass in a lobe, or the stain of pneumocytes (TTF-1; Travis, WHO 2015): the primary is of the lung. */
const OF_LUNG =
  /\b(?:rul|rll|rml|lul|lll|(?:upper|lower|middle)[- ]lobe|lung|pulmonary|hilar) (?:lung )?(?:mass|tumou?r|primary)\b|\bttf-?1[ :(]*(?:\+|pos|strong|diffuse)|(?<!\p{L})ttf-?1[ :(]*(?:\+|полож)|(?<!\p{L})(?:образование|опухоль) (?:верхней|нижней|средней) доли/u;
const THYROID = /thyroid|thyroglobulin|щитовид|тиреоглобулин/u;

/** @returns the cancers, with the organ where all of them are of none */
export function withOrganOfOperation(
  cancers: readonly CancerSaid[],
  { events }: Story,
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  terms: Terminology,
): readonly CancerSaid[] {
  const [named] = cancers.filter((c) => !c.past && c.generic && !c.suspected);
  if (named === undefined || cancers.some((c) => !c.past && !c.generic)) return cancers;
  const placed = (icd10: string): readonly CancerSaid[] => [
    { ...named, ...codedSaid(icd10, named.phrase, terms), placed: true },
    ...cancers,
  ];
  const places = lexicon.corpus.vocabulary.facts.find((f) => f.id === 'operation-place')?.words ?? {};
  const found = Object.entries(places).find(([, { phrases }]) =>
    events.some((e) => e.kind === 'treatment' && phrases.includes(e.treatment.procedure ?? '')),
  );
  if (found !== undefined) return placed(found[0]);
  const lung = sentences.some((s) => OF_LUNG.test(s.plain)) && !sentences.some((s) => THYROID.test(s.plain));
  return lung && /adenocarc|carcinom|аденокарц|карцином|nsclc|рак/u.test(named.words) ? placed('C34.9') : cancers;
}

/** Choriocarcinoma of a man is of germ cells. */
export const ofMan = (cancers: readonly CancerSaid[], sex: 'female' | 'male' | undefined): readonly CancerSaid[] =>
  sex !== 'male'
    ? cancers
    : cancers.map((c) =>
        c.oncotree === 'UCCA'
          ? {
              ...c,
              oncotree: 'TCCA',
              organ: 'TESTIS',
              phrase: 'choriocarcinoma of testis',
              words: 'choriocarcinoma of testis',
            }
          : c,
      );
