// Named facts in prose: "Hb 102 g/L", "ECOG PS 1", "creatinine 78", "PSA 34 ng/ml", "postmenopausal", "castration-resistant", "IMDC poor risk".
// A number is taken when it stands right by its name; a word when it is one of the fact's own.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { Terminology } from '../normalize/terminology.js';
import { againstNormal } from './against-normal-said.js';
import { noPregnancyNow } from './background.js';
import { deniedBefore } from './context.js';
import { BRAIN_TUMOUR } from './eligibility-said.js';
import { aliases, type FindingSaid, nameOf } from './finding-alias.js';
import { HABIT, meansElse } from './habit.js';
import type { Hit, Lexicon } from './lexicon.js';
import { countBefore, gleason, romanSaid } from './number-told.js';
import type { Sentence } from './sentence.js';

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
const NUMBER =
  /^\s*(?:\([^)\d]{0,25}\)\s*)?(?:score|status|performance|index|level|elevated|raised|increased|повышен\p{L}*|grade|gr\.?|count|group|class|stage|of|is|was|at|уров\p{L}*|степен\p{L}*|балл\p{L}*|составля\p{L}*|до|[:=~,-]|ps|\s)*\s*(<=|>=|<|>|≤|≥)?\s*(\d+(?:[.,]\d+)?)(?:\s?(?:-|\/)\s?(\d+(?:[.,]\d+)?))?\s*(%|[a-zа-яµ*/^\d.]*)/u;

export function findingsIn(sentence: Sentence, lexicon: Lexicon, terms: Terminology): readonly FindingSaid[] {
  if (sentence.section === 'family' || sentence.section === 'allergy') return [];
  const { plain } = sentence;
  const found: FindingSaid[] = [...performance(plain)];
  const names = [...lexicon.find('fact', plain)].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const hit of names) {
    if (hit.named.id === 'net-grade' && BRAIN_TUMOUR.test(plain)) continue;
    if (meansElse(hit.phrase, plain, hit.end)) continue;
    const term = terms.term('fact', hit.named.id);
    if (
      term === undefined ||
      ELSEWHERE.has(term.id) ||
      found.some((f) => f.fact === term.id || (hit.start < f.end && hit.end > f.start))
    )
      continue;
    const said =
      term.kind === 'number'
        ? (againstNormal(term, hit, plain) ?? countBefore(term, hit, plain) ?? numberSaid(term, hit, plain))
        : wordSaid(term, hit, plain, terms);
    if (said !== undefined) found.push(said);
  }
  for (const alias of aliases(plain, sentence.text, terms))
    if (
      !found.some(
        (f) => f.fact === alias.fact || (alias.fact === 'grade' && alias.start < f.end && alias.end > f.start),
      )
    )
      found.push(alias);
  for (const hit of lexicon.find('word', plain)) {
    const term = terms.term('fact', hit.named.fact);
    if (term === undefined || found.some((f) => f.fact === term.id)) continue;
    // A denial of its own clause only: "лечения не было, нерезектабельна" denies nothing of the latter.
    const clause = /[^,;.]*$/.exec(plain.slice(Math.max(0, hit.start - 40), hit.start))?.[0] ?? '';
    const word = deniedBefore(clause) ? opposite(hit.named.word) : hit.named.word;
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

const opposite = (word: string): string | undefined => (word === 'yes' ? 'no' : word === 'no' ? 'yes' : undefined);

/** ECOG, WHO, Karnofsky in their many shapes: "ECOG PS 1", "PS 1", "ECOG-1", "по ECOG 1", "ECOG 1 балл", "KPS 80 %", "good PS (0-1)". */
const PERFORMANCE: readonly (readonly [string, string, RegExp])[] = [
  [
    'ecog',
    'ECOG',
    /(?:\becog(?!\p{L})|\bwho\b(?= ?p\.?s| perf)|\bekog(?!\p{L})|(?<!\p{L})эког(?!\p{L}))(?:[ -]?(?:performance status|performance score|ps|score|status|grade|статус|who|воз))*\s*(?:of|is|was|[:=-]|\(|-)?\s*([0-4])(?!\d|[.,]\d)(?:\s?(?:-|\/)\s?([0-4])(?!\d))?/u,
  ],
  [
    'ecog',
    'ECOG',
    /\b(?:ps|performance(?: status)?)\s*(?:of|is|was|[:=-]|\(|\(ecog\)|ecog)?\s*([0-4])(?!\d|[.,]\d|%)(?:\s?(?:-|\/)\s?([0-4])(?!\d))?/u,
  ],
  [
    'karnofsky',
    'Karnofsky',
    /(?:\b(?:kps|karnofsky)\b|(?<!\p{L})(?:карновск\p{L}*|ик(?=\s?-?\s?\d\d)))[^\d.;]{0,30}(\d{2,3})/u,
  ],
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

const NOW =
  /^[^.;,]{0,14}(?:(?:->|→|, ?now|,? (?:rising|up|falling) to|, сейчас|, ?затем)\s*[<>]?\d+(?:[.,]\d+)?\s?[%\p{L}/]{0,6} ?){0,4}(?:->|→|, ?now(?: at)?|,? (?:rising|up|falling) to|, сейчас)[ :]*(\d+(?:[.,]\d+)?)/u;

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
  if (m === null) return romanSaid(term, hit, right);
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
  // "0.12 -> 0.28 -> 0.45", "14 % ..., now 18 %": the last value is the one of now.
  const digits = NOW.exec(right.slice(whole.length - unit.length))?.[1] ?? second ?? first;
  // "8,200" is eight thousand two hundred; "8,2" is a decimal.
  const value = Number(/^[1-9]\d{0,2},\d{3}$/.test(digits) ? digits.replace(',', '') : digits.replace(',', '.'));
  if (!Number.isFinite(value) || (value >= 1900 && value < 2100 && unit === '')) return undefined;
  const rest = right.slice(whole.length - unit.length).trim();
  const canonical =
    UNIT.find(([p]) => p.test(rest))?.[1] ??
    HABIT[term.id]?.(value) ??
    (rest === '' || !/^[a-zа-я%/*]/u.test(rest) || /^\p{L}{4,}(?![/\p{L}])/u.test(rest) ? plainUnit(term) : undefined);
  const multiple = /^(?:x|х|×)?\s?(?:uln|внг|верхн\p{L}* границ\p{L}* норм)/u.test(rest);
  if (multiple && term.upperNormal === undefined) return undefined;
  return {
    fact: term.id,
    name: nameOf(term),
    value: {
      kind: 'quantity',
      quantity: {
        value: multiple ? value * (term.upperNormal ?? 1) : value,
        ...(multiple
          ? term.unit === undefined
            ? {}
            : { unit: term.unit }
          : canonical === undefined
            ? {}
            : { unit: canonical }),
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

/** A word fact named: its word right after or just before; a yes-or-no fact is said by its name, or denied. */
function wordSaid(term: FactTerm, hit: Hit<'fact'>, plain: string, terms: Terminology): FindingSaid | undefined {
  const right = /^[^.;,]{0,40}/.exec(plain.slice(hit.end))?.[0] ?? '';
  const left = /[^.;,]{0,28}$/.exec(plain.slice(0, hit.start))?.[0] ?? '';
  if (/^[\s:=(-]*[<>≥≤]/u.test(right)) return undefined; // ">50 %" and "<50 %" are one phrase without their sign
  const whole = (text: string): FindingSaid => ({
    fact: term.id,
    name: nameOf(term),
    value: { kind: 'text', text },
    start: hit.start,
    end: hit.end,
  });
  const tail = right.replace(/^[\s:=(-]+|^\s*(?:is|was|score|status|class|risk|group|grade|stage)\b/gu, ' ').trim();
  // Denied first: "no lymphovascular invasion identified" is no invasion.
  const before50 = plain.slice(Math.max(0, hit.start - 50), hit.start);
  // "No del(5q), transfusion dependent": an adjective begins a statement of its own.
  const own = /dependent$|зависим\p{L}*$/u.test(hit.phrase) ? (/[^,;.]*$/u.exec(before50)?.[0] ?? '') : before50;
  if (term.words.yes !== undefined && deniedBefore(own)) return whole('no');
  if (term.words.negative !== undefined) {
    if (/^(?:отр\.?|отриц\p{L}*|neg\.?|negative|не обнаруж\p{L}*|не выявл\p{L}*)(?!\p{L})/u.test(tail))
      return whole('negative');
    if (/^(?:пол\.?|полож\p{L}*|pos\.?|positive)(?!\p{L})/u.test(tail)) return whole('positive');
  }
  const tokens = tail.split(/\s+/);
  for (let n = Math.min(4, tokens.length); n > 0; n--) {
    const text = tokens
      .slice(0, n)
      .join(' ')
      .replace(/[),:]+$/, '');
    const word = terms.wholeWord(term.id, text);
    if (word !== undefined && text !== '')
      return whole(word === 'positive' && deniedHere(plain, hit) ? 'negative' : word);
  }
  // "child-pugh a6", "iss ii"
  const short = /^([abcd]|i{1,3}v?|iv|[0-4])\s?(\d{0,2})(?![\p{L}\d])/u.exec(tail)?.[1];
  const letter = short === undefined ? undefined : terms.wholeWord(term.id, short);
  if (letter !== undefined) return whole(letter);
  if (term.words.yes !== undefined) {
    if (/^(?:positive|present|yes|да(?!\p{L})|есть|выявлен|имеется|\+)/u.test(tail)) return whole('yes');
    if (/^(?:\p{L}+ )?(?:negative|absent|no\b|not |none|нет|отсутств|не |отриц|отр\.?(?!\p{L})|-$)/u.test(tail))
      return whole('no');
    if (/\?|status|статус/u.test(hit.phrase)) return undefined;
    // A raised hCG is a tumour marker as well; a pregnancy that was is none now.
    if (term.id === 'pregnant' && (/hcg|gonadotropin|хгч|test|тест/u.test(hit.phrase) || noPregnancyNow(left)))
      return undefined;
    return whole(deniedBefore(own) ? 'no' : 'yes');
  }
  const before = left.trim().split(/\s+/);
  for (let n = Math.min(2, before.length); n > 0; n--) {
    const word = terms.wholeWord(term.id, before.slice(-n).join(' ').replace(/-$/, ''));
    if (word !== undefined) return whole(word);
  }
  return undefined;
}

/** "Not MIBG avid": the denial stands before the name, in its own clause. */
const deniedHere = (plain: string, hit: Hit<'fact'>): boolean =>
  /(?:\b(?:not|non)[ -]|(?<!\p{L})не )$/u.test(plain.slice(Math.max(0, hit.start - 8), hit.start));

/** A number without a unit is in the usual one; scores have none. */
const plainUnit = (term: FactTerm): string | undefined =>
  term.unit === undefined || term.unit === '1' ? undefined : term.unit;
