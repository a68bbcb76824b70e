// Biomarkers in prose: each is cut out with what is said of it ("EGFR-mutated (ex19del)", "negative for ALK and ROS1", "PD-L1 TPS 60 %",
// "HR+/HER2-"), as one result in words that normalize reads as it reads a laboratory's.

import { saysFamily } from './context.js';
import { fusionPairs } from './fusion.js';
import { mutatedSpelledOut, withoutOrigin } from './gene-origin.js';
import type { Hit, Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

export interface MarkerSaid {
  /** Name of the marker or of its score: "EGFR", "PD-L1 TPS", "MSI". */
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly germline: boolean;
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
const PENDING =
  /\b(?:pending|awaited|awaiting|not (?:yet )?(?:tested|done|performed|available|known)|unknown|to be (?:tested|done)|requested|unavailable|insufficient)\b|(?<!\p{L})(?:в работе|не (?:определ|исследов|провод|изуч)\p{L}*|неизвест\p{L}*|ожида\p{L}*|нет данных)/u;
const NEGATIVE_WORD =
  /(?:\b(?:negative|neg|wild[- ]?type|wt|not (?:detected|found|identified|present|amplified|rearranged|mutated|expressed)|non-?mutated|unmutated|absent|none detected|intact|non-?amplified|without (?:mutation|alteration)s?|no (?:pathogenic |known |clinically \w+ )?(?:rearrangements?|mutations?|alterations?|fusions?|variants?))\b|^\s?\(?-\)?(?=[,;./)]|$|\s(?=her2|er|pr|ki|[^\p{L}]))|(?<!\p{L})(?:отрицат\p{L}*|отр\.?|теріс|негатив\p{L}*|не (?:выявлен|обнаруж|найден|амплифиц|определя|детект)\p{L}*|дик\p{L}{2,3} тип\p{L}*|отсутств\p{L}*|без (?:патогенн\p{L}* |значим\p{L}* )?(?:вариант|мутаци|изменени|перестро)\p{L}*|нет(?: мутаци\p{L}*)?)(?!\p{L}))/u;
const POSITIVE_WORD =
  /(?:\b(?:positive|pos|mutat(?:ed|ion|ions)|mutant|mut|rearrang\w*|fusion|translocat\w+|amplif\w+|detected|present|pathogenic|overexpress\w*|altered|alteration|carrier|loss|deleted|deletion|abnormal|expressed|high)\b|^\+|^\s?\(\+\)|(?<!\p{L})(?:положит\p{L}*|полож\.?|оң|экспресс\p{L}*|позитив\p{L}*|мутаци\p{L}*|перестройк\p{L}*|реаранжиров\p{L}*|транслокац\p{L}*|амплификац\p{L}*|выявлен\p{L}*|обнаружен\p{L}*|слияни\p{L}*|мутирован\p{L}*|делеци\p{L}*)(?!\p{L}))/u;
const LEFT_NEGATIVE =
  /(?:\b(?:no|not|without|negative for|absence of|lack of|wild[- ]?type(?: for)?|wt|non|neither|nor|lacks)\b|(?<!\p{L})(?:без|отсутств\p{L}*|нет|отрицательн\p{L}* на))\s*(?:[\p{L}/-]+\s+){0,3}(?:in |of |in the |в гене |гена |в генах |генов )?$|\bno (?:\p{L}+ ){0,3}(?:detected|found|identified)(?: in)?:? $|(?<!\p{L})не (?:выявлен|обнаруж)\p{L}*(?: (?:изменени|мутаци|вариант)\p{L}*)?(?: в(?: генах)?)?:? $/u;
const LEFT_POSITIVE =
  /(?:\b(?:mutations?|variants?|fusion|rearrangement|amplification|alterations?|positive|carrier|pathogenic)\b(?: \p{L}+){0,2} (?:in|of|for)(?: the)?|(?<!\p{L})(?:мутаци\p{L}*|перестройк\p{L}*|амплификаци\p{L}*|транслокаци\p{L}*|слияни\p{L}*|делеци\p{L}*|носител\p{L}*(?: мутаци\p{L}*)?)(?: (?:в )?ген\p{L}*)?)\s*$/u;
const JOINED = /^[\s,/&+()-]*(?:and|or|nor|и|или)?[\s(]*(?:the )?$/u;

export function markersIn(sentence: Sentence, lexicon: Lexicon): readonly MarkerSaid[] {
  if (sentence.section === 'family') return [];
  const [text, plain] = [sentence.text, withoutOrigin(sentence.plain)];
  const hits = spaced(lexicon.find('marker', plain).filter((h) => isMarker(h, text, plain)));
  const found: MarkerSaid[] = [];
  hits.forEach((hit, i) => {
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
    ...fusionPairs(text, (start, end) => leftOpenOrDenied(plain, start, end)),
    ...signatures(plain),
    ...loneScores(plain, found),
    ...loneVariants(plain, text, found),
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
  const before = plain.slice(hits[i - 1]?.end ?? 0, hit.start);
  const negativeLeft =
    LEFT_NEGATIVE.test(before) || (JOINED.test(before) && i > 0 && leftNegativeOfList(i, hits, plain));
  const said = mutatedSpelledOut(text.slice(hit.end, hit.end + own.length).trim());
  const inName =
    /fusion|rearrange|mutation|amplif|14|v600|g12c|l265p|v617f|itd|tkd|w515|duplicat|мутац|перестрой|\(|del|gain|-abl|::|1q/iu.test(
      hit.phrase,
    ) || !hit.named.gene;
  const written = text.slice(hit.start, hit.end);
  const name = /^[\p{L}\d-]+$/u.test(written) ? '' : written;
  const variantInName = VARIANT.test(written);
  if (NEGATIVE_WORD.test(own) && !/^[^-]*\b(?:er|pr|her2)\b/.test(own)) return denial(said);
  if (negativeLeft) return `${name} not detected`.trim();
  if (own.trim() !== '' && (POSITIVE_WORD.test(own) || VARIANT.test(said) || /\d ?%|>=|tps|cps/.test(own)))
    return `${hit.named.gene && !VARIANT.test(said) ? name : ''} ${asFinding(trimmed(said), hit.named.gene, variantInName ? written : '')}${POSITIVE_WORD.test(own) || !hit.named.gene ? '' : ' detected'}`.trim();
  if (variantInName && hit.named.gene) return `${written} detected`;
  if (LEFT_POSITIVE.test(before))
    return `${trimmed(before.trim().split(/\s+/).slice(-4).join(' '))} ${said} detected`.trim();
  // "EGFR, ALK and ROS1 negative": what is said of the last is said of all.
  const next = hits[i + 1];
  if (
    next !== undefined &&
    JOINED.test(plain.slice(hit.end, next.start)) &&
    plain.slice(hit.end, next.start).trim() !== ''
  ) {
    const shared = saidOf(next, i + 1, hits, plain, text);
    if (shared !== undefined && (NEGATIVE_WORD.test(shared) || /not detected/.test(shared))) return 'not detected';
    if (shared !== undefined && /^\W*(?:positive|pos)/.test(shared)) return 'positive';
  }
  if (inName && hit.named.gene) return `${name} detected`.trim();
  // An abnormality of chromosomes is named because it was found.
  if (
    !hit.named.gene &&
    /^(?:del|t\(|t\d|gain|\+|inv|ph)|-abl|pml|::|fusion|rearrangement/iu.test(hit.phrase.replace(/\s/g, ''))
  )
    return 'positive';
  return undefined;
}

function leftNegativeOfList(i: number, hits: readonly Hit<'marker'>[], plain: string): boolean {
  for (let k = i; k > 0; k--) {
    const [a, b] = [hits[k - 1], hits[k]];
    if (a === undefined || b === undefined || !JOINED.test(plain.slice(a.end, b.start))) return false;
    if (LEFT_NEGATIVE.test(plain.slice(hits[k - 2]?.end ?? 0, a.start))) return true;
  }
  return false;
}

const VARIANT =
  /^\W*(?![TLCS]\d{2}\b)[ACDEFGHIKLMNPQRSTVWY]\d{2,4}(?![\p{L}\d%])|\b(?:p\.|c\.)|\b[A-Z]\d{2,4}(?:[A-Z]|del|ins|dup|fs|\*|_)|(?:ex(?:on)?\.?|экзон\p{L}*)\s?-?\d|\bdel\s?19|19\s?del|\d+-?(?:й|го|м)? экзон|\bITD\b|\bTKD\b|codon|G12|V600|::|амплиф/iu;

/** The words right of the marker that are of it: to the next marker, a stop, or a comma that begins something else. */
function rightOf(hit: Hit<'marker'>, next: Hit<'marker'> | undefined, plain: string): string {
  const right = plain.slice(hit.end, Math.min(next?.start ?? plain.length, hit.end + 75));
  const stop =
    /[;.](?=\s|$)|,(?!\s*(?:exon|ex\d|экзон|p\.|c\.|\d|[a-z]\d{2,4}|tps|cps|ic|clone|vaf|germ|патоген|герминал|cps|tps))|\b(?:and|but|with|who|progress\w+|after|on|received|treated|s\/p|which|started)\b(?!\s*(?:exon|p\.|[a-z]\d{2,4}|t790m|l858r))|(?<!\p{L})(?:прогресс\p{L}*|после|получ\p{L}*|на фоне|что|какая|какое)/u.exec(
      right,
    );
  return stop === null ? right : right.slice(0, stop.index);
}

/** An exon named alone is a mutation in it; a share of stained cells is a positive stain. */
function asFinding(said: string, gene: boolean, variant: string): string {
  if (variant !== '' && !VARIANT.test(said)) return `${variant} ${said}`;
  if (gene && /^(?:ex(?:on)?\.?|экзон\p{L}*)\s?\d{1,2}$/iu.test(said)) return `${said} mutation`;
  return !gene && /[1-9]\d* ?%/.test(said) && !/pos|полож|high|высок|tps|cps|mut|<|-/iu.test(said)
    ? `positive ${said}`
    : said;
}

/** The variant that was looked for, and that it was not found. */
function denial(said: string): string {
  const variant = VARIANT.test(said) ? trimmed(said.replace(new RegExp(NEGATIVE_WORD.source, 'giu'), ' ')) : '';
  return `${variant} not detected`.trim();
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

/** Microsatellites, mismatch repair: written in many ways that name the result with the marker. */
const SIGNATURES: readonly (readonly [string, string, RegExp])[] = [
  [
    'MSI',
    'MSI-H',
    /\bmsi[- ]?h(?:igh)?\b|\bd-?mmr\b|\bmmr[- ]?d(?:eficient)?\b|\bmismatch[- ]repair[- ]deficien\w*|\bdeficient (?:mismatch|mmr)|microsatellite instab\w+(?:[- ]high)?(?![:\s-]*(?:was )?(?:negative|not|low|stable|absent|pending|unknown))|(?<!\p{L})(?:высок\p{L}{2,3} (?:уров\p{L}{2,4} )?микросателлитн\p{L}* нестабильност\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* (?:высок\p{L}*|выявлен\p{L}*))|\bloss of (?:mlh1|msh2|msh6|pms2)/u,
  ],
  [
    'MSI',
    'MSS',
    /\bmss\b|\bmsi[- ]?l(?:ow)?\b|\bp-?mmr\b|\bmmr[- ]?p(?:roficient)?\b|\bmismatch[- ]repair[- ]proficien\w*|\bproficient (?:mismatch|mmr)|\bmicrosatellite[- ]stable\b|\bmsi[: -]+(?:negative|stable)|(?<!\p{L})микросателлитн\p{L}* стабильн\p{L}*|микросателлитн\p{L}* нестабильност\p{L}* не (?:выявлен|обнаруж)\p{L}*|\bmmr[\s:-]*(?:белки )?(?:intact|retained|preserved|сохран\p{L}*|не нарушен\p{L}*)|экспресси\p{L}* (?:белков )?mmr[^.;]{0,20}сохранен\p{L}*|msi не выявл/u,
  ],
];

const signatures = (plain: string): readonly MarkerSaid[] =>
  SIGNATURES.flatMap(([name, value, pattern]) => {
    const m = pattern.exec(plain);
    if (m === null) return [];
    if (value === 'MSI-H' && /^\s*(?:absent|not|negative|excluded|не )/u.test(plain.slice(m.index + m[0].length)))
      return [{ name, value: 'MSS', start: m.index, end: m.index + m[0].length, germline: false }];
    const flipped =
      value === 'MSI-H' &&
      /\b(?:no|not|without|negative for|non)\b[\s-]*$|(?:не|нет|без) $/u.test(
        plain.slice(Math.max(0, m.index - 14), m.index),
      );
    return [{ name, value: flipped ? 'MSS' : value, start: m.index, end: m.index + m[0].length, germline: false }];
  }).slice(0, 1);

/** "TPS 60 %", "CPS 12" without the name of the marker. */
function loneScores(plain: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  return [
    ...plain.matchAll(
      /\b(tps|cps)\b\s*(?:score)?\s*(?:[:=]|of|is|was)?\s*((?:>=|<=|>|<|≥|≤)?\s*\d{1,3}(?:[.,]\d)?\s*%?)/gu,
    ),
  ].flatMap((m) => {
    const name = `PD-L1 ${(m[1] ?? '').toUpperCase()}`;
    if (
      found.some(
        (f) =>
          f.name === name ||
          (f.name === 'PD-L1' && f.start < m.index && f.end >= m.index && !/[ct]ps.*[ct]ps/i.test(f.value)),
      )
    )
      return [];
    return [{ name, value: m[2] ?? '', start: m.index, end: m.index + m[0].length, germline: false }];
  });
}

/** Variants that have but one gene in oncology's daily speech. */
const LONE: readonly (readonly [string, RegExp])[] = [
  [
    'EGFR',
    /\b(?:L858R|T790M|C797S|G719X|L861Q|S768I|E746_A750del|ex(?:on)?\s?-?19\s?-?del\w*|del\s?(?:ex(?:on)?\s?)?19|exon 19 deletion|exon 20 insertion|делеци\p{L}+ (?:в )?19(?:-?[а-я]{1,2})? экзон\p{L}*)/giu,
  ],
  ['KRAS', /\bG12C\b/g],
  ['BRAF', /\bV600[EK]?\b/g],
  ['JAK2', /\bV617F\b/g],
  ['MYD88', /\bL265P\b/g],
  ['MET', /\b(?:METex14|ex(?:on)?\s?14\s?skipping)\b/gi],
  ['ABL1', /\bT315I\b/g],
];
function loneVariants(plain: string, text: string, found: readonly MarkerSaid[]): readonly MarkerSaid[] {
  return LONE.flatMap(([name, pattern]) =>
    [...text.matchAll(pattern)].flatMap((m): MarkerSaid[] => {
      const [start, end] = [m.index, m.index + m[0].length];
      if (found.some((f) => start >= f.start && end <= f.end + 2)) return [];
      const own = /^[^,;.]*/.exec(plain.slice(end, end + 40))?.[0] ?? '';
      if (PENDING.test(own)) return [];
      const other = lexiconGene(plain.slice(Math.max(0, start - 14), start));
      if (other) return [];
      const negative = NEGATIVE_WORD.test(own) || LEFT_NEGATIVE.test(plain.slice(Math.max(0, start - 40), start));
      return [{ name, value: `${m[0]} ${negative ? 'not detected' : 'detected'}`, start, end, germline: false }];
    }),
  );
}
const lexiconGene = (before: string): boolean =>
  /\b(?:erbb2|her2|met|kit|nras|hras|pdgfra|pole)\s*[:(-]?\s*$/.test(before);
