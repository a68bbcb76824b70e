// Ranks through the whole list; and, for counterfactuals, only the first option of each decision, with as little work as that needs.
import type { Candidate } from './candidates.js';
import { groupKey, inOrder } from './order.js';
import { type Placed, place, type Scoring } from './place.js';
import type { SafetyAssessment } from './safety/assess.js';
import type { View } from './view.js';

export function rankOptions(view: View, scoring: Scoring): readonly Placed[] {
  const placed = view.candidates.map((candidate) => place(candidate, view, scoring));
  let rank = 0;
  return inOrder(placed, view.decisions).map((p) =>
    p.standing.band === 'not-recommended' ? p : { ...p, rank: ++rank },
  );
}

/** First option of each decision: decision id -> regimen id. */
export type Firsts = ReadonlyMap<string, string>;

export function firstsOf(ranked: readonly Placed[]): Firsts {
  const firsts = new Map<string, string>();
  for (const { candidate, rank } of ranked)
    if (rank !== null && !firsts.has(candidate.decision.id)) firsts.set(candidate.decision.id, candidate.regimen.id);
  return firsts;
}

const UNASSESSED: SafetyAssessment = { verdicts: [], findings: [], needsData: [], beforeFirstDose: [] };

/**
 * The same as `firstsOf(rankOptions(view))`. Safety is the costly part, and it only demotes: so options are put in order without it,
 * and it is asked only of those that come first, until one stays there.
 */
export function firstOptions(view: View, scoring: Scoring): Firsts {
  const firsts = new Map<string, string>();
  for (const decision of view.decisions) {
    const first = firstOf(
      view.candidates.filter((c) => c.decision === decision),
      view,
      scoring,
    );
    if (first !== undefined) firsts.set(decision.id, first);
  }
  return firsts;
}

function firstOf(candidates: readonly Candidate[], view: View, scoring: Scoring): string | undefined {
  const settled = new Set<Candidate>();
  let placed = candidates.map((candidate) => place(candidate, view, scoring, UNASSESSED));
  for (;;) {
    const [first] = inOrder(placed, view.decisions);
    if (first === undefined || first.standing.band === 'not-recommended') return undefined;
    // A group stands where its first member puts it, so all of the group must be settled.
    const group = groupKey(first, view.decisions);
    const open = placed.filter((p) => !settled.has(p.candidate) && groupKey(p, view.decisions) === group);
    if (open.length === 0) return first.candidate.regimen.id;
    for (const { candidate } of open) settled.add(candidate);
    placed = placed.map((p) => (open.includes(p) ? place(p.candidate, view, scoring) : p));
  }
}
