// Published numbers through the command line: meta-analysis (netmeta, metafor), survival (R), PREDICT. All need SHIPA_DATA.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { publicData, shipa, WHY_SKIPPED } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-numbers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const close = (
  ours: number | null | undefined,
  published: number | null | undefined,
  what: string,
  tolerance = 1e-6,
): void => {
  if (published === null) expect(ours, what).toBeNull();
  else
    expect(
      Math.abs((ours ?? Number.NaN) - (published ?? Number.NaN)) / Math.max(1, Math.abs(published ?? 1)),
      what,
    ).toBeLessThanOrEqual(tolerance);
};

const table = (path: string): Record<string, string>[] =>
  parse(readFileSync(path, 'utf8'), { columns: true, bom: true });
const json = <T>(path: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(path, 'utf8')));

const Effects = z.object({
  effects: z.array(
    z.object({
      treatment: z.string(),
      estimate: z.number(),
      se: z.number(),
      low: z.number(),
      high: z.number(),
      pScore: z.number(),
    }),
  ),
});
const Synthesis = z.object({
  reference: z.string(),
  common: Effects,
  random: Effects,
  tau2: z.number(),
  i2: z.number(),
  q: z.object({ total: z.unknown(), heterogeneity: z.unknown(), inconsistency: z.unknown() }),
});

const networks = join(publicData, 'meta-analysis/network');
const Network = z.object({
  reference_treatment: z.string(),
  small_values: z.string(),
  common: z.object({
    versus_reference: z.array(z.object({ treatment: z.string(), effect: z.number(), se: z.number() })),
  }),
  random_DL: z.object({
    tau2: z.number(),
    versus_reference: z.array(z.object({ treatment: z.string(), effect: z.number(), se: z.number() })),
  }),
  random_REML: z.object({
    tau2: z.number(),
    versus_reference: z.array(z.object({ treatment: z.string(), effect: z.number(), se: z.number() })),
  }),
  p_scores_DL: z.object({ random: z.record(z.string(), z.number()) }),
});

describe.skipIf(!existsSync(networks))(
  `shipa synthesize agrees with netmeta (${WHY_SKIPPED})`,
  { timeout: 60_000 },
  () => {
    const names = existsSync(networks)
      ? readdirSync(networks).flatMap((f) => (f.endsWith('.expected.json') ? [f.replace('.expected.json', '')] : []))
      : [];
    test.each(names)('on %s', async (name) => {
      const expected = json(join(networks, `${name}.expected.json`), Network);
      const args = [
        join(networks, `${name}.contrasts.csv`),
        '--reference',
        expected.reference_treatment,
        '--format',
        'json',
      ];
      const small = ['--small-values', expected.small_values === 'undesirable' ? 'undesirable' : 'desirable'];
      const [dl, reml] = await Promise.all([
        shipa('synthesize', ...args, ...small),
        shipa('synthesize', ...args, ...small, '--method', 'REML'),
      ]);
      for (const [ran, random] of [
        [dl, expected.random_DL],
        [reml, expected.random_REML],
      ] as const) {
        expect(ran).toMatchObject({ code: 0, err: '' });
        const ours = Synthesis.parse(JSON.parse(ran.out));
        close(ours.tau2, random.tau2, 'tau2');
        for (const [mine, theirs] of [
          [ours.common, expected.common],
          [ours.random, random],
        ] as const)
          for (const { treatment, effect, se } of theirs.versus_reference) {
            const found = mine.effects.find((e) => e.treatment === treatment);
            close(found?.estimate, effect, `${treatment} effect`);
            close(found?.se, se, `${treatment} se`);
          }
      }
      const scores = Synthesis.parse(JSON.parse(dl.out)).random.effects;
      for (const [treatment, score] of Object.entries(expected.p_scores_DL.random))
        close(scores.find((e) => e.treatment === treatment)?.pScore, score, `${treatment} P-score`);
    });
  },
);

const survival = join(publicData, 'survival');
const Survival = z.object({
  arms: z.array(
    z.object({
      arm: z.string(),
      n: z.number(),
      events: z.number(),
      median: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      rmst: z.number(),
      rmstSe: z.number(),
    }),
  ),
  horizon: z.number(),
  logrank: z.object({ chi2: z.number(), df: z.number(), p: z.number() }).nullable(),
  cox: z.array(
    z.object({
      term: z.string(),
      coef: z.number(),
      se: z.number(),
      hr: z.number(),
      low: z.number(),
      high: z.number(),
      p: z.number(),
    }),
  ),
});
const Fit = z.looseObject({
  formula: z.string(),
  ties: z.string(),
  coefficients: z.array(z.looseObject({ term: z.string(), coef: z.number(), se: z.number() })),
});
const Analysis = z.looseObject({
  id: z.string(),
  dataset: z.string(),
  row_filter: z.string(),
  time_column: z.string(),
  event_definition: z.string(),
  arm_column: z.string(),
  kaplan_meier: z.array(
    z.looseObject({ arm: z.string(), n: z.number(), events: z.number(), median: z.number().nullable() }),
  ),
  rmst: z
    .object({
      horizon: z.number(),
      arms: z.array(z.looseObject({ arm: z.string(), rmst: z.number(), se: z.number() })),
    })
    .loose()
    .nullish(),
  logrank: z.looseObject({ chi2: z.number(), df: z.number() }).nullish(),
  cox_univariable: z.array(Fit).nullish(),
});

describe.skipIf(!existsSync(survival))(`shipa survival agrees with R (${WHY_SKIPPED})`, { timeout: 60_000 }, () => {
  const analyses = existsSync(survival)
    ? json(join(survival, 'expected.json'), z.looseObject({ analyses: z.array(Analysis) })).analyses
    : [];
  test.each(analyses.map((a) => [a.id, a] as const))('on %s', async (id, a) => {
    const [column = '', value] = a.row_filter.split(' == ');
    const rows = table(join(survival, a.dataset)).filter((row) => value === undefined || row[column] === value);
    const file = join(folder, `${id}.csv`);
    writeFileSync(file, stringify(rows, { header: true }));
    const [event = ''] = a.event_definition.split(' == ');
    const horizon = a.rmst ? ['--horizon', String(a.rmst.horizon)] : [];
    const ran = await shipa(
      'survival',
      file,
      '--time',
      a.time_column,
      '--event',
      event,
      '--arm',
      a.arm_column,
      ...horizon,
      '--format',
      'json',
    );
    expect(ran).toMatchObject({ code: 0, err: '' });
    const ours = Survival.parse(JSON.parse(ran.out));
    for (const { arm, n, events, median } of a.kaplan_meier) {
      const mine = ours.arms.find((m) => m.arm === arm);
      expect([mine?.n, mine?.events]).toEqual([n, events]);
      close(mine?.median, median, `${arm} median`);
    }
    for (const { arm, rmst, se } of a.rmst?.arms ?? []) {
      const mine = ours.arms.find((m) => m.arm === arm);
      close(mine?.rmst, rmst, `${arm} RMST`);
      close(mine?.rmstSe, se, `${arm} RMST se`);
    }
    if (a.logrank) close(ours.logrank?.chi2, a.logrank.chi2, 'log-rank');
    const coefficients = a.cox_univariable?.find((fit) => fit.ties === 'efron')?.coefficients ?? [];
    coefficients.forEach(({ coef, se, term }, i) => {
      const mine = ours.cox[i];
      close(mine?.coef, coef, `${term} coefficient`);
      close(mine?.se, se, `${term} se`);
    });
  });
});

const predict = join(publicData, 'predict');
const OUTPUT = /^(overall_survival|hormone_benefit|chemo_benefit|trastuzumab_benefit|bisphosphonate_benefit)|_y1$/;

describe.skipIf(!existsSync(predict))(
  `shipa prognosis agrees with PREDICT (${WHY_SKIPPED})`,
  { timeout: 60_000 },
  () => {
    test.each([
      // Upstream rounds version 2.1 to two decimals.
      ['breast-v2.1', 0.0051],
      ['breast-v3.1', 1e-6],
      ['breast-v3.2', 1e-6],
      ['prostate', 1e-6],
    ])('%s', async (name, tolerance) => {
      const expected = table(join(predict, name, 'vectors.csv'));
      const inputs = expected.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([key]) => !OUTPUT.test(key))),
      );
      const input = join(folder, `${name}.csv`);
      const output = join(folder, `${name}.out.csv`);
      writeFileSync(input, stringify(inputs, { header: true }));
      const ran = await shipa('prognosis', `predict-${name}`, '--input', input, '--output', output);
      expect(ran).toMatchObject({ code: 0, out: '' });
      const ours = table(output);
      expect(Object.keys(ours[0] ?? {})).toEqual(Object.keys(expected[0] ?? {}));
      expected.forEach((row, i) => {
        for (const [key, cell] of Object.entries(row))
          if (OUTPUT.test(key))
            expect(Math.abs(Number(ours[i]?.[key]) - Number(cell)), `row ${i + 1}, ${key}`).toBeLessThanOrEqual(
              tolerance,
            );
          else expect(ours[i]?.[key]).toBe(cell);
      });
    });
  },
);
