// League, node splitting and net heat: against netmeta 3.3.1 on seven networks, and exact properties.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Contrast } from '../../src/stats/contrast.js';
import { league } from '../../src/stats/league.js';
import { netHeat } from '../../src/stats/net-heat.js';
import { networkMetaAnalysis } from '../../src/stats/network-meta-analysis.js';
import { splitNodes } from '../../src/stats/node-splitting.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'meta-analysis/network');
const names = existsSync(folder)
  ? readdirSync(folder).flatMap((f) => (f.endsWith('.expected.json') ? [f.replace('.expected.json', '')] : []))
  : [];

interface Expected {
  reference_treatment: string;
  common: { league_effect_row_minus_column: (Record<string, number> & { treatment: string })[] };
  Q: { between_designs_inconsistency: { Q: number; df: number } };
  direct_versus_indirect_DL: {
    comparison: string;
    studies: number;
    direct_effect_random: number | null;
    direct_se_random: number | null;
    indirect_effect_random: number | null;
    indirect_se_random: number | null;
    difference: number | null;
    difference_p: number | null;
  }[];
}

function contrasts(name: string): Contrast[] {
  const rows = parse(readFileSync(join(folder, `${name}.contrasts.csv`), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[];
  return rows.map((r) => ({
    study: r.study ?? '',
    a: r.treat1 ?? '',
    b: r.treat2 ?? '',
    effect: Number(r.TE),
    se: Number(r.seTE),
  }));
}

const close = (actual: number | null | undefined, expected: number | null, what: string): void => {
  if (expected === null) expect(actual ?? null, what).toBeNull();
  else expect(Math.abs((actual ?? NaN) - expected), what).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
};

describe.skipIf(names.length === 0)('agrees with netmeta (skipped without SHIPA_DATA)', () => {
  it.each(names)('league, direct and indirect evidence, Q between designs of %s', (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;
    const data = contrasts(name);
    const fit = networkMetaAnalysis(data, expected.reference_treatment, 'DL');
    const table = league(fit.common);
    for (const row of expected.common.league_effect_row_minus_column)
      for (const [j, treatment] of fit.treatments.entries())
        close(
          table.effect[fit.treatments.indexOf(row.treatment)]?.[j],
          row[treatment] ?? NaN,
          `${row.treatment} - ${treatment}`,
        );
    const splits = splitNodes(fit.treatments, data, fit.random);
    for (const e of expected.direct_versus_indirect_DL) {
      const ours = splits.find((s) => `${s.a}:${s.b}` === e.comparison);
      const turned = splits.find((s) => `${s.b}:${s.a}` === e.comparison);
      const sign = ours === undefined ? -1 : 1;
      const split = ours ?? turned;
      expect(split, e.comparison).toBeDefined();
      if (split === undefined) continue;
      expect(split.studies).toBe(e.studies);
      close(split.direct && sign * split.direct.effect, e.direct_effect_random, `${e.comparison} direct`);
      close(split.direct?.se, e.direct_se_random, `${e.comparison} direct se`);
      close(split.indirect && sign * split.indirect.effect, e.indirect_effect_random, `${e.comparison} indirect`);
      close(split.indirect?.se, e.indirect_se_random, `${e.comparison} indirect se`);
      close(split.difference && sign * split.difference.effect, e.difference, `${e.comparison} difference`);
      close(split.difference?.p, e.difference_p, `${e.comparison} p`);
    }
    const heat = netHeat(data);
    if (heat !== null)
      close(
        heat.q.reduce((s, q) => s + q, 0),
        expected.Q.between_designs_inconsistency.Q,
        'sum of design contributions',
      );
  });
});

describe('net heat', () => {
  const row = (study: string, a: string, b: string, effect: number, se = 0.2): Contrast => ({
    study,
    a,
    b,
    effect,
    se,
  });
  it('takes all inconsistency away by detaching any side of a triangle', () => {
    const heat = netHeat([row('1', 'A', 'B', 1), row('2', 'B', 'C', 1), row('3', 'A', 'C', 1.5)]);
    // By hand: the loop is off by 0.5 with variance 3 * 0.04, so Q = 0.25 / 0.12 and each side carries a third.
    expect(heat?.q.reduce((s, q) => s + q, 0)).toBeCloseTo(0.25 / 0.12, 10);
    for (const c of [0, 1, 2]) {
      expect(heat?.q[c]).toBeCloseTo(0.25 / 0.36, 10);
      for (const d of [0, 1, 2]) expect(heat?.heat[c]?.[d]).toBeCloseTo(0.25 / 0.36, 10);
      expect(heat?.detached[c]).toMatchObject({ df: 0, p: 1 });
    }
  });
  it('leaves after detaching a design the inconsistency of the network without it', () => {
    const data = [
      row('1', 'A', 'B', 0.1),
      row('2', 'B', 'C', 0.4),
      row('3', 'A', 'C', 0.2),
      row('4', 'C', 'D', -0.3),
      row('5', 'A', 'D', 0.5),
      ...[row('6', 'A', 'B', 0.3), row('6', 'B', 'D', 0.1), row('6', 'A', 'D', 0.4)],
      row('7', 'C', 'D', -0.2, 0.3),
    ];
    const heat = netHeat(data);
    const triangle = heat?.designs.indexOf('A : B : D') ?? -1;
    const without = networkMetaAnalysis(
      data.filter((c) => c.study !== '6'),
      'A',
      'DL',
    );
    expect(heat?.detached[triangle]?.q).toBeCloseTo(without.inconsistency.q, 10);
    expect(heat?.detached[triangle]?.df).toBe(without.inconsistency.df);
    for (const line of heat?.influence ?? []) expect(line.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 10);
  });
  it('says nothing of a single design', () => {
    expect(netHeat([row('1', 'A', 'B', 1), row('2', 'A', 'B', 2)])).toBeNull();
  });
});

describe('Paule-Mandel in a network', () => {
  it('brings Q to its degrees of freedom and is the pairwise estimator for two treatments', () => {
    const data = [0.1, 0.9, -0.4, 0.6].map(
      (effect, i): Contrast => ({ study: String(i), a: 'B', b: 'A', effect, se: 0.2 + 0.05 * i }),
    );
    const fit = networkMetaAnalysis(data, 'A', 'PM');
    const [w, mean] = [data.map((d) => 1 / (d.se ** 2 + fit.random.tau2)), fit.random.effects[1] ?? NaN];
    expect(data.reduce((s, d, i) => s + (w[i] ?? 0) * (d.effect - mean) ** 2, 0)).toBeCloseTo(3, 8);
  });
});
