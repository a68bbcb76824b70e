// Limits of the 90 % interval of every gain of the corpus's networks, as the model tells them, against a million random draws.
// `node dist/benchmarks/limits.js [--draws 1000000] [--rows 6]`. JSON on stdout, table on stderr; exit 1 beyond the bound.
// The distance is a share of the interval's width: a limit near 0 has no relative error. A quantile of n draws has itself a
// standard error of about 0.64 % of the width at n = 10,000 and 0.064 % at n = 1,000,000.
import { parseArgs } from 'node:util';
import { loadCorpus } from '../src/adapters/files/corpus-files.js';
import { synthesizeCorpus } from '../src/app/build-model.js';
import { corpusDirectory } from '../src/cli/project.js';
import type { ScoreRow } from '../src/domain/outcome.js';
import { compileNetwork } from '../src/evidence/compile/compile-network.js';
import type { CompiledNetwork } from '../src/evidence/compile/compiled-model.js';
import { drawnGains } from '../src/evidence/compile/drawn-gains.js';
import { randomRows } from '../src/evidence/compile/random-rows.js';
import { quantile, scoreReference } from '../src/evidence/compile/reference.js';
import type { FittedNetwork } from '../src/evidence/synthesize/outcome-network.js';

const BOUND = 0.02;
const CHUNK = 50_000;

interface Miss {
  readonly network: string;
  readonly node: string;
  readonly comparator: string;
  readonly limit: 'low' | 'high';
  readonly ours: number;
  readonly draws: number;
  readonly width: number;
  readonly share: number;
}

function missesOf(fitted: FittedNetwork, draws: number, perNetwork: number): Miss[] {
  const compiled = compileNetwork(fitted, { seed: 1 });
  const model = { draws: 64, networks: [compiled] };
  const rows = rowsOf(compiled, perNetwork);
  const scores = scoreReference(model, rows);
  const gains = drawnGains(fitted, rows, draws, { seed: 1000, chunk: CHUNK });
  return rows.flatMap((row, i) => {
    return Object.entries(scores[i] ?? {}).flatMap(([node, score]) => {
      const drawn = gains[i]?.get(node);
      if (drawn === undefined || score.low === null || score.high === null || node === row.comparator) return [];
      const [low, high] = [quantile(drawn, 0.05), quantile(drawn, 0.95)];
      const width = high - low;
      const miss = (limit: 'low' | 'high', ours: number, theirs: number): Miss => ({
        network: row.network,
        node,
        comparator: row.comparator,
        limit,
        ours,
        draws: theirs,
        width,
        share: Math.abs(ours - theirs) / width,
      });
      return [miss('low', score.low, low), miss('high', score.high, high)];
    });
  });
}

/** Every node as comparator once; with columns, `perNetwork` random patients besides. */
function rowsOf(network: CompiledNetwork, perNetwork: number): ScoreRow[] {
  const eligible = network.nodes.map((n) => n.id);
  const plain = eligible.map((comparator) => ({ network: network.id, features: {}, eligible, comparator }));
  const random = network.columns.length === 0 ? [] : randomRows({ draws: 64, networks: [network] }, perNetwork, 3);
  return [...plain, ...random];
}

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '1000000' },
    rows: { type: 'string', default: '6' },
    network: { type: 'string' },
  },
});
const all = synthesizeCorpus(loadCorpus(corpusDirectory)).fitted;
const fitted = all.filter((f) => values.network === undefined || f.network.id.includes(values.network));
const misses = fitted.flatMap((f) => missesOf(f, Number(values.draws), Number(values.rows)));
misses.sort((a, b) => b.share - a.share);
const at = (p: number): number => misses[Math.floor((1 - p) * (misses.length - 1))]?.share ?? NaN;
// Limits that are not near 0 in their own measure too, as a reader may divide.
const own = misses
  .filter((m) => Math.abs(m.draws) > 0.1 * m.width)
  .map((m) => Math.abs(m.ours - m.draws) / Math.abs(m.draws));
const summary = {
  name: 'limits',
  networks: fitted.length,
  limits: misses.length,
  draws: Number(values.draws),
  median: at(0.5),
  ninetyNine: at(0.99),
  worst: at(1),
  worstOfLimit: Math.max(...own),
  limitsOfOwnMeasure: own.length,
  worstPlaces: misses.slice(0, 5),
};
process.stderr.write(
  `${summary.limits} limits of ${summary.networks} networks: distance / width median ${(100 * summary.median).toFixed(3)} %, 99th percentile ${(100 * summary.ninetyNine).toFixed(3)} %, worst ${(100 * summary.worst).toFixed(3)} % (bound ${100 * BOUND} %)\n`,
);
process.stdout.write(`${JSON.stringify(summary)}\n`);
if (summary.worst > BOUND) process.exitCode = 1;
