// The order of the options: band, decision, preference, then what can be compared. Options on one network compare by utility, equal
// ones by certainty; options that no number compares keep the corpus's order. The order is total and depends on nothing else.
import type { Certainty, ModelInfo, NodeScore, Score } from '../domain/outcome.js';
import type { Band } from '../domain/recommendation.js';
import { type Standing, standingOf } from './band.js';
import { type Candidate, regimenName } from './candidates.js';
import type { CorpusIndex } from './corpus-index.js';
import type { ModelNetwork } from './features.js';
import { type Utility, utilityOf, type Weights } from './utility.js';
import { nodeOf, type View } from './view.js';

/** A candidate with its numbers and its place. */
export interface Placed {
  readonly candidate: Candidate;
  readonly standing: Standing;
  readonly network: ModelNetwork | undefined;
  readonly score: NodeScore | undefined;
  readonly utility: Utility | null;
  readonly certainty: Certainty | null;
  /** From 1 through the whole list; null in "not recommended". */
  readonly rank: number | null;
}

export interface RankOptions {
  readonly weights: Weights;
  /** Cost by regimen id, in the unit of the cost weight. */
  readonly costs?: Readonly<Record<string, number>>;
}

export function rankOptions(
  view: View,
  scores: readonly Score[],
  model: ModelInfo,
  index: CorpusIndex,
  options: RankOptions,
): readonly Placed[] {
  const placed = view.candidates.map((candidate) => place(candidate, view, scores, model, index, options));
  const groupOrder = ordersOfGroups(placed, view.decisions);
  const sorted = placed
    .map((p) => ({ p, key: sortKey(p, view.decisions, groupOrder) }))
    .sort((a, b) => compare(a.key, b.key));
  let rank = 0;
  return sorted.map(({ p }) => (p.standing.band === 'not-recommended' ? p : { ...p, rank: ++rank }));
}

function place(
  candidate: Candidate,
  view: View,
  scores: readonly Score[],
  model: ModelInfo,
  index: CorpusIndex,
  options: RankOptions,
): Placed {
  const standing = standingOf(candidate, view.setting.certain);
  const network = model.networks.find((n) => n.id === candidate.indication.network);
  const node = nodeOf(candidate);
  const row = view.rowOf.get(rowKey(candidate));
  const answers = row === undefined ? undefined : scores[row];
  const score = answers?.[node];
  const certainty = network?.nodes[node]?.certainty ?? null;
  const shared = { candidate, standing, certainty, rank: null, network, score };
  if (network === undefined || answers === undefined || score === undefined) return { ...shared, utility: null };
  const harms = Object.values(answers).flatMap((s) => s.harm ?? []);
  const terms = {
    score,
    outcome: network.outcome,
    horizonMonths: network.horizonMonths,
    comparator: regimenName(index, network.reference),
    usualHarm: harms.length === 0 ? null : harms.reduce((sum, h) => sum + h, 0) / harms.length,
    cost: options.costs?.[candidate.regimen.id] ?? null,
  };
  return { ...shared, utility: utilityOf(terms, options.weights) };
}

/** One row of scores is asked for a decision and a network. */
export const rowKey = ({ decision, indication }: Candidate): string => `${decision.id} ${indication.network ?? ''}`;

const BANDS: readonly Band[] = ['recommended', 'consider', 'not-recommended'];
const PREFERENCES = ['preferred', 'acceptable', 'historical'];
const CERTAINTIES: readonly (Certainty | null)[] = ['high', 'moderate', 'low', 'very low', null];

/**
 * What separates options before any number: band, question, whether its own eligibility is open (a firm option stands before one that
 * may turn out not to be one), local preference, preference.
 */
const shelf = ({ standing, candidate }: Placed, decisions: View['decisions']): readonly number[] => [
  BANDS.indexOf(standing.band),
  decisions.indexOf(candidate.decision),
  candidate.asks.length + candidate.safety.needsData.length > 0 ? 1 : 0,
  candidate.preferred === undefined ? 1 : 0,
  PREFERENCES.indexOf(candidate.indication.preference),
];

/** Options of one shelf that one network compares form a group, which stands where its first member's order puts it. */
const groupKey = (p: Placed, decisions: View['decisions']): string =>
  [...shelf(p, decisions), p.utility === null ? `alone ${p.candidate.indication.id}` : p.network?.id].join(' ');

function ordersOfGroups(placed: readonly Placed[], decisions: View['decisions']): ReadonlyMap<string, number> {
  const orders = new Map<string, number>();
  for (const p of placed) {
    const key = groupKey(p, decisions);
    orders.set(key, Math.min(orders.get(key) ?? Number.POSITIVE_INFINITY, p.candidate.indication.order));
  }
  return orders;
}

/** Utilities within half of this (0.6 months of 60) are equal in practice; certainty then decides. */
const UTILITY_STEP = 0.01;

type Key = readonly (number | string)[];

function sortKey(p: Placed, decisions: View['decisions'], groupOrder: ReadonlyMap<string, number>): Key {
  const group = groupKey(p, decisions);
  return [
    ...shelf(p, decisions),
    groupOrder.get(group) ?? 0,
    group,
    p.utility === null ? 0 : -Math.round(p.utility.value / UTILITY_STEP),
    CERTAINTIES.indexOf(p.certainty),
    p.utility === null ? 0 : -p.utility.value,
    p.candidate.indication.order,
    p.candidate.regimen.id,
  ];
}

function compare(x: Key, y: Key): number {
  const first = x.findIndex((value, i) => value !== y[i]);
  const [left, right] = [x[first], y[first]];
  if (left === undefined || right === undefined) return 0;
  return typeof left === 'number' && typeof right === 'number' ? left - right : left < right ? -1 : 1;
}
