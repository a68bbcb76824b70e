// Constants of the ONNX graph: the compiled networks laid end to end, and RMST tabulated by linear predictor.
// Within one curve RMST is a smooth function of eta, so a table with linear interpolation replaces the quadrature:
// |error| <= h^2 / 8 max|RMST''| (stated by `tableError`, in the manifest).
import type { CompiledModel, CompiledNetwork } from './compiled-model.js';
import { restrictedMean } from './reference.js';

/** Log hazard ratios outside these limits are read at the limit. */
export const TABLE = { low: -9, high: 7, points: 4096 } as const;
export const TABLE_STEP = (TABLE.high - TABLE.low) / (TABLE.points - 1);

export interface NetworkLayout {
  readonly columnStart: number;
  readonly columnEnd: number;
  readonly weightStart: number;
  readonly weightEnd: number;
  readonly nodeStart: number;
  readonly nodeEnd: number;
  readonly termStart: number;
  readonly termEnd: number;
  readonly logStart: number;
  readonly logEnd: number;
  /** Components of the mixture, and 1 + loadings of each. */
  readonly components: number;
  readonly width: number;
}

export interface GraphConstants {
  readonly layout: readonly NetworkLayout[];
  readonly centre: readonly number[];
  /** For each network [1 + 2 columns][node x draw]: constant, slopes of known, drifts of unknown, in steps of the table. */
  readonly weights: readonly number[];
  /** For each network [1 + 2 columns][node x component x (mean, loadings)], in steps of the table; [1 + 2 columns][component]. */
  readonly terms: readonly number[];
  readonly logWeight: readonly number[];
  /** By node: start of its curve in the table; cumulative hazards at the milestones; harm (-1 unknown). */
  readonly tableStart: readonly number[];
  readonly milestones: readonly (readonly number[])[];
  readonly harm: readonly number[];
  readonly value: readonly number[];
  readonly rise: readonly number[];
}

/** Networks without columns get one that weighs nothing: graph inputs must not be empty. */
export const columnCount = (network: { readonly columns: readonly unknown[] }): number =>
  Math.max(1, network.columns.length);

export function graphConstants(model: CompiledModel): GraphConstants {
  const layout: NetworkLayout[] = [];
  const centre: number[] = [];
  const weights: number[] = [];
  const terms: number[] = [];
  const logWeight: number[] = [];
  const tableStart: number[] = [];
  const milestones: number[][] = [];
  const harm: number[] = [];
  const value: number[] = [];
  const rise: number[] = [];
  for (const network of model.networks) {
    const [columnStart, weightStart, nodeStart] = [centre.length, weights.length, harm.length];
    const [termStart, logStart] = [terms.length, logWeight.length];
    const columns = columnCount(network);
    for (let c = 0; c < columns; c++) centre.push(network.columns[c]?.centre ?? 0);
    pushWeights(weights, network, columns);
    pushLimits(terms, logWeight, network, columns);
    const firstTable = value.length;
    for (let curve = 0; curve < network.hazards.length; curve++) pushTable(value, rise, network, curve);
    for (const node of network.nodes) {
      tableStart.push(firstTable + (node.curve ?? 0) * TABLE.points);
      milestones.push([...(network.milestones[node.curve ?? 0] ?? [])]);
      harm.push(node.harm ?? -1);
    }
    layout.push({
      columnStart,
      columnEnd: centre.length,
      weightStart,
      weightEnd: weights.length,
      nodeStart,
      nodeEnd: harm.length,
      termStart,
      termEnd: terms.length,
      logStart,
      logEnd: logWeight.length,
      components: network.limits.terms[0]?.length ?? 1,
      width: network.limits.terms[0]?.[0]?.[0]?.length ?? 1,
    });
  }
  return { layout, centre, weights, terms, logWeight, tableStart, milestones, harm, value, rise };
}

function pushWeights(weights: number[], network: CompiledNetwork, columns: number): void {
  const flat = (grid: readonly (readonly number[])[] | undefined, shift: number): number[] =>
    network.nodes.flatMap((_, n) =>
      (network.constant[n] ?? []).map((__, k) => ((grid?.[n]?.[k] ?? 0) - shift) / TABLE_STEP),
    );
  weights.push(...flat(network.constant, TABLE.low));
  for (let c = 0; c < columns; c++) weights.push(...flat(network.slope[c], 0));
  for (let c = 0; c < columns; c++) weights.push(...flat(network.drift[c], 0));
}

function pushLimits(terms: number[], logWeight: number[], network: CompiledNetwork, columns: number): void {
  const { limits } = network;
  for (let r = 0; r <= 2 * columns; r++) {
    // Rows beyond the network's own: the column that weighs nothing.
    const row = limits.terms[r];
    const components = limits.terms[0] ?? [];
    network.nodes.forEach((_, n) => {
      components.forEach((like, m) => {
        (like[n] ?? []).forEach((__, j) => {
          terms.push(((row?.[m]?.[n]?.[j] ?? 0) - (r === 0 && j === 0 ? TABLE.low : 0)) / TABLE_STEP);
        });
      });
    });
    components.forEach((_, m) => {
      logWeight.push(limits.logWeight[r]?.[m] ?? 0);
    });
  }
}

function pushTable(value: number[], rise: number[], network: CompiledNetwork, curve: number): void {
  const points = Array.from({ length: TABLE.points + 1 }, (_, i) =>
    restrictedMean(network, curve, TABLE.low + i * TABLE_STEP),
  );
  for (let i = 0; i < TABLE.points; i++) {
    value.push(points[i] ?? 0);
    rise.push((points[i + 1] ?? 0) - (points[i] ?? 0));
  }
}

/** Largest difference of table and quadrature between the grid points, months, over all curves. */
export function tableError(model: CompiledModel): number {
  let worst = 0;
  for (const network of model.networks)
    for (let curve = 0; curve < network.hazards.length; curve++)
      for (let i = 0; i < TABLE.points - 1; i += 7) {
        const eta = TABLE.low + i * TABLE_STEP;
        const ends = restrictedMean(network, curve, eta) + restrictedMean(network, curve, eta + TABLE_STEP);
        worst = Math.max(worst, Math.abs(ends / 2 - restrictedMean(network, curve, eta + TABLE_STEP / 2)));
      }
  return worst;
}
