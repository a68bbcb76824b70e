// A text -> the row of columns that the classifier reads: what the document states of its design, which cue stands at which place of it,
// and where a cancer is named.
import { PhraseTable } from './phrase-table.js';
import { sentencesOf, stemsOf } from './stems.js';
import type { TriageText } from './triage.js';

/** Edition of this file's reading: a model made for another one is refused. */
export const TRIAGE_FEATURES = 2;

/**
 * title; opening: the first quarter, where earlier work is told; outlook: what should be done next ("randomised trials are needed"); body: the
 * rest; and "anywhere but the outlook", so that what is learnt of a phrase at one place is of use at the others.
 */
export const PLACES = ['title', 'opening', 'body', 'outlook', 'anywhere'] as const;
type Place = (typeof PLACES)[number];

/** Numbers of cancers named per place, as columns behind the cues. */
const CANCER = 'a cancer of the vocabulary';

const OUTLOOK = new Set(stemsOf('need warranted should future further awaits requires must'));

export interface TriageVocabulary {
  /** Weak hints of design and comparison, each a column at each place. */
  readonly cues: readonly string[];
  /** Hints of oncology, each a column at each place. */
  readonly subject: readonly string[];
  /** What documents say of their design: all phrases of a group are one column at each place. */
  readonly statements: Readonly<Record<string, readonly string[]>>;
}

export interface TriageColumns {
  /** "randomly assigned @ body" and the like, one a column; the statements first. */
  readonly names: readonly string[];
  /** How many of the columns are statements. */
  readonly statements: number;
  /** Is the column of the subject? Such columns are for the question of oncology alone, and no others are: or it would be learnt that trials are not of oncology. */
  ofSubject(column: number): boolean;
  /** Columns that hold 1, ascending; all others are 0. */
  read(text: TriageText, namesCancer: (text: string) => boolean): number[];
}

export function triageColumns({ cues, subject, statements }: TriageVocabulary): TriageColumns {
  const groups = Object.entries(statements);
  const said = groups.flatMap(([, phrases], group) => phrases.map((phrase) => ({ stems: stemsOf(phrase), group })));
  const saidTable = new PhraseTable(said.map(({ stems }) => stems));
  const hints = [...cues, ...subject, CANCER];
  const cueTable = new PhraseTable(cues.map(stemsOf));
  const subjectTable = new PhraseTable(subject.map(stemsOf));
  const first = PLACES.length * groups.length;
  return {
    names: [
      ...PLACES.flatMap((place) => groups.map(([group]) => `says ${group} @ ${place}`)),
      ...PLACES.flatMap((place) => hints.map((cue) => `${cue} @ ${place}`)),
    ],
    statements: first,
    ofSubject: (column) => column >= first && (column - first) % hints.length >= cues.length,
    read({ title, abstract }, namesCancer) {
      const columns = new Set<number>();
      const add = (place: Place, sentence: string, stems: readonly string[]): void => {
        const found = [
          ...cueTable.inside(stems),
          ...subjectTable.inside(stems).map((phrase) => cues.length + phrase),
          ...(namesCancer(sentence) ? [hints.length - 1] : []),
        ];
        const stated = saidTable.inside(stems).flatMap((phrase) => said[phrase]?.group ?? []);
        for (const where of place === 'outlook' ? [place] : [place, 'anywhere' as const]) {
          const at = PLACES.indexOf(where);
          for (const group of stated) columns.add(at * groups.length + group);
          for (const cue of found) columns.add(first + at * hints.length + cue);
        }
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
