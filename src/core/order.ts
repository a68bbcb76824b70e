// The order of options: band, decision, preference, then what can be compared. Options on one network compare by utility, equal
// ones by certainty; options that no number compares keep the corpus's order. The order is total and depends on nothing else.
import type { Decision } from '../domain/corpus/indication.js';
import type { Certainty } from '../domain/outcome.js';
import type { Band } from '../domain/recommendation.js';
import type { Placed } from './place.js';

export function inOrder(placed: readonly Placed[], decisions: readonly Decision[]): readonly Placed[] {
  if (placed.length < 2) return placed;
  const groupOrder = ordersOfGroups(placed, decisions);
  return placed
    .map((p) => ({ p, key: sortKey(p, decisions, groupOrder) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ p }) => p);
}

const BANDS: readonly Band[] = ['recommended', 'consider', 'not-recommended'];
const PREFERENCES = ['preferred', 'acceptable', 'historical'];
const CERTAINTIES: readonly (Certainty | null)[] = ['high', 'moderate', 'low', 'very low', null];

/**
 * What separates options before any number: band, question, whether it is for another setting than the patient's, whether and by how
 * much its own eligibility hangs on facts that few patients have (an option for BRAF V600E stands after the others until the test is
 * known; one that only asks for no EGFR mutation does not), local preference, preference; of what waits, one made for a finding of this
 * tumour first; and a firm one first.
 */
const shelf = ({ standing, candidate }: Placed, decisions: readonly Decision[]): readonly number[] => [
  BANDS.indexOf(standing.band),
  decisions.indexOf(candidate.decision),
  candidate.led ? 1 : 0,
  standing.open && !candidate.likely ? 1 + Math.min(new Set(candidate.asks.map((ask) => ask.item)).size, 4) : 0,
  candidate.preferred === undefined ? 1 : 0,
  PREFERENCES.indexOf(candidate.indication.preference),
  standing.open && !candidate.targeted ? 1 : 0,
  standing.open ? 1 : 0,
];

/** Options of one shelf that one network compares form a group, which stands where its first member's order puts it. */
export const groupKey = (p: Placed, decisions: readonly Decision[]): string =>
  [...shelf(p, decisions), p.utility === null ? `alone ${p.candidate.indication.id}` : p.network?.id].join(' ');

function ordersOfGroups(placed: readonly Placed[], decisions: readonly Decision[]): ReadonlyMap<string, number> {
  const orders = new Map<string, number>();
  for (const p of placed) {
    const key = groupKey(p, decisions);
    orders.set(key, Math.min(orders.get(key) ?? Number.POSITIVE_INFINITY, p.candidate.indication.order));
  }
  return orders;
}

/** Utilities that print alike are equal; certainty then decides. */
const UTILITY_STEP = 0.001;

type Key = readonly (number | string)[];

function sortKey(p: Placed, decisions: readonly Decision[], groupOrder: ReadonlyMap<string, number>): Key {
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
