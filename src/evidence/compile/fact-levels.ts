// What a fact that is not known may be: slices of its published distribution within which its words and strata do not change.
// Within a slice a numeric column of the same fact is a truncated normal, told by its mean and standard deviation.
import { normalQuantile } from '../../stats/distributions.js';
import { factOf, unknownSlice } from './columns.js';
import type { Column } from './compiled-model.js';

export interface Level {
  readonly probability: number;
  /** [column] mean deviation from the column's centre; 0 for columns of other facts. */
  readonly deviation: readonly number[];
  /** [column] standard deviation within the slice; 0 for words, strata and columns of other facts. */
  readonly spread: readonly number[];
}

/** `sd` of numeric columns in the order of `columns`. */
export function factLevels(columns: readonly Column[], sd: readonly number[], fact: string): Level[] {
  const own = columns.map((c) => factOf(c.feature) === fact);
  const slices = columns.map((_, c) => (own[c] ? unknownSlice(columns, c) : undefined));
  const edges = [0, 1, ...slices.flatMap((s) => (s === undefined ? [] : [s.start, Math.min(1, s.end)]))].sort(
    (a, b) => a - b,
  );
  const levels: Level[] = [];
  edges.forEach((end, i) => {
    const start = edges[i - 1] ?? 0;
    if (end - start < 1e-9) return;
    const middle = (start + end) / 2;
    const numeric = truncatedNormal(start, end);
    const value = (c: number): number => {
      const slice = slices[c];
      if (!own[c]) return 0;
      if (slice === undefined) return (sd[c] ?? 0) * numeric.mean;
      return (middle >= slice.start && middle < slice.end ? 1 : 0) - (columns[c]?.centre ?? 0);
    };
    levels.push({
      probability: end - start,
      deviation: columns.map((_, c) => value(c)),
      spread: columns.map((_, c) => (own[c] && slices[c] === undefined ? (sd[c] ?? 0) * numeric.sd : 0)),
    });
  });
  return levels;
}

/** A standard normal between its quantiles p and q (Johnson, Kotz & Balakrishnan 1994, section 13.10.1). */
function truncatedNormal(p: number, q: number): { mean: number; sd: number } {
  const [a, b] = [normalQuantile(p), normalQuantile(q)];
  const density = (x: number): number => (Number.isFinite(x) ? Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) : 0);
  const moment = (x: number): number => (Number.isFinite(x) ? x * density(x) : 0);
  const mean = (density(a) - density(b)) / (q - p);
  const square = 1 + (moment(a) - moment(b)) / (q - p);
  return { mean, sd: Math.sqrt(Math.max(0, square - mean * mean)) };
}
