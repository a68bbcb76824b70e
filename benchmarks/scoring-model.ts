// A made-up outcome model of the size that the speed is stated for: 16 regimens, 64 draws, 4 covariates and 2 modifiers.
import {
  type CompiledModel,
  type CompiledNetwork,
  DRAWS,
  MILESTONE_MONTHS,
} from '../src/evidence/compile/compiled-model.js';
import { survivalQuadrature } from '../src/stats/quadrature.js';
import { seededRandom } from '../src/stats/random.js';

export const NODES = 16;
const HORIZON_MONTHS = 60;

/** Weibull baseline with median 24 months. */
export const cumulativeHazard = (t: number): number => Math.LN2 * (t / 24) ** 1.2;

export function syntheticModel(seed: number): CompiledModel {
  const random = seededRandom(seed);
  const { nodes: months, weights } = survivalQuadrature(HORIZON_MONTHS, 32);
  const grid = (sd: number): number[][] =>
    Array.from({ length: NODES }, () => Array.from({ length: DRAWS }, () => sd * random.normal()));
  const columns = Array.from({ length: 6 }, (_, c) => ({
    feature: `feature-${c}`,
    kind: 'value' as const,
    centre: 0.5,
    role: c < 4 ? ('covariate' as const) : ('modifier' as const),
    source: 'made up',
  }));
  const network: CompiledNetwork = {
    id: 'synthetic',
    outcome: 'OS',
    reference: 'node-0',
    horizonMonths: HORIZON_MONTHS,
    nodes: Array.from({ length: NODES }, (_, n) => ({
      id: `node-${n}`,
      curve: 0,
      harm: 0.3,
      certainty: 'moderate' as const,
      studies: [],
    })),
    columns,
    constant: grid(0.3),
    slope: columns.map(() => grid(0.2)),
    drift: columns.map(() => grid(0.1)),
    limits: syntheticLimits(random, columns.length),
    months,
    weights,
    hazards: [months.map(cumulativeHazard)],
    milestones: [MILESTONE_MONTHS.map(cumulativeHazard)],
  };
  return { draws: DRAWS, networks: [network] };
}

/** One component, as columns are numbers: means and loadings of 15 effects, the baseline, 6 coefficients and 6 unknown numbers. */
function syntheticLimits(random: { normal(): number }, columns: number): CompiledNetwork['limits'] {
  const factors = NODES + 2 * columns;
  const loading = (used: boolean): number => (used ? 0.1 * random.normal() : 0);
  const terms = (used: (j: number) => boolean): number[][] =>
    Array.from({ length: NODES }, () => [
      0.1 * random.normal(),
      ...Array.from({ length: factors }, (_, j) => loading(used(j))),
    ]);
  const known = Array.from({ length: columns }, (_, c) => [terms((j) => j === NODES + c)]);
  const unknown = Array.from({ length: columns }, (_, c) => [
    terms((j) => j === NODES + c || j === NODES + columns + c),
  ]);
  return {
    logWeight: Array.from({ length: 1 + 2 * columns }, () => [0]),
    terms: [[terms((j) => j < NODES)], ...known, ...unknown],
  };
}
