// Effect measures of one sentence: mention, value, interval and p-value, and the further values of a list under one mention.
import type { Measure, Span } from '../../domain/literature.js';
import { isBelieved } from './believed.js';
import { effectMentions, type Mention } from './effect-mentions.js';
import { laterInterval } from './later-interval.js';
import { bareInterval, type Interval, intervals, LABEL, NUMBER, type PValue, pValues, toNumber } from './numbers.js';
import { isRiskDifference } from './risk-difference.js';

export interface Effect {
  readonly measure: Measure;
  readonly value: number;
  readonly interval: Interval | undefined;
  readonly p: string | null;
  readonly unit: string | null;
  /** Of the mention that it stands under; of a list, all share one. */
  readonly mention: Span;
  readonly at: Span;
  /** From the mention (of the first) or the value (of the others) to the end of interval or p-value. */
  readonly span: Span;
  /** Place in the list under one mention, and its length. */
  readonly index: number;
  readonly of: number;
}

interface Figures {
  readonly sentence: string;
  readonly intervals: readonly Interval[];
  readonly ps: readonly PValue[];
  readonly mentions: readonly Mention[];
}

interface Value {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly interval: Interval | undefined;
  readonly p: PValue | undefined;
  readonly unit: string | null;
}

/**
 * Every effect measure with a value that the sentence gives, left to right. The sentence is plain characters.
 * @param taken abbreviations that mean something else in this document ("HR" where it is the heart rate)
 */
export function effects(sentence: string, taken: ReadonlySet<string> = new Set()): Effect[] {
  const mentions = effectMentions(sentence).filter((m) => !taken.has(sentence.slice(m.start, m.end)));
  if (mentions.length === 0) return [];
  const figures: Figures = { sentence, mentions, intervals: intervals(sentence), ps: pValues(sentence) };
  const used = new Set<number>();
  return mentions.flatMap((mention, i) => {
    const until = mentions[i + 1]?.start ?? sentence.length;
    const words = sentence.slice(mention.start, mention.end);
    return underMention(figures, mention, until, used).filter((effect) =>
      isBelieved(effect, { sentence, words, before: sentence.slice(0, mention.start) }),
    );
  });
}

function underMention(figures: Figures, mention: Mention, until: number, used: Set<number>): Effect[] {
  const first = firstValue(figures, mention, until);
  if (first === undefined) return [];
  const values = [first];
  for (let next = further(figures, mention.measure, first, until); next !== undefined; ) {
    values.push(next);
    next = further(figures, mention.measure, next, until);
  }
  if (first.interval === undefined && values.length === 1) {
    const before = intervalBefore(figures, mention.start, used);
    if (before !== undefined) values[0] = { ...first, interval: before };
  }
  const found: Effect[] = [];
  for (const [index, v] of values.entries()) {
    if (used.has(v.start)) continue;
    used.add(v.start);
    if (v.interval !== undefined) used.add(v.interval.start);
    const start = Math.min(index === 0 ? mention.start : v.start, v.interval?.start ?? v.start);
    const end = Math.max(v.end, v.interval?.end ?? 0, v.p?.end ?? 0);
    found.push({
      measure: mention.measure,
      value: v.value,
      interval: v.interval,
      p: v.p?.p ?? null,
      unit: v.unit,
      mention,
      at: { start: v.start, end: v.end },
      span: { start, end: closed(figures.sentence, start, end) },
      index,
      of: values.length,
    });
  }
  return found;
}

const FIGURE = new RegExp(
  String.raw`(?:(?<=[HOR]R)|(?<![\w.%\u2265\u2264<>]|\d\s?[-/]|[A-Za-z]-))${NUMBER}(?!(?!(?:s|h|min|kg|g|mg|ml|mL|l|L|mm|cm|mmHg|pts?)\b)[\w]|\.\d|\s?-\s?(?:year|month|week|day|yr|mo|fold|point|sided|tailed|\.?\d)|,\d{3}|\([A-Z]|\s?(?:%|per ?cent)\s?(?:CI|[Cc]\.\s?[Ii]|IC\b|[Cc]onf|[Cc]red))`,
  'g',
);
const HEADER = new RegExp(
  String.raw`(?:\s*\([^()\d]{2,45}\))?[\s,;:([]*(?:and\s+|with\s+)?(?:their\s+|its\s+|a\s+)?${LABEL}(?:,?\s*(?:and\s+)?[Pp][ -]?values?)?[\s)\],;:=]*`,
  'y',
);
const CONNECTED =
  /(?:[=:,;([~]|\b(?:was|were|of|is|are|at|to be|being|equals|equal to|than)(?: (?:only|about|approximately|estimated at|estimated to be|significantly|reduced to))?)\s*$/;
const NOT_AN_EFFECT =
  /^\s?(?:-\s?)?(?:%|years?\b|yrs?\b|months?\b|mo\b|weeks?\b|days?\b|patients\b|subjects\b|women\b|men\b|cycles?\b|of \d|\/\s?\d|cm\b|mm\b|Gy\b|percentage points?|percent\b)/;
const REACH = 170;

function firstValue(figures: Figures, mention: Mention, until: number): Value | undefined {
  const { sentence } = figures;
  HEADER.lastIndex = mention.end;
  const header = HEADER.exec(sentence);
  const covered = figures.intervals.find(
    (i) => i.start < mention.end + 25 && i.start >= mention.end - 1 && header !== null && i.start <= HEADER.lastIndex,
  );
  const from = header !== null && covered === undefined ? mention.end + header[0].length : mention.end;
  FIGURE.lastIndex = from;
  for (let match = FIGURE.exec(sentence); match !== null; match = FIGURE.exec(sentence)) {
    const start = match.index + match[0].search(/[-+.\d]/);
    if (start >= until || start - from > REACH) return undefined;
    const end = match.index + match[0].length;
    if (inside(figures, start)) continue;
    const gap = sentence.slice(from, start);
    if (/[a-z]{3,}\. [A-Z]/.test(gap) || /\bmedian\b/i.test(gap)) return undefined;
    if (isEnumerator(sentence, start, end) || /\brang(?:ed|ing|es?)\b/.test(gap)) continue;
    const value = valueAt(figures, mention.measure, match[0], start, end, header !== null, until);
    const glued = /^[\s([=:,]*$/.test(gap) || CONNECTED.test(gap);
    // "RR was 45%" is a response rate, "difference 12%" one of proportions
    if (
      value === undefined &&
      glued &&
      (gap.length < 30 || mention.measure === 'MD') &&
      /^\s?(?:%|per ?cent)/.test(sentence.slice(end))
    )
      return undefined;
    if (value === undefined || (value.interval === undefined && !match[0].includes('.') && gap.length > 45)) continue;
    if (glued || value.interval !== undefined || (match[0].includes('.') && gap.length < 60)) return value;
  }
  return undefined;
}

/** "(1) the adjusted OR; (2) ...": numbers of a list. */
const isEnumerator = (sentence: string, start: number, end: number): boolean =>
  sentence[start - 1] === '(' && sentence[end] === ')' && end - start === 1;

/** A number that is part of an interval or a p-value is none of its own. */
const inside = ({ intervals: all, ps }: Figures, at: number): boolean =>
  all.some((i) => i.start <= at && at < i.end) || ps.some((p) => p.start <= at && at < p.end);

const UNITS =
  /^\s?(%|percentage points|points?|[A-Za-z\u00B5\u03BC%][\w\u00B5\u03BC%/.\u00B2\u00B7^-]{0,11}(?:\s[a-z]{2,10})?)(?=\s*[,;:([)\]]|\s(?:was|were)\b)/;

function valueAt(
  figures: Figures,
  measure: Measure,
  text: string,
  start: number,
  end: number,
  header: boolean,
  until: number,
): Value | undefined {
  const { sentence } = figures;
  const negative = /[-]\s?[\u00A3$\u20AC]\s?$/.test(sentence.slice(Math.max(0, start - 4), start));
  const value = negative ? -toNumber(text) : toNumber(text);
  const after = sentence.slice(end, end + 60);
  const unit = measure === 'MD' ? (UNITS.exec(after)?.[1] ?? null) : null;
  const proportions = measure === 'MD' && isRiskDifference(sentence, after);
  if (measure !== 'MD' && (NOT_AN_EFFECT.test(after) || value <= 0 || /^[-+]/.test(text.trim()))) return undefined;
  const spread = /^\s?\u00B1\s?[\d.]+(?:\s?[a-z][\w/]{0,11})?/.exec(after)?.[0].length ?? 0;
  const behind = end + (unit === null ? spread : after.indexOf(unit) + unit.length);
  const p = figures.ps.find(
    (x) => !x.ofInteraction && x.start >= behind && JOINED_P.test(sentence.slice(behind, x.start)),
  );
  const named = figures.intervals.find((i) => i.start >= behind && joined(sentence, behind, i.start, p));
  const interval =
    named ??
    bareInterval(sentence, behind, value) ??
    (header ? listed(sentence, behind, value) : undefined) ??
    laterInterval(sentence, figures.intervals, behind, until, value);
  if (proportions && interval === undefined) return undefined;
  const last = interval?.end ?? behind;
  const later =
    p ?? figures.ps.find((x) => !x.ofInteraction && x.start >= last && nearP(sentence.slice(last, x.start)));
  const earlier =
    later ?? figures.ps.find((x) => !x.ofInteraction && x.end <= start && P_FIRST.test(sentence.slice(x.end, start)));
  return { value, start, end, interval, p: earlier, unit };
}

const JOINED_P = /^[\s,;([]*(?:with |and )?(?:a |an |the )?(?:log-?rank |two-sided |one-sided |stratified )*$/;
const P_FIRST =
  /^[\s,;)\]]*(?:[a-z]*\s?)?(?:hazard ratio|odds ratio|relative risk|risk ratio|mean difference|[acmu]?[HOR]R|MD)?s?[\s,;:=([]*(?:\[?[HOR]R\]?)?[\s,;:=([]*$/;
const CI_GAP =
  /^[\s,;:.([{]*(?:(?:with|and|a|an|the|its|respective|corresponding|associated|two-sided|2-sided|repeated|multiplicity-adjusted|stratified|adjusted|per [a-z ]{2,20})[\s,;:-]*){0,4}[([]?$/;

function joined(sentence: string, from: number, to: number, p: PValue | undefined): boolean {
  const gap = p !== undefined && p.start >= from && p.end <= to ? sentence.slice(p.end, to) : sentence.slice(from, to);
  return CI_GAP.test(gap);
}

/** A p-value may follow some words later, when no other figure stands between. */
const nearP = (gap: string): boolean =>
  gap.length < 70 &&
  !/\d|\bmedian\b|;.*\b(?:vs|versus)\b|interaction|heterogen/i.test(gap.replaceAll(/\b(?:[125]|10)-year\b/g, ''));

const LISTED = new RegExp(String.raw`[\s,;:(\[]*(${NUMBER})\s*(?:-|to|,)\s*(${NUMBER})(?!\.?\d|\s?%)`, 'y');
/** Under a header "HR, 95% CI": limits may follow with a comma only. */
function listed(sentence: string, at: number, value: number): Interval | undefined {
  LISTED.lastIndex = at;
  const match = LISTED.exec(sentence);
  if (match === null) return undefined;
  const [low, high] = [toNumber(match[1] ?? ''), toNumber(match[2] ?? '')];
  const start = at + match[0].search(/[-+.\d]/);
  return low <= value && value <= high ? { start, end: at + match[0].length, low, high, level: null } : undefined;
}

const LIST_GAP = 110;
/** Differences are listed with the names of their scales: "pain (-7 mm, 95% CI ...), days (...)". */
const LIST_GAP_OF_DIFFERENCES = 200;
/** "0.6 and 0.7", "1.25; CPS >= 5: 0.98". */
const NEXT_OF_LIST = /^(?:[\s)\]]*(?:,|and|,\s*and|vs\.?|versus)|\s*[;,][^:;()=]{2,40}:)\s*$/;
/** The next value of a list under the same mention; unless joined by "and" or "vs", it needs an interval to be believed. */
function further(figures: Figures, measure: Measure, last: Value, until: number): Value | undefined {
  const { sentence } = figures;
  const from = Math.max(
    last.end,
    last.interval?.end ?? 0,
    last.p !== undefined && last.p.start > last.end ? last.p.end : 0,
  );
  FIGURE.lastIndex = from;
  for (let match = FIGURE.exec(sentence); match !== null; match = FIGURE.exec(sentence)) {
    const start = match.index + match[0].search(/[-+.\d]/);
    if (start >= until || start - from > (measure === 'MD' ? LIST_GAP_OF_DIFFERENCES : LIST_GAP)) return undefined;
    if (inside(figures, start)) continue;
    const gap = sentence.slice(from, start);
    if (
      /\bmedians?\b|\bmeans?\b(?! number of [^().;:=\d]{3,60}\($)|\bscores?\b|\brates?\b|\bversus\b.*\bmonths\b|[a-z]{3,}\. [A-Z]|\bn\s?=\s?$/i.test(
        gap,
      ) ||
      (measure === 'MD' && /\b(?:groups?|arms?|despite|compared|versus|vs)\b/.test(gap))
    )
      return undefined;
    const value = valueAt(
      figures,
      measure,
      match[0],
      start,
      match.index + match[0].length,
      last.interval?.level === null,
      until,
    );
    if (value === undefined) continue;
    if (value.interval !== undefined && !(measure !== 'MD' && value.interval.low < 0)) return value;
    if (last.interval === undefined && NEXT_OF_LIST.test(gap) && match[0].includes('.')) return value;
  }
  return undefined;
}

/** "(95% CI 0.44-0.75; HR 0.57)": the interval may come first. */
function intervalBefore(
  { sentence, intervals: all }: Figures,
  at: number,
  used: ReadonlySet<number>,
): Interval | undefined {
  return all.find(
    (i) =>
      !used.has(i.start) &&
      i.end <= at &&
      /^[\s,;:]*(?:and\s+|with\s+)?(?:an?\s+)?(?:adjusted\s+)?$/.test(sentence.slice(i.end, at)) &&
      !/\d\s*%?\s*[([,;]\s*$/.test(sentence.slice(Math.max(0, i.start - 12), i.start)),
  );
}

/** A bracket that was opened inside is closed inside. */
function closed(sentence: string, start: number, end: number): number {
  const inner = sentence.slice(start, end);
  const open = (inner.match(/[([]/g) ?? []).length - (inner.match(/[)\]]/g) ?? []).length;
  return open > 0 && /^[)\]]/.test(sentence.slice(end)) ? end + 1 : end;
}
