// The outcome model in plain TypeScript: the definition that the ONNX graph is tested against. Easy to read before fast.
import type { NodeScore, Score, ScoreRow } from '../../domain/outcome.js';
import { columnValue, outsideRange } from './columns.js';
import {
  BEST_WIDTH_MONTHS,
  type CompiledModel,
  type CompiledNetwork,
  INTERVAL_Z,
  MILESTONE_MONTHS,
} from './compiled-model.js';
import { gainLimit, limitSteps, type RestrictedMean } from './gain-limits.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Scores rows, in their order. `intervalOf` draws: for tests. An unknown network is a fault of the caller and throws. */
export function scoreReference(
  model: CompiledModel,
  rows: readonly ScoreRow[],
  intervalOf?: (gains: readonly number[]) => Interval,
): Score[] {
  return rows.map((row) => {
    const network = model.networks.find((n) => n.id === row.network);
    if (network === undefined) throw new RangeError(`the model has no network ${row.network}`);
    return scoreRow(network, row, intervalOf);
  });
}

/** RMST of one curve and linear predictor, months: the quadrature that the graph tabulates. */
export function restrictedMean(network: CompiledNetwork, curve: number, eta: number): number {
  const hazards = network.hazards[curve] ?? [];
  const ratio = Math.exp(eta);
  return hazards.reduce((sum, h, j) => sum + (network.weights[j] ?? 0) * Math.exp(-h * ratio), 0);
}

/** The same with its derivative by the linear predictor. */
function restrictedMeanLine(network: CompiledNetwork, curve: number): RestrictedMean {
  const hazards = network.hazards[curve] ?? [];
  return (eta) => {
    const ratio = Math.exp(eta);
    let [value, slope] = [0, 0];
    hazards.forEach((h, j) => {
      const area = (network.weights[j] ?? 0) * Math.exp(-h * ratio);
      value += area;
      slope -= h * ratio * area;
    });
    return { value, slope };
  };
}

function scoreRow(network: CompiledNetwork, row: ScoreRow, intervalOf?: (gains: readonly number[]) => Interval): Score {
  if (network.columns.some((c) => outsideRange(c, row.features[c.feature] ?? c.centre))) return withoutNumbers(network);
  const etas = linearPredictors(network, row);
  const rmst = network.nodes.map(({ curve }, n) =>
    curve === null ? null : (etas[n] ?? []).map((eta) => restrictedMean(network, curve, eta)),
  );
  const against = network.nodes.findIndex((n) => n.id === row.comparator);
  const comparator = rmst[against] ?? null;
  const limits = intervalOf === undefined ? rowLimits(network, row, against) : undefined;
  const best = probabilityBest(network, rmst, row.eligible);
  const scores = network.nodes.map((node, n): [string, NodeScore] => {
    const draws = rmst[n];
    const curve = node.curve;
    if (draws === undefined || draws === null || curve === null) return [node.id, noNumbers(node.harm)];
    const gains = comparator?.map((c, k) => (draws[k] ?? 0) - c);
    const interval = gains && (intervalOf?.(gains) ?? limits?.(n));
    const [survival12, survival24, survival60] = MILESTONE_MONTHS.map((months, m) =>
      months > network.horizonMonths
        ? null
        : mean((etas[n] ?? []).map((eta) => Math.exp(-(network.milestones[curve]?.[m] ?? 0) * Math.exp(eta)))),
    );
    return [
      node.id,
      {
        survival12: survival12 ?? null,
        survival24: survival24 ?? null,
        survival60: survival60 ?? null,
        rmst: mean(draws),
        gain: gains ? mean(gains) : null,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        probabilityBest: best[n] ?? null,
        harm: node.harm,
      },
    ];
  });
  return Object.fromEntries(scores);
}

/** Deviations from the centres, null where unknown. */
const deviations = (network: CompiledNetwork, row: ScoreRow): (number | null)[] =>
  network.columns.map((c) => {
    const x = row.features[c.feature];
    return x === undefined || x === null ? null : columnValue(c, x) - c.centre;
  });

/** [node][draw] */
function linearPredictors(network: CompiledNetwork, row: ScoreRow): number[][] {
  const values = deviations(network, row);
  return network.constant.map((constants, n) =>
    constants.map((constant, k) =>
      values.reduce<number>(
        (eta, x, c) => eta + (x === null ? (network.drift[c]?.[n]?.[k] ?? 0) : x * (network.slope[c]?.[n]?.[k] ?? 0)),
        constant,
      ),
    ),
  );
}

const LEAST_WEIGHT = 1e-9;

/** The limits of the gain of node n over the comparator. */
function rowLimits(network: CompiledNetwork, row: ScoreRow, against: number): (n: number) => Interval {
  const values = deviations(network, row);
  const design = [1, ...values.map((x) => x ?? 0), ...values.map((x) => (x === null ? 1 : 0))];
  const { logWeight, terms } = network.limits;
  // Components that say what a known fact is not weigh nothing.
  const weights = (logWeight[0] ?? []).flatMap((_, m) => {
    const weight = Math.exp(design.reduce((s, x, r) => s + x * (logWeight[r]?.[m] ?? 0), 0));
    return weight < LEAST_WEIGHT ? [] : [{ m, weight }];
  });
  const predictor = (m: number, n: number): number[] =>
    (terms[0]?.[m]?.[n] ?? []).map((_, j) => design.reduce((s, x, r) => s + x * (terms[r]?.[m]?.[n]?.[j] ?? 0), 0));
  const steps = limitSteps(logWeight[0]?.length ?? 1);
  const base = weights.map(({ m }) => predictor(m, against));
  const lineOf = (n: number): RestrictedMean => restrictedMeanLine(network, network.nodes[n]?.curve ?? 0);
  return (n) => {
    const components = weights.map(({ m, weight }, i) => ({
      weight,
      node: predictor(m, n),
      comparator: base[i] ?? [],
    }));
    const limit = (z: number): number => gainLimit(components, lineOf(n), lineOf(against), z, steps);
    return { low: limit(-INTERVAL_Z), high: limit(INTERVAL_Z) };
  };
}

function probabilityBest(
  network: CompiledNetwork,
  rmst: readonly (readonly number[] | null)[],
  eligible: readonly string[],
): (number | null)[] {
  const inPlay = network.nodes.map((node, n) => eligible.includes(node.id) && rmst[n] !== null);
  const draws = network.constant[0]?.length ?? 0;
  const sums = network.nodes.map(() => 0);
  for (let k = 0; k < draws; k++) {
    const values = rmst.map((r, n) => (inPlay[n] ? (r?.[k] ?? 0) : Number.NEGATIVE_INFINITY));
    const longest = Math.max(...values);
    const shares = values.map((v) => Math.exp((v - longest) / BEST_WIDTH_MONTHS));
    const total = shares.reduce((s, x) => s + x, 0);
    shares.forEach((x, n) => {
      sums[n] = (sums[n] ?? 0) + x / total;
    });
  }
  return sums.map((s, n) => (inPlay[n] ? s / draws : null));
}

const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;

/** Hazen's quantile: linear between order statistics at (i - 1/2) / n. */
export function quantile(x: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(x).sort();
  const position = Math.min(Math.max(p * sorted.length - 0.5, 0), sorted.length - 1);
  const i = Math.floor(position);
  const low = sorted[i] ?? NaN;
  return low + (position - i) * ((sorted[i + 1] ?? low) - low);
}

export const withoutNumbers = (network: Pick<CompiledNetwork, 'nodes'>): Score =>
  Object.fromEntries(network.nodes.map((n) => [n.id, noNumbers(n.harm)]));

const noNumbers = (harm: number | null): NodeScore => ({
  survival12: null,
  survival24: null,
  survival60: null,
  rmst: null,
  gain: null,
  low: null,
  high: null,
  probabilityBest: null,
  harm,
});
