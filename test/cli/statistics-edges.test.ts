// What biostatisticians try first: ties, arms without events, everybody censored, islands, duplicates, contradictions, bad cells, other scripts.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shipa } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-edges-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const csv = (...lines: readonly string[]): string => {
  const path = join(folder, `t${++files}.csv`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

describe('shipa survival', { timeout: 60_000 }, () => {
  const run = async (path: string, ...more: readonly string[]) => {
    const ran = await shipa('survival', path, '--time', 'time', '--event', 'event', ...more);
    return { ...ran, json: ran.code === 0 ? JSON.parse(ran.out) : undefined };
  };
  test('tells every bad cell with line and column, and nothing else', async () => {
    const path = csv('time,event,arm', 'x,1,a', '-2,0,a', '3,9,b', '5,1');
    const { code, err, out } = await run(path, '--arm', 'arm');
    expect([code, out]).toEqual([1, '']);
    for (const part of [
      'line 2, time: "x" is not a number',
      'line 3, time',
      'line 4, event: "9"',
      'line 5: has 2 cells',
    ])
      expect(err).toContain(part);
  });
  test('gives no hazard ratio, but a log-rank test, when an arm has no event', async () => {
    const path = csv('time,event,arm', '1,1,a', '2,0,a', '3,1,a', '4,0,b', '5,0,b', '6,0,b');
    const { json, err } = await run(path, '--arm', 'arm');
    expect(json.cox[0]).toMatchObject({ term: 'armb', coef: null, hr: null });
    expect(json.warnings[0]).toContain('no finite estimate');
    expect(err).toContain('armb');
    // By hand: E_b = 3/6 + 3/4, V = 1/4 + 3/16.
    expect(json.logrank.chi2).toBeCloseTo(1.25 ** 2 / (1 / 4 + 3 / 16), 10);
  });
  test('answers with nulls when everybody is censored, with one arm, and when all fall at one time', async () => {
    const censored = (await run(csv('time,event', '1,0', '2,0'))).json;
    expect(censored).toMatchObject({ logrank: null, cox: [], arms: [{ n: 2, events: 0, median: null, rmst: 2 }] });
    const tied = (await run(csv('time,event,arm', '5,1,a', '5,1,a', '5,1,b', '3,0,b'), '--arm', 'arm')).json;
    // A curve could be as steep as one likes: it is not told.
    expect(tied.parametric).toEqual([
      { arm: 'a', fits: [] },
      { arm: 'b', fits: [] },
    ]);
    expect(tied.warnings.join()).toContain('no parametric curve of a: all its events are at the last time');
    expect(tied.logrank).toBeNull();
    expect(tied.cox[0].coef).toBeCloseTo(0, 10);
  });
  test('names a covariate that follows from the others and estimates the rest', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${(i * 7) % 31},${i % 3 === 0 ? 0 : 1},${i % 5},${2 * (i % 5)}`);
    const { json } = await run(csv('time,event,x,twice', ...rows), '--covariates', 'x,twice');
    expect(json.cox.map((c: { coef: number | null }) => c.coef === null)).toEqual([false, true]);
    expect(json.warnings.join()).toContain('twice is constant or follows');
  });
  test('counts rows left out for missing values, and refuses a slip in a column of numbers', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i + 1},${i % 2},${50 + i}`);
    const missing = (await run(csv('time,event,age', ...rows, ',1,60', 'NA,0,61'), '--covariates', 'age')).json;
    expect(missing.dropped.map((d: { line: number }) => d.line)).toEqual([42, 43]);
    const slip = await run(csv('time,event,age', ...rows, '41,1,6o'), '--covariates', 'age');
    expect(slip.code).toBe(1);
    expect(slip.err).toContain('line 42, age: "6o" is not a number');
  });
  test('reads competing events by code or by column, to the same incidence', async () => {
    const rows = ['1,1', '2,2', '3,0', '4,1', '5,0'];
    const byCode = (await run(csv('time,event', ...rows), '--competing', '2', '--horizon', '5')).json;
    const columns = ['1,1,0', '2,0,1', '3,0,0', '4,1,0', '5,0,0'];
    const byColumn = (await run(csv('time,event,died', ...columns), '--competing', 'died', '--horizon', '5')).json;
    const last = (json: { competing: { cause: string; at: { incidence: number }[] }[] }) =>
      json.competing[0]?.at.at(-1)?.incidence;
    expect(last(byCode)).toBeCloseTo(0.5, 12);
    expect(last(byColumn)).toBeCloseTo(0.5, 12);
  });
  test('stratifies, takes Breslow ties, and draws', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${1 + (i % 9)},${i % 4 === 0 ? 0 : 1},${i % 2 ? 'плацебо' : 'препарат'},${i % 3}`,
    );
    const path = csv('time,event,arm,site', ...rows);
    const plot = join(folder, 'plots', 'km.svg');
    const [efron, breslow] = await Promise.all([
      run(path, '--arm', 'arm', '--strata', 'site', '--plot', plot),
      run(path, '--arm', 'arm', '--strata', 'site', '--ties', 'breslow'),
    ]);
    expect(efron.json.strata).toEqual(['site']);
    expect(efron.json.cox[0].coef).not.toBe(breslow.json.cox[0].coef);
    expect(Math.abs(efron.json.cox[0].coef)).toBeGreaterThan(Math.abs(breslow.json.cox[0].coef));
    expect(readFileSync(plot, 'utf8')).toMatch(/^<svg .*препарат.*<\/svg>\n$/s);
  });
  test('tells survival at the times asked for, with the limits asked for, and nothing after the last subject', async () => {
    const path = csv('time,event', '1,1', '2,1', '3,0', '4,1', '5,0');
    const { json } = await run(path, '--at', '2.5,9', '--interval', 'log-log');
    const [early, late] = json.arms[0].survival;
    // By hand: S = 3/5, Var ln S = 1/20 + 1/12; limits S^exp(+-1.96 se / |ln S|).
    const spread = (1.959963984540054 * Math.sqrt(1 / 20 + 1 / 12)) / Math.abs(Math.log(0.6));
    expect(early).toMatchObject({ time: 2.5, atRisk: 3 });
    expect(early.survival).toBeCloseTo(0.6, 12);
    expect(early.low).toBeCloseTo(0.6 ** Math.exp(spread), 10);
    expect(early.high).toBeCloseTo(0.6 ** Math.exp(-spread), 10);
    expect(late).toMatchObject({ time: 9, atRisk: 0, survival: null });
  });
  test('says how it is used when an option or a column is wrong', async () => {
    const path = csv('time,event', '1,1');
    expect((await run(path, '--ties', 'exact')).code).toBe(2);
    expect((await run(path, '--arm', 'group')).err).toContain('line 1, group: there is no such column');
    expect((await run(join(folder, 'none.csv'))).err).toContain('there is no such file');
    expect((await run(csv('time;event', '1;1'))).err).toContain('not separated by commas');
  });
});

describe('shipa synthesize', { timeout: 60_000 }, () => {
  const run = async (path: string, ...more: readonly string[]) => {
    const ran = await shipa('synthesize', path, ...more);
    return { ...ran, json: ran.code === 0 ? JSON.parse(ran.out) : undefined };
  };
  test('takes a variance for the error of an effect, as metafor names it', async () => {
    const errors = (await run(csv('study,yi,sei', 'one,-0.35,0.12', 'two,-0.1,0.2'))).json;
    const variances = (await run(csv('study,yi,vi', 'one,-0.35,0.0144', 'two,-0.1,0.04'))).json;
    expect(variances.random.effects[1].se).toBeCloseTo(errors.random.effects[1].se, 12);
    expect((await run(csv('study,yi,vi', 'one,-0.35,-0.01'))).err).toContain('line 2, vi: -0.01 is not above 0');
  });
  const head = 'study,treat1,treat2,TE,seTE';
  test.each([
    ['an island by its treatments', [head, 'one,A,B,0.1,0.2', 'two,C,D,0.1,0.2'], 'no path of trials from {C, D} to A'],
    ['a zero standard error', [head, 'one,A,B,0.1,0'], 'line 2, seTE: 0 is not above 0'],
    ['half a row', [head, 'one,A,B,,0.2'], 'line 2, TE: is empty'],
    ['a treatment against itself', [head, 'one,A,A,0.1,0.2'], 'line 2, treat2: "A" is compared with itself'],
    [
      'a comparison given twice',
      [head, 'one,A,B,0.1,0.2', 'one,B,A,0.3,0.2'],
      'line 3: one: B against A is given in line 2',
    ],
    ['a missing comparison of three arms', [head, 'one,A,B,0.1,0.2', 'one,A,C,0.1,0.2'], 'one: 3 arms need 3'],
    [
      'contradicting effects of three arms',
      [head, 'one,A,B,0.1,0.2', 'one,A,C,0.3,0.2', 'one,B,C,0.5,0.2'],
      'one: the effects among A, B, C contradict each other by 0.300',
    ],
    [
      'errors that no three arms can have',
      [head, 'one,A,B,0.1,0.1', 'one,A,C,0.3,0.1', 'one,B,C,0.2,0.5'],
      'no trial can have these standard errors together (A-B 0.1, A-C 0.1, B-C 0.5)',
    ],
    ['an interval turned round', ['study,HR,low,high', 'one,0.8,0.9,0.7'], 'line 2, high: 0.7 is not above low'],
    ['columns that it does not know', ['study,effect', 'one,2'], 'no columns TE and seTE'],
    ['a pairwise row given twice', ['study,TE,seTE', 'one,1,1', 'one,1,1'], 'line 3: is the same as line 2'],
  ])('refuses %s', async (_, lines, message) => {
    const { code, err, out } = await run(csv(...lines));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
  });
  test('allows contradictions of rounding when told so, and leaves out rows without any effect', async () => {
    const path = csv(head, 'one,A,B,0.10,0.2', 'one,A,C,0.31,0.2', 'one,B,C,0.20,0.2', 'two,A,B,NA,');
    expect((await run(path)).code).toBe(1);
    const { json, err } = await run(path, '--tolerance', '0.02');
    expect(json.studies).toBe(1);
    expect(json.excluded).toEqual([{ line: 5, study: 'two', why: 'no effect is given' }]);
    expect(err).toContain('line 5: two left out');
  });
  test('is the study itself when there is one, in any script', async () => {
    const { json } = await run(
      csv(head, 'один,Паклитаксел,Плацебо,-0.1,0.2'),
      '--reference',
      'Плацебо',
      '--method',
      'PM',
    );
    expect(json).toMatchObject({ tau2: 0, i2: 0, q: { total: 0, heterogeneity: 0, inconsistency: 0 } });
    expect(json.random.effects[0]).toMatchObject({ treatment: 'Паклитаксел', predictionLow: null });
    expect(json.random.effects[0].estimate).toBeCloseTo(-0.1, 12);
    expect(json.random.effects[0].se).toBeCloseTo(0.2, 12);
  });
  test('takes ratios with intervals as TE and seTE, and flags what is derived', async () => {
    const z = 1.959963984540054;
    const ratio = (await run(csv('study,treat1,treat2,HR,low,high', 'x,A,B,0.8,0.7,0.95', 'y,A,B,0.9,0.7,1.2'))).json;
    const plain = (
      await run(
        csv(
          head,
          `x,A,B,${Math.log(0.8)},${Math.log(0.95 / 0.7) / (2 * z)}`,
          `y,A,B,${Math.log(0.9)},${Math.log(1.2 / 0.7) / (2 * z)}`,
        ),
      )
    ).json;
    expect(ratio.random.effects[1].estimate).toBeCloseTo(plain.random.effects[1].estimate, 12);
    const medians = await run(csv('study,treat1,treat2,median1,median2,events1,events2', 'x,A,B,12,9,100,110'));
    expect(medians.json.derived).toMatchObject([
      { line: 2, from: 'medians', assumption: expect.stringContaining('exponential') },
    ]);
    expect(medians.err).toContain('derived from medians');
  });
  test('gives Hartung-Knapp intervals to a pairwise set and refuses them to a network', async () => {
    const set = csv('study,yi,sei', 'a,-0.5,0.2', 'b,0.1,0.3', 'c,-0.9,0.25');
    const { json } = await run(set, '--method', 'REML', '--hksj');
    expect(json.reference).toBe('control');
    expect(json.pairwise).toMatchObject({ hksj: true, treatment: 'treatment' });
    expect(json.pairwise.random.high - json.pairwise.random.low).toBeGreaterThan(
      json.random.effects[1].high - json.random.effects[1].low,
    );
    expect((await run(csv(head, '1,A,B,1,1', '2,B,C,1,1'), '--hksj')).code).toBe(2);
  });
  test('draws every plot as well-formed text with escaped names', async () => {
    const rows = [
      '1,A & B,C<1>,0.2,0.1',
      '2,C<1>,"D ""x""",0.3,0.2',
      '3,A & B,"D ""x""",0.1,0.2',
      '4,A & B,C<1>,0.4,0.2',
      '5,A & B,C<1>,0.1,0.3',
    ];
    const { code } = await run(csv(head, ...rows), '--plot', join(folder, 'net'), '--measure', 'OR');
    expect(code).toBe(0);
    const names = ['forest.svg', 'funnel.svg', 'league.svg', 'net-heat.svg', 'network.svg'];
    expect(existsSync(join(folder, 'net')) && readdirSync(join(folder, 'net')).sort()).toEqual(names);
    for (const name of names) {
      const text = readFileSync(join(folder, 'net', name), 'utf8');
      expect(text.match(/<[a-z]/g)?.length).toBe((text.match(/<\//g)?.length ?? 0) + (text.match(/\/>/g)?.length ?? 0));
      expect(text).not.toMatch(/NaN|undefined|C<1>|A & B/);
    }
  });
});
