// A fact that is not known is averaged over its published distribution: not set to zero, not set to the mean. In three settings, the
// networks of the corpus with effect modifiers among them.
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { corpusDirectory } from '../../../src/cli/project.js';
import type { NodeScore } from '../../../src/domain/outcome.js';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import type { CompiledNetwork } from '../../../src/evidence/compile/compiled-model.js';
import { factLevels } from '../../../src/evidence/compile/fact-levels.js';
import { scoreReference } from '../../../src/evidence/compile/reference.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import { network, studies } from '../small-network.js';

const corpus = loadCorpus(corpusDirectory);
const all = corpus.cancers.flatMap((c) => c.studies);
const networks = corpus.cancers.flatMap((c) => c.networks);

function compiled(of: typeof network, from: typeof studies): CompiledNetwork {
  const synthesis = fitNetwork(of, from);
  if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
  return compileNetwork(synthesis.fitted, { seed: 1 });
}

interface Setting {
  readonly model: CompiledNetwork;
  readonly fact: string;
  /** A value of the fact in each level, and the level's published share. */
  readonly levels: readonly { readonly value: number; readonly share: number }[];
}

/** Strata of `fact` from below upwards; a value inside each. */
function setting(model: CompiledNetwork, fact: string): Setting {
  const shares = factLevels(model.columns, [], fact).map((l) => l.probability);
  const cuts = [...new Set(model.columns.flatMap((c) => [c.lower ?? [], c.upper ?? []].flat()))].sort((a, b) => a - b);
  const values = [(cuts[0] ?? 0) - 1, ...cuts.map((c) => c + 0.5)];
  return { model, fact, levels: shares.map((share, i) => ({ share, value: values[i] ?? 0 })) };
}

const pdl1 = (id: string): Setting => {
  const of = networks.find((n) => n.id === id);
  if (of === undefined) throw new Error(`no network ${id}`);
  return setting(compiled(of, all), 'pd-l1-tps');
};

const SETTINGS: readonly (readonly [string, Setting])[] = [
  ['nonsq-1l-os', pdl1('nonsq-1l-os')],
  ['adjuvant-ici-dfs', pdl1('adjuvant-ici-dfs')],
  ['a made-up network of three strata and two covariates', setting(compiled(network, studies), 'pd-l1-tps')],
];

function score({ model, fact }: Setting, value: number | null): Record<string, NodeScore> {
  const others = Object.fromEntries(
    model.columns.filter((c) => c.feature !== fact).map((c) => [c.feature, c.feature.includes('=') ? 1 : c.centre]),
  );
  const row = { network: model.id, features: { ...others, [fact]: value }, eligible: [], comparator: model.reference };
  return scoreReference({ draws: 64, networks: [model] }, [row])[0] ?? {};
}

const modified = ({ model, fact }: Setting): string[] =>
  model.nodes.flatMap(({ id, curve }, n) =>
    curve !== null && model.columns.some((c, i) => c.feature === fact && (model.slope[i]?.[n]?.[0] ?? 0) !== 0)
      ? [id]
      : [],
  );

describe.each(SETTINGS)('an unknown modifier of %s', (_, of) => {
  const unknown = score(of, null);
  const known = of.levels.map(({ value, share }) => ({ share, scores: score(of, value) }));
  const average = (node: string, of_: (s: NodeScore) => number): number =>
    known.reduce((s, { share, scores }) => s + share * of_(scores[node] as NodeScore), 0);

  it('is averaged over the published shares of its levels', () => {
    expect(modified(of).length).toBeGreaterThan(0);
    expect(known.reduce((s, { share }) => s + share, 0)).toBeCloseTo(1, 9);
    for (const node of modified(of)) {
      const gains = known.map(({ scores }) => scores[node]?.gain ?? NaN);
      const range = Math.max(...gains) - Math.min(...gains);
      expect(range).toBeGreaterThan(0.1);
      const gain = unknown[node]?.gain ?? NaN;
      // 64 draws hold the first moments of the fact exactly, the third not quite.
      expect(Math.abs(gain - average(node, (s) => s.gain ?? NaN)) / range).toBeLessThan(0.05);
    }
  });

  it('widens the interval beyond the average of its levels', () => {
    const width = (s: NodeScore | undefined): number => (s?.high ?? NaN) - (s?.low ?? NaN);
    for (const node of modified(of)) expect(width(unknown[node])).toBeGreaterThan(average(node, (s) => width(s)));
  });
});
