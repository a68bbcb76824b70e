// What scripts rely on of `shipa recommend` and `shipa explain`: order, shape, faults, exit codes, streams.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breaches, CaseRecord } from './record-schema.js';
import { hasPublicData, linesOf, publicData, root, shipa, WHY_SKIPPED } from './shipa.js';

const TIME = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'shipa-cli-'));
const at = (name: string): string => join(folder, name);
const put = (name: string, content: string | Buffer): string => {
  writeFileSync(at(name), content);
  return at(name);
};
let bundles: string[] = [];

beforeAll(async () => {
  const { out } = await shipa('simulate', '--patients', '300', '--seed', '4');
  bundles = out.trimEnd().split('\n');
  put('cohort.ndjson', out);
}, TIME);
afterAll(() => rmSync(folder, { recursive: true }));

const checked = (value: unknown): CaseRecord => {
  const record = CaseRecord.parse(value);
  expect(breaches(record), record.case).toEqual([]);
  return record;
};

describe('shipa recommend', () => {
  test('gives 300 simulated patients one record a line, in input order, each as the contract has it', {
    timeout: TIME,
  }, async () => {
    const { code, out } = await shipa('recommend', at('cohort.ndjson'), '--format', 'ndjson');
    const records = linesOf(out).map(checked);
    const ids = bundles.map(
      (line, i) => /"resourceType":"Bundle","id":"([^"]+)"/.exec(line)?.[1] ?? `cohort.ndjson:${i + 1}`,
    );
    // A line that was cut off in the middle may still show an id; its record is named by file and line.
    expect(records.map((r, i) => (r.status === 'error' ? `cohort.ndjson:${i + 1}` : r.case))).toEqual(
      records.map((r, i) => (r.status === 'error' ? r.case : ids[i])),
    );
    expect(code).toBe(records.some((r) => r.status === 'error') ? 1 : 0);
    expect(records.filter((r) => r.status === 'ranked').length).toBeGreaterThan(50);
    expect(out).not.toContain('NaN');
  });

  test.skipIf(!hasPublicData)(
    `answers every public mCODE file with a record or placed faults (${WHY_SKIPPED})`,
    { timeout: TIME },
    async () => {
      const files = ['ig', 'synthea', 'ctms'].flatMap((name) =>
        readdirSync(join(publicData, 'mcode', name))
          .filter((file) => file.endsWith('.json'))
          .map((file) => join(publicData, 'mcode', name, file)),
      );
      const { code, out } = await shipa('recommend', ...files, '--format', 'ndjson', '--as-of', '2026-06-01');
      const records = linesOf(out).map(checked);
      expect(records.length).toBeGreaterThanOrEqual(files.length);
      expect(code).toBe(records.some((r) => r.status === 'error') ? 1 : 0);
    },
  );

  test('answers what it cannot read with faults in their places and goes on with the rest', {
    timeout: TIME,
  }, async () => {
    const [first = '', second = ''] = bundles;
    mkdirSync(at('folder.json'));
    const inputs: readonly (readonly [file: string, name: string, fault: RegExp])[] = [
      [put('empty.json', ''), 'empty.json', /line 1, column 1: .*empty/],
      [put('empty.txt', '  '), 'empty.txt', /empty/],
      [put('report.PDF', '%PDF-1.7'), 'report.PDF', /PDF/],
      [put('cut.json', first.slice(0, 500)), 'cut.json', /line 1, column \d+: not JSON/],
      [put('packed.json', Buffer.from([0x1f, 0x8b, 8, 0])), 'packed.json', /gzip/],
      [put('wide.json', Buffer.from(`\ufeff${first}`, 'utf16le')), 'wide.json', /UTF-16/],
      [put('cp1251.json', Buffer.from([0x7b, 0xc6, 0xe5, 0x7d])), 'cp1251.json', /not UTF-8/],
      [at('folder.json'), 'folder.json', /is a folder/],
      [at('nowhere.json'), 'nowhere.json', /no such file/],
      [
        put('parameters.json', '{"resourceType":"Parameters","id":"x"}'),
        'x',
        /resourceType: expected Bundle, found Parameters/,
      ],
      [put('patient.json', '{"resourceType":"Patient","id":"y"}'), 'y', /resourceType: expected Bundle, found Patient/],
      [put('nobody.json', '{"resourceType":"Bundle","id":"z","type":"collection"}'), 'z', /entry: .*no Patient/],
      [put('deep.json', '['.repeat(100_000)), 'deep.json', /line 1, column 100001: /],
    ];
    const files = inputs.flatMap(([file], i) => (i % 4 === 0 ? [put(`good${i}.json`, second), file] : [file]));
    const { code, out, err } = await shipa('recommend', ...files, '--format', 'json');
    const records = (JSON.parse(out) as unknown[]).map(checked);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(records).toHaveLength(files.length);
    const failed = records.filter((r) => r.status === 'error');
    expect(failed.map((r) => r.case)).toEqual(inputs.map(([, name]) => name));
    failed.forEach((record, i) => {
      expect(record.faults.map((f) => `${f.place}: ${f.message}`).join('\n')).toMatch(inputs[i]?.[2] ?? /never/);
    });
  });

  test('reads lines whatever ends them and whatever stands in them, and names each by Bundle id, note id or file and line', {
    timeout: TIME,
  }, async () => {
    const [first = '', second = ''] = bundles;
    const lines = [
      `\ufeff${first}\r`,
      '',
      second.replace('"display":"', '"display":"\u2028'),
      '{"id":"note-7","text":"Аденокарцинома лёгкого"}',
      'not json',
      '   ',
      first.replace(/"id":"[^"]+",/, ''),
    ];
    const file = put('lines.jsonl', lines.join('\n'));
    const { code, out } = await shipa('recommend', file, '--format', 'ndjson');
    expect(code).toBe(1);
    const records = linesOf(out).map(checked);
    const id = (line: string) => (JSON.parse(line) as { id: string }).id;
    expect(records.map((r) => r.case)).toEqual([id(first), id(second), 'note-7', 'lines.jsonl:5', 'lines.jsonl:7']);
    expect(records.map((r) => (r.status === 'error' ? r.faults[0]?.place : ''))).toEqual([
      '',
      '',
      '',
      'line 5, column 1',
      '',
    ]);
  });

  test('keeps the patients of one Bundle apart, whatever the type of the Bundle', { timeout: TIME }, async () => {
    const bundle = JSON.parse(bundles[0] ?? '') as {
      id: string;
      entry: { resource: { resourceType: string; id: string } }[];
    };
    const patient = bundle.entry.find((e) => e.resource.resourceType === 'Patient');
    const other = { fullUrl: 'urn:uuid:0', resource: { ...patient?.resource, id: 'another' } };
    const files = ['searchset', 'transaction', 'batch'].map((type) =>
      put(
        `${type}.json`,
        JSON.stringify({ ...bundle, type, entry: [...bundle.entry, ...(type === 'batch' ? [other] : [])] }),
      ),
    );
    const { code, out } = await shipa('recommend', ...files, '--format', 'ndjson');
    const records = linesOf(out).map(checked);
    expect(code).toBe(0);
    expect(records.map((r) => r.case)).toEqual([
      bundle.id,
      bundle.id,
      `${bundle.id}#${patient?.resource.id}`,
      `${bundle.id}#another`,
    ]);
    const bare = (record: CaseRecord | undefined) => ({ ...record, case: '', versions: '' });
    expect(JSON.stringify(bare(records[1]))).toBe(JSON.stringify(bare(records[0])));
    expect(records[3]).toMatchObject({ status: 'abstained', reason: { code: 'no-cancer' } });
  });

  test('writes NDJSON where no terminal reads it, a page for --format text, and nothing but records on stdout', {
    timeout: TIME,
  }, async () => {
    const file = put('one.json', bundles[0] ?? '');
    const [plain, page] = await Promise.all([shipa('recommend', file), shipa('recommend', file, '--format', 'text')]);
    expect(linesOf(plain.out).map(checked)).toHaveLength(1);
    expect(plain.err).toContain('--format text');
    expect(page.out).toContain('Versions: corpus');
    expect(page.err).toBe('');
  });

  test('ends without a stack when its reader leaves', { timeout: TIME }, async () => {
    const child = spawn(process.execPath, [
      join(root, 'bin/shipa.mjs'),
      'recommend',
      at('cohort.ndjson'),
      '--format',
      'ndjson',
    ]);
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});

describe('shipa explain', () => {
  test('traces an option that is shown and one that is rejected, as text and as JSON', { timeout: TIME }, async () => {
    const file = join(root, 'test/cases/nsclc/egfr-l858r-first-line/history.json');
    const [shown, rejected, json] = await Promise.all([
      shipa('explain', file, '--regimen', 'osimertinib'),
      shipa('explain', file, '--regimen', 'alectinib'),
      shipa('explain', file, '--regimen', 'alectinib', '--format', 'json'),
    ]);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/L858R/);
    expect(rejected.code).toBe(0);
    expect(rejected.out).toMatch(/ALK/);
    expect(JSON.parse(json.out)).toMatchObject({ regimen: { id: 'alectinib' } });
  });
});
