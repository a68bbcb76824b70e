// Do citations look like what they claim to be? PubMed numbers its records in the order of entry, so a number tells its year; a number
// far from the year of the paper is a slip, or worse.
import type { CancerFolder, Corpus } from '../../domain/corpus/corpus.js';
import type { Study } from '../../domain/corpus/study.js';
import { error, type Finding, warning } from './finding.js';

/** Highest PubMed id at the end of a year, in millions: read off dated records (for example 33,306,283 entered in December 2020). */
const LAST_OF_YEAR: readonly (readonly [year: number, millions: number])[] = [
  [1995, 8.7],
  [2000, 11.14],
  [2005, 16.4],
  [2010, 21.2],
  [2012, 23.3],
  [2014, 25.6],
  [2016, 28.0],
  [2018, 30.6],
  [2020, 33.4],
  [2022, 36.6],
  [2024, 39.75],
  [2026, 43.2],
];
/** A paper may be printed a year after it was entered, and old records were entered late. */
const SLACK_YEARS = 2;

export function checkCitations(corpus: Corpus): Finding[] {
  const studies = corpus.cancers.flatMap((c) => c.studies);
  return [...studies.flatMap(misdated), ...repeated(studies), ...unsourced(corpus.cancers)];
}

/** About when a PubMed id was given out, by linear interpolation; undefined outside the table. */
export function yearOfPmid(pmid: string): number | undefined {
  const millions = Number(pmid) / 1e6;
  const after = LAST_OF_YEAR.findIndex(([, last]) => millions <= last);
  const [year, last] = LAST_OF_YEAR[after] ?? [];
  const [before, from] = LAST_OF_YEAR[after - 1] ?? [];
  if (year === undefined || last === undefined || before === undefined || from === undefined) return undefined;
  return before + 1 + ((millions - from) / (last - from)) * (year - before);
}

function misdated(study: Study): Finding[] {
  const cited = [
    { pmid: study.pmid, year: study.year },
    ...study.results.flatMap(({ source }) =>
      source?.year === undefined ? [] : [{ pmid: source.pmid, year: source.year }],
    ),
  ];
  return cited.flatMap(({ pmid, year }) => {
    const given = pmid === undefined ? undefined : yearOfPmid(pmid);
    if (given === undefined || Math.abs(given - year - 0.5) <= SLACK_YEARS) return [];
    return [
      warning(
        `study ${study.id}`,
        `PMID ${pmid} was given out about ${Math.floor(given)}, the paper is of ${year}: look it up again`,
      ),
    ];
  });
}

/** One paper, one study: the same main PMID twice is a copy or a slip. A registry number may have several papers. */
function repeated(studies: readonly Study[]): Finding[] {
  const seen = new Map<string, string>();
  return studies.flatMap(({ id, pmid }) => {
    const other = pmid === undefined ? undefined : seen.get(pmid);
    if (pmid !== undefined && other === undefined) seen.set(pmid, id);
    return other === undefined ? [] : [warning(`study ${id}`, `has the PMID of ${other}`)];
  });
}

/** A study that says it was verified names what was opened; one with an identifier has seen it somewhere. */
function unsourced(folders: readonly CancerFolder[]): Finding[] {
  return folders.flatMap((folder) =>
    folder.studies.flatMap(({ id, verified }) => {
      const empty = 'how' in verified && (verified.how.trim() === '' || verified.where.trim() === '');
      return empty ? [error(`study ${id}`, 'is marked verified without saying how or where')] : [];
    }),
  );
}
