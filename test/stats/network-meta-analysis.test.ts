// Against netmeta 3.3.1 (R): seven published networks, DL and REML, P-scores, Q decomposition.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Contrast } from '../../src/stats/contrast.js';
import { inverse, zeros } from '../../src/stats/linear-algebra.js';
import { networkMetaAnalysis } from '../../src/stats/network-meta-analysis.js';
import { seededRandom } from '../../src/stats/random.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'meta-analysis/network');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((f) => f.endsWith('.expected.json'))
      .map((f) => f.replace('.expected.json', ''))
  : [];

interface Effect {
  treatment: string;
  effect: number;
  se: number;
}
interface Expected {
  reference_treatment: string;
  small_values: string;
  common: { versus_reference: Effect[] };
  random_DL: { tau2: number; I2: number; versus_reference: Effect[] };
  random_REML: { tau2: number; versus_reference: Effect[] };
  Q: Record<string, { Q: number; df: number; p: number | null }>;
  p_scores_DL: { common: Record<string, number>; random: Record<string, number> };
  p_scores_REML: { random: Record<string, number> };
}

function contrasts(name: string): Contrast[] {
  const [, ...lines] = readFileSync(join(folder, `${name}.contrasts.csv`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const cells = (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((c) => c.replace(/,$/, '').replace(/^"|"$/g, ''));
    const [study = '', a = '', b = '', effect, se] = cells;
    return { study, a, b, effect: Number(effect), se: Number(se) };
  });
}

const close = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-3));

describe.skipIf(names.length === 0)('network meta-analysis agrees with netmeta (skipped without SHIPA_DATA)', () => {
  it.each(names)('on %s', (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;
    for (const method of ['DL', 'REML-independent'] as const) {
      const fit = networkMetaAnalysis(contrasts(name), expected.reference_treatment, method);
      const index = (t: string): number => fit.treatments.indexOf(t);
      const published = method === 'DL' ? expected.random_DL : expected.random_REML;
      // REML values come from an iterative optimiser upstream, so their last digits are its tolerance.
      const tolerance = method === 'DL' ? 1e-9 : 1e-6;
      close(fit.random.tau2, published.tau2, method === 'DL' ? 1e-9 : 1e-5);
      for (const e of expected.common.versus_reference) {
        close(fit.common.effects[index(e.treatment)] ?? NaN, e.effect, 1e-9);
        close(Math.sqrt(fit.common.covariance[index(e.treatment)]?.[index(e.treatment)] ?? NaN), e.se, 1e-9);
      }
      for (const e of published.versus_reference) {
        close(fit.random.effects[index(e.treatment)] ?? NaN, e.effect, tolerance);
        close(Math.sqrt(fit.random.covariance[index(e.treatment)]?.[index(e.treatment)] ?? NaN), e.se, tolerance);
      }
      close(fit.i2, expected.random_DL.I2, 1e-9);
      const q = expected.Q;
      for (const [key, actual] of [
        ['total', fit.total],
        ['within_designs_heterogeneity', fit.heterogeneity],
        ['between_designs_inconsistency', fit.inconsistency],
      ] as const) {
        close(actual.q, q[key]?.Q ?? NaN, 1e-8);
        expect(actual.df).toBe(q[key]?.df);
      }
      const scores = method === 'DL' ? expected.p_scores_DL.random : expected.p_scores_REML.random;
      for (const [treatment, score] of Object.entries(scores)) {
        const ours = fit.random.pScores[index(treatment)] ?? NaN;
        close(expected.small_values === 'undesirable' ? 1 - ours : ours, score, tolerance * 10);
      }
    }
  });
});

describe('network meta-analysis refuses', () => {
  const row = (study: string, a: string, b: string, se = 0.1): Contrast => ({ study, a, b, effect: -0.2, se });
  it('names the trial that has no path to the reference', () => {
    expect(() => networkMetaAnalysis([row('one', 'A', 'B'), row('two', 'C', 'D')], 'A')).toThrow(/two: no path/);
  });
  it('names the trial whose standard error is missing', () => {
    expect(() => networkMetaAnalysis([row('one', 'A', 'B', 0)], 'A')).toThrow(/one: A against B/);
  });
  it('names the three-arm trial that lacks a comparison', () => {
    expect(() => networkMetaAnalysis([row('one', 'A', 'B'), row('one', 'A', 'C')], 'A')).toThrow(/one: 3 arms need 3/);
  });
});

describe('network meta-analysis of made-up networks', () => {
  const random = seededRandom(17);
  /** Trials of two to four arms; variances of contrasts are sums of the arms' own. */
  const network = (trials: number): Contrast[] =>
    Array.from({ length: trials }, (_, t) => {
      const pool = ['A', 'B', 'C', 'D', 'E'];
      const arms = t === 0 ? pool.slice(0, 4) : t === 1 ? ['A', 'E'] : pool.filter(() => random.uniform() < 0.5);
      const kept = arms.length < 2 ? ['B', 'C'] : arms;
      const means = kept.map(() => random.normal());
      const variances = kept.map(() => 0.02 + 0.2 * random.uniform());
      return kept.flatMap((a, i) =>
        kept.slice(i + 1).map((b, k): Contrast => {
          const j = i + 1 + k;
          const effect = (means[i] ?? 0) - (means[j] ?? 0);
          return { study: `s${t}`, a, b, effect, se: Math.sqrt((variances[i] ?? 0) + (variances[j] ?? 0)) };
        }),
      );
    }).flat();

  /** Generalised least squares of n - 1 contrasts a trial with their covariance: the textbook likelihood, another algorithm. */
  function leastSquares(data: readonly Contrast[], treatments: readonly string[], tau2: number) {
    const p = treatments.length - 1;
    const information = zeros(p, p);
    const score = new Array<number>(p).fill(0);
    for (const study of new Set(data.map((d) => d.study))) {
      const rows = data.filter((d) => d.study === study);
      const arms = [...new Set(rows.flatMap((r) => [r.a, r.b]))].sort();
      const base = arms[0] ?? '';
      const others = arms.slice(1);
      const find = (a: string, b: string) => {
        const r = rows.find((x) => (x.a === a && x.b === b) || (x.a === b && x.b === a));
        return {
          effect: r === undefined ? 0 : r.a === a ? r.effect : -r.effect,
          v: r === undefined ? 0 : r.se ** 2 + tau2,
        };
      };
      const precision = inverse(
        others.map((a) => others.map((b) => (find(a, base).v + find(b, base).v - (a === b ? 0 : find(a, b).v)) / 2)),
      );
      const design = others.map((a) => treatments.slice(1).map((t) => (t === a ? 1 : 0) - (t === base ? 1 : 0)));
      for (let i = 0; i < p; i++)
        for (const [k] of others.entries())
          for (const [l, b] of others.entries()) {
            const weight = (design[k]?.[i] ?? 0) * (precision[k]?.[l] ?? 0);
            score[i] = (score[i] ?? 0) + weight * find(b, base).effect;
            for (let j = 0; j < p; j++)
              (information[i] ?? [])[j] = (information[i]?.[j] ?? 0) + weight * (design[l]?.[j] ?? 0);
          }
    }
    const covariance = inverse(information);
    return { covariance, effects: covariance.map((row) => row.reduce((s, v, i) => s + v * (score[i] ?? 0), 0)) };
  }

  it.each(Array.from({ length: 12 }, (_, i) => i + 4))(
    'is generalised least squares, with %s trials of up to five arms',
    (trials) => {
      const data = network(trials);
      for (const method of ['DL', 'PM', 'REML'] as const) {
        const fit = networkMetaAnalysis(data, 'A', method);
        for (const side of [fit.common, fit.random]) {
          const other = leastSquares(data, fit.treatments, side.tau2);
          for (const [i] of fit.treatments.slice(1).entries()) {
            expect(side.effects[i + 1]).toBeCloseTo(other.effects[i] ?? NaN, 8);
            for (const [j] of fit.treatments.slice(1).entries())
              expect(side.covariance[i + 1]?.[j + 1]).toBeCloseTo(other.covariance[i]?.[j] ?? NaN, 8);
          }
        }
      }
    },
  );
});
