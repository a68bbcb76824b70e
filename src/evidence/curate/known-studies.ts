// Which study of the corpus a document may be about: by registry number, by PMID (of the study or of one of its results), by name.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Study } from '../../domain/corpus/study.js';
import type { Known } from './event.js';

export interface Clues {
  readonly pmid: string | null;
  readonly nct: readonly string[];
  readonly name: string | null;
  readonly year?: number;
}

/** Strongest clue first; one entry a study. A name alone is a hint: trials share names, so the reviewer decides. */
export function knownStudies(corpus: Pick<Corpus, 'cancers'>, clues: Clues): Known[] {
  const studies = corpus.cancers.flatMap((folder) => folder.studies);
  const found = [
    ...studies
      .filter((s) => clues.pmid !== null && pmids(s).includes(clues.pmid))
      .map((s) => known(s, `pmid ${clues.pmid}`)),
    ...studies.filter((s) => s.nct !== undefined && clues.nct.includes(s.nct)).map((s) => known(s, `nct ${s.nct}`)),
    ...studies.filter((s) => sameName(s, clues)).map((s) => known(s, `name ${s.name}, ${s.year}`)),
  ];
  return [...new Map(found.map((k) => [k.study, k] as const).reverse()).values()].reverse();
}

/** The very publication is in the corpus already, not only the trial. */
export const samePublication = (corpus: Pick<Corpus, 'cancers'>, pmid: string | null): Study | undefined =>
  pmid === null ? undefined : corpus.cancers.flatMap((folder) => folder.studies).find((s) => pmids(s).includes(pmid));

const pmids = (study: Study): string[] =>
  [study.pmid, ...study.results.map((r) => r.source?.pmid)].filter((pmid) => pmid !== undefined);

const known = (study: Study, by: string): Known => ({ study: study.id, by });

/** "KEYNOTE 189" and "KEYNOTE-189" are one name; a publication is never much older than the record of its trial. */
function sameName(study: Study, { name, year }: Clues): boolean {
  if (name === null || plain(name).length < 4 || plain(study.name) !== plain(name)) return false;
  return year === undefined || Math.abs(year - study.year) <= 15;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');
