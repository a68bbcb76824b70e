// Gains of one patient by plain Monte Carlo of the model's definition: what the interval limits are tested against.
import type { ScoreRow } from '../../domain/outcome.js';
import type { FittedNetwork } from '../synthesize/outcome-network.js';
import { columnValue } from './columns.js';
import { compileNetwork } from './compile-network.js';
import type { CompiledNetwork } from './compiled-model.js';
import { restrictedMean } from './reference.js';

export interface Drawing {
  readonly seed: number;
  /** Draws held at once. */
  readonly chunk: number;
}

/** Points of the table of restricted means: an error of 1e-6 of the horizon. */
const POINTS = 20_000;
const [LOW, HIGH] = [-12, 10];

/** For each row of the network, by node: `draws` gains over the comparator. Nodes without numbers are left out. */
export function drawnGains(
  fitted: FittedNetwork,
  rows: readonly ScoreRow[],
  draws: number,
  { seed, chunk }: Drawing,
): ReadonlyMap<string, Float64Array>[] {
  const gains = rows.map(() => new Map<string, Float64Array>());
  let tables: Float64Array[] = [];
  for (let start = 0; start < draws; start += chunk) {
    const k = Math.min(chunk, draws - start);
    const network = compileNetwork(fitted, { seed: seed + start / chunk, draws: k, sampling: 'random' });
    if (tables.length === 0) tables = network.hazards.map((_, curve) => tableOf(network, curve));
    rows.forEach((row, r) => {
      const months = drawnMonths(network, row, tables);
      const base = months[network.nodes.findIndex((n) => n.id === row.comparator)];
      network.nodes.forEach(({ id }, n) => {
        const own = months[n];
        if (own === undefined || base === undefined) return;
        const all = gains[r]?.get(id) ?? new Float64Array(draws);
        gains[r]?.set(id, all);
        own.forEach((x, i) => {
          all[start + i] = x - (base[i] ?? 0);
        });
      });
    });
  }
  return gains;
}

const tableOf = (network: CompiledNetwork, curve: number): Float64Array =>
  Float64Array.from({ length: POINTS }, (_, i) =>
    restrictedMean(network, curve, LOW + (i * (HIGH - LOW)) / (POINTS - 1)),
  );

/** [node][draw] restricted mean; undefined for a node without numbers. */
function drawnMonths(
  network: CompiledNetwork,
  row: ScoreRow,
  tables: readonly Float64Array[],
): (number[] | undefined)[] {
  const values = network.columns.map((c) => {
    const x = row.features[c.feature];
    return x === undefined || x === null ? null : columnValue(c, x) - c.centre;
  });
  return network.nodes.map(({ curve }, n) => {
    const table = curve === null ? undefined : tables[curve];
    return (
      table &&
      network.constant[n]?.map((constant, draw) =>
        interpolated(
          table,
          values.reduce<number>(
            (eta, x, c) =>
              eta + (x === null ? (network.drift[c]?.[n]?.[draw] ?? 0) : x * (network.slope[c]?.[n]?.[draw] ?? 0)),
            constant,
          ),
        ),
      )
    );
  });
}

function interpolated(table: Float64Array, eta: number): number {
  const place = Math.min(Math.max(((eta - LOW) / (HIGH - LOW)) * (POINTS - 1), 0), POINTS - 1.001);
  const i = Math.floor(place);
  const low = table[i] ?? 0;
  return low + (place - i) * ((table[i + 1] ?? low) - low);
}
