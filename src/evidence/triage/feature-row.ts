// A text -> the row of columns that the classifier reads: which cue stands at which place of the document, and where a cancer is named.
import { PhraseTable } from './phrase-table.js';
import { sentencesOf, stemsOf } from './stems.js';
import type { TriageText } from './triage.js';

/** Edition of this file's reading: a model made for another one is refused. */
export const TRIAGE_FEATURES = 1;

/**
 * title; opening: the first quarter, where earlier work is told; outlook: what should be done next ("randomised trials are needed"); body: the
 * rest; and "anywhere but the outlook", so that what is learnt of a phrase at one place is of use at the others.
 */
export const PLACES = ['title', 'opening', 'body', 'outlook', 'anywhere'] as const;
type Place = (typeof PLACES)[number];

/** Numbers of cancers named per place, as columns behind the cues. */
const CANCER = 'a cancer of the vocabulary';

const OUTLOOK = new Set(stemsOf('need warranted should future further awaits requires must'));

export interface TriageColumns {
  /** "randomly assigned @ body" and the like, one a column. */
  readonly names: readonly string[];
  /** Columns that hold 1, ascending; all others are 0. */
  read(text: TriageText, namesCancer: (text: string) => boolean): number[];
}

/** @param cues phrases as written in cues.yaml */
export function triageColumns(cues: readonly string[]): TriageColumns {
  const table = new PhraseTable(cues.map(stemsOf));
  const all = [...cues, CANCER];
  return {
    names: PLACES.flatMap((place) => all.map((cue) => `${cue} @ ${place}`)),
    read({ title, abstract }, namesCancer) {
      const columns = new Set<number>();
      const add = (place: Place, sentence: string, stems: readonly string[]): void => {
        const found = [...table.inside(stems), ...(namesCancer(sentence) ? [cues.length] : [])];
        const places = place === 'outlook' ? [place] : [place, 'anywhere' as const];
        for (const at of places) for (const cue of found) columns.add(PLACES.indexOf(at) * all.length + cue);
      };
      add('title', title, stemsOf(title));
      const sentences = sentencesOf(abstract);
      sentences.forEach((sentence, i) => {
        const stems = stemsOf(sentence);
        add(placeOf(i, sentences.length, stems), sentence, stems);
      });
      return [...columns].sort((a, b) => a - b);
    },
  };
}

function placeOf(sentence: number, of: number, stems: readonly string[]): Place {
  if (sentence >= of - 3 && sentence > 0 && stems.some((stem) => OUTLOOK.has(stem))) return 'outlook';
  return (sentence + 1) / of <= 0.25 ? 'opening' : 'body';
}
