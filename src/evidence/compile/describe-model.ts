// From fitted and compiled networks to the manifest's description of them.
import { Z95 } from '../../stats/distributions.js';
import type { FittedNetwork, NodeEstimate } from '../synthesize/outcome-network.js';
import type { CompiledNetwork } from './compiled-model.js';
import type { Manifest, ManifestNetwork } from './manifest.js';

const interval = (effect: number, se: number): { value: number; low: number; high: number } => ({
  value: Math.exp(effect),
  low: Math.exp(effect - Z95 * se),
  high: Math.exp(effect + Z95 * se),
});

export function describeNetwork(
  fitted: FittedNetwork,
  compiled: CompiledNetwork,
  unitOf: (fact: string) => string | undefined,
): ManifestNetwork {
  const { network, baseline } = fitted;
  const node = (n: NodeEstimate): ManifestNetwork['nodes'][number] => ({
    id: n.id,
    numbers: n.withheld === undefined,
    ...(n.withheld === undefined ? {} : { withheld: n.withheld }),
    hazardRatio: interval(n.effect, n.se),
    predictionInterval: interval(n.effect, n.predictiveSe),
    pScore: n.pScore,
    direct: n.direct,
    harm: n.harm,
    certainty: n.certainty,
    reasons: [...n.reasons],
    studies: [...n.studies],
  });
  return {
    id: network.id,
    cancer: network.cancer,
    decision: network.decision,
    outcome: network.outcome,
    population: network.population.en,
    reference: network.reference,
    horizonMonths: fitted.horizonMonths,
    nodes: fitted.nodes.map(node),
    columns: compiled.columns.map((c) => {
      const unit = c.feature.includes('=') ? undefined : unitOf(c.feature);
      return { ...c, ...(unit === undefined ? {} : { unit }) };
    }),
    tau2: fitted.tau2,
    tau2Known: fitted.tau2Known,
    i2: fitted.i2,
    heterogeneityP: fitted.heterogeneityP,
    inconsistencyP: fitted.inconsistencyP,
    baseline: {
      study: baseline.study,
      arm: baseline.arm,
      family: baseline.curve.family,
      parameters: [...baseline.curve.parameters],
      worst: baseline.worst,
      remarks: [...baseline.remarks],
    },
    trials: fitted.trials.map((t) => ({ ...t, nodes: [...t.nodes], remarks: [...t.remarks] })),
    remarks: [...fitted.remarks],
  };
}

/** Inputs and outputs of the graph with their units. */
export const PORTS: Pick<Manifest, 'inputs' | 'outputs'> = {
  inputs: [
    { name: 'network', type: 'int64', shape: ['1'], unit: 'index into networks' },
    {
      name: 'features',
      type: 'float32',
      shape: ['batch', 'columns'],
      unit: 'of each column; one column of 0 where a network has none',
    },
    { name: 'known', type: 'float32', shape: ['batch', 'columns'], unit: '1 known, 0 unknown' },
    { name: 'eligible', type: 'float32', shape: ['batch', 'nodes'], unit: '1 or 0' },
    { name: 'comparator', type: 'int64', shape: ['batch'], unit: 'index into nodes' },
  ],
  outputs: [
    ...['survival12', 'survival24', 'survival60'].map((name) => ({
      name,
      type: 'float32',
      shape: ['batch', 'nodes'],
      unit: 'probability',
    })),
    ...['rmst', 'gain', 'low', 'high'].map((name) => ({
      name,
      type: 'float32',
      shape: ['batch', 'nodes'],
      unit: 'months',
    })),
    { name: 'best', type: 'float32', shape: ['batch', 'nodes'], unit: 'probability' },
    { name: 'harm', type: 'float32', shape: ['batch', 'nodes'], unit: 'proportion, -1 unknown' },
  ],
};
