// What a figure says about its outcome as named: increased, decreased, no difference; null where nothing tells.
import type { Direction, Measure } from '../../domain/literature.js';
import { type Interval, pSays } from './numbers.js';
import type { OutcomeTerm } from './outcome-lexicon.js';

/** Words of no difference; p-values and intervals are asked first. */
export const NO_DIFFERENCE =
  /\b(?:no (?:statistically |clinically |overall |apparent |clear |evidence of (?:a )?)*(?:significant(?:ly)? |meaningful |major |relevant )*(?:differences?|effects?|improvements?|benefits?|advantages?|associations?|increases?|reductions?|changes?|impact)|(?:did|does|was|were|are|is) not (?:statistically |significantly )*(?:significant|significantly|differ|different|improved?|reduced?|increased?|affect(?:ed)?|associated|statistically|change|superior|better|prolong)|not (?:statistically )?significant(?:ly)?|non-?significant(?:ly)?|similar(?!ly,)(?:ly)?|comparable|equivalent|no more|as effective as|neither|failed to|non-?inferior|without (?:a )?(?:significant )?difference|unchanged|did not reach)\b/i;

/**
 * Direction of a ratio or difference.
 */
export function effectDirection(
  measure: Measure,
  value: number,
  interval: Interval | undefined,
  p: string | null,
  term: OutcomeTerm | undefined,
  sentence: string,
): Direction | null {
  const none = measure === 'MD' ? 0 : 1;
  const significant = isSignificant(none, interval, p) ?? bySentence(sentence);
  if (significant === false || value === none) return 'no-difference';
  if (significant === undefined) return null;
  const more = value > none;
  const inverse = term?.kind === 'survival' && (measure === 'HR' || (measure === 'RR' && term.id !== 'DOR'));
  return more === inverse ? 'decreased' : 'increased';
}

/** The interval decides; a p-value where there is none, or where it is the one on which the trial was tested. */
export function isSignificant(none: number, interval: Interval | undefined, p: string | null): boolean | undefined {
  if (interval !== undefined) {
    if (interval.low > none) return true;
    if (interval.high !== null && interval.high < none) return true;
    if (interval.high !== null && interval.low < none && interval.high > none) return false;
    if (interval.low === none || interval.high === none) return pSays(p) === 'significant';
  }
  const said = pSays(p);
  return said === undefined ? undefined : said === 'significant';
}

function bySentence(sentence: string): boolean | undefined {
  if (NO_DIFFERENCE.test(sentence)) return false;
  return /\bsignificant(?:ly)?\b|\b(?:improv|prolong|reduc|increas|decreas|longer|shorter|higher|lower|superior|better|fewer|favou?r)/i.test(
    sentence,
  )
    ? true
    : undefined;
}

/** Direction between two arms' figures of one outcome, told by the p-value or effect that stands with them. */
export function armsDirection(value: number, other: number, significant: boolean | undefined): Direction | null {
  if (value === other || significant === false) return 'no-difference';
  if (significant === undefined) return null;
  return value > other ? 'increased' : 'decreased';
}
