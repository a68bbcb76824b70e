// Named facts in prose: "Hb 102 g/L", "ECOG PS 1", "creatinine 78", "PSA 34 ng/ml", "postmenopausal", "castration-resistant", "IMDC poor risk".
// A number is taken when it stands right by its name; a word when it is one of the fact's own.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { RawValue } from '../../domain/history.js';
import type { Terminology } from '../normalize/terminology.js';
import { deniedBefore } from './context.js';
import type { Hit, Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

export interface FindingSaid {
  readonly fact: string;
  /** Name as normalize knows it. */
  readonly name: string;
  readonly value: RawValue;
  readonly start: number;
  readonly end: number;
}

/** Facts that other recognisers read, or whose names are too common for prose. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'er-percent',
  'pr-percent',
  'her2-ihc',
  'pd-l1-tps',
  'pd-l1-cps',
  'pd-l1-ic',
  'ki-67',
  'disease-status',
  'brain-metastases',
  'other-measurement',
  'symptomatic',
  'symptomatic-tumour',
  'refuses-systemic',
]);
/** Names that need their value beside them; the name alone says nothing. */
const NUMBER =
  /^\s*(?:\([^)\d]{0,25}\)\s*)?(?:score|status|performance|index|level|grade|count|group|class|stage|of|is|was|at|уров\p{L}*|степен\p{L}*|балл\p{L}*|составля\p{L}*|до|[:=~,-]|ps|\s)*\s*(<=|>=|<|>|≤|≥)?\s*(\d+(?:[.,]\d+)?)(?:\s?(?:-|\/)\s?(\d+(?:[.,]\d+)?))?\s*(%|[a-zа-яµ*/^\d.]*)/u;

export function findingsIn(sentence: Sentence, lexicon: Lexicon, terms: Terminology): readonly FindingSaid[] {
  if (sentence.section === 'family' || sentence.section === 'allergy') return [];
  const { plain } = sentence;
  const found: FindingSaid[] = [...performance(plain), ...aliases(plain, terms)];
  const names = [...lexicon.find('fact', plain)].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const hit of names) {
    const term = terms.term('fact', hit.named.id);
    if (
      term === undefined ||
      ELSEWHERE.has(term.id) ||
      found.some((f) => f.fact === term.id || (hit.start < f.end && hit.end > f.start))
    )
      continue;
    const said = term.kind === 'number' ? numberSaid(term, hit, plain) : wordSaid(term, hit, plain, terms);
    if (said !== undefined) found.push(said);
  }
  for (const hit of lexicon.find('word', plain)) {
    const term = terms.term('fact', hit.named.fact);
    if (term === undefined || found.some((f) => f.fact === term.id)) continue;
    const word = deniedBefore(plain.slice(Math.max(0, hit.start - 40), hit.start))
      ? opposite(hit.named.word)
      : hit.named.word;
    if (word !== undefined)
      found.push({
        fact: term.id,
        name: nameOf(term),
        value: { kind: 'text', text: word },
        start: hit.start,
        end: hit.end,
      });
  }
  return found;
}

const nameOf = (term: FactTerm): string => term.phrases[0] ?? term.name.en;
const opposite = (word: string): string | undefined => (word === 'yes' ? 'no' : word === 'no' ? 'yes' : undefined);

/** ECOG, WHO, Karnofsky in their many shapes: "ECOG PS 1", "PS 1", "ECOG-1", "по ECOG 1", "ECOG 1 балл", "KPS 80 %", "good PS (0-1)". */
const PERFORMANCE: readonly (readonly [string, string, RegExp])[] = [
  [
    'ecog',
    'ECOG',
    /(?:\becog\b|\bwho\b(?= ?p\.?s| perf)|\bekog\b|(?<!\p{L})эког(?!\p{L}))(?:[ -]?(?:performance status|performance score|ps|score|status|grade|статус|who|воз))*\s*(?:of|is|was|[:=-]|\(|-)?\s*([0-4])(?!\d|[.,]\d)(?:\s?(?:-|\/)\s?([0-4])(?!\d))?/u,
  ],
  [
    'ecog',
    'ECOG',
    /\b(?:ps|performance status)\s*(?:of|is|was|[:=-]|\(|\(ecog\)|ecog)?\s*([0-4])(?!\d|[.,]\d|%)(?:\s?(?:-|\/)\s?([0-4])(?!\d))?/u,
  ],
  ['karnofsky', 'Karnofsky', /(?:\b(?:kps|karnofsky)\b|(?<!\p{L})карновск\p{L}*)[^\d.;]{0,30}(\d{2,3})/u],
];

function performance(plain: string): readonly FindingSaid[] {
  for (const [fact, name, pattern] of PERFORMANCE) {
    const m = pattern.exec(plain);
    if (m === null) continue;
    // Of a range the worse counts.
    const value = Number(m[2] ?? m[1]);
    return [
      { fact, name, value: { kind: 'quantity', quantity: { value } }, start: m.index, end: m.index + m[0].length },
    ];
  }
  return [];
}

/** Ways of saying a fact that are no name of it: "178/102 mmHg", "4.8 cm mass", "2/15 nodes", "R0", "G3", "blasts 76 %". */
const ALIASES: readonly (readonly [RegExp, readonly (readonly [fact: string, group: number, unit?: string])[]])[] = [
  [/(?:\bbp|\bblood pressure|(?<!\p{L})ад)\D{0,6}(\d{2,3})\s?\/\s?(\d{2,3})/u, [['systolic-bp', 1, 'mm[Hg]'], ['diastolic-bp', 2, 'mm[Hg]']]],
  [/(?<![\d.,])(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?!\p{L})[^.;,]{0,30}?(?:mass|tumou?r|lesion|carcinoma|nodule|primary|опухол|образован|узел|очаг)/u, [['tumour-size', 1, 'cm']]],
  [/(?:mass|tumou?r|lesion|nodule|t[1-4][a-d]?|опухоль|образование|узел)[^.;,\d]{0,22}\(?(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?!\p{L})/u, [['tumour-size', 1, 'cm']]],
  [/(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?(?:mm|мм)(?!\p{L}|hg|\s?рт)[^.;,]{0,24}?(?:mass|tumou?r|lesion|carcinoma|nodule|опухол|образован|узел)/u, [['tumour-size', 1, 'mm']]],
  [/(?:nodes?|n[1-3][a-c]?|л\/у|лимфоузл\p{L}*)[^.;,\d]{0,12}\(?(\d{1,2})\s?(?:\/|of|из)\s?(\d{1,2})(?!\d)/u, [['nodes-positive', 1], ['nodes-examined', 2]]],
  [/(?<![\d/])(\d{1,2})\s?(?:\/|of|из)\s?(\d{1,2})\s*(?:lymph )?(?:nodes?|лимфо\p{L}*|л\/у)/u, [['nodes-positive', 1], ['nodes-examined', 2]]],
  [/(?<!\p{L})(?:blasts?|бласт(?:ы|ов|ных клеток)?)\D{0,26}?(\d{1,3}(?:[.,]\d)?)\s?%/u, [['marrow-blasts', 1, '%']]],
  [/(\d{1,3})\s?%\s*(?:blasts|бластов)/u, [['marrow-blasts', 1, '%']]],
  [/\b(?:hb)?a1c\D{0,5}(\d{1,2}(?:[.,]\d)?)\s?%/u, [['hba1c', 1, '%']]],
  [/(?:\becho(?:cardiogra\w+)?|(?<!\p{L})эхокг)[^.;]{0,20}?(?:ef|фв)?\s?(\d{2})\s?%/u, [['lvef', 1, '%']]],
  [/(?<!\p{L})(?:тр|тромб)\.?\s?(\d{2,3})(?!\d|[.,]\d)/u, [['platelets', 1, '10*9/L']]],
  [/(?<!\p{L})нф\.?\s?(\d{1,2}(?:[.,]\d{1,2})?)(?!\d)/u, [['neutrophils', 1, '10*9/L']]],
  [/(?<!\p{L})креат\.?\s?(\d{2,3})(?!\d)/u, [['creatinine', 1, 'umol/L']]],
  [/(?<!\p{L})(?:бил\.?(?: ?общ\.?)?|t\.?bil)\s?(\d{1,3}(?:[.,]\d{1,2})?)(?!\d)/u, [['bilirubin', 1]]],
];
const WORD_ALIASES: readonly (readonly [RegExp, string, string])[] = [
  [/(?<![\p{L}\d])r0(?![\p{L}\d])|\bmargins? (?:were |are |is )?(?:clear|free|negative|uninvolved)|\b(?:clear|negative) (?:surgical )?margins?|(?<!\p{L})края резекции (?:чист|без|негат|отриц)\p{L}*/u, 'margins', 'negative'],
  [/(?<![\p{L}\d])r[12](?![\p{L}\d-])|\bmargins? (?:were |are |is )?(?:positive|involved)|\bpositive (?:surgical )?margins?/u, 'margins', 'positive'],
];
const GRADE = /(?:\b(?:histolog\w+ |nottingham |tumou?r )?grade\s*:?\s*([1-4]|i{1,3}|iv)\b(?!\s*(?:toxicity|neuropath|diarrh|colitis|rash|pneumonitis|hepatitis|neutropen|[-/]))|(?<![\p{L}\d])g([1-4])(?![\p{L}\d]))(?!\s*(?:toxicity|neuropath|diarrh|colitis|rash|pneumonitis))/u;
const DIFFERENTIATED: readonly (readonly [RegExp, number])[] = [
  [/\b(?:poorly|low)[ -]differentiated|(?<!\p{L})низкодифференцир\p{L}*/u, 3],
  [/\bmoderately[ -]differentiated|(?<!\p{L})умеренно-? ?дифференцир\p{L}*/u, 2],
  [/\bwell[ -]differentiated (?!neuroendocrine|thyroid|lipo)|(?<!\p{L})высокодифференцир\p{L}* (?!нейроэндокрин)/u, 1],
];

function aliases(plain: string, terms: Terminology): readonly FindingSaid[] {
  const found: FindingSaid[] = [];
  const add = (fact: string, value: RawValue, start: number, end: number): void => {
    const term = terms.term('fact', fact);
    if (term !== undefined && !found.some((f) => f.fact === fact)) found.push({ fact, name: nameOf(term), value, start, end });
  };
  for (const [pattern, groups] of ALIASES) {
    const m = pattern.exec(plain);
    if (m === null) continue;
    for (const [fact, group, unit] of groups) {
      const value = Number((m[group] ?? '').replace(',', '.'));
      const canonical = unit ?? HABIT[fact]?.(value);
      add(fact, { kind: 'quantity', quantity: { value, ...(canonical === undefined ? {} : { unit: canonical }) } }, m.index, m.index + m[0].length);
    }
  }
  for (const [pattern, fact, word] of WORD_ALIASES) {
    const m = pattern.exec(plain);
    if (m !== null) add(fact, { kind: 'text', text: word }, m.index, m.index + m[0].length);
  }
  const g = GRADE.exec(plain);
  if (g !== null) add('grade', { kind: 'quantity', quantity: { value: roman(g[1] ?? g[2] ?? '') } }, g.index, g.index + g[0].length);
  for (const [pattern, value] of DIFFERENTIATED) {
    const m = pattern.exec(plain);
    if (m !== null) add('grade', { kind: 'quantity', quantity: { value } }, m.index, m.index + m[0].length);
  }
  return found;
}
const roman = (text: string): number => (/\d/.test(text) ? Number(text) : ['i', 'ii', 'iii', 'iv'].indexOf(text) + 1);

/** Numbers given without a unit, or in the unit of the local habit: haemoglobin in g/dL below 25, creatinine in mg/dL below 15. */
const HABIT: Readonly<Record<string, (value: number) => string | undefined>> = {
  haemoglobin: (v) => (v < 25 ? 'g/dL' : 'g/L'),
  creatinine: (v) => (v < 15 ? 'mg/dL' : 'umol/L'),
  bilirubin: (v) => (v < 3 ? 'mg/dL' : 'umol/L'),
  albumin: (v) => (v < 7 ? 'g/dL' : 'g/L'),
  calcium: (v) => (v > 5 ? 'mg/dL' : 'mmol/L'),
  platelets: (v) => (v > 3000 ? '/uL' : '10*9/L'),
  neutrophils: (v) => (v > 200 ? '/uL' : '10*9/L'),
  leukocytes: (v) => (v > 800 ? '/uL' : '10*9/L'),
  glucose: (v) => (v > 35 ? 'mg/dL' : 'mmol/L'),
};
const UNIT: readonly (readonly [RegExp, string])[] = [
  [/^г\/дл/u, 'g/dL'],
  [/^г\/л/u, 'g/L'],
  [/^мкмоль\/л|^umol\/l|^µmol\/l/u, 'umol/L'],
  [/^ммоль\/л|^mmol\/l/u, 'mmol/L'],
  [/^мг\/дл|^mg\/dl/u, 'mg/dL'],
  [/^(?:ед|u|iu|ме)\/(?:л|l)/u, 'U/L'],
  [/^нг\/мл|^ng\/ml/u, 'ng/mL'],
  [/^мл\/мин|^ml\/min/u, 'mL/min'],
  [/^(?:x|х|\*)?\s?10[*^]?9/u, '10*9/L'],
  [/^(?:x|х|\*)?\s?10[*^]?3/u, '10*9/L'],
  [/^g\/dl/u, 'g/dL'],
  [/^g\/l/u, 'g/L'],
  [/^%/u, '%'],
  [/^мм(?!\p{L})|^mm(?!\p{L}|h)/u, 'mm'],
  [/^см(?!\p{L})|^cm(?!\p{L})/u, 'cm'],
  [/^кг|^kg/u, 'kg'],
  [/^ед\/мл|^u\/ml/u, 'U/mL'],
  [/^mcg\/l|^мкг\/л|^ug\/l/u, 'ug/L'],
  [/^(?:mut|мут)/u, '{mut}/Mb'],
  [/^мес|^mo/u, 'mo'],
  [/^ms|^мс/u, 'ms'],
  [/^г(?!\p{L})|^g(?!\p{L})/u, 'g'],
  [/^тыс/u, '10*9/L'],
  [/^mg\/l|^мг\/л/u, 'mg/L'],
  [/^pg\/ml|^пг\/мл/u, 'pg/mL'],
  [/^ng\/l|^нг\/л/u, 'ng/L'],
  [/^miu\/ml|^мме\/мл|^мед\/мл/u, 'm[IU]/mL'],
  [/^iu\/ml|^ме\/мл/u, '[IU]/mL'],
  [/^k\/ul/u, '10*9/L'],
  [/^\/ul|^\/мкл|^cells\/ul/u, '/uL'],
  [/^copies|^коп/u, '{copies}/mL'],
];

function numberSaid(term: FactTerm, hit: Hit<'fact'>, plain: string): FindingSaid | undefined {
  const right = plain.slice(hit.end, hit.end + 60);
  const m = NUMBER.exec(right);
  if (m === null) return undefined;
  const [whole, comparator, first = '', second, unit = ''] = m;
  if (term.id === 'isup') return gleason(term, hit, plain);
  if (second !== undefined && term.id !== 'systolic-bp' && /\d\s?\/\s?\d/.test(whole)) return undefined;
  if (
    /^\s*(?:cycles?|courses?|months?|years?|weeks?|курс|цикл|лет|мес(?!яч)|год)/u.test(
      right.slice(whole.length - unit.length),
    ) &&
    term.unit !== 'mo' &&
    term.unit !== 'a'
  )
    return undefined;
  const value = Number((second ?? first).replace(',', '.'));
  if (!Number.isFinite(value) || (value >= 1900 && value < 2100 && unit === '')) return undefined;
  const rest = right.slice(whole.length - unit.length).trim();
  const canonical = UNIT.find(([p]) => p.test(rest))?.[1] ?? HABIT[term.id]?.(value) ?? undefined;
  const multiple = /^(?:x|х|×)?\s?(?:uln|внг|верхн\p{L}* границ\p{L}* норм)/u.test(rest);
  if (multiple) return undefined;
  return {
    fact: term.id,
    name: nameOf(term),
    value: {
      kind: 'quantity',
      quantity: {
        value,
        ...(canonical === undefined ? {} : { unit: canonical }),
        ...(comparator === undefined ? {} : { comparator: SIGNS[comparator] ?? '<' }),
      },
    },
    start: hit.start,
    end: hit.end + whole.length,
  };
}
const SIGNS: Readonly<Record<string, '<' | '<=' | '>' | '>='>> = {
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
};

/** "Gleason 4+5=9", "Gleason 4 + 3", "ISUP 4", "grade group 3". */
function gleason(term: FactTerm, hit: Hit<'fact'>, plain: string): FindingSaid | undefined {
  const m = /^[^\d]{0,20}(\d{1,2})(?:\s?\+\s?(\d))?(?:\s?=\s?(\d{1,2}))?(?:\s?\(?(\d)\s?\+\s?(\d)\)?)?/u.exec(
    plain.slice(hit.end, hit.end + 40),
  );
  if (m === null) return undefined;
  const [whole, a, b, , c, d] = m;
  const pattern =
    b !== undefined
      ? `${a}+${b}=${Number(a) + Number(b)}`
      : c !== undefined && d !== undefined
        ? `${c}+${d}=${Number(c) + Number(d)}`
        : a;
  return {
    fact: term.id,
    name: /gleason|глисон/u.test(hit.phrase) ? 'Gleason score' : 'ISUP',
    value: { kind: 'text', text: pattern ?? '' },
    start: hit.start,
    end: hit.end + whole.length,
  };
}

/** A word fact named: its word right after or just before; a yes-or-no fact is said by its name, or denied. */
function wordSaid(term: FactTerm, hit: Hit<'fact'>, plain: string, terms: Terminology): FindingSaid | undefined {
  const right = /^[^.;,]{0,40}/.exec(plain.slice(hit.end))?.[0] ?? '';
  const left = /[^.;,]{0,28}$/.exec(plain.slice(0, hit.start))?.[0] ?? '';
  const whole = (text: string): FindingSaid => ({
    fact: term.id,
    name: nameOf(term),
    value: { kind: 'text', text },
    start: hit.start,
    end: hit.end,
  });
  const tail = right.replace(/^[\s:=(-]+|^\s*(?:is|was|score|status|class|risk|group|grade|stage)\b/gu, ' ').trim();
  // Denied first: "no lymphovascular invasion identified" is no invasion.
  if (term.words.yes !== undefined && deniedBefore(plain.slice(Math.max(0, hit.start - 50), hit.start))) return whole('no');
  const tokens = tail.split(/\s+/);
  for (let n = Math.min(4, tokens.length); n > 0; n--) {
    const text = tokens
      .slice(0, n)
      .join(' ')
      .replace(/[),:]+$/, '');
    const word = terms.wholeWord(term.id, text);
    if (word !== undefined && text !== '') return whole(word);
  }
  // "child-pugh a6", "iss ii"
  const short = /^([abcd]|i{1,3}v?|iv|[0-4])\s?(\d{0,2})(?![\p{L}\d])/u.exec(tail)?.[1];
  const letter = short === undefined ? undefined : terms.wholeWord(term.id, short);
  if (letter !== undefined) return whole(letter);
  if (term.words.yes !== undefined) {
    if (/^(?:positive|present|yes|да(?!\p{L})|есть|выявлен|имеется|\+)/u.test(tail)) return whole('yes');
    if (/^(?:negative|absent|no\b|not |none|нет|отсутств|не |отриц|-$)/u.test(tail)) return whole('no');
    if (/\?|status|статус/u.test(hit.phrase)) return undefined;
    return whole(deniedBefore(plain.slice(Math.max(0, hit.start - 50), hit.start)) ? 'no' : 'yes');
  }
  const before = left.trim().split(/\s+/);
  for (let n = Math.min(2, before.length); n > 0; n--) {
    const word = terms.wholeWord(term.id, before.slice(-n).join(' ').replace(/-$/, ''));
    if (word !== undefined) return whole(word);
  }
  return undefined;
}
