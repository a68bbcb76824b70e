// How far two sets of scores of the same rows are apart: the parity of graph and reference, and the golden file.
import type { NodeScore, Score } from '../../domain/outcome.js';

export interface ScoreDifference {
  readonly rows: number;
  /** Largest absolute differences of probabilities and proportions, and of months. */
  readonly probability: number;
  readonly months: number;
  /** Numbers that one side has and the other does not; the first few places. */
  readonly missing: number;
  readonly places: readonly string[];
}

const MONTHS: ReadonlySet<keyof NodeScore> = new Set(['rmst', 'gain', 'low', 'high']);
const NUMBERS: readonly (keyof NodeScore)[] = [
  'survival12',
  'survival24',
  'survival60',
  'rmst',
  'gain',
  'low',
  'high',
  'probabilityBest',
  'harm',
];

export function scoreDifference(expected: readonly Score[], actual: readonly Score[]): ScoreDifference {
  let [probability, months, missing] = [0, 0, 0];
  const places: string[] = [];
  expected.forEach((score, row) => {
    for (const node of new Set([...Object.keys(score), ...Object.keys(actual[row] ?? {})]))
      for (const name of NUMBERS) {
        const x = score[node]?.[name] ?? null;
        const y = actual[row]?.[node]?.[name] ?? null;
        if (x === null && y === null) continue;
        if (x === null || y === null) {
          missing++;
          if (places.length < 5) places.push(`row ${row + 1}, ${node}, ${name}`);
        } else if (MONTHS.has(name)) months = Math.max(months, Math.abs(x - y));
        else probability = Math.max(probability, Math.abs(x - y));
      }
  });
  return { rows: expected.length, probability, months, missing, places };
}
