// Dates in prose: 12.05.2024, 2024-05-12, 05/2024, May 2024, "в марте 2024", 2019 г., "three months ago", "6 месяцев назад".
// Day before month where both could be (the notes are of Europe and Central Asia), month first only when it must be.
import type { PartialDate } from '../../domain/partial-date.js';

export interface DateHit {
  readonly date: PartialDate;
  readonly start: number;
  readonly end: number;
  /** year, month or day. */
  readonly grain: 'year' | 'month' | 'day';
}

const MONTHS: readonly RegExp[] = [
  /^(?:jan|янв)/,
  /^(?:feb|фев)/,
  /^(?:mar|мар)/,
  /^(?:apr|апр)/,
  /^(?:may|ма[йя])/,
  /^(?:jun|июн)/,
  /^(?:jul|июл)/,
  /^(?:aug|авг)/,
  /^(?:sep|сен)/,
  /^(?:oct|окт)/,
  /^(?:nov|ноя)/,
  /^(?:dec|дек)/,
];
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|январ[а-я]*|феврал[а-я]*|март[а-я]*|апрел[а-я]*|ма[йяе]|июн[а-я]*|июл[а-я]*|август[а-я]*|сентябр[а-я]*|октябр[а-я]*|ноябр[а-я]*|декабр[а-я]*)';
const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  a: 1,
  an: 1,
  один: 1,
  одну: 1,
  два: 2,
  две: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  восемь: 8,
  девять: 9,
  десять: 10,
};
export const COUNT = `(?:\\d{1,3}(?:[.,]\\d)?|${Object.keys(NUMBERS).join('|')})`;
const UNIT =
  '(days?|weeks?|wks?|months?|mos?|years?|yrs?|дн(?:я|ей|ь)|недел[юяьи]|нед|мес(?:яц(?:а|ев)?)?|год(?:а)?|лет)';

const year = '(19[5-9]\\d|20[0-4]\\d)';
const PATTERNS: readonly (readonly [RegExp, (m: RegExpExecArray) => PartialDate | undefined])[] = [
  [new RegExp(`(?<![\\d.])${year}-(\\d{2})-(\\d{2})(?!\\d)`, 'g'), (m) => full(m[1], m[2], m[3])],
  [new RegExp(`(?<![\\d.,/])(\\d{1,2})[./-](\\d{1,2})[./-]${year}(?!\\d)`, 'g'), (m) => dayFirst(m[1], m[2], m[3])],
  [
    /(?<![\d.,/])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])(?=\s*(?:г|$|[,;)\s]))/g,
    (m) => dayFirst(m[1], m[2], `20${m[3]}`),
  ],
  [
    new RegExp(`(?<![\\d.,])(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](${MONTH})\\.?,?[ -]${year}`, 'g'),
    (m) => named(m[3], m[2], m[1]),
  ],
  [new RegExp(`(?<!\\p{L})(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? ${year}`, 'gu'), (m) => named(m[3], m[1], m[2])],
  [new RegExp(`(?<!\\p{L})(${MONTH})\\.?,?(?: of)?[ '-]*${year}`, 'gu'), (m) => named(m[2], m[1])],
  [new RegExp(`(?<![\\d.,/])(0?[1-9]|1[0-2])[./]${year}(?!\\d)`, 'g'), (m) => month(m[2], m[1])],
  [new RegExp(`(?<![\\d.,/-])${year}[-/.](0[1-9]|1[0-2])(?![\\d-])`, 'g'), (m) => month(m[1], m[2])],
  [
    new RegExp(
      `(?<![\\d.,/\\p{L}-])${year}(?![\\d/]|[.,]\\d|-\\d|\\s*(?:mg|мг|ml|мл|ng|u\\/l|ед|x|/mm|cells|копий|гр|g\\b))`,
      'gu',
    ),
    (m) => m[1],
  ],
];

/** "Aug-Dec 2025", "02-07.2025": the year is told once, of both. */
const MONTHS_OF_YEAR = new RegExp(
  `(?<![\\d.,/\\p{L}-])(${MONTH}|0[1-9]|1[0-2])\\.?\\s?(?:-|to|до|по)\\s?(?:(?:0[1-9]|1[0-2])[./]|${MONTH}\\.?,? )${year}(?!\\d)`,
  'gu',
);

/** Every date of a text, left to right; relative ones need the day of the question. */
export function datesIn(plain: string, asOf: PartialDate): readonly DateHit[] {
  const hits: DateHit[] = [];
  const add = (start: number, length: number, date: PartialDate | undefined): void => {
    const end = start + length;
    if (date === undefined || hits.some((h) => start < h.end && end > h.start)) return;
    hits.push({ date, start, end, grain: date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day' });
  };
  for (const m of plain.matchAll(new RegExp(`(?<![\\d.,/-])${year}\\s?-\\s?${year}(?!\\d)`, 'g'))) {
    add(m.index, 4, m[1]);
    add(m.index + m[0].length - 4, 4, m[2]);
  }
  // "2023-24"
  for (const m of plain.matchAll(new RegExp(`(?<![\\d.,/-])${year}\\s?[-/]\\s?(\\d\\d)(?!\\d|[.,/-]\\d)`, 'g'))) {
    const later = `${m[1]?.slice(0, 2)}${m[2]}`;
    if (Number(later) <= Number(m[1]) || Number(later) - Number(m[1]) > 12 || Number(m[2]) <= 12) continue;
    add(m.index, 4, m[1]);
    add(m.index + m[0].length - 2, 2, later);
  }
  for (const m of plain.matchAll(new RegExp(`(?<![\\d.,/-])${year}\\s?-\\s?(?=\\d\\d\\.${year})`, 'g')))
    add(m.index, 4, m[1]);
  for (const { 1: from = '', 2: ofYear, index } of plain.matchAll(MONTHS_OF_YEAR))
    add(index, from.length, /^\d/.test(from) ? month(ofYear, from) : named(ofYear, from));
  for (const [pattern, read] of PATTERNS)
    for (const m of plain.matchAll(pattern)) add(m.index, m[0].length, read(m as RegExpExecArray));
  for (const m of plain.matchAll(
    new RegExp(`(?<![\\d.])(${COUNT}) ${UNIT} (?:ago|back|earlier|before (?:now|presentation)|назад|тому назад)`, 'gu'),
  ))
    add(m.index, m[0].length, before(asOf, count(m[1] ?? ''), m[2] ?? ''));
  for (const m of plain.matchAll(/\blast (month|year)\b|прошл(?:ого|ом) (год|месяц)/gu))
    add(m.index, m[0].length, before(asOf, 1, m[1] ?? m[2] ?? 'year').slice(0, 7));
  // "Adrenal metastasis 4 years after nephrectomy": counted back from now, where the sentence tells no other day and no relapse of its own.
  if (hits.length === 0 && !/progress|relaps|recurr|рецидив|прогресс/u.test(plain))
    for (const m of plain.matchAll(
      new RegExp(
        `(?<![\\d.])(${COUNT}) (?:full )?${UNIT} (?:after|since|following|post|после) (?=(?:\\p{L}+ ){0,2}\\p{L}+(?:ectomy|эктомии))`,
        'gu',
      ),
    ))
      add(m.index, m[0].length, before(asOf, count(m[1] ?? ''), m[2] ?? ''));
  return hits.filter((h) => !OF_BIRTH.test(plain.slice(0, h.start))).sort((a, b) => a.start - b.start);
}

/** "DOB 03/05/1960": a birthday is no day of the disease. */
const OF_BIRTH =
  /(?:\b(?:dob|d\.o\.b\.?|date of birth|born(?: on| in)?)|(?<!\p{L})(?:дата рождения|д\.?\s?р\.?|год рождения|родил(?:ся|ась)))\s*:?\s*$/u;

export const count = (word: string): number => NUMBERS[word] ?? Number(word.replace(',', '.'));

const two = (n: string | undefined): string => (n ?? '').padStart(2, '0');
const full = (y = '', m = '', d = ''): PartialDate | undefined =>
  Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31 ? `${y}-${two(m)}-${two(d)}` : undefined;
const dayFirst = (a = '', b = '', y = ''): PartialDate | undefined => full(y, b, a) ?? full(y, a, b);
const month = (y = '', m = ''): PartialDate => `${y}-${two(m)}`;
function named(y = '', word = '', d?: string): PartialDate | undefined {
  const at = MONTHS.findIndex((p) => p.test(word));
  if (at < 0) return undefined;
  return d === undefined ? month(y, String(at + 1)) : full(y, String(at + 1), d);
}

export const DAYS_OF: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|дн)/, 1],
  [/^(?:w|нед)/, 7],
  [/^(?:mo|мес)/, 30.4375],
  [/^(?:y|год|лет)/, 365.25],
];
export const unitDays = (unit: string): number => DAYS_OF.find(([p]) => p.test(unit))?.[1] ?? 30.4375;

function before(asOf: PartialDate, n: number, unit: string): PartialDate {
  const day = Date.parse(asOf.length === 4 ? `${asOf}-07-01` : asOf.length === 7 ? `${asOf}-15` : asOf);
  return new Date(day - n * unitDays(unit) * 86_400_000).toISOString().slice(0, 10);
}
/** "14 months" -> days, with its span. */
export const DURATION = new RegExp(`(?<![\\d.])(${COUNT})[ -]?${UNIT}(?!\\p{L})`, 'gu');
