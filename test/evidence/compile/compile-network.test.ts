// The compiled network: the baseline returns the published curve, the draws have exact moments, features act as stated.
import { describe, expect, it } from 'vitest';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { restrictedMean, scoreReference } from '../../../src/evidence/compile/reference.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import type { FittedNetwork } from '../../../src/evidence/synthesize/outcome-network.js';
import { survival } from '../../../src/stats/parametric-survival.js';
import { seededRandom } from '../../../src/stats/random.js';
import { network, plain, studies } from '../small-network.js';

function fitted(of = network): FittedNetwork {
  const synthesis = fitNetwork(of, studies);
  if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
  return synthesis.fitted;
}

const compiled = compileNetwork(fitted(), { seed: 1 });
const model = { draws: 64, networks: [compiled] };
const score = (features: Record<string, number | null>, of = model) =>
  scoreReference(of, [{ network: of.networks[0]?.id ?? '', features, eligible: ['old', 'new'], comparator: 'old' }])[0];

describe('compileNetwork', () => {
  it('averages over the covariates of the arm to the published curve', () => {
    const random = seededRandom(3);
    const curve = fitted().baseline.curve;
    const hazard = compiled.milestones[0]?.[1] ?? NaN;
    let sum = 0;
    const patients = 40_000;
    for (let i = 0; i < patients; i++) {
      const ecog = random.uniform() < 0.5 ? 1 : 0;
      sum += Math.exp(-hazard * Math.exp(0.02 * 10 * random.normal() + 0.4 * (ecog - 0.5)));
    }
    expect(sum / patients).toBeCloseTo(survival(curve, 24), 2);
  });
  it('has draws of the effects with their mean and predictive variance', () => {
    const of = fitted();
    const index = of.nodes.findIndex((n) => n.id === 'new');
    const reference = compiled.constant[of.nodes.findIndex((n) => n.id === 'old')] ?? [];
    const effects = (compiled.constant[index] ?? []).map((x, k) => x - (reference[k] ?? 0));
    const mean = effects.reduce((s, x) => s + x, 0) / effects.length;
    const variance = effects.reduce((s, x) => s + (x - mean) ** 2, 0) / effects.length;
    expect(mean).toBeCloseTo(of.nodes[index]?.effect ?? NaN, 10);
    expect(Math.sqrt(variance)).toBeCloseTo(of.nodes[index]?.predictiveSe ?? NaN, 10);
  });
  it('integrates survival as finely as many more points would', () => {
    const of = fitted(plain);
    const fine = compileNetwork(of, { seed: 1 });
    const width = fine.horizonMonths / 200_000;
    let area = 0;
    for (let i = 0; i < 200_000; i++) area += width * survival(of.baseline.curve, (i + 0.5) * width);
    expect(Math.abs(restrictedMean(fine, 0, 0) - area)).toBeLessThan(1e-5);
  });
  it('tells a shorter survival to an older patient of a worse state', () => {
    const young = score({ age: 45, 'ecog=1': 0 })?.old?.rmst ?? NaN;
    const old = score({ age: 80, 'ecog=1': 1 })?.old?.rmst ?? NaN;
    expect(old).toBeLessThan(young);
  });
  it('widens the interval when a modifier is unknown', () => {
    const width = (features: Record<string, number | null>): number => {
      const node = score(features)?.immune;
      return (node?.high ?? NaN) - (node?.low ?? NaN);
    };
    const known = width({ age: 60, 'ecog=1': 1, 'pd-l1-tps': 20, 'sex=female': 1 });
    expect(width({ age: 60, 'ecog=1': 1, 'pd-l1-tps': null, 'sex=female': 1 })).toBeGreaterThan(known);
  });
  it('gives a patient with high PD-L1 more from the immune arm', () => {
    const gain = (tps: number): number => score({ 'pd-l1-tps': tps })?.immune?.gain ?? NaN;
    expect(gain(80)).toBeGreaterThan(gain(20));
    expect(gain(20)).toBeGreaterThan(gain(0));
  });
  it('gives nothing beyond the horizon', () => {
    const short = { draws: 64, networks: [compileNetwork({ ...fitted(plain), horizonMonths: 30 }, { seed: 1 })] };
    expect(score({}, short)?.new).toMatchObject({ survival60: null, survival24: expect.any(Number) });
  });
  it('compares nothing with a comparator that has no numbers', () => {
    const [row] = scoreReference(model, [
      { network: 'test-network', features: {}, eligible: ['new'], comparator: 'immune-two' },
    ]);
    expect(row?.new).toMatchObject({ gain: null, low: null, high: null, probabilityBest: 1 });
  });
});
