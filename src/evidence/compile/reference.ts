// The outcome model in plain TypeScript: the definition that the ONNX graph is tested against. Easy to read before fast.
import type { NodeScore, Score, ScoreRow } from '../../domain/outcome.js';
import { columnValue, outsideRange } from './columns.js';
import {
  BEST_WIDTH_MONTHS,
  type CompiledModel,
  type CompiledNetwork,
  INTERVAL_Z,
  MILESTONE_MONTHS,
  VARIANCE_FLOOR,
} from './compiled-model.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Scores rows, in their order. An unknown network is a fault of the caller and throws. */
export function scoreReference(
  model: CompiledModel,
  rows: readonly ScoreRow[],
  intervalOf: (gains: readonly number[]) => Interval = cornishFisher,
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

function scoreRow(network: CompiledNetwork, row: ScoreRow, intervalOf: (gains: readonly number[]) => Interval): Score {
  if (network.columns.some((c) => outsideRange(c, row.features[c.feature] ?? c.centre))) return withoutNumbers(network);
  const etas = linearPredictors(network, row);
  const rmst = network.nodes.map(({ curve }, n) =>
    curve === null ? null : (etas[n] ?? []).map((eta) => restrictedMean(network, curve, eta)),
  );
  const comparator = rmst[network.nodes.findIndex((n) => n.id === row.comparator)] ?? null;
  const best = probabilityBest(network, rmst, row.eligible);
  const scores = network.nodes.map((node, n): [string, NodeScore] => {
    const draws = rmst[n];
    const curve = node.curve;
    if (draws === undefined || draws === null || curve === null) return [node.id, noNumbers(node.harm)];
    const gains = comparator?.map((c, k) => (draws[k] ?? 0) - c);
    const limits = gains && intervalOf(gains);
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
        low: limits?.low ?? null,
        high: limits?.high ?? null,
        probabilityBest: best[n] ?? null,
        harm: node.harm,
      },
    ];
  });
  return Object.fromEntries(scores);
}

/** [node][draw] */
function linearPredictors(network: CompiledNetwork, row: ScoreRow): number[][] {
  const values = network.columns.map((c) => {
    const x = row.features[c.feature];
    return x === undefined || x === null ? null : columnValue(c, x) - c.centre;
  });
  return network.constant.map((constants, n) =>
    constants.map((constant, k) =>
      values.reduce<number>(
        (eta, x, c) => eta + (x === null ? (network.drift[c]?.[n]?.[k] ?? 0) : x * (network.slope[c]?.[n]?.[k] ?? 0)),
        constant,
      ),
    ),
  );
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

/**
 * Limits of the interval from mean, variance and skewness of the draws (Cornish & Fisher 1938, first term):
 * mean + z sd + (z^2 - 1) / 6 skewness sd. A few spread draws have exact variances and small errors of skewness, while their
 * order statistics would be lumpy. Agreement with quantiles of 10,000 plain draws: test/evidence/compile/interval.test.ts.
 */
export function cornishFisher(x: readonly number[]): Interval {
  const m = mean(x);
  const variance = mean(x.map((v) => (v - m) ** 2));
  const third = mean(x.map((v) => (v - m) ** 3));
  const lean = ((INTERVAL_Z * INTERVAL_Z - 1) / 6) * (third / (variance + VARIANCE_FLOOR));
  const half = INTERVAL_Z * Math.sqrt(variance);
  return { low: m - half + lean, high: m + half + lean };
}

/** Hazen's quantile: linear between order statistics at (i - 1/2) / n. */
export function quantile(x: readonly number[], p: number): number {
  const sorted = [...x].sort((a, b) => a - b);
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
