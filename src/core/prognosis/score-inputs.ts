// What a score asks of a patient, through other scores too: a change of LDH moves the IPI, and with it everything that asks for the IPI.
import type { Score } from '../../domain/corpus/score.js';
import { askedBy } from '../criteria/asked.js';

/** Names as in criteria/asked.ts: "value age", "stage", "biomarker TP53". */
export function inputsOf(score: Score): ReadonlySet<string> {
  const criteria = [...score.items.flatMap((item) => item.tiers.map((t) => t.when)), ...score.rules.map((r) => r.when)];
  return new Set([
    ...criteria.flatMap((criterion) => [...askedBy(criterion)]),
    ...score.terms.map(({ fact }) => `value ${fact}`),
    ...Object.keys(score.range).map((fact) => `value ${fact}`),
    ...(score.of === undefined ? [] : [`value ${score.of}`]),
    ...(score.cancers === undefined ? [] : ['cancer']),
  ]);
}

/** The scores that a change of these names moves. */
export function movedBy(scores: readonly Score[]): (names: readonly string[]) => readonly string[] {
  const askers = new Map<string, string[]>();
  for (const score of scores)
    for (const name of inputsOf(score)) askers.set(name, [...(askers.get(name) ?? []), score.id]);
  return (names) => {
    const moved = new Set<string>();
    const changed = [...names];
    for (const name of changed)
      for (const id of askers.get(name) ?? []) {
        if (moved.has(id)) continue;
        moved.add(id);
        changed.push(`value ${id}`);
      }
    return [...moved];
  };
}
