// Second half of the clinical path: the scores are in. Band, order, explain, ask for what is missing, and write the record. Scores
// order options inside a band and nothing else; a verdict is never moved by a number.
import type { Score } from '../domain/outcome.js';
import type { BriefRecommendation, Recommendation, Versions } from '../domain/recommendation.js';
import { excludedOptions } from './candidates.js';
import type { Abstention } from './choose-case.js';
import { say } from './criteria/words.js';
import { translate } from './language/translate.js';
import { protocolChanges } from './local-protocol.js';
import { missingFor } from './missing.js';
import { notesFor } from './notes.js';
import { briefOptionOf, optionOf } from './option.js';
import { summarise } from './patient-summary.js';
import type { Placed, Scoring } from './place.js';
import type { Prepared } from './prepare.js';
import { shownScores } from './prognosis/shown-scores.js';
import { rankOptions } from './rank.js';
import { DEFAULT_WEIGHTS, type Weights } from './utility.js';
import type { View } from './view.js';

export interface DecideOptions {
  /** Of the code and of the input; corpus, model and features are known here. */
  readonly versions: { readonly code: string; readonly input: string };
  readonly weights?: Weights;
  readonly costs?: Readonly<Record<string, number>>;
}

/** `scores` answer `prepared.rows`, in that order. */
export function decide(prepared: Prepared, scores: readonly Score[], options: DecideOptions): Recommendation {
  const { answer } = prepared;
  const { placed, scoring } = settle(prepared, scores, options);
  const missing = missingFor(prepared, placed, scoring);
  const notes = notesFor(prepared, placed);
  if (answer.kind === 'abstained')
    return { ...frame(prepared, options), ...abstained(answer), excluded: [], missing, notes };
  return {
    ...frame(prepared, options),
    ...verdictOn(placed, prepared),
    decisions: decisionsOf(answer, placed, prepared),
    options: placed.map((p) => optionOf(p, placed, answer, prepared.options.lang ?? 'en')),
    excluded: excludedOf(answer),
    missing,
    notes,
    ...scoresOf(answer, prepared),
    ...protocolOf(prepared, answer, placed, scoring),
  };
}

/** The same answer without its words: what a cohort run keeps of each of its patients. */
export function decideBriefly(
  prepared: Prepared,
  scores: readonly Score[],
  options: Omit<DecideOptions, 'versions'> = {},
): BriefRecommendation {
  const { answer } = prepared;
  const { placed } = settle(prepared, scores, options);
  if (answer.kind === 'abstained') return { ...about(prepared), ...abstained(answer) };
  return {
    ...about(prepared),
    ...verdictOn(placed, prepared),
    decisions: decisionsOf(answer, placed, prepared),
    options: placed.map((p) => briefOptionOf(p, prepared.options.lang)),
  };
}

/** Where every option stands: all that is decided, and no words yet. */
function settle(prepared: Prepared, scores: readonly Score[], { weights, costs }: Omit<DecideOptions, 'versions'>) {
  const { answer, model, index, rows } = prepared;
  if (scores.length !== rows.length)
    throw new RangeError(`decide needs ${rows.length} scores, one for each row prepared, and got ${scores.length}`);
  const scoring: Scoring = { scores, model, index, weights: weights ?? DEFAULT_WEIGHTS, costs };
  return { scoring, placed: answer.kind === 'abstained' ? [] : rankOptions(answer, scoring) };
}

function scoresOf({ context }: View, { options }: Prepared) {
  const scores = shownScores(context, options.lang ?? 'en');
  return scores.length === 0 ? {} : { scores };
}

function protocolOf({ index, options }: Prepared, view: View, placed: readonly Placed[], scoring: Scoring) {
  const protocol = index.corpus.protocols.find((p) => p.id === options.protocol);
  return protocol === undefined ? {} : { protocol: protocolChanges(protocol, view, placed, scoring, options.lang) };
}

/** Who and what the answer is about. */
function about({ patient, index, answer, chosen, options }: Prepared) {
  const setting = answer.kind === 'view' ? (answer.context.setting ?? null) : null;
  const cancerCase = chosen?.cancerCase ?? (answer.kind === 'abstained' ? answer.cancerCase : undefined);
  return {
    case: options.caseName ?? patient.id,
    asOf: patient.asOf,
    patient: summarise(patient, cancerCase, setting, index),
  };
}

/** What every record holds, whatever the answer. */
function frame(prepared: Prepared, { versions }: DecideOptions) {
  const { index, model, answer, options } = prepared;
  const { patient, ...of } = about(prepared);
  const settingName = answer.kind === 'view' ? say(answer.setting.setting.name, options.lang ?? 'en') : undefined;
  return {
    ...of,
    versions: {
      corpus: index.corpus.hash,
      model: model.id,
      features: model.featuresHash,
      code: versions.code,
      input: versions.input,
      ...(index.stops === undefined ? {} : { stopped: index.stops }),
    } satisfies Versions,
    patient: { ...patient, ...(settingName !== undefined && { settingName }) },
  };
}

const abstained = ({ code, message }: Abstention) => ({
  status: 'abstained' as const,
  reason: { code, message },
  decisions: [],
  options: [],
});

/** Ranked when something stands above "not recommended"; else abstained, with everything shown that was considered. */
function verdictOn(placed: readonly Placed[], { chosen, index }: Prepared): Pick<Recommendation, 'status' | 'reason'> {
  if (placed.some(({ rank }) => rank !== null)) return { status: 'ranked' };
  if (chosen?.uncovered) return { status: 'abstained', reason: { code: 'not-covered', message: chosen.uncovered } };
  const message =
    placed.length === 0
      ? 'No indication of the corpus fits this patient in this setting.'
      : 'Every option that fits is contraindicated, advised against or left out by the protocol.';
  return { status: 'abstained', reason: { code: 'no-supported-option', message: translate(index.lang, message) } };
}

/** The open questions that have an option to show, the next step first. */
function decisionsOf(
  { decisions }: View,
  placed: readonly Placed[],
  { options }: Prepared,
): Recommendation['decisions'] {
  return decisions
    .filter(({ id }) => placed.some(({ candidate }) => candidate.decision.id === id))
    .map(({ id, question, outcome }) => ({ id, question: say(question, options.lang), outcome }));
}

function excludedOf({ rejected, candidates, context }: View): Recommendation['excluded'] {
  const led = new Set(candidates.filter((c) => c.led).map((c) => `${c.decision.id} ${c.regimen.id}`));
  return excludedOptions(rejected(), context.index)
    .filter(({ regimen, decision }) => !led.has(`${decision.id} ${regimen.id}`))
    .map(({ regimen, decision, reasons }) => ({ regimen: regimen.id, decision: decision.id, reasons }));
}
