// Rates of one sentence, by outcome and arm: "the 5-year OS was 78% v 71%", "neutropenia (45% vs 12%), anaemia (10% vs 5%)".
import { type Figure, figureList } from './figure-list.js';
import type { Masked } from './mask.js';
import type { OutcomeHit } from './outcome-lexicon.js';
import { wordsBefore } from './outcome-of.js';

export interface RateGroup {
  readonly outcome: OutcomeHit | undefined;
  readonly words: string | undefined;
  /** "5-year", "12 months". */
  readonly at: string | null;
  readonly start: number;
  readonly figures: readonly Figure[];
}

/** A percentage, or a number that shares the sign of the next: "45 and 30%". */
const FIGURE =
  /(?<![\w.\u2265\u2264<>/-])(\d{1,3}(?:\.\d+)?)(?:\s?(%|per ?cent\b)|(?=(?:\s*(?:v|vs\.?|versus|,? ?and|or|,)\s*\d{1,3}(?:\.\d+)?){1,3}\s?(?:%|per ?cent)))/g;
/** Figures that are no outcome of an arm: risk reductions, thresholds, dose, design, expression. */
const NO_RATE =
  /(?:\b(?:(?<!\b(?:achieved|reported|experienced|reached|maintained|completed|preferred|met|attained) )by|power(?: of)?|alpha|margin of|confidence|threshold of|reduction of|reduced by|improvement of|difference(?:s)?(?: of| was|,|:)?(?:\s\[|\s\()?|at least|more than|less than|cut-?off(?: of)?|level of|dose intensity (?:of|was))\s*)$|(?:[\u2265\u2264<>=]\s*)$/i;
const REDUCTION =
  /^\s?%?\s*(?:\([^)]*\)\s*)?(?:relative |absolute |lower |higher |greater |increase|decrease)*(?:risk )?(?:reductions?|reduced|lower|higher|improvement|increased?|decreased?|power|confidence|CI\b|credib|significance|of (?:the )?(?:planned|dose|target)|dose)/i;
/** "An OR rate of 30%". */
const RATE = /\b((?:[A-Za-z][\w-]*\s){1,2}rates?)\s(?:of|was|were)\s[^.;()]{0,20}$/;
const TIME = String.raw`(\d+(?:\.\d+)?|one|two|three|five|ten|six|twelve)`;
const AT = new RegExp(
  String.raw`(?<!follow-?up (?:of|was|time of|period of) )\b(?:(?:at|after) ${TIME} (year|yr|month|mo|week|day)s?|${TIME}[ -](year|yr|month|mo|week|day))\b`,
  'gi',
);
const DESIGN =
  /\b(?:power(?:ed)?|sample size|to detect|assum(?:ed|ing)|margin|alpha|significance level|two-sided (?:significance|test))\b/i;

export function rates(sentence: string, masked: Masked, hits: readonly OutcomeHit[]): RateGroup[] {
  if (!masked.text.includes('%') && !/per ?cent/.test(masked.text)) return [];
  if (DESIGN.test(sentence) && !/\brates?\b.*\bv(?:s|ersus)?\b/.test(sentence)) return [];
  const groups: RateGroup[] = [];
  let from = 0;
  for (;;) {
    const found = next(sentence, masked, hits, from);
    if (found === undefined) return groups;
    from = found.end;
    if (found.group !== undefined) groups.push(found.group);
  }
}

function next(
  sentence: string,
  masked: Masked,
  hits: readonly OutcomeHit[],
  from: number,
): { group: RateGroup | undefined; end: number } | undefined {
  FIGURE.lastIndex = from;
  const match = FIGURE.exec(masked.text);
  if (match === null) return undefined;
  const start = match.index;
  const end = start + match[0].length;
  if (
    NO_RATE.test(masked.text.slice(Math.max(0, start - 30), start)) ||
    REDUCTION.test(masked.text.slice(end, end + 40))
  )
    return { group: undefined, end };
  const nextHit = hits.find((h) => h.start > start && opensOther(sentence, start, h));
  const until = Math.min(nextHit?.start ?? sentence.length, listEnd(sentence, start));
  const figures = figureList(sentence, masked, FIGURE, start, Math.max(until, end)).filter(
    (f) => f.unit !== null || f.value !== null,
  );
  const last = figures.at(-1)?.end ?? end;
  const close = Math.max(last, figures.at(-1)?.interval?.end ?? 0);
  const clause = sentence.slice(from, start);
  const before = hits.findLast((h) => h.end <= start && h.start >= from) ?? undefined;
  const own = ownWords(clause);
  // "42.9% (38.2 to 47.4) versus 33.4% (27.3 to 39.6) for OS"
  const bound = hits.find(
    (h) => h.start >= close && /^[\s)\]]*(?:\([^()]{3,25}\)\s*)?for (?:the )?$/.test(sentence.slice(close, h.start)),
  );
  const after = hits.find(
    (h) =>
      h.start >= last &&
      /^[^.;]{0,60}$/.test(sentence.slice(last, h.start)) &&
      !/\d/.test(masked.text.slice(last, h.start)),
  );
  const listed = own !== undefined && (before === undefined || sentence.slice(before.end, start).includes(own));
  const outcome = listed ? undefined : (bound ?? before ?? after ?? hits.findLast((h) => h.end <= start));
  const words =
    own ?? wordsBefore(clause) ?? wordsBefore(sentence.slice(0, start)) ?? told(clause, masked.text.slice(last));
  if (outcome === undefined && words === undefined && !COMPARES.test(sentence)) return { group: undefined, end: last };
  return {
    group: {
      outcome,
      words: listed ? own : outcome === undefined ? words : undefined,
      at: timeOf(sentence, outcome, start, last),
      start: outcome?.start ?? start,
      figures,
    },
    end: last,
  };
}

/** "remission was achieved in 19%", "An OR rate of 30%", "15% (n=2) had objective responses". */
const told = (before: string, after: string): string | undefined =>
  (OBSERVED.exec(before) ?? RATE.exec(before) ?? HAD.exec(after))?.[1]?.trim();
const OBSERVED =
  /((?:[A-Za-z][\w-]*\s){1,3})(?:was|were) (?:observed|achieved|seen|reported|found|noted|obtained|reached|documented) (?:in|by|for)\s*$/;
const HAD =
  /^[^.;]{0,45}?\b(?:had|achieved|experienced|reported|developed|showed|reached|attained) (?:an? )?((?:[A-Za-z][\w-]*\s?){1,4})/;

/** Figures of arms are results even where their outcome cannot be named. */
const COMPARES = /\b(?:groups?|arms?|vs\.?|versus|compared with)\b/;

/** A later outcome ends the list of figures when figures of its own follow it. */
const opensOther = (sentence: string, from: number, hit: OutcomeHit): boolean =>
  /[,;.]|\band\b|\bwith\b|\bwhile\b|\bwhereas\b/.test(sentence.slice(from, hit.start)) &&
  /\d/.test(sentence.slice(hit.end, hit.end + 80));

/** "(45% vs 12%), anaemia (10% ...": the bracket ends the list. */
function listEnd(sentence: string, start: number): number {
  const open = sentence.lastIndexOf('(', start);
  const close = sentence.indexOf(')', start);
  const inBracket = open !== -1 && close !== -1 && sentence.lastIndexOf(')', start) < open;
  if (!inBracket || !/^\(\s*\d/.test(sentence.slice(open)) || !/[A-Za-z]\s*$/.test(sentence.slice(0, open)))
    return sentence.length;
  return /\b(?:v|vs\.?|versus|and|compared)\b/.test(sentence.slice(open, close)) ? close : sentence.length;
}

/** "..., thrombocytopenia (45% vs 12%)": the item of a list right before its bracket. */
function ownWords(clause: string): string | undefined {
  const [, words] =
    /(?:^|[,;:(]|\band|\bwere|\bwas|\bincluding|\bincluded|\bor)\s*((?:[A-Za-z][\w/-]*\s){0,5}?[A-Za-z][\w/-]{3,})\s*(?:\(|\[|:|in\s)\s*(?:\d+\s?[([]\s*)?$/.exec(
      clause,
    ) ?? [];
  const name = words?.trim();
  return name === undefined ||
    /^(?:with|in|or|and|for|of|to|at|by|on|from|versus|vs)\b|\b(?:patients|group|arm|was|were|had|did|received|than|cohort|women|men|respectively|points?|greater|higher|lower|more|less|similar|comparable|frequent|common|improved)\b/i.test(
      name,
    )
    ? undefined
    : name;
}

function timeOf(sentence: string, outcome: OutcomeHit | undefined, start: number, end: number): string | null {
  if (outcome !== undefined && outcome.term.kind !== 'survival' && outcome.term.kind !== 'event') return null;
  const region = sentence.slice(
    Math.max(0, (outcome?.start ?? start) - 45),
    end + Math.max(0, sentence.slice(end, end + 25).search(/[;.,]|$/)),
  );
  const times = [...region.matchAll(AT)];
  const found = times.at(-1);
  const [number, unit] = [found?.[1] ?? found?.[3], found?.[2] ?? found?.[4]];
  return number === undefined || unit === undefined
    ? null
    : `${number}-${unit.toLowerCase().replace('yr', 'year').replace(/^mo$/, 'month')}`;
}
