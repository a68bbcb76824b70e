// Limits of the 90 % interval against plain Monte Carlo of the same definition, as a share of the interval's width (a limit near 0 has
// no relative error of its own). Each quantile of 100,000 draws has a standard error of 0.2 % of the width, in a long tail twice that.
// The same over every network of the corpus: `npm run bench -- limits`.
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import { Network } from '../../../src/domain/corpus/network.js';
import { Study } from '../../../src/domain/corpus/study.js';
import type { ScoreRow } from '../../../src/domain/outcome.js';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { drawnGains } from '../../../src/evidence/compile/drawn-gains.js';
import { randomRows } from '../../../src/evidence/compile/random-rows.js';
import { quantile, scoreReference } from '../../../src/evidence/compile/reference.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import type { FittedNetwork } from '../../../src/evidence/synthesize/outcome-network.js';
import { network, plain, studies } from '../small-network.js';

const DRAWS = 100_000;
const BOUND = 0.02;

function fitted(of: Network, from = studies): FittedNetwork {
  const synthesis = fitNetwork(of, from);
  if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
  return synthesis.fitted;
}

/** Distances of every limit from that of the draws, in widths. */
function distances(of: FittedNetwork, rows: readonly ScoreRow[]): number[] {
  const scores = scoreReference({ draws: 64, networks: [compileNetwork(of, { seed: 1 })] }, rows);
  const gains = drawnGains(of, rows, DRAWS, { seed: 99, chunk: 25_000 });
  return rows.flatMap((row, i) =>
    Object.entries(scores[i] ?? {}).flatMap(([node, { low, high }]) => {
      const drawn = gains[i]?.get(node);
      if (drawn === undefined || low === null || high === null || node === row.comparator) return [];
      const [theirLow, theirHigh] = [quantile(drawn, 0.05), quantile(drawn, 0.95)];
      const width = theirHigh - theirLow;
      return [Math.abs(low - theirLow) / width, Math.abs(high - theirHigh) / width];
    }),
  );
}

const randomPatients = (of: FittedNetwork, count: number, seed: number): ScoreRow[] =>
  randomRows({ draws: 64, networks: [compileNetwork(of, { seed: 1 })] }, count, seed);

describe('the limits of a gain', () => {
  it('are those of the draws whatever is known of the patient', () => {
    const of = fitted(network);
    const found = distances(of, randomPatients(of, 8, 5));
    expect(found.length).toBeGreaterThan(60);
    expect(Math.max(...found)).toBeLessThan(BOUND);
  });

  it('are those of the draws when an unknown marker splits patients into those who gain much and those who lose', () => {
    const strong = Network.parse({
      ...network,
      modifiers: [{ node: 'new', fact: 'marker', is: 'yes', gamma: -1.5, se: 0.1, prevalence: 0.06, study: 'one' }],
    });
    const row = { network: strong.id, features: {}, eligible: ['new'], comparator: 'old' };
    const found = distances(fitted(strong), [row, { ...row, features: { 'marker=yes': 1 } }]);
    expect(Math.max(...found)).toBeLessThan(BOUND);
  });

  it('are those of the draws when many unknown facts are more than the components that are kept', () => {
    const words = ['a', 'b', 'c', 'd', 'e', 'f'].map((fact, i) => ({
      ...{ fact, is: 'yes', logHr: 0.6 - 0.1 * i, se: 0.05, mean: 0.3 + 0.05 * i, source: 'made up' },
    }));
    const many = Network.parse({ ...network, covariates: [...network.covariates, ...words] });
    const row = { network: many.id, features: {}, eligible: ['new'], comparator: 'old' };
    expect(Math.max(...distances(fitted(many), [row]))).toBeLessThan(BOUND);
  });

  it('are those of the draws when the effect is hardly known and survival long', () => {
    const [one] = studies;
    if (one === undefined) throw new Error('a study is needed');
    const wide = Study.parse({
      ...one,
      results: one.results.map((r) => ({
        ...r,
        effect: { measure: 'HR' as const, value: 1.5, low: 0.35, high: 6.4 },
        medians: {},
        milestones: [
          { arm: 'old', months: 24, proportion: 0.97 },
          { arm: 'old', months: 60, proportion: 0.93 },
        ],
      })),
    });
    const of = fitted(plain, [wide]);
    const row = { network: plain.id, features: {}, eligible: ['new'], comparator: 'old' };
    expect(Math.max(...distances(of, [row, { ...row, comparator: 'new' }]))).toBeLessThan(BOUND);
  });

  it('are those of the draws in networks of the corpus whose modifiers are unknown', () => {
    const corpus = loadCorpus(corpusDirectory);
    const all = corpus.cancers.flatMap((c) => c.studies);
    const personal = corpus.cancers.flatMap((c) => c.networks).filter((n) => n.modifiers.length > 0);
    expect(personal.length).toBeGreaterThan(0);
    for (const of of personal) {
      const row = { network: of.id, features: {}, eligible: [], comparator: of.reference };
      expect(Math.max(...distances(fitted(of, all), [row])), of.id).toBeLessThan(BOUND);
    }
  });
});
