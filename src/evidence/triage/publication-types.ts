// Publication types of MEDLINE -> design, where they say it plainly. "Clinical Trial, Phase II" alone does not: it may be randomised or not.
// Types: https://www.nlm.nih.gov/mesh/pubtypes.html
import type { Design } from './triage.js';

/** First that is present decides: a meta-analysis is often indexed as a review too, a protocol as a trial. */
const ORDER: readonly (readonly [RegExp, Design])[] = [
  [
    /^(?:clinical trial protocol|case reports|comment|editorial|letter|guideline|practice guideline|published erratum|news|retraction notice|retraction of publication)$/i,
    'other',
  ],
  [/^(?:network )?meta-analysis$/i, 'meta-analysis'],
  [/^randomized controlled trial$/i, 'randomised'],
  [/^(?:observational study|twin study)$/i, 'cohort'],
  [/^(?:systematic review|scoping review)$/i, 'review'],
  [/^review$/i, 'review'],
];

export function designOfTypes(types: readonly string[]): Design | undefined {
  return ORDER.find(([pattern]) => types.some((type) => pattern.test(type.trim())))?.[1];
}
