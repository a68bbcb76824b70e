// PREDICT against the vectors of the published tools (200 rows each).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CoefficientFile, prognosisTable } from '../../../src/core/prognosis/prognosis-table.js';

const folder = join(process.env.SHIPA_DATA ?? '../shared/data', 'predict');

const file = (model: string): CoefficientFile =>
  parse(readFileSync(join(import.meta.dirname, `../../../corpus/prognosis/${model}.yaml`), 'utf8')) as CoefficientFile;

function vectors(model: string): Record<string, string>[] {
  const text = readFileSync(join(folder, model.replace('predict-', ''), 'vectors.csv'), 'utf8');
  const [head = '', ...lines] = text.trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i] ?? '', cell])));
}

const OUTPUT = /^(overall_survival|hormone_benefit|chemo_benefit|trastuzumab_benefit|bisphosphonate_benefit)|_y1$/;

describe.skipIf(!existsSync(folder))('PREDICT reproduces the published tools (skipped without SHIPA_DATA)', () => {
  it.each([
    ['predict-breast-v2.1', 0.0051],
    ['predict-breast-v3.1', 1e-9],
    ['predict-breast-v3.2', 1e-9],
    // Printed upstream with eight digits.
    ['predict-prostate', 2e-7],
  ])('%s', (model, tolerance) => {
    const expected = vectors(model);
    const inputs = expected.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !OUTPUT.test(name))),
    );
    const ours = prognosisTable(model, file(model), inputs);
    let worst = 0;
    expected.forEach((row, i) => {
      const outputs = Object.keys(row).filter((name) => OUTPUT.test(name));
      expect(outputs.length).toBeGreaterThan(0);
      for (const name of outputs) worst = Math.max(worst, Math.abs(Number(ours[i]?.[name]) - Number(row[name])));
    });
    expect(worst).toBeLessThanOrEqual(tolerance);
  });
});

describe('the prognosis table', () => {
  it('lists every fault of every row at once', () => {
    const rows = [{ age_years: '20', grade: '5' }, { age_years: 'x' }];
    expect(() => prognosisTable('predict-breast-v3.1', file('predict-breast-v3.1'), rows)).toThrow(
      /line 2, column age_years: 20 is outside[\s\S]*line 2, column grade: "5" is none of[\s\S]*line 3, column age_years: "x" is not a number/,
    );
  });
});

describe('faults in Russian and Kazakh', () => {
  it('tell the same places', () => {
    const rows = [{ age_years: '20' }];
    const model = 'predict-breast-v3.1';
    expect(() => prognosisTable(model, file(model), rows, undefined, 'ru')).toThrow(
      /line 2, column age_years: 20 вне пределов модели/,
    );
    expect(() => prognosisTable(model, file(model), rows, undefined, 'kk')).toThrow(/column grade: «» — сан емес/);
  });
});

describe('PREDICT on odd inputs', () => {
  const row = {
    age_years: '60',
    screen_detected: '2',
    tumour_size_mm: '20',
    grade: '9',
    positive_nodes: '0',
    er_positive: '1',
    her2_status: '9',
    ki67_status: '9',
    pr_status: '9',
    chemo_generation: '0',
    hormone_therapy: '1',
    trastuzumab: '0',
    bisphosphonates: '0',
    radiotherapy: '0',
    heart_dose_gy: '0',
    current_smoker: '0',
  };
  it('takes the codes for unknown where the tool has them', () => {
    const [out] = prognosisTable('predict-breast-v3.2', file('predict-breast-v3.2'), [row]);
    expect(Number(out?.overall_survival_percent_h_y10)).toBeGreaterThan(Number(out?.overall_survival_percent_s_y10));
  });
  it.each([
    ['er_positive', '9'],
    ['er_positive', ''],
    ['age_years', '24'],
    ['age_years', '-1'],
    ['age_years', 'Infinity'],
    ['tumour_size_mm', '0'],
    ['positive_nodes', '-1'],
    ['her2_status', '2'],
    ['grade', '4'],
    ['chemo_generation', '1'],
  ])('refuses %s "%s" with its place', (name, value) => {
    expect(() =>
      prognosisTable('predict-breast-v3.2', file('predict-breast-v3.2'), [{ ...row, [name]: value }]),
    ).toThrow(new RegExp(`line 2, column ${name}`));
  });
  it('refuses a table without the column', () => {
    const { er_positive: _er, ...rest } = row;
    expect(() => prognosisTable('predict-breast-v3.2', file('predict-breast-v3.2'), [rest])).toThrow(
      /line 2, column er_positive/,
    );
  });
});
