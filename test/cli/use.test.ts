// How commands are called: help everywhere, exit code 2 for wrong use and 1 for failure, words on stderr that say what to do.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root, shipa } from './shipa.js';

const folder = mkdtempSync(join(tmpdir(), 'shipa-use-'));
afterAll(() => rmSync(folder, { recursive: true }));
const history = join(root, 'test/cases/nsclc/egfr-l858r-first-line/history.json');

const COMMANDS =
  'recommend explain prognosis synthesize survival corpus simulate ingest score serve worker pilot'.split(' ');

describe('the command line', { timeout: 60_000 }, () => {
  test('tells of every command on stdout when asked for help', async () => {
    const list = await shipa('--help');
    expect(list.code).toBe(0);
    for (const command of COMMANDS) expect(list.out).toMatch(new RegExp(`^  ${command} `, 'm'));
    for (const command of COMMANDS) {
      const { code, out, err } = await shipa(command, '--help');
      expect([command, code, err]).toEqual([command, 0, '']);
      expect(out).toContain(`shipa ${command}`);
    }
  });

  test('refuses a table that has no column of the score, and tells which single ones are missing', async () => {
    const [input, other] = ['ipi.csv', 'other.csv'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(input, 'age,stage\n70,IV\n');
    writeFileSync(other, 'Age,LDH\n70,2\n');
    const output = join(folder, 'out.csv');
    const partly = await shipa('prognosis', 'ipi', '--input', input, '--output', output);
    expect(partly.err).toContain('no such column: ecog, extranodal-sites, ldh-uln');
    expect(readFileSync(output, 'utf8')).toContain('70,IV,,2,5,');
    const wrong = await shipa('prognosis', 'ipi', '--input', other, '--output', output);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/other\.csv, line 1: has none of the columns that ipi reads \(age, .*there are Age, LDH/);
  });
  test('tells the columns of every model', async () => {
    const told = (await shipa('prognosis', 'predict-prostate', '--columns')).out;
    expect(told).toMatch(/^age_years {2}18 to 110\n[\s\S]*grade_group {2}1, 2, 3, 4, 5\n/);
  });

  test.each([
    [2, /no command "toString"/, ['toString']],
    [2, /at least one FILE/, ['recommend']],
    [2, /--format is text, json or ndjson/, ['recommend', history, '--format', 'xml']],
    [2, /--as-of wants a day/, ['recommend', history, '--as-of', '2026-02-30']],
    [2, /--weights wants/, ['recommend', history, '--weights', 'joy=1']],
    [2, /no protocol "moon"/, ['recommend', history, '--protocol', 'moon']],
    [2, /'--colour'/, ['recommend', history, '--colour']],
    [2, /--regimen ID/, ['explain', history]],
    [2, /no regimen "hope"/, ['explain', history, '--regimen', 'hope']],
    [1, /no such file/, ['explain', join(folder, 'nowhere.json'), '--regimen', 'osimertinib']],
    [2, /name one model/, ['prognosis', 'astrology']],
    [1, /nowhere\.csv/, ['synthesize', join(folder, 'nowhere.csv')]],
    [2, /--time and --event/, ['survival', 'x.csv']],
    [2, /whole number/, ['simulate', '--patients', 'many']],
    [2, /--port/, ['serve', '--port', '99999']],
    [2, /--queues/, ['worker', '--queues', 'none']],
  ])('exits %i and says %s', async (code, words, args) => {
    const ran = await shipa(...args);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toMatch(words);
    expect(ran.err).not.toMatch(/^\s+at /m);
  });

  test('simulates the same patients for the same seed, others for another, and any part of them alone', async () => {
    const simulate = async (name: string, ...more: string[]) => {
      const { code } = await shipa('simulate', '--out', join(folder, name), ...more);
      expect(code).toBe(0);
      return readFileSync(join(folder, name), 'utf8');
    };
    const whole = await simulate('a', '--patients', '20', '--seed', '7');
    expect(await simulate('b', '--patients', '20', '--seed', '7')).toBe(whole);
    expect(await simulate('c', '--patients', '20', '--seed', '8')).not.toBe(whole);
    const tail = await simulate('d', '--patients', '5', '--seed', '7', '--from', '15');
    expect(whole.endsWith(tail)).toBe(true);
    expect(whole.trimEnd().split('\n')).toHaveLength(20);
  });

  test('finds the corpus sound', async () => {
    const { code, out } = await shipa('corpus', 'check');
    expect(out).toMatch(/0 errors/);
    expect(code).toBe(0);
  });
});
