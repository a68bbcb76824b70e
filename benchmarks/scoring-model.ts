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
    months,
    weights,
    hazards: [months.map(cumulativeHazard)],
    milestones: [MILESTONE_MONTHS.map(cumulativeHazard)],
  };
  return { draws: DRAWS, networks: [network] };
}
