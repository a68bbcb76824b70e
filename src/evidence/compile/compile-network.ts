// A fitted network as plain numbers: draws multiplied out, the baseline hazard solved on the quadrature's months.
import { normalQuantile } from '../../stats/distributions.js';
import { type Curve, cumulativeHazard } from '../../stats/parametric-survival.js';
import { survivalQuadrature } from '../../stats/quadrature.js';
import type { FittedNetwork, NodeEstimate } from '../synthesize/outcome-network.js';
import { predictorDistribution, solveHazard } from './baseline-hazard.js';
import { covariateColumn, factOf, modifierColumn } from './columns.js';
import { type Column, type CompiledNetwork, DRAWS, MILESTONE_MONTHS } from './compiled-model.js';
import { networkDraws, type Sampling } from './draws.js';
import { limitTerms } from './limit-terms.js';
import { plainDeviations, unknownDeviations } from './unknown-draws.js';

/** Enough for 1e-5 months at the corpus's horizons (test/evidence/compile/compile-network.test.ts). */
const QUADRATURE_NODES = 32;

export interface CompileOptions {
  readonly seed: number;
  readonly draws?: number;
  readonly sampling?: Sampling;
}

export function compileNetwork(fitted: FittedNetwork, options: CompileOptions): CompiledNetwork {
  const { network } = fitted;
  const k = options.draws ?? DRAWS;
  const { columns, ofModifier } = networkColumns(fitted);
  const facts = [...new Set(columns.map((c) => factOf(c.feature)))];
  const draws = networkDraws(fitted, facts, k, options.seed, options.sampling);
  const slope = columns.map((_, c) =>
    fitted.nodes.map((node) =>
      Array.from({ length: k }, (__, draw) => {
        const covariate = network.covariates[c];
        if (covariate !== undefined) return covariate.logHr + covariate.se * (draws.covariates[c]?.[draw] ?? 0);
        return network.modifiers.reduce(
          (s, m, i) =>
            ofModifier[i] === c && m.node === node.id ? s + m.gamma + m.se * (draws.modifiers[i]?.[draw] ?? 0) : s,
          0,
        );
      }),
    ),
  );
  const drift = columns.map((_, c) => {
    const spread = options.sampling === 'random' ? plainDeviations : unknownDeviations;
    const deviations = spread(columns, c, network.covariates[c]?.sd ?? 0, draws);
    return fitted.nodes.map((__, n) => centred(deviations.map((x, draw) => x * (slope[c]?.[n]?.[draw] ?? 0))));
  });
  return {
    id: network.id,
    outcome: network.outcome,
    reference: network.reference,
    horizonMonths: fitted.horizonMonths,
    columns,
    constant: draws.effects.map((row) => row.map((d, draw) => d + (draws.baseline[draw] ?? 0))),
    slope,
    drift,
    limits: limitTerms(fitted, columns, ofModifier),
    ...curves(fitted),
  };
}

/** Value and coefficient are independent, so their product has mean 0. */
function centred(x: readonly number[]): number[] {
  const mean = x.reduce((s, v) => s + v, 0) / x.length;
  return x.map((v) => v - mean);
}

/** Columns, and for each modifier the index of its column (nodes may share a stratum). */
function networkColumns(fitted: FittedNetwork): { columns: Column[]; ofModifier: number[] } {
  const columns = fitted.network.covariates.map(covariateColumn);
  const covariates = columns.length;
  const ofModifier = fitted.network.modifiers.map((m) => {
    const column = modifierColumn(m);
    const same = (c: Column): boolean =>
      c.feature === column.feature &&
      c.lower === column.lower &&
      c.upper === column.upper &&
      c.centre === column.centre;
    const found = columns.findIndex((c, i) => i >= covariates && same(c));
    return found >= 0 ? found : columns.push(column) - 1;
  });
  return { columns, ofModifier };
}

type Curves = Pick<CompiledNetwork, 'nodes' | 'months' | 'weights' | 'hazards' | 'milestones'>;

function curves(fitted: FittedNetwork): Curves {
  const { nodes: months, weights } = survivalQuadrature(fitted.horizonMonths, QUADRATURE_NODES);
  const distribution = predictorDistribution(fitted.network.covariates, normalQuantile);
  const base = (t: number): number => solveHazard(fitted.baseline.curve, t, distribution);
  const rows = [{ hazards: months.map(base), milestones: MILESTONE_MONTHS.map(base) }];
  const nodes = fitted.nodes.map((node) => {
    const { id, harm, certainty, studies } = node;
    return { id, curve: node.withheld === undefined ? curveOf(node) : null, harm, certainty, studies };
  });
  function curveOf(node: NodeEstimate): number {
    const { shape } = node;
    if (shape === undefined) return 0;
    const ratio = (t: number): number => hazardRatio(shape.node, shape.reference, t) / Math.exp(node.effect);
    // A ratio of two fitted curves may bend; a cumulative hazard cannot fall.
    const times = [...months, ...MILESTONE_MONTHS].map((t, index) => ({ t, index })).sort((a, b) => a.t - b.t);
    const values: number[] = [];
    let highest = 0;
    for (const { t, index } of times) {
      highest = Math.max(highest, base(t) * ratio(t));
      values[index] = highest;
    }
    return rows.push({ hazards: values.slice(0, months.length), milestones: values.slice(months.length) }) - 1;
  }
  return { nodes, months, weights, hazards: rows.map((r) => r.hazards), milestones: rows.map((r) => r.milestones) };
}

const hazardRatio = (a: Curve, b: Curve, t: number): number => cumulativeHazard(a, t) / cumulativeHazard(b, t);
