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
  const outcomes = outcomesOf(all, lexicon);
  all.forEach((sentence, i) => {
    const { text, start } = sentence;
    if (!/\d/.test(text)) return;
    const found = effects(text, taken);
    if (found.length > 0) outcomes.goOn(i);
    const read: ReadSentence = {
      sentence,
      arms,
      get hits() {
        return outcomes.in(i);
      },
      get earlier() {
        return outcomes.before(i);
      },
    };
    results.push(...effectResults(read, found));
    if (!tells(sentence, found.length) || !HAS_FIGURES.test(text)) return;
    const masked = mask(text);
    const median = medians(text, masked, read.hits);
    if (median.followUp !== undefined)
      followUp ??= {
        value: median.followUp.value,
        unit: median.followUp.unit,
        span: { start: start + median.followUp.start, end: start + median.followUp.end },
      };
    results.push(...figureResults('median', read, median.groups, masked, found));
    results.push(...figureResults('rate', read, rates(text, masked, read.hits), masked, found));
  });
  results.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return {
    trial: { ...trialFacts(document, plain, all), medianFollowUp: followUp },
    results,
    warnings: warnings(document, results),
  };
}

/** Whether figures of the sentence may be results. */
const tells = ({ section, text }: Sentence, effectsFound: number): boolean =>
  !PLANS.test(section) || /finding|result/.test(section) || effectsFound > 0 || /\bmedian\b.*\bmonths\b/.test(text);

/** Medians and rates have one of these; most sentences have none and need no search for outcomes. */
const HAS_FIGURES = /median|MST|\bm[A-Z]|months?\b|\bmo\b|weeks?\b|years?\b|%|per ?cent/i;

interface Outcomes {
  in(sentence: number): readonly OutcomeHit[];
  /** The last outcome of the sentence before; one sentence without any may stand between ("The difference was significant."). */
  before(sentence: number): OutcomeHit | undefined;
  /** The sentence goes on with the outcome before it: it does not count as standing between. */
  goOn(sentence: number): void;
}

/** Outcomes by sentence, sought when they are asked for. */
function outcomesOf(all: readonly Sentence[], lexicon: OutcomeLexicon): Outcomes {
  const found = new Map<number, readonly OutcomeHit[]>();
  const going = new Set<number>();
  const inside = (i: number): readonly OutcomeHit[] => {
    const hits = found.get(i) ?? lexicon.find(all[i]?.text ?? '');
    found.set(i, hits);
    return hits;
  };
  return {
    in: inside,
    before(i) {
      for (let j = i - 1, between = 0; j >= 0 && between < 2; j--) {
        const last = inside(j).at(-1);
        if (last !== undefined) return last;
        if (!going.has(j)) between++;
      }
      return undefined;
    },
    goOn: (i) => going.add(i),
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
    ...(/[\uD800-\uDBFF]/.test(document.text)
      ? ['holds signs of two UTF-16 units: spans count units, not code points']
      : []),
    ...odd.map(
      (r) =>
        `characters ${r.span.start}-${r.span.end}: ${r.measure} ${r.value} lies outside its interval ${r.low} to ${r.high}`,
    ),
  ];
}
