// Biomarkers in prose: each is cut out with what is said of it ("EGFR-mutated (ex19del)", "negative for ALK and ROS1", "PD-L1 TPS 60 %",
// "HR+/HER2-"), as one result in words that normalize reads as it reads a laboratory's.

import { saysFamily } from './context.js';
import { fusionPairs } from './fusion.js';
import { mutationInFull, withoutOrigin } from './gene-origin.js';
import type { Hit, Lexicon } from './lexicon.js';
import { bareDrivers, loneScores, loneVariants, noDrivers, signatures } from './lone-marker.js';
import {
  EXON_BEFORE,
  JOINED,
  LEFT_NEGATIVE,
  LEFT_POSITIVE,
  NEGATIVE_WORD,
  PENDING,
  POSITIVE_WORD,
} from './marker-words.js';
import type { Sentence } from './sentence.js';

export interface MarkerSaid {
  /** Name of the marker or of its score: "EGFR", "PD-L1 TPS", "MSI". */
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly germline: boolean;
  /** The rule by which a result is taken that is not told in words. */
  readonly inferred?: string;
}

/** Symbols that are also words or other abbreviations: believed only in capitals. */
const CAPITALS: ReadonlySet<string> = new Set([
  'met',
  'kit',
  'ret',
  'ar',
  'er',
  'pr',
  'atm',
  'bcr',
  'mpl',
  'ras',
  'hp',
  'pgr',
  'myc',
  'gis',
  'idh',
  'эр',
  'пр',
  'рп',
  'рэ',
  'vhl',
  'bap1',
  'nf1',
  'mll',
  'btk',
]);
/** Not a result: a medicine against it, a name of a test ordered. */
const NO_RESULT_AFTER =
  /^(?:[- ](?:targeted|directed|inhibitor\w*|tki|blockade|antibod\w+|adc|therapy|testing|test\b|assay|naive|based|antagonist\w*)|\s*(?:inhibitor|ингибитор|тки|терапи|-таргет))/u;
const NO_RESULT_BEFORE = /(?:anti-?|анти-?|inhibitors? of |ингибитор\p{L}* |against )$/u;
export function markersIn(sentence: Sentence, lexicon: Lexicon): readonly MarkerSaid[] {
  if (sentence.section === 'family') return [];
  const [text, plain] = [sentence.text, withoutOrigin(sentence.plain)];
  const hits = spaced(lexicon.find('marker', plain).filter((h) => isMarker(h, text, plain)));
  const found: MarkerSaid[] = [];
  const pairs = fusionPairs(text, (start, end) => leftOpenOrDenied(plain, start, end));
  hits.forEach((hit, i) => {
    // The pair itself is the finding: what is said of the next marker of a list is not said of its genes.
    if (pairs.some((p) => hit.start >= p.start && hit.end <= p.end)) return;
    if (RECEPTORS.has(hit.named.name) || saysFamily(plain.slice(Math.max(0, hit.start - 60), hit.start))) return;
    const next = hits[i + 1];
    const value = saidOf(hit, i, hits, plain, text);
    if (value === undefined) return;
    const end = Math.min(next?.start ?? plain.length, hit.end + value.length);
    const name = hit.named.name === 'PD-L1' ? scoreName(plain.slice(hit.start, end + 20)) : geneOrProtein(hit, value);
    found.push({
      name,
      value: withClass(value, plain.slice(hit.end, next?.start ?? plain.length)),
      start: hit.start,
      end,
      germline: /germ-?line|gbrca|hereditary|герминал|наследств/u.test(sentence.plain),
    });
  });
  return [
    ...found,
    ...pairs,
    ...signatures(plain),
    ...loneScores(plain, found),
    ...loneVariants(plain, text, found),
    ...noDrivers(plain, found),
    ...bareDrivers(sentence.plain, text, found),
  ];
}

/** "ERBB2 overexpression" is of the protein. */
const geneOrProtein = ({ named: { name } }: Hit<'marker'>, value: string): string =>
  name === 'ERBB2' && /overexpress|гиперэкспресс/iu.test(value) ? 'HER2' : name;

/** The class of a variant may follow its details after a comma: "p.I157T: low penetrance, likely benign". */
function withClass(value: string, tail: string): string {
  if (!VARIANT.test(value)) return value;
  const said =
    /likely benign|(?<!not )benign|\bvus\b|uncertain significance|неопредел[её]нн\p{L}* (?:клиническ\p{L}* )?значени\p{L}*/u.exec(
      tail,
    );
  return said === null || value.toLowerCase().includes(said[0]) ? value : `${value}, ${said[0]}`;
}

const RECEPTORS: ReadonlySet<string> = new Set(['ER', 'PR', 'ER+PR', 'HER2', 'MSI']);
const spaced = (hits: readonly Hit<'marker'>[]): readonly Hit<'marker'>[] =>
  [...hits]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((h, i, all) => i === 0 || h.start >= (all[i - 1]?.end ?? 0));

function isMarker(hit: Hit<'marker'>, text: string, plain: string): boolean {
  const written = text.slice(hit.start, hit.end);
  if (CAPITALS.has(written.toLowerCase()) && written !== written.toUpperCase()) return false;
  // eGFR is filtration.
  if (
    /^eGFR$/.test(written) ||
    (/^egfr$/i.test(written) && /^\s*(?:[:=]|is|was)?\s*\d{1,3}(?:\.\d)?\s*(?:ml|мл|$)/.test(plain.slice(hit.end)))
  )
    return false;
  if (hit.named.name === 'TMB' || hit.named.name === 'PD-L1')
    return (
      !NO_RESULT_AFTER.test(plain.slice(hit.end)) &&
      !/(?:anti-?)$/.test(plain.slice(Math.max(0, hit.start - 5), hit.start))
    );
  return (
    !NO_RESULT_AFTER.test(plain.slice(hit.end)) &&
    !NO_RESULT_BEFORE.test(plain.slice(Math.max(0, hit.start - 14), hit.start))
  );
}

/** What stands right of a marker up to the next one, or left of it, or is shared with the next of a list. */
function saidOf(
  hit: Hit<'marker'>,
  i: number,
  hits: readonly Hit<'marker'>[],
  plain: string,
  text: string,
): string | undefined {
  const own = rightOf(hit, hits[i + 1], plain);
  if (PENDING.test(own)) return undefined;
  const before = leftOf(hit, hits[i - 1], plain);
  const negativeLeft =
    LEFT_NEGATIVE.test(before) || (JOINED.test(before) && i > 0 && leftNegativeOfList(i, hits, plain));
  const said = mutationInFull(text.slice(hit.end, hit.end + own.length).trim());
  const inName =
    /fusion|rearrange|mutation|amplif|14|v600|g12c|l265p|v617f|itd|tkd|w515|duplicat|мутац|перестрой|\(|del|gain|[- ]abl|::|1q/iu.test(
      hit.phrase,
    ) || !hit.named.gene;
  const written = text.slice(hit.start, hit.end);
  const name = /^[\p{L}\d-]+$/u.test(written) ? '' : written;
  const variantInName = VARIANT.test(written);
  const burden = hit.named.name === 'TMB' ? /^[\s:-]*(high|low)\b/u.exec(own) : null;
  if (burden !== null) return burden[1];
  if (NEGATIVE_WORD.test(own) && !/^[^-]*\b(?:er|pr|her2)\b/.test(own))
    return denial(said, DETAILED.test(written) ? written : '');
  if (negativeLeft) return `${name} not detected`.trim();
  if (own.trim() !== '' && (POSITIVE_WORD.test(own) || VARIANT.test(said) || /\d ?%|>=|tps|cps/.test(own)))
    return `${hit.named.gene && !VARIANT.test(said) ? name : ''} ${asFinding(trimmed(said), hit.named.gene, variantInName ? written : '')}${POSITIVE_WORD.test(own) || !hit.named.gene ? '' : ' detected'}`.trim();
  if (variantInName && hit.named.gene) return `${written} detected`;
  // "BRCA1 germline": named with where it is, it was found.
  if (hit.named.gene && ORIGIN_ALONE.test(own)) return `${written} mutation detected`;
  const [, exonRu, exonEn] = EXON_BEFORE.exec(sameGene(hit, i, hits, plain) ?? before) ?? [];
  if (hit.named.gene && (exonRu ?? exonEn) !== undefined) return `${exonRu ?? exonEn} detected`;
  const exon = CHANGE_IN_EXON.exec(before);
  if (exon !== null) return `exon ${exon[1] ?? exon[2] ?? exon[4]} ${exonChange(exon[0])} detected`;
  if (LEFT_POSITIVE.test(before))
    return `${trimmed(before.trim().split(/\s+/).slice(-4).join(' '))} ${said} detected`.trim();
  // "EGFR, ALK and ROS1 negative": what is said of the last is said of all.
  const next = hits[i + 1];
  if (
    next !== undefined &&
    next.named.name !== 'IGHV' &&
    JOINED.test(plain.slice(hit.end, next.start)) &&
    plain.slice(hit.end, next.start).trim() !== ''
  ) {
    const shared = saidOf(next, i + 1, hits, plain, text);
    if (shared !== undefined && (NEGATIVE_WORD.test(shared) || /not detected/.test(shared))) return 'not detected';
    if (shared !== undefined && /^\W*(?:positive|pos)/.test(shared)) return 'positive';
  }
  if (inName && hit.named.gene) return `${name.replace(/мутаци\p{L}*/iu, 'mutation')} detected`.trim();
  // An abnormality of chromosomes is named because it was found.
  if (
    !hit.named.gene &&
    /^(?:del|t\(|t\d|gain|\+|inv|ph)|bcrabl|-abl|pml|::|fusion|rearrangement|^5q|del$/iu.test(
      hit.phrase.replace(/\s/g, ''),
    )
  )
    return 'positive';
  return undefined;
}

/** "инсерция 20 экзона HER2 (ERBB2)": the gene under its other name, in brackets; what stands left of the first. */
function sameGene(hit: Hit<'marker'>, i: number, hits: readonly Hit<'marker'>[], plain: string): string | undefined {
  const first = hits[i - 1];
  const twice = first?.named.name === 'HER2' && hit.named.name === 'ERBB2';
  return twice && /^\s*\($/.test(plain.slice(first.end, hit.start)) ? leftOf(first, hits[i - 2], plain) : undefined;
}

/** "KRAS wild type with NTRK3 fusion": the wild type is of the marker before. */
const leftOf = (hit: Hit<'marker'>, previous: Hit<'marker'> | undefined, plain: string): string =>
  previous === undefined
    ? plain.slice(0, hit.start)
    : plain.slice(previous.end, hit.start).replace(/^[\s-]*(?:(?:is|was|status)\s+)?(?:wild[- ]?type|wt)\b/u, '');

/** The name itself says which change was looked for. */
const DETAILED = /amplif|rearrang|fusion|exon|skipp|амплиф|перестр|экзон/iu;

/** "Вставка в 20 экзоне EGFR", "insertion in exon 20 of EGFR": the change stands before its gene. */
const CHANGE_IN_EXON =
  /(?:\b(?:insertion|deletion|mutation|skipping)s? (?:in|of) (?:the )?exon (\d{1,2})|\bexon (\d{1,2}) (insertion|deletion|mutation|skipping)s?|(?<!\p{L})(?:вставк|инсерци|делеци|мутаци|пропуск)\p{L}* (?:в |во )?(?:экзон\p{L}* )?(\d{1,2})(?:-?\p{L}{1,3})?(?: экзон\p{L}*)?)(?: (?:of|in)(?: the)?| гена?)?\s*$/u;
const exonChange = (said: string): string =>
  /insert|вставк|инсерц/u.test(said)
    ? 'insertion'
    : /delet|делец/u.test(said)
      ? 'deletion'
      : /skip|пропуск/u.test(said)
        ? 'skipping'
        : 'mutation';

const ORIGIN_ALONE = /^\s*\(?(?:germ-?line|somatic|герминальн\p{L}*|соматическ\p{L}*)\)?\s*$/u;

function leftNegativeOfList(i: number, hits: readonly Hit<'marker'>[], plain: string): boolean {
  for (let k = i; k > 0; k--) {
    const [a, b] = [hits[k - 1], hits[k]];
    if (a === undefined || b === undefined || !JOINED.test(plain.slice(a.end, b.start))) return false;
    if (LEFT_NEGATIVE.test(leftOf(a, hits[k - 2], plain))) return true;
  }
  return false;
}

const VARIANT =
  /^\W*(?![TLCS]\d{2}\b)[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?![\p{L}\d%])|\b(?:p\.|c\.)|\b[A-Z]\d{2,4}(?:[A-Z]|del|ins|dup|fs|\*|_)|(?:ex(?:on)?\.?|экзон\p{L}*)\s?-?\d|\bdel\s?19|19\s?del|\d+-?(?:й|го|м)? экзон|\bITD\b|\bTKD\b|codon|G12|V600|::|амплиф/iu;

/** The words right of the marker that are of it: to the next marker, a stop, or a comma that begins something else. */
function rightOf(hit: Hit<'marker'>, next: Hit<'marker'> | undefined, plain: string): string {
  // "del(17p)+": the bracket is of the name.
  const right = plain.slice(hit.end, Math.min(next?.start ?? plain.length, hit.end + 75)).replace(/^\)/, ' ');
  const stop =
    /[;.](?=\s|$)|,(?!\s*(?:exon|ex\d|экзон|p\.|c\.|\d|[a-z]\d{2,4}|tps|cps|ic|clone|vaf|germ|патоген|герминал|cps|tps))|\b(?:and|but|with|who|progress\w+|after|on|received|treated|s\/p|which|started)\b(?!\s*(?:exon|p\.|[a-z]\d{2,4}|t790m|l858r))|(?<!\p{L})(?:прогресс\p{L}*|после|получ\p{L}*|на фоне|что|какая|какое)/u.exec(
      right,
    );
  const own = stop === null ? right : right.slice(0, stop.index);
  // "MET амплификации нет, C797S нет", "T315I no, F317L detected": what is denied before a comma is whole.
  const comma = own.indexOf(',');
  return comma > 0 && NEGATIVE_WORD.test(own.slice(0, comma)) ? own.slice(0, comma) : own;
}

/** An exon named alone is a mutation in it; a share of stained cells is a positive stain. */
function asFinding(said: string, gene: boolean, variant: string): string {
  if (variant !== '') return `${variant} ${said}`;
  if (gene && /^(?:ex(?:on)?\.?|экзон\p{L}*)\s?\d{1,2}$/iu.test(said)) return `${said} mutation`;
  return !gene && /[1-9]\d* ?%/.test(said) && !/pos|полож|high|высок|tps|cps|mut|<|-/iu.test(said)
    ? `positive ${said}`
    : said;
}

/** The variant that was looked for, and that it was not found. */
function denial(said: string, named: string): string {
  const variant = VARIANT.test(said) ? trimmed(said.replace(new RegExp(NEGATIVE_WORD.source, 'giu'), ' ')) : '';
  return `${variant === '' ? named : variant} not detected`.trim();
}

const trimmed = (text: string): string => text.replace(/[\s,;:(/]+$/u, '').replace(/^[\s:=–-]+(?=\S)/u, '');

function scoreName(near: string): string {
  if (/\bcps\b|combined positive/.test(near) && !/\btps\b/.test(near)) return 'PD-L1 CPS';
  return /\btps\b|tumou?r proportion|\btc\b/.test(near) && !/\bcps\b/.test(near) ? 'PD-L1 TPS' : 'PD-L1';
}

/** Denied, or still to come, by the words beside it. */
function leftOpenOrDenied(plain: string, start: number, end: number): boolean {
  const after = /^[^,;.]{0,30}/.exec(plain.slice(end))?.[0] ?? '';
  const before = plain.slice(Math.max(0, start - 40), start);
  return NEGATIVE_WORD.test(after) || PENDING.test(after) || LEFT_NEGATIVE.test(before);
}
