// What a report says was found in a gene -> Alteration: HGVS protein and coding changes, exon phrases, fusions,
// amplification, loss; English and Russian. HGVS: hgvs-nomenclature.org, version 21.
import type { Alteration, AlterationKind } from '../../domain/patient.js';

/** What of a gene the parser wants: its symbol, and the codon ranges of exons that matter (biomarkers.yaml). */
export interface GeneExons {
  readonly name: string;
  readonly exons: Readonly<Record<string, readonly [number, number]>>;
}

type Found = Pick<Alteration, 'kind' | 'protein' | 'coding' | 'codon' | 'exon' | 'partner'>;

/** The first alteration that a text describes. */
export const parseAlteration = (text: string, gene?: GeneExons): Alteration | undefined =>
  parseAlterations(text, gene)[0];

/** Every alteration that a text describes ("L858R and T790M"), most specific reading of each; [] when there is none. */
export function parseAlterations(written: string, gene?: GeneExons): readonly Alteration[] {
  const text = asHgvs(written);
  const proteins = proteinChanges(text);
  const coding = CODING.exec(text)?.[0];
  const exact: readonly Found[] =
    proteins.length > 0
      ? proteins.map((found, i) => (i === 0 && coding !== undefined ? { ...found, coding } : found))
      : coding !== undefined
        ? [codingChange(coding)]
        : [];
  const phrase = exonPhrase(text);
  const found =
    exact.length > 0
      ? withPhrase(
          exact.map((f) => withGeneExon(f, gene)),
          phrase,
        )
      : phrase !== undefined
        ? [phrase]
        : structural(text, gene);
  return found.map((f) => ({ ...withGeneExon(f, gene), origin: originOf(text), significance: significanceOf(text) }));
}

const AMINO: Readonly<Record<string, string>> = {
  ala: 'A',
  arg: 'R',
  asn: 'N',
  asp: 'D',
  cys: 'C',
  gln: 'Q',
  glu: 'E',
  gly: 'G',
  his: 'H',
  ile: 'I',
  leu: 'L',
  lys: 'K',
  met: 'M',
  phe: 'F',
  pro: 'P',
  ser: 'S',
  thr: 'T',
  trp: 'W',
  tyr: 'Y',
  val: 'V',
  ter: '*',
  stop: '*',
  sec: 'U',
};
const THREE = Object.keys(AMINO)
  .filter((a) => a !== 'ter' && a !== 'stop')
  .join('|');
const THREE_LETTER = new RegExp(
  `(?:p\\.\\(?)?(?<![a-z])(${THREE})(\\d{1,4})(?:_(${THREE})(\\d{1,4}))?(delins(?:(?:${THREE})+|[A-Z]+)|del|ins(?:(?:${THREE})+|[A-Z]+)?|dup|(?:(?:${THREE}))?fs(?:\\*|ter)?\\d*|ter|stop|\\*|=|${THREE})(?![a-z])`,
  'gi',
);
const ONE_LETTER =
  /(p\.\(?)?(?<![A-Za-z0-9])([ACDEFGHIKLMNPQRSTVWY])(\d{1,4})(?:_([ACDEFGHIKLMNPQRSTVWY])(\d{1,4}))?(delins[A-Z]+|del(?:[A-Z]+)?|>[A-Z]+|ins[A-Z]*|dup|[A-Z]?fs\*?\d*|[ACDEFGHIKLMNPQRSTVWY](?:\/[A-Z])?|\*|X)(?![A-Za-z0-9])/g;
const CODON =
  /(?<![A-Za-z0-9])([GVELHQTCR])(\d{2,4})(?![A-Za-z0-9_*])(?:\s*(?:mutation|mut\b|мутаци))?|(?:codon|кодон[а-я]*)\s*(\d{1,4})|(\d{1,4})\s*кодон/i;
const CODING =
  /(?<![A-Za-z])c\.[*-]?\d+(?:[+-]\d+)?(?:_[*-]?\d+(?:[+-]\d+)?)?(?:[ACGT]+>[ACGT]+|delins[ACGT]+|del[ACGT]*(?:ins[ACGT]+)?|ins[ACGT]+|dup[ACGT]*)/i;

function proteinChanges(text: string): readonly Found[] {
  const three = [...text.matchAll(THREE_LETTER)].map(([, from = '', at = '', to, end, change = '']) =>
    proteinChange(letter(from), at, to && letter(to), end, oneLetterChange(change)),
  );
  const one = [...text.matchAll(ONE_LETTER)]
    // Without "p." a single digit is more often something else (HbA1c, T1N).
    .filter(([, prefix, , at = '']) => prefix !== undefined || at.length > 1)
    .map(([, , from = '', at = '', to, end, change = '']) => proteinChange(from, at, to, end, change));
  const all = [...three, ...one];
  const distinct = all.filter((f, i) => all.findIndex((g) => g.protein === f.protein && g.codon === f.codon) === i);
  if (distinct.length > 0) return distinct;
  const codon = CODON.exec(text);
  const number = codon && (codon[2] ?? codon[3] ?? codon[4]);
  return number ? [{ kind: 'missense', codon: Number(number) }] : [];
}

function proteinChange(
  from: string,
  at: string,
  to: string | undefined,
  end: string | undefined,
  change: string,
): Found {
  const codon = Number(at);
  const place = `${from}${at}${to !== undefined && end !== undefined ? `_${to}${end}` : ''}`;
  // "V600E/K" and "G12X" name the codon, not one change.
  if (/\/|^X$/.test(change)) return { kind: change === 'X' && to === undefined ? 'missense' : 'missense', codon };
  const normal = change.replace(/^>/, 'delins');
  const kind = kindOf(normal, to !== undefined);
  return { kind, protein: kind === 'deletion' ? `${place}del` : `${place}${normal}`, codon };
}

function kindOf(change: string, range: boolean): AlterationKind {
  if (/fs/.test(change)) return 'frameshift';
  if (/^delins/.test(change)) return 'delins';
  if (/^del[A-Z]*$/.test(change)) return 'deletion';
  if (/^ins/.test(change)) return 'insertion';
  if (/^dup/.test(change)) return 'duplication';
  if (change === '*') return 'nonsense';
  if (change === '=') return 'unspecified';
  return range ? 'unspecified' : 'missense';
}

const letter = (three: string): string => AMINO[three.toLowerCase()] ?? three;

/** "delinsGlnPro" -> "delinsQP"; "Ter" -> "*"; "Profs*12" -> "Pfs*12". */
const oneLetterChange = (change: string): string =>
  change
    .replace(/^(delins|del|ins|dup)/i, (word) => word.toLowerCase())
    .replace(/(?<=^(?:delins|ins)?(?:[A-Z*](?=[A-Z]))*)x/g, '')
    .replace(new RegExp(`(${THREE}|ter|stop)(?![a-z]*ins)`, 'gi'), (three) => letter(three));

function codingChange(coding: string): Found {
  const position = Number(/\d+/.exec(coding)?.[0]);
  const codon = Math.ceil(position / 3);
  if (/\d[+-]\d/.test(coding)) return { kind: 'splice', coding, codon };
  if (/delins/.test(coding)) return { kind: 'delins', coding, codon };
  if (/del/.test(coding)) return { kind: /ins/.test(coding) ? 'delins' : 'deletion', coding, codon };
  if (/ins/.test(coding)) return { kind: 'insertion', coding, codon };
  if (/dup/.test(coding)) return { kind: 'duplication', coding, codon };
  return { kind: 'unspecified', coding, codon };
}

const EXON = String.raw`(?:exon|ex\.?|экзон[а-я]*)`;
const DELETION = '(?:del(?:etions?|s)?|делеци[а-я]*)';
const INSERTION = '(?:ins(?:ertions?)?|инсерци[а-я]*|вставк[а-я]*|dup(?:lications?)?|дупликаци[а-я]*)';
const SKIPPING = '(?:skip(?:ping|ped)?|splice|пропуск[а-я]*|скиппинг[а-я]*)';
const WITHIN = String.raw`[\s,:()-]*(?:[a-zа-я-]+[\s,-]+){0,3}?`;
const PHRASES: readonly (readonly [AlterationKind, readonly RegExp[]])[] = (
  [
    ['splice', SKIPPING],
    ['insertion', INSERTION],
    ['deletion', DELETION],
    ['unspecified', '(?:mut(?:ation|ated|ations|ant)?|variant|мутаци[а-я]*)'],
  ] as const
).map(([kind, word]) => [
  kind,
  [
    new RegExp(`${EXON}\\s*(\\d{1,2})${WITHIN}${word}`, 'i'),
    new RegExp(`${word}${WITHIN}(\\d{1,2})[\\s-]*(?:-?(?:го|м|ом|й|ем)\\s*)?${EXON}`, 'i'),
    new RegExp(`${word}${WITHIN}${EXON}\\s*(\\d{1,2})`, 'i'),
  ],
]);
const SHORT: readonly (readonly [AlterationKind, RegExp])[] = [
  ['deletion', /\b(?:del|e|ex)\s?-?(1[89]|2[01])\s?(?:del)?\b(?!\s*(?:ins|ex))/i],
  ['deletion', /(?<![\d.])(19)\s?-?del(?:eti\w*)?\b/i],
  ['insertion', /\b(?:e|ex)\s?-?(20)\s?ins|(?<![\d.])(20)\s?-?ins(?:erti\w*)?\b/i],
  ['splice', /(?:met)?\s?ex(?:on)?\s?-?(14)(?:\s?skip\w*)?\b/i],
];

function exonPhrase(text: string): Found | undefined {
  for (const [kind, patterns] of PHRASES)
    for (const pattern of patterns) {
      const exon = pattern.exec(text)?.[1];
      if (exon !== undefined) return { kind, exon: Number(exon) };
    }
  for (const [kind, pattern] of SHORT) {
    const match = pattern.exec(text);
    const exon = match?.[1] ?? match?.[2];
    if (match !== null && exon !== undefined && (kind !== 'deletion' || /del/i.test(match[0])))
      return { kind, exon: Number(exon) };
  }
  return undefined;
}

/** The exon named beside a change is its exon; where the gene's own table says another, it is a finding of its own. */
function withPhrase(exact: readonly Found[], phrase: Found | undefined): readonly Found[] {
  const exon = phrase?.exon;
  if (phrase === undefined || exon === undefined) return exact;
  const placed = exact.map((f) => (f.exon === undefined ? { ...f, exon } : f));
  const told = phrase.kind === 'unspecified' || placed.some((f) => f.exon === exon);
  return told ? placed : [...placed, phrase];
}

const RESIDUES = String.raw`([ACDEFGHIKLMNPQRSTVWY]\d{3,4})\s?[-–_]\s?([ACDEFGHIKLMNPQRSTVWY]\d{3,4})`;
/** "del E746-A750", "E746-A750del", "E746_A750 deletion" -> "E746_A750del". */
const asHgvs = (text: string): string =>
  text
    .replace(new RegExp(`\\bdel(?:etion(?: of)?)?[\\s:(]*${RESIDUES}(?![A-Za-z])`, 'g'), '$1_$2del')
    .replace(new RegExp(`${RESIDUES}\\s?(?:del(?:etion)?)(?![A-Za-z])`, 'g'), '$1_$2del')
    .replace(new RegExp(`${RESIDUES}(?=(?:del|ins|dup)[A-Z]*)`, 'g'), '$1_$2');

const SYMBOL = '[A-Z][A-Z0-9]{1,7}';
const FUSION_PAIR = new RegExp(`\\b(${SYMBOL})\\s?(?:::|-|/|–)\\s?(${SYMBOL})\\b`);
const FUSION_WORD = /fusion|fused|rearrang|translocat|break[- ]?apart|слияни|фьюжн|перестройк|транслокац|реаранжировк/i;

/** Internal tandem duplication, and the other kind of FLT3 mutation, of its tyrosine kinase domain (exon 20): written like a fusion. */
const TANDEM = /internal tandem dup|(?<![a-z])itd(?![a-z])|тандемн\p{L}* дупликац/iu;
const KINASE_DOMAIN = /(?<![a-z])tkd(?![a-z])|tyrosine kinase domain/i;

/** Loss of the gene or of its protein; "loss of function" is a mutation, "loss of heterozygosity" of one copy. */
const LOSS =
  /homozygous deletion|biallelic loss|copy (?:number )?loss|deep deletion|гомозиготная делеция|\bloss(?:(?: of)? (?:protein |nuclear )?expression)?(?![- ]of)\b|(?:потер|утрат)[а-я]*(?! (?:функции|гетерозиготности))/i;

function structural(text: string, gene: GeneExons | undefined): readonly Found[] {
  if (gene?.name === 'FLT3') {
    const found: Found[] = [];
    if (TANDEM.test(text)) found.push({ kind: 'duplication' });
    if (KINASE_DOMAIN.test(text)) found.push({ kind: 'missense', exon: 20 });
    if (found.length > 0) return found;
  }
  const pair = FUSION_PAIR.exec(text);
  const partner = pair && gene !== undefined ? [pair[1], pair[2]].find((s) => s !== gene.name) : pair?.[1];
  const involves = pair !== null && (gene === undefined || pair[1] === gene.name || pair[2] === gene.name);
  if (
    FUSION_WORD.test(text) ||
    (involves && text.includes('::')) ||
    (involves && gene !== undefined && partner !== gene.name && !/^(?:HER2|PD|MSI)/.test(pair?.[0] ?? ''))
  )
    return [{ kind: 'fusion', ...(involves && partner !== undefined ? { partner } : {}) }];
  if (/amplif|амплифик|copy number gain|high copy/i.test(text)) return [{ kind: 'amplification' }];
  if (LOSS.test(text)) return [{ kind: 'copy-loss' }];
  if (/splice site|splic(?:e|ing) variant/i.test(text)) return [{ kind: 'splice' }];
  const genomic = /(?<![A-Za-z])g\.\d+(?:_\d+)?(delins|del|ins|dup)/.exec(text)?.[1];
  if (genomic !== undefined) return [{ kind: kindOf(genomic === 'ins' ? 'insA' : genomic, false) }];
  if (/truncat|nonsense|stop[- ]?gain/i.test(text)) return [{ kind: 'nonsense' }];
  if (/frame-?shift/i.test(text)) return [{ kind: 'frameshift' }];
  return [];
}

/** The exon by the gene's codon ranges, when the report names only the codon; and a splice variant's reading as skipping. */
function withGeneExon(found: Found, gene: GeneExons | undefined): Found {
  if (found.exon !== undefined || found.codon === undefined || gene === undefined) return found;
  const codon = found.codon;
  const exon = Object.entries(gene.exons).find(([, [first, last]]) => codon >= first && codon <= last)?.[0];
  return exon === undefined ? found : { ...found, exon: Number(exon) };
}

const originOf = (text: string): Alteration['origin'] =>
  /germ-?line|hereditary|герминал|наследствен/i.test(text)
    ? 'germline'
    : /somatic|соматич/i.test(text)
      ? 'somatic'
      : 'unknown';

const UNCERTAIN =
  /\bvus\b|uncertain (?:clinical )?significance|unknown (?:clinical )?significance|unclassified variant|неопредел[её]нн\p{L}* (?:клиническ\p{L}* )?значени|неизвестн\p{L}* (?:клиническ\p{L}* )?значени|неясн\p{L}* (?:клиническ\p{L}* )?значени/iu;
const BENIGN = /(?<!not )\b(?:likely )?benign|polymorphism|доброкачествен|полиморфизм/iu;
const PATHOGENIC = /pathogenic|патоген/iu;

/** Classes of a germline or somatic report in words (ACMG/AMP 2015); "unstated" too where one text says two. */
function significanceOf(text: string): Alteration['significance'] {
  const said = [UNCERTAIN.test(text), BENIGN.test(text), PATHOGENIC.test(text)];
  if (said.filter(Boolean).length !== 1) return 'unstated';
  return said[0] ? 'uncertain' : said[1] ? 'benign' : 'pathogenic';
}
