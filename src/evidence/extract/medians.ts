// Medians of one sentence, by outcome and arm: "median PFS was 18.9 vs 10.2 months".
import { type Figure, figureList } from './figure-list.js';
import type { Masked } from './mask.js';
import type { OutcomeHit } from './outcome-lexicon.js';

export interface MedianGroup {
  readonly outcome: OutcomeHit | undefined;
  /** The text's own words where the lexicon knows no name. */
  readonly words: string | undefined;
  readonly start: number;
  readonly figures: readonly Figure[];
}

export interface FollowUp {
  readonly value: number;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
}

const MEDIANS = /\b[Mm]edians?\b|\bm(?=(?:PFS|OS|DFS|EFS|TTP|DOR|DoR)\b)|\bMST\b/g;
const UNIT = String.raw`months?|mos?\b|mths?|weeks?|wks?|years?|yrs?|days?|hours?|minutes?|min\b|h\b|m\b`;
/** A figure with a unit, a figure that shares the unit of a later one, or "not reached". */
const FIGURE = new RegExp(
  String.raw`(?<![\w.%\u2265\u2264<>/-])(\d+(?:\.\d+)?)(?:\+)?(?![\d:/]|\.\d|-(?:mo|yr|y|m|w)\b)(?!\s*(?:patients|cycles|mg|of the|Gy|to \d|-\s?(?:year|month|week|day)))(?:\s*(${UNIT}|%))?|\b(?:not (?:yet |been )?(?:reached|estimable|evaluable)|NR\b|NE\b)`,
  'g',
);
/** Medians that describe patients or treatment, not what became of them. */
const NO_OUTCOME =
  /^[\s,(]*(?:(?:patient|baseline|pretreatment|total|relative|overall|planned|actual|cumulative|daily|delivered)\s)*(?:ages?\b(?! at diagnosis \()|doses?\b|numbers? (?:of )?(?:previous|prior|treatment|chemotherapy|cycles|courses|doses|lines|infusions|metasta|lymph|nodes|administered)|cycles?|courses?|(?:duration|length|time|period) (?:of|on|from|between|since) (?:[a-z-]+ ){0,2}(?:treatment|therapy|exposure|diagnosis|chemotherapy|surgery|infusion|randomi)|treatment (?:duration|time|exposure)|exposure|PSA|tumou?r|weight|BMI|body|lines?|KPS|Karnofsky|performance|score at|interval between|year|sample|value)/i;
/** "Median (IQR) score". */
const SPREAD_NAMED = /^\s*[([](?:IQR|(?:inter-?quartile )?range|Q1[-, ]+Q3|95\s?% CI)[)\]]/i;
const FOLLOW_UP = /\b(?:follow(?:ed)?[- ]?ups?|follow(?:ed)?\b|observation (?:time|period)|surveillance)/i;

/** Medians left to right. A follow-up is told apart: it is no outcome. */
export function medians(
  sentence: string,
  masked: Masked,
  hits: readonly OutcomeHit[],
): { readonly groups: MedianGroup[]; readonly followUp: FollowUp | undefined } {
  const mentions = [...masked.text.matchAll(MEDIANS)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
  const groups: MedianGroup[] = [];
  let followUp: FollowUp | undefined;
  const starts = beginnings(sentence, mentions, hits);
  for (const [i, at] of starts.entries()) {
    const until = starts[i + 1]?.start ?? sentence.length;
    const listed = figureList(sentence, masked, FIGURE, at.end, until);
    const words = sentence.slice(at.end, listed[0]?.start ?? at.end).replace(SPREAD_NAMED, '');
    if (/\bby(?: an?)?\s+$/.test(sentence.slice(0, at.start))) continue;
    const figures = timed(
      listed.filter((f) => f.unit !== '%' || /percent|proportion/.test(words)),
      (wordsOf(words) !== undefined && /(?:\b(?:was|were|of)|[,(:])\s*$/.test(words)) ||
        (listed.length > 1 && words.trim() === '' && /\(\s*$/.test(sentence.slice(0, at.start))),
    );
    if (figures.length === 0) continue;
    const first = figures[0]?.start ?? until;
    const label = sentence.slice(at.end, first).replace(SPREAD_NAMED, '');
    const before = sentence.slice(Math.max(0, at.start - 40), at.start);
    if (FOLLOW_UP.test(label) || (FOLLOW_UP.test(before) && !hits.some((h) => h.start >= at.end && h.end <= first))) {
      const [f] = figures;
      if (f !== undefined && f.value !== null)
        followUp ??= { value: f.value, unit: f.unit ?? 'months', start: f.start, end: f.end };
      continue;
    }
    if (NO_OUTCOME.test(label)) continue;
    const within = hits.filter((h) => h.start >= at.start - 1 && h.end <= first);
    const outcome =
      at.hit ??
      within.at(0) ??
      hits.findLast((h) => h.end <= at.start) ??
      (figures.length > 0 ? hits.find((h) => h.start > first) : undefined);
    if (within.length > 1 && figures.length % within.length === 0 && /\band\b|,/.test(label))
      groups.push(...split(sentence, within, figures, at.start));
    else groups.push({ outcome, words: outcome === undefined ? wordsOf(label) : undefined, start: at.start, figures });
  }
  return { groups, followUp };
}

interface Beginning {
  readonly start: number;
  readonly end: number;
  readonly hit?: OutcomeHit;
}

/** "median PFS was 5 months and OS was 12 months": a survival name followed by a time is a median too, once one was spoken of. */
function beginnings(sentence: string, mentions: readonly Beginning[], hits: readonly OutcomeHit[]): Beginning[] {
  const found: Beginning[] = [...mentions];
  for (const hit of hits) {
    if (hit.term.kind !== 'survival' || /\bmean\b/i.test(sentence)) continue;
    const last = mentions.findLast((m) => m.start <= hit.start);
    if (last !== undefined && !/\d/.test(sentence.slice(last.end, hit.start))) continue;
    const after = sentence.slice(hit.end, hit.end + 60);
    if (
      /^(?:\s*\([A-Za-z0-9]{2,6}\))?\s*(?:\([^)]{2,30}\)\s*)?(?:[,:(=]|was|were|of|time was|from|(?=\d[\d.]*\s?(?:v|vs\.?|versus)\s))\s*(?:significantly (?:longer|shorter)[^\d]{0,30})?\d+(?:\.\d+)?\s*(?:months?|mo\b|weeks|wks?\b|years|(?:v|vs\.?|versus|and|\()\s*\d)/.test(
        after,
      ) &&
      !/^[^.;]{0,25}%/.test(after)
    )
      found.push({ start: hit.start, end: hit.end, hit });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Figures count when one of them, or the last, has a unit, which the others share; or when the words say what they count. */
function timed(figures: readonly Figure[], counted: boolean): Figure[] {
  const lastUnit = figures.findLastIndex((f) => f.unit !== null);
  if (lastUnit === -1 && counted) return [...figures];
  if (lastUnit === -1) return figures.some((f) => f.value === null) && figures.length === 1 ? [...figures] : [];
  const unit = figures.find((f) => f.unit !== null)?.unit ?? null;
  const sameUnit = figures.filter((f) => f.unit === null || f.unit === unit);
  const told = sameUnit.findLastIndex(
    (f, i) => f.unit !== null || f.value === null || (i > 0 && /^(?:for|in|with|after|on)\b/.test(f.tail)),
  );
  return sameUnit.slice(0, told + 1).map((f) => ({ ...f, unit: f.unit ?? unit }));
}

/** "Median PFS and OS were 5.4 and 10.3 months (in A and 4.1 and 9.2 months in B)": outcome by outcome, or arm by arm. */
function split(
  sentence: string,
  outcomes: readonly OutcomeHit[],
  figures: readonly Figure[],
  start: number,
): MedianGroup[] {
  const arms = figures.length / outcomes.length;
  const head = figures.slice(0, arms);
  const outcomeMajor =
    arms > 1 &&
    head.every(
      (f, i) =>
        i === head.length - 1 ||
        /^\s*(?:v|vs\.?|versus|compared|in|with|for)\b/.test(sentence.slice(f.end, f.end + 30)),
    );
  return outcomes.map((outcome, k) => ({
    outcome,
    words: undefined,
    start,
    figures: figures.filter((_, i) => (outcomeMajor ? Math.floor(i / arms) === k : i % outcomes.length === k)),
  }));
}

/** "median VAS score was" -> "VAS score". */
function wordsOf(label: string): string | undefined {
  const [, words] =
    /^\s*((?:[A-Za-z][\w/-]*\s+){1,6}?)(?:was|were|in|of|at|for|among|decreased|increased|,|\()/.exec(`${label} `) ??
    [];
  const name = words?.trim().replace(/^(?:the|value of)\s+/, '');
  return name === undefined || name === '' || /^(?:in|of|at|was|were|with)$/.test(name) ? undefined : name;
}
