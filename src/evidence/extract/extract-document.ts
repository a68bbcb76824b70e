// One document -> its results with spans, what it says about its trial, and doubts. Pure; the whole reading is these few steps.

import type { ExtractedResult, LiteratureDocument, TrialFacts } from '../../domain/literature.js';
import { type Arms, documentArms } from './arms.js';
import { otherMeanings } from './effect-mentions.js';
import { effectResults } from './effect-results.js';
import { effects } from './effects.js';
import { figureResults } from './figure-results.js';
import { mask } from './mask.js';
import { medians } from './medians.js';
import type { OutcomeHit, OutcomeLexicon } from './outcome-lexicon.js';
import { plainCharacters } from './plain-characters.js';
import { rates } from './rates.js';
import { type Sentence, sentences } from './sentences.js';
import { tableResults } from './table-rows.js';
import { trialFacts } from './trial-facts.js';

export interface Extraction {
  readonly trial: TrialFacts;
  readonly results: readonly ExtractedResult[];
  readonly warnings: readonly string[];
}

/** A sentence with what was found in it; offsets inside are of the sentence. */
export interface ReadSentence {
  readonly sentence: Sentence;
  readonly hits: readonly OutcomeHit[];
  readonly earlier: OutcomeHit | undefined;
  readonly arms: Arms;
}

/** Sentences that plan: figures of the methods are no results. */
const PLANS =
  /^(?:background|context|importance|purpose|objectives?|aims?|introduction|rationale|hypothesis|methods?|design|setting|statistical)/;

export function extractDocument(document: LiteratureDocument, lexicon: OutcomeLexicon): Extraction {
  const plain = plainCharacters(document.text);
  const tables = tableResults(plain, lexicon);
  const all = sentences(tables.prose, document.titleLength);
  const arms = documentArms(all);
  const taken = otherMeanings(plain);
  const results: ExtractedResult[] = [...tables.results];
  let followUp: TrialFacts['medianFollowUp'] = null;
  let earlier: OutcomeHit | undefined;
  let since = 0;
  for (const sentence of all) {
    const { text, start } = sentence;
    const numeric = /\d/.test(text);
    const hits = lexicon.find(text);
    if (numeric) {
      const read: ReadSentence = { sentence, hits, earlier, arms };
      const found = effects(text, taken);
      if (found.length > 0) since = 0;
      results.push(...effectResults(read, found));
      if (
        !PLANS.test(sentence.section) ||
        /finding|result/.test(sentence.section) ||
        found.length > 0 ||
        /\bmedian\b.*\bmonths\b/.test(text)
      ) {
        const masked = mask(text);
        const median = medians(text, masked, hits);
        if (median.followUp !== undefined)
          followUp ??= {
            value: median.followUp.value,
            unit: median.followUp.unit,
            span: { start: start + median.followUp.start, end: start + median.followUp.end },
          };
        results.push(...figureResults('median', read, median.groups, masked, found));
        results.push(...figureResults('rate', read, rates(text, masked, hits), masked, found));
      }
    }
    // one sentence may stand between: "The difference was significant."
    since = hits.length > 0 ? 0 : since + 1;
    earlier = hits.at(-1) ?? (since > 1 ? undefined : earlier);
  }
  results.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return {
    trial: { ...trialFacts(document, plain, all), medianFollowUp: followUp },
    results,
    warnings: warnings(document, results),
  };
}

function warnings(document: LiteratureDocument, results: readonly ExtractedResult[]): string[] {
  const odd = results.filter(
    (r) =>
      r.low !== null && r.high !== null && (r.value < Math.min(r.low, r.high) || r.value > Math.max(r.low, r.high)),
  );
  return [
    ...document.faults.map((f) => `${f.place}: ${f.message}`),
    ...(document.text.length === document.titleLength ? ['no abstract: nothing but the title was read'] : []),
    ...odd.map(
      (r) =>
        `characters ${r.span.start}-${r.span.end}: ${r.measure} ${r.value} lies outside its interval ${r.low} to ${r.high}`,
    ),
  ];
}
