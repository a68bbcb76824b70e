// One option with its standing and its numbers, before it is put in order.
import type { Certainty, ModelInfo, NodeScore, Score } from '../domain/outcome.js';
import { type Standing, standingOf } from './band.js';
import { type Candidate, regimenName } from './candidates.js';
import type { CorpusIndex } from './corpus-index.js';
import { type ModelNetwork, networkOf } from './features.js';
import type { SafetyAssessment } from './safety/assess.js';
import { type Utility, utilityOf, type Weights } from './utility.js';
import { nodeOf, type View } from './view.js';

export interface Placed {
  readonly candidate: Candidate;
  readonly standing: Standing;
  readonly network: ModelNetwork | undefined;
  readonly score: NodeScore | undefined;
  readonly utility: Utility | null;
  readonly certainty: Certainty | null;
  /** From 1 through the whole list; null in "not recommended" and before the options are in order. */
  readonly rank: number | null;
}

/** Everything that numbers need: the batch's scores, what the model says of itself, the weights. */
export interface Scoring {
  readonly scores: readonly Score[];
  readonly model: ModelInfo;
  readonly index: CorpusIndex;
  readonly weights: Weights;
  /** Cost by regimen id, in the unit of the cost weight. */
  readonly costs?: Readonly<Record<string, number>> | undefined;
}

export function place(candidate: Candidate, view: View, scoring: Scoring, safety?: SafetyAssessment): Placed {
  const { scores, model, index, weights, costs } = scoring;
  const standing = standingOf(candidate, view.setting.certain, safety);
  const { decision, indication, regimen } = candidate;
  const network = networkOf(model, indication.network);
  const row = view.rowOf.get(`${decision.id} ${indication.network ?? ''}`);
  const answers = row === undefined ? undefined : scores[row];
  const score = answers?.[nodeOf(candidate)];
  const certainty = network?.nodes[nodeOf(candidate)]?.certainty ?? null;
  const shared = { candidate, standing, certainty, rank: null, network, score };
  if (network === undefined || answers === undefined || score === undefined) return { ...shared, utility: null };
  if (view.comparedOn.get(decision.id) !== network.id) return { ...shared, utility: null };
  const terms = {
    score,
    outcome: network.outcome,
    horizonMonths: network.horizonMonths,
    comparator: regimenName(index, network.reference, index.lang),
    usualHarm: regimen.modalities.every((m) => WATCHING.includes(m)) ? 0 : meanHarm(answers),
    cost: costs?.[regimen.id] ?? null,
    lang: index.lang,
  };
  return { ...shared, utility: utilityOf(terms, weights) };
}

/** Where nothing is given there is nothing to be harmed by. */
const WATCHING: readonly string[] = ['observation', 'active-surveillance', 'supportive-care'];

function meanHarm(answers: Score): number | null {
  const harms = Object.values(answers).flatMap((s) => s.harm ?? []);
  return harms.length === 0 ? null : harms.reduce((sum, harm) => sum + harm, 0) / harms.length;
}
