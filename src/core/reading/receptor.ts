// Hormone receptors and HER2 in prose, by the reader of typed results (receptor-text), given only what is said of them.
import { receptorsIn, type Said } from '../normalize/receptor-text.js';
import type { Sentence } from './sentence.js';

export interface ReceptorSaid extends Said {
  readonly start: number;
  readonly end: number;
}

const MARK =
  /(?<![\p{L}\p{N}-])(?:er\s?\/\s?pr|er|pr|pgr|hr|o?estrogen(?: |-)receptors?|progesterone(?: |-)receptors?|hormone(?: |-)receptors?|her[- ]?2(?:\/neu|[- ]neu)?|c-erbb-?2|ki-?67|рэ|рп|эр|пр|рецептор\p{L}* (?:к )?(?:эстроген|прогестерон)\p{L}*|гормональн\p{L}* рецептор\p{L}*|triple[- ]neg(?:ative)?|m?tnbc|м?трн?рмж|м?тнрмж|тн рмж|luminal|люминальн\p{L}*|(?:трижды|тройн\p{L}*)[ -]?негативн\p{L}*|гормон(?:о|ально)?-?\s?(?:позитивн|положительн)\p{L}*|гормон\p{L}*-?рецептор-?позитивн\p{L}*)(?![\p{L}])/gu;
const AGAINST = /(?:anti-?|анти-?)$/u;
const MEDICINE = /^[- ]?(?:targeted|directed|inhibitor|adc|therapy|blockade|tki|based|таргетн|терапи)/u;

export function receptorsSaid(sentence: Sentence): readonly ReceptorSaid[] {
  if (sentence.section === 'family') return [];
  const { plain, text } = sentence;
  const marks = [...plain.matchAll(MARK)].filter((m) => believed(m, plain, text));
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return [];
  // Each mark with the few words after it; what begins another statement is cut off.
  const pieces = marks.map((m, i) => {
    const end = m.index + m[0].length;
    const next = marks[i + 1]?.index ?? plain.length;
    return m[0] + shortened(plain.slice(end, next));
  });
  const all = withLuminal(withHormonePositive(pieces.join(''), plain), plain);
  // Values told beside "triple negative" say more than the word.
  const values = receptorsIn(spelledOut(all.replace(TRIPLE, ' ')));
  const whole = TRIPLE.test(all)
    ? receptorsIn('triple negative').filter((w) => !values.some((v) => v.name === w.name))
    : [];
  const said = [...values, ...whole];
  return said.map((s) => ({ ...s, value: withoutBracket(s.value), ...ownSpan(s.name, marks, plain, first, last) }));
}

/** "(ER 90 %, HER2 0)": the bracket closes the list. */
const withoutBracket = (value: string): string => (value.includes('(') ? value : value.replace(/\)+\s*$/, ''));

/** Where the receptor itself is named, up to the next one; of several in one name ("ER/PR", "triple negative") the whole. */
function ownSpan(
  name: string,
  marks: readonly RegExpMatchArray[],
  plain: string,
  first: RegExpMatchArray,
  last: RegExpMatchArray,
): { readonly start: number; readonly end: number } {
  const pattern = OWN[name];
  const own = marks.filter((m) => pattern?.test(m[0]) === true);
  const [only] = own;
  if (only === undefined || own.length > 1) return { start: first.index ?? 0, end: (last.index ?? 0) + last[0].length };
  const start = only.index ?? 0;
  const next = marks[marks.indexOf(only) + 1]?.index ?? plain.length;
  const value = /^[^,;]*/.exec(plain.slice(start, Math.min(next, start + only[0].length + 16)))?.[0] ?? only[0];
  return { start, end: start + value.trimEnd().replace(/[/(\s]+$/u, '').length };
}
const OWN: Readonly<Record<string, RegExp>> = {
  ER: /^(?:er|рэ|эр|o?estrogen|рецептор\p{L}* (?:к )?эстроген)/u,
  PR: /^(?:pr|pgr|рп|пр|progesterone|рецептор\p{L}* (?:к )?прогестерон)/u,
  HER2: /^(?:her|c-erb)/u,
  'Ki-67': /^ki/u,
};

function believed(m: RegExpMatchArray, plain: string, text: string): boolean {
  const at = m.index ?? 0;
  const written = text.slice(at, at + m[0].length);
  if (/^(?:er|pr|hr|эр|пр|рп|рэ|pgr)$/u.test(m[0]) && written !== written.toUpperCase()) return false;
  if (
    m[0] === 'pr' &&
    /\b(?:partial|best response|recist|achieved|in a?)\b[^.;,]{0,15}$/.test(plain.slice(Math.max(0, at - 25), at))
  )
    return false;
  if (m[0] === 'hr' && /^\s*(?:0[.,]|=|\d+\s*(?:bpm|\/min)|:?\s*\d{2,3}\b)/.test(plain.slice(at + 2))) return false;
  return (
    !AGAINST.test(plain.slice(Math.max(0, at - 5), at)) &&
    !MEDICINE.test(plain.slice(at + m[0].length)) &&
    !/^[- ]?(?:mutat|mutant|exon|ex20|мутац)/u.test(plain.slice(at + m[0].length)) &&
    !/(?:\bmutations? (?:of|in)|(?<!\p{L})мутаци\p{L}*(?: в)?(?: гене?а?)?) $/u.test(
      plain.slice(Math.max(0, at - 24), at),
    )
  );
}

const WORDS =
  /\d|\+|positiv|\bpos\b|negativ|\bneg\b|\blow\b|zero|ultra|equivoc|amplif|not |non|fish|ish|ihc|игх|score|strong|weak|положит|отр|теріс|позитив|негатив|амплиф|не |низк|экспресс|overexpress|over-express/u;

function shortened(right: string): string {
  const stop =
    /[;.](?=\s|$)(?!\s*(?:fish|ish|cish))|,(?!\s*(?:\d|fish|ish|cish|not|amplif|ihc|игх|ki|her|er|pr|рэ|рп|progesterone|estrogen|рецептор|$))|\b(?:stage|breast|cancer|carcinoma|metasta\w+|with|who|progress\w+|after|on|received|mutat\w+|disease|tumou?r|adenocarcinoma|gastric|oesophag\w+|esophag\w+|idc|invasive|grade|g[123])\b|(?<!\p{L})(?:рак\p{L}*|метаста\p{L}*|прогресс\p{L}*|после|стади\p{L}*|молочн\p{L}*|аденокарц\p{L}*|карцином\p{L}*|получ\p{L}*|что|какая)/u.exec(
      right,
    );
  const cut = stop === null ? right.slice(0, 60) : right.slice(0, Math.min(stop.index, 60));
  return WORDS.test(cut) || /^[\s,/&+()-]*(?:and|и)?\s*$/u.test(cut) ? (stop === null ? `${cut} ` : `${cut}; `) : '; ';
}

const TRIPLE =
  /triple[- ]neg(?:ative)?|\bm?tnbc\b|(?<!\p{L})м?тр?нрмж(?!\p{L})|(?<!\p{L})тн рмж(?!\p{L})|(?:трижды|тройн\p{L}*)[ -]?негативн\p{L}*/u;

/** Abbreviations of results, percentages without their sign (two digits or 100), and scores of 8 written without their name. */
const spelledOut = (text: string): string =>
  text
    .replace(
      /((?:рэ|рп|эр|пр|(?<!\p{L})er|(?<!\p{L})pr|pgr)\s*[:=-]?\s*)0(?![\d.%/]|,\d|\s?(?:%|балл|\/))/gu,
      '$1отрицательно',
    )
    .replace(/(?<!\p{L})(?:отр(?:иц)?\.?|теріс)(?!\p{L})/gu, 'отрицательно')
    .replace(/(?<!\p{L})пол(?:ож)?\.?(?!\p{L})/gu, 'положительно')
    .replace(
      /((?:рэ|рп|эр|пр|(?<!\p{L})er|(?<!\p{L})pr|pgr)\s*[:=-]?\s*\(?)(\d{2}|100)(?![\d%./]|\s*(?:%|fmol|фмоль|балл|\/|,\d))/gu,
      '$1$2 %',
    )
    .replace(
      /((?:рэ|рп|эр|пр|\ber|\bpr)\s*[:=-]?\s*\(?)(\d)(?=\s*(?:\(?ts\b|балл|б(?!\p{L})|\/8|,\s*(?:рп|pr|рэ)|$|;|\s\())(?!\s*%)/gu,
      '$1 allred $2/8',
    );

/** "Люминальный HER2-отр", "luminal B": a luminal tumour bears oestrogen receptors (St Gallen 2013, Ann Oncol 24:2206). */
const withLuminal = (text: string, plain: string): string =>
  /\bluminal\b(?! (?:stenos|narrow|obstruct|content))|(?<!\p{L})люминальн\p{L}*/u.test(plain) &&
  !/\b(?:er|рэ|эр)\b|(?<!\p{L})(?:рэ|эр)(?!\p{L})|estrogen|эстроген|hormone|гормон/u.test(text)
    ? `ER positive; ${text}`
    : text;

/** "гормонпозитивный" has its result in its name. */
const withHormonePositive = (text: string, plain: string): string =>
  /гормон(?:о|ально)?-?\s?(?:позитивн|положительн)|гормон\p{L}*-?рецептор-?позитивн/u.test(plain)
    ? `ER/PR positive; ${text}`
    : text;
