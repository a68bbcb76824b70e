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

export function movedBy(scores: readonly Score[]): (names: readonly string[]) => readonly string[] {
  const inputs = scores.map((score) => ({ id: score.id, asked: inputsOf(score) }));
  return (names) => {
    const moved = new Set<string>();
    const changed = new Set(names);
    for (let before = -1; before < moved.size; ) {
      before = moved.size;
      for (const { id, asked } of inputs) {
        if (moved.has(id) || ![...asked].some((name) => changed.has(name))) continue;
        moved.add(id);
        changed.add(`value ${id}`);
      }
    }
    return [...moved];
  };
}
