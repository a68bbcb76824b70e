// Which figures under a mention are results: plans are none, and a bare difference needs an interval, a spread or a p-value.
import { isContrastEstimate } from './contrast-estimate.js';
import type { Effect } from './effects.js';
import { isWordedDifference } from './worded-difference.js';

/** Plans are no results: margins, powers, assumptions. */
const PLANNED =
  /\b(?:margins?|power(?:ed)?|detect(?:ing|ion)?|assum(?:ed|ing|ption)|hypothesi[sz]ed|sample size|boundar(?:y|ies)|threshold|target(?:ed)? (?:hazard|HR)|critical|pre-?defined as)\b/i;

/** "An absolute difference of 6.9 months" is no mean difference unless an interval makes it an estimate; what counts as important is a plan. */
const BARE_DIFFERENCE =
  /^(?:(?:absolute|adjusted|estimated|treatment|group)\s)*differences?(?: between [\w -]{3,50})?$/i;
/** "Difference = 0.0030 \u00B1 0.0021 mm": an estimate too. */
const SPREAD = /^\s?\u00B1/;
/** "The difference (1.9 points) was significant (P = .007)": a p-value makes it one, where it is no difference of medians. */
const DIFFERENCE = /^differences?\b/i;
const TIME = /^(?:months?|mo|years?)\b/i;
const MEDIAN = /\bmedian\b/i;
const IMPORTANT = /\b(?:important|detectable|relevant|meaningful)\s$/i;

/** @param words of the mention; `before` is what the sentence has before it */
export function isBelieved(
  { measure, interval, p, unit, at }: Effect,
  { sentence, words, before }: { readonly sentence: string; readonly words: string; readonly before: string },
): boolean {
  if (interval !== undefined) return true;
  const planned = PLANNED.test(sentence);
  const bare =
    measure === 'MD' && (BARE_DIFFERENCE.test(words) || isWordedDifference(words) || isContrastEstimate(words));
  if (!planned && !bare && !IMPORTANT.test(before)) return true;
  if (bare && SPREAD.test(sentence.slice(at.end))) return true;
  return (
    bare &&
    !planned &&
    p !== null &&
    DIFFERENCE.test(words) &&
    unit !== null &&
    !TIME.test(unit) &&
    !MEDIAN.test(sentence)
  );
}
