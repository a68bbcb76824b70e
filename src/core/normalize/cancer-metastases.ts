// Metastases: secondary cancer Conditions, "metastatic" in a diagnosis, and observations of metastatic sites -> a site of ours.
import type { Source } from '../../domain/fact.js';
import type { Concept, ConditionEntry, ObservationEntry } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { isBareOrgan } from './cancer-code.js';
import { cancerTree } from './cancer-tree.js';
import { withoutPlace, wordsOf } from './cancer-words.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export interface Metastasis {
  readonly site: string;
  readonly date?: PartialDate;
  readonly source: Source;
  readonly entryId?: string;
}

/** Where a secondary cancer sits; "other" when that is not said or has no site of ours. */
export function secondarySites(entry: ConditionEntry, terms: Terminology): readonly string[] {
  const coded = sitesCoded(entry.code, terms).filter((site) => site !== 'other');
  if (coded.length > 0) return coded;
  const placed = entry.bodySites.flatMap((site) => sitesOf(site, terms)).filter((site) => site !== 'other');
  if (placed.length > 0) return [...new Set(placed)];
  const named = sitesInWords(wordsOf(entry.code), terms);
  return named.length > 0 ? named : ['other'];
}

/** Sites in the words of a diagnosis of a primary ("breast cancer metastatic to bone and liver"); its own organ is none. */
export function sitesBeside(
  entry: ConditionEntry,
  oncotree: string | undefined,
  terms: Terminology,
): readonly string[] {
  const tree = cancerTree(terms.vocabulary);
  const organ = oncotree === undefined ? undefined : tree.organ(oncotree);
  const words = wordsOf(entry.code);
  const after = /(?:metasta|метаста|(?<!\p{L})мтс)\p{L}*(.*)$/u.exec(words)?.[1] ?? '';
  const own = new Set(
    terms
      .inText('cancer', withoutPlace(words))
      .filter(({ term }) => tree.organ(term.oncotree) === organ)
      .flatMap(({ phrase }) => sitesInWords(phrase, terms)),
  );
  const named = [...sitesInWords(after, terms), ...sitesInWords(words, terms)].filter((site) => !own.has(site));
  return named.length > 0 ? [...new Set(named)] : ['other'];
}

/** Observation of metastatic disease: "Site of metastasis: bone", "History of cancer metastatic to liver: true". */
export const observedMetastases = rememberedSaid(readMetastases, (sites) => sites);

function readMetastases(entry: ObservationEntry, terms: Terminology): readonly string[] {
  const words = wordsOf(entry.code);
  if (
    !/metasta|метаста/u.test(words) ||
    /lymph node|лимф|category|категор|stage|count|number|examined|family/u.test(words)
  )
    return [];
  const own = sitesInWords(words, terms);
  const { value } = entry;
  switch (value?.kind) {
    case 'boolean':
      return value.value ? (own.length > 0 ? own : ['other']) : [];
    case 'concept':
    case 'text': {
      const said: Concept = value.kind === 'concept' ? value.concept : { codings: [], text: value.text };
      const saidWords = wordsOf(said);
      if (
        /^(?:no|none|negative|absent|not)(?!\p{L})|not detected|no evidence|^нет|отсутств|не выявлен|не обнаруж/u.test(
          saidWords,
        )
      )
        return [];
      const sites = sitesOf(said, terms).filter((site) => site !== 'other');
      if (sites.length > 0) return sites;
      return /present|yes|positive|detected|выявлен|есть|^да$/u.test(saidWords)
        ? own.length > 0
          ? own
          : ['other']
        : [];
    }
    case undefined:
      return entry.absent === undefined && /history of .*metasta/u.test(words) && own.length > 0 ? own : [];
    default:
      return [];
  }
}

const sitesCoded = (concept: Concept, terms: Terminology): readonly string[] =>
  terms.findAll('site', concept).flatMap((m) => (m.precision === 'text' ? [] : [m.term.id]));

const sitesOf = (concept: Concept, terms: Terminology): readonly string[] => {
  const coded = sitesCoded(concept, terms);
  return coded.length > 0 ? coded : sitesInWords(wordsOf(concept), terms);
};

const sitesInWords = (words: string, terms: Terminology): readonly string[] => [
  ...new Set(terms.inText('site', words).map(({ term }) => term.id)),
];

export type Reach = 'distant' | 'regional' | 'unclear';

/** Whether a site is distant for a cancer: lymph nodes of its own region are not (sites.yaml, `regional:` and `unclear:`). */
export function reachOf(site: string, oncotree: string | undefined, terms: Terminology): Reach {
  const marks = terms.term('site', site)?.codes.other ?? [];
  if (!site.startsWith('lymph-node') || site === 'lymph-node-distant') return 'distant';
  const organ = oncotree === undefined ? undefined : cancerTree(terms.vocabulary).organ(oncotree);
  if (organ === undefined) return 'unclear';
  if (marks.includes(`regional:${organ}`)) return 'regional';
  return marks.includes(`unclear:${organ}`) || site === 'lymph-node' ? 'unclear' : 'distant';
}

/** A secondary tumour of the organ itself: for lung the other lung, where the sides tell so. */
export function siteFor(
  site: string,
  oncotree: string | undefined,
  sides: readonly (string | undefined)[],
  terms: Terminology,
): string {
  if (site.startsWith('lymph-node')) return 'lymph-node-distant';
  if (site !== 'lung' || oncotree === undefined || cancerTree(terms.vocabulary).organ(oncotree) !== 'LUNG') return site;
  const [primary, secondary] = sides;
  return primary !== undefined && secondary !== undefined && primary !== secondary ? 'contralateral-lung' : site;
}

export const mentionsCancer = (words: string, terms: Terminology): readonly string[] =>
  terms
    .inText('cancer', withoutPlace(words))
    .filter(({ term, phrase }) => !isBareOrgan(term, phrase))
    .map(({ term }) => term.oncotree);
