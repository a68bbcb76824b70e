// Against metafor 3.8-1 (R): six published meta-analyses, each estimator, Hartung-Knapp, prediction limits, Egger.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkMetaAnalysis } from '../../src/stats/network-meta-analysis.js';
import { egger, pairwise, type StudyEffect } from '../../src/stats/pairwise.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'meta-analysis/pairwise');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((f) => f.endsWith('.expected.json'))
      .map((f) => f.replace('.expected.json', ''))
  : [];

interface Fit {
  estimate: number;
  se: number;
  lower95: number;
  upper95: number;
  p: number;
  tau2: number;
  I2_percent: number;
  prediction_lower95: number | null;
}
type Expected = Record<'common' | 'DL' | 'REML' | 'EB' | 'DL_hksj' | 'REML_hksj', Fit> & {
  Q: { Q: number };
  egger_weighted_regression: { statistic_t: number; p: number };
};

function studies(name: string): StudyEffect[] {
  const [head = '', ...lines] = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  const cells = (line: string): string[] => (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((c) => c.replace(/,$/, ''));
  return lines.flatMap((line, i) => {
    const row = cells(line);
    const at = (column: string): number => Number(row[columns.indexOf(column)] || NaN);
    return at('sei') > 0 ? [{ study: String(i + 1), effect: at('yi'), se: at('sei') }] : [];
  });
}

const close = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 0.1));

describe.skipIf(names.length === 0)('pairwise meta-analysis agrees with metafor (skipped without SHIPA_DATA)', () => {
  it.each(names)('on %s', (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;
    const data = studies(name);
    for (const key of ['common', 'DL', 'REML', 'EB', 'DL_hksj', 'REML_hksj'] as const) {
      const [name = 'DL', hksj] = key.split('_') as ['common' | 'DL' | 'REML' | 'EB', string | undefined];
      // Paule-Mandel and the empirical Bayes estimator are the same number (Morris 1983); metafor 3.8 stops PM early, EB not.
      const ours = pairwise(data, name === 'EB' ? 'PM' : name, hksj !== undefined);
      const tolerance = 1e-8;
      close(ours.estimate, expected[key].estimate, tolerance);
      close(ours.se, expected[key].se, tolerance);
      close(ours.low, expected[key].lower95, tolerance * 10);
      close(ours.tau2, expected[key].tau2, tolerance);
      close(100 * ours.i2, expected[key].I2_percent, tolerance);
      if (expected[key].prediction_lower95 !== null)
        close(ours.prediction?.low ?? NaN, expected[key].prediction_lower95 ?? NaN, tolerance * 10);
    }
    const network = networkMetaAnalysis(
      data.map((d) => ({ study: d.study, a: 'b', b: 'a', effect: d.effect, se: d.se })),
      'a',
      'REML-independent',
    );
    close(network.random.effects[1] ?? NaN, expected.REML.estimate, 1e-6);
    close(network.random.tau2, expected.REML.tau2, 1e-6);
    close(pairwise(data, 'DL').q, expected.Q.Q, 1e-10);
    close(egger(data)?.t ?? NaN, expected.egger_weighted_regression.statistic_t, 1e-8);
    close(egger(data)?.p ?? NaN, expected.egger_weighted_regression.p, 1e-8);
  });
});
