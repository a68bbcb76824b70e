// Score rows -> the graph's tensors, in the order of the manifest; and the graph's numbers back to node scores.
import type { NodeScore, Score, ScoreRow } from '../../domain/outcome.js';
import { columnValue, outsideRange } from '../../evidence/compile/columns.js';
import type { ManifestNetwork } from '../../evidence/compile/manifest.js';

export interface Arranged {
  readonly features: Float32Array;
  readonly known: Float32Array;
  readonly eligible: Float32Array;
  readonly comparator: BigInt64Array;
  /** Rows outside the trials' ranges: they go through the graph like the others and their numbers are withheld. */
  readonly outside: readonly boolean[];
  readonly columns: number;
}

/** Rows of one network. A node that the network does not have is ignored among the eligible. */
export function arrange(network: ManifestNetwork, rows: readonly ScoreRow[]): Arranged {
  const columns = Math.max(1, network.columns.length);
  const nodes = network.nodes.length;
  const features = new Float32Array(rows.length * columns);
  const known = new Float32Array(rows.length * columns);
  const eligible = new Float32Array(rows.length * nodes);
  const comparator = new BigInt64Array(rows.length);
  const index = new Map(network.nodes.map((node, n) => [node.id, n]));
  const outside = rows.map((row, r) => {
    let out = false;
    network.columns.forEach((column, c) => {
      const x = row.features[column.feature];
      if (x === undefined || x === null) return;
      out ||= outsideRange(column, x);
      features[r * columns + c] = columnValue(column, x);
      known[r * columns + c] = 1;
    });
    for (const id of row.eligible) {
      const n = index.get(id);
      if (n !== undefined && network.nodes[n]?.numbers === true) eligible[r * nodes + n] = 1;
    }
    comparator[r] = BigInt(index.get(row.comparator) ?? 0);
    return out;
  });
  return { features, known, eligible, comparator, outside, columns };
}

export type Outputs = Readonly<Record<OutputName, Float32Array>>;
export type OutputName =
  | 'survival12'
  | 'survival24'
  | 'survival60'
  | 'rmst'
  | 'gain'
  | 'low'
  | 'high'
  | 'best'
  | 'harm';

/** Scores of the rows of one network, null where the evidence does not reach. */
export function readScores(
  network: ManifestNetwork,
  rows: readonly ScoreRow[],
  arranged: Arranged,
  outputs: Outputs,
): Score[] {
  const nodes = network.nodes.length;
  const reaches = [12, 24, 60].map((months) => months <= network.horizonMonths);
  return rows.map((row, r) => {
    const compared = network.nodes.some((n) => n.id === row.comparator && n.numbers);
    const score: Record<string, NodeScore> = {};
    network.nodes.forEach((node, n) => {
      const i = r * nodes + n;
      const told = node.numbers && arranged.outside[r] === false;
      const value = (name: OutputName, condition = true): number | null =>
        told && condition ? (outputs[name][i] ?? null) : null;
      score[node.id] = {
        survival12: value('survival12', reaches[0]),
        survival24: value('survival24', reaches[1]),
        survival60: value('survival60', reaches[2]),
        rmst: value('rmst'),
        gain: value('gain', compared),
        low: value('low', compared),
        high: value('high', compared),
        probabilityBest: value('best', arranged.eligible[i] === 1),
        harm: node.harm,
      };
    });
    return score;
  });
}
