// The K draws of one network: every uncertain number of it as a function of standard normals that are spread evenly.
import { normalCdf } from '../../stats/distributions.js';
import { semiCholesky } from '../../stats/linear-algebra.js';
import { stratifiedNormals } from '../../stats/normal-draws.js';
import { seededRandom } from '../../stats/random.js';
import type { FittedNetwork } from '../synthesize/outcome-network.js';
import { factOf } from './columns.js';

export interface NetworkDraws {
  /** [node][draw] log hazard ratio against the reference, tau2 included. */
  readonly effects: readonly (readonly number[])[];
  /** [draw] shift of the log baseline hazard. */
  readonly baseline: readonly number[];
  /** [covariate][draw], [modifier][draw] standard normals. */
  readonly covariates: readonly (readonly number[])[];
  readonly modifiers: readonly (readonly number[])[];
  /** Every normal of the above and of `facts`, [axis][draw]. */
  readonly normals: readonly (readonly number[])[];
  /** By fact: what its value is when unknown, as standard normal and as uniform. */
  readonly facts: ReadonlyMap<string, { readonly z: readonly number[]; readonly u: readonly number[] }>;
}

export type Sampling = 'stratified' | 'random';

/** Draws for `fitted`; 'random' is the plain Monte Carlo that tests compare with. */
export function networkDraws(
  fitted: FittedNetwork,
  facts: readonly string[],
  k: number,
  seed: number,
  sampling: Sampling = 'stratified',
): NetworkDraws {
  const { network, nodes } = fitted;
  const others = nodes.flatMap((n, i) => (n.id === network.reference ? [] : [i]));
  const factor = semiCholesky(predictiveCovariance(fitted, others));
  const dimensions = others.length + 1 + network.covariates.length + network.modifiers.length + facts.length;
  const z =
    sampling === 'stratified'
      ? stratifiedNormals(k, dimensions, contrastDirections(fitted, factor, facts, dimensions), seed)
      : plain(k, dimensions, seed);
  const normals = Array.from({ length: dimensions }, (_, d) => z.map((point) => point[d] ?? 0));
  const axis = (d: number): readonly number[] => normals[d] ?? [];
  const first = others.length + 1;
  const effects = nodes.map((node, i) => {
    const row = factor[others.indexOf(i)];
    return z.map((point) =>
      row === undefined ? 0 : node.effect + row.reduce((s, x, j) => s + x * (point[j] ?? 0), 0),
    );
  });
  return {
    normals,
    effects,
    baseline: axis(others.length).map((x) => x * fitted.baseline.logHazardSe),
    covariates: network.covariates.map((_, i) => axis(first + i)),
    modifiers: network.modifiers.map((_, i) => axis(first + network.covariates.length + i)),
    facts: new Map(
      facts.map((fact, i) => {
        const values = axis(first + network.covariates.length + network.modifiers.length + i);
        return [fact, { z: values, u: values.map(normalCdf) }];
      }),
    ),
  };
}

/** V + tau2 (I + J) / 2 among the nodes beside the reference: the effects in a new trial. */
export function predictiveCovariance(fitted: FittedNetwork, others: readonly number[]): number[][] {
  return others.map((i) =>
    others.map((j) => (fitted.covariance[i]?.[j] ?? 0) + (i === j ? fitted.tau2 : fitted.tau2 / 2)),
  );
}

/**
 * The directions in which intervals are read: every comparison of two nodes or of a node with the reference, and each of them again
 * with a modifier of the node known (either way) or unknown.
 */
function contrastDirections(
  fitted: FittedNetwork,
  factor: readonly (readonly number[])[],
  facts: readonly string[],
  dimensions: number,
): number[][] {
  const { network } = fitted;
  const others = fitted.nodes.filter((n) => n.id !== network.reference).map((n) => n.id);
  const firstModifier = others.length + 1 + network.covariates.length;
  const padded = (row: readonly number[]): number[] => Array.from({ length: dimensions }, (_, j) => row[j] ?? 0);
  const plus = (row: readonly number[], axis: number, amount: number): number[] =>
    row.map((x, j) => (j === axis ? x + amount : x));
  return others.flatMap((id, i) => {
    const row = factor[i] ?? [];
    const contrasts = [
      padded(row),
      ...factor.flatMap((b, j) => (j === i ? [] : [padded(row.map((x, c) => x - (b[c] ?? 0)))])),
    ];
    const modified = network.modifiers.flatMap((m, k) => {
      if (m.node !== id) return [];
      const fact = firstModifier + network.modifiers.length + facts.indexOf(factOf(m.fact));
      const spread = m.gamma * Math.sqrt(m.prevalence * (1 - m.prevalence));
      return contrasts.flatMap((c) => [
        plus(c, firstModifier + k, m.se * (1 - m.prevalence)),
        plus(c, firstModifier + k, -m.se * m.prevalence),
        plus(c, fact, spread),
      ]);
    });
    return [...contrasts, ...modified];
  });
}

function plain(k: number, dimensions: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: k }, () => Array.from({ length: dimensions }, () => random.normal()));
}
