// Where a sentence speaks of an effect measure: "hazard ratio", "aHR", "ORs", "mean difference".
import type { Measure } from '../../domain/literature.js';
import { contrastEstimates } from './contrast-estimate.js';
import { WORDED_DIFFERENCE } from './worded-difference.js';

export interface Mention {
  readonly measure: Measure;
  readonly start: number;
  /** After an abbreviation in brackets that belongs to it: "hazard ratio [HR]". */
  readonly end: number;
}

const WORDS: readonly (readonly [Measure, string])[] = [
  [
    'HR',
    String.raw`\b(?:sub-?(?:distribution[ -])?)?hazards?(?:-| )(?:risk )?(?:ratios?|rates?(?= ratio| ?[=:,(\[]| (?:was|of|for)))(?: ratios?)?|\brelative hazards?(?: rates?| of [a-z]+)?|\bhazard risk\b|\bhazards?(?= (?:for|of) [a-z -]{3,40} (?:was|were) \d?\.\d)`,
  ],
  ['OR', String.raw`\bodds?(?:-| )(?:risk )?ratios?|\brelative odds`],
  [
    'RR',
    String.raw`\b(?:incidence |event |annuali[sz]ed |mortality |death |prevalence )?rate(?:-| )ratios?|\brelative (?:risk|rate)s?(?: ratios?)?(?! (?:reduc|increas|difference|dose))|\brisk(?:-| )ratios?|\b(?:prevalence|mortality|incidence) ratios?|\brelative incidence|\bratio of (?:the )?[A-Za-z -]{0,30}(?:rates?|risks?|incidences?)\b`,
  ],
  [
    'MD',
    String.raw`\b(?:(?:standardi[sz]ed|weighted|adjusted|estimated|unadjusted) )*(?:least[ -]squares? |LS[ -]?|marginal )?mean (?:treatment |change |group |between-group )?differences?|\b(?:adjusted |estimated |mean )*(?:between|inter)-?\s?(?:group|arm|treatment) (?:mean )?differences?|\bdifferences? (?:in|between|of) (?:the )?(?:[a-z]+ ){0,2}means?(?: [a-z]+)?(?: scores?)?|\b(?:treatment|estimated|adjusted|group) differences?|(?<!\b(?:risk|rate|rates|proportion|incidence) )\b(?:adjusted |estimated |absolute )?differences?(?: between (?:the )?(?:two |study |treatment |[\w-]+ and (?:the )?[\w-]+ )?(?:groups?|arms?|treatments))?(?!\s*\([^()]{0,80}\b(?:vs|versus)\b)(?=(?: of| was)?\s*[,:=(\[]*\s*-?(?:\s?[\u00A3$\u20AC]\s?-?)?\d)|\bCohen's d\b|\bHedges' g\b`,
  ],
  [
    'MD',
    String.raw`\b(?:absolute )?(?:risk|rate|proportions?|incidence|survival|response) differences?|\babsolute (?:risk )?(?:reductions?|increases?|benefits?)(?=[\s,:=(\[]*(?:(?:was|of) )?-?\d[\d.]*\s?(?:%|percentage points?)[\s,;:([]+9\d)|\bdifferences? in (?:mean )?changes?(?: from baseline)?`,
  ],
  ['MD', WORDED_DIFFERENCE],
];
const SHORT: readonly (readonly [Measure, string])[] = [
  ['HR', String.raw`\b(?:[acmsu]|adj\.?-?|unadj|csp?|sub)?-?s?HRs?(?:adj|PFS|OS|DFS|EFS|RFS)?(?:\b|(?=\d?\.\d))`],
  [
    'OR',
    String.raw`\b(?:[acmu]|adj\.?-?)?ORs?(?:adj|MH)?(?:\b|(?=\d?\.\d))(?=\s*(?:\[[^\]]{1,40}\]|\([^)]{1,60}\))?\s*(?:[=:,;(\[~]|of\b|was\b|were\b|for\b|\d|\.\d))`,
  ],
  [
    'RR',
    String.raw`\b(?:[acm]|adj\.?-?|I)?-?I?RRs?(?:adj)?(?:\b|(?=\d?\.\d))(?! (?:interval|reduction))|\bSIR\b(?=\s*[=:,(]?\s*\d)|\bPRR\b|\b[A-Z]?PR\b(?=\s*[=:,]?\s*\d?\.\d+\s?[,;(]+\s?9\d\s?%)`,
  ],
  [
    'MD',
    String.raw`\b(?:[SWA]?MDs?|LSMDs?|d?LSMD|A?RDs?)\b(?=\s*(?:\([^)]{1,40}\))?\s*[=:,(\[]?\s*(?:of|was|\d|-|\(|\[|95))`,
  ],
];
const PATTERNS = [
  ...WORDS.map(([measure, pattern]) => ({ measure, pattern: new RegExp(pattern, 'gi') })),
  ...SHORT.map(([measure, pattern]) => ({ measure, pattern: new RegExp(pattern, 'g') })),
];
/** Every mention has one of these. */
const ANY =
  /[HOR]R|MD|SIR|hazard|odds|ratio|relative|differ|treatment effect|intervention effect|effects? of|Cohen|Hedges|effect size|absolute|[AR]RD|\bRDs?\b|PR\b|\b(?:lower|higher|shorter|longer|smaller|larger|greater|fewer|more|less)\b|(?:reduction|decrease|increase|improvement|gain)s? ?\(/i;
/** "[HR]", "(aHR)", "(Exp(B))", "[HR; treatment:control]" behind the words. */
const BRACKETED =
  /\s*[([]\s*(?:adjusted )?(?:[A-Za-z-]{0,5}(?:HR|OR|RR|MD|TD|d)s?|hazard ratio|odds ratio|Exp\s?\(B\))(?:adj)?\s*(?:[;,:]\s*[A-Za-z][A-Za-z :/.+-]{2,60})?[)\]]/y;

/** Every mention, left to right. Heart rate, response rate and "relative risk reduction" are none when no ratio follows them. */
export function effectMentions(sentence: string): Mention[] {
  const found: Mention[] = [];
  if (ANY.test(sentence)) named(sentence, found);
  for (const place of contrastEstimates(sentence))
    if (!found.some((m) => m.start < place.end && (place.start < m.end || m.measure === 'MD')))
      found.push({ measure: 'MD', ...place });
  return found.sort((a, b) => a.start - b.start);
}

function named(sentence: string, found: Mention[]): void {
  for (const { measure, pattern } of PATTERNS)
    for (const match of sentence.matchAll(pattern)) {
      BRACKETED.lastIndex = match.index + match[0].length;
      const end = match.index + match[0].length + (BRACKETED.exec(sentence)?.[0].length ?? 0);
      if (!found.some((m) => match.index < m.end && m.start < end)) found.push({ measure, start: match.index, end });
    }
}

const OTHER_MEANINGS: readonly (readonly [string, RegExp])[] = [
  ['HR', /\b(?:heart|pulse)[ -]rates?\s*[([]\s*HR\b|\bHR\b[^.]{0,30}\b(?:bpm|beats)/i],
  [
    'RR',
    /\b(?:respiratory|respiration|response|recovery|relapse|recurrence|remission)[ -](?:rates?|rooms?)\s*[([]\s*RR\b|\bRR\b[^.]{0,30}\bbreaths/i,
  ],
  [
    'OR',
    /\bORs? rates?\b|\bOR\b(?: was| of|[:,=])? \d+(?:\.\d+)?\s?%|\b(?:overall|objective) response\s*[([]\s*OR\b|\boperating room\s*[([]\s*OR\b/i,
  ],
  ['MD', /\b(?:macular degeneration|Meniere's disease|major depression|mean deviation)\s*[([]\s*MD\b/i],
];

/** Abbreviations that this document uses for something else. */
export const otherMeanings = (document: string): ReadonlySet<string> =>
  new Set(OTHER_MEANINGS.flatMap(([short, pattern]) => (pattern.test(document) ? [short, `${short}s`] : [])));
