// Every network of the corpus that asks nothing of the patient: the limits against the exact distribution of the gain, without draws and
// without the approximation. The predictors of node and comparator are two normals; given the comparator's, the gain is at most q when
// the node's restricted mean is at most q more: P(gain <= q) = E[1 - Phi((R_node^-1(q + R_comparator) - mean) / sd)], integrated by
// the trapezium rule. Distances are shares of the interval's width; the bound of the design is 2 %.
import { expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { synthesizeCorpus } from '../../../src/app/build-model.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { predictiveCovariance } from '../../../src/evidence/compile/draws.js';
import { restrictedMean, scoreReference } from '../../../src/evidence/compile/reference.js';
import type { FittedNetwork } from '../../../src/evidence/synthesize/outcome-network.js';
import { normalCdf } from '../../../src/stats/distributions.js';

const POINTS = 4000;
const [LOW, HIGH] = [-14, 10];
const STEP = (HIGH - LOW) / (POINTS - 1);

interface Curve {
  value(eta: number): number;
  /** The predictor at which the restricted mean is so many months; infinite where it never is. */
  inverse(months: number): number;
}

function curveOf(table: Float64Array): Curve {
  const at = (i: number): number => table[i] ?? 0;
  return {
    value(eta) {
      const place = Math.min(Math.max((eta - LOW) / STEP, 0), POINTS - 1.001);
      const i = Math.floor(place);
      return at(i) + (place - i) * (at(i + 1) - at(i));
    },
    inverse(months) {
      if (months >= at(0)) return Number.NEGATIVE_INFINITY;
      if (months <= at(POINTS - 1)) return Number.POSITIVE_INFINITY;
      let [a, b] = [0, POINTS - 1];
      while (b - a > 1) {
        const middle = (a + b) >> 1;
        if (at(middle) > months) a = middle;
        else b = middle;
      }
      return LOW + STEP * (a + (at(a) - months) / (at(a) - at(b)));
    },
  };
}

// Phi, tabulated: it is asked millions of times.
const PHI = Float64Array.from({ length: 16_001 }, (_, i) => normalCdf(-8 + i / 1000));
const phi = (z: number): number => {
  const place = Math.min(Math.max((z + 8) * 1000, 0), 15_999.999);
  const i = Math.floor(place);
  return (PHI[i] ?? 0) + (place - i) * ((PHI[i + 1] ?? 0) - (PHI[i] ?? 0));
};

/** The value below which the gain lies with probability p. */
function exactLimit(
  p: number,
  node: Curve,
  comparator: Curve,
  moments: { n: number; c: number; vn: number; vc: number; cov: number },
  horizon: number,
): number {
  const { n, c, vn, vc, cov } = moments;
  const sd = Math.sqrt(Math.max(1e-12, vn - (cov * cov) / vc));
  const grid = Array.from({ length: 301 }, (_, i) => -6 + i / 25);
  const points = grid.map((u) => ({
    weight: Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI) / 25,
    against: comparator.value(c + u * Math.sqrt(vc)),
    mean: n + (cov / Math.sqrt(vc)) * u,
  }));
  const below = (q: number): number =>
    points.reduce((s, x) => s + x.weight * (1 - phi((node.inverse(q + x.against) - x.mean) / sd)), 0);
  let [a, b] = [-horizon, horizon];
  for (let i = 0; i < 30; i++) {
    const middle = (a + b) / 2;
    if (below(middle) < p) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

function distances(of: FittedNetwork): number[] {
  const network = compileNetwork(of, { seed: 1 });
  const curves = network.hazards.map((_, i) =>
    curveOf(Float64Array.from({ length: POINTS }, (__, k) => restrictedMean(network, i, LOW + k * STEP))),
  );
  const others = of.nodes.flatMap((x, i) => (x.id === of.network.reference ? [] : [i]));
  const effects = predictiveCovariance(of, others);
  const base = of.baseline.logHazardSe ** 2;
  const covariance = (i: number, j: number): number => base + (effects[others.indexOf(i)]?.[others.indexOf(j)] ?? 0);
  const eligible = network.nodes.map((x) => x.id);
  return of.nodes.flatMap((against, c) => {
    const comparator = curves[network.nodes[c]?.curve ?? -1];
    if (comparator === undefined) return [];
    const row = { network: network.id, features: {}, eligible, comparator: against.id };
    const [score] = scoreReference({ draws: 64, networks: [network] }, [row]);
    return of.nodes.flatMap((own, n) => {
      const node = curves[network.nodes[n]?.curve ?? -1];
      const { low, high } = score?.[own.id] ?? { low: null, high: null };
      if (n === c || node === undefined || low === null || high === null) return [];
      const moments = {
        ...{ n: own.effect, c: against.effect },
        ...{ vn: covariance(n, n), vc: covariance(c, c), cov: covariance(n, c) },
      };
      const exact = [0.05, 0.95].map((p) => exactLimit(p, node, comparator, moments, network.horizonMonths));
      const width = (exact[1] ?? NaN) - (exact[0] ?? NaN);
      return [Math.abs(low - (exact[0] ?? NaN)) / width, Math.abs(high - (exact[1] ?? NaN)) / width];
    });
  });
}

it('has limits within 2 % of the width of the exact ones in every network of the corpus', { timeout: 240_000 }, () => {
  const { fitted } = synthesizeCorpus(loadCorpus(corpusDirectory));
  const plain = fitted.filter(({ network }) => network.covariates.length + network.modifiers.length === 0);
  const found = plain.flatMap(distances).sort((a, b) => a - b);
  expect(found.length).toBeGreaterThan(1000);
  const worst = found.at(-1) ?? NaN;
  expect(worst).toBeLessThan(0.02);
});
