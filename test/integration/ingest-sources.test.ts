// `shipa ingest` as a person gives it: standard input, then the same packed, an export by type, and what the reports say.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres } from './servers.js';

const postgres = await findPostgres();
const missing = absent ?? ('reason' in postgres ? postgres.reason : undefined);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipa-ingest-'));
});
afterAll(async () => {
  if ('server' in postgres) await postgres.server.close();
  await rm(folder, { recursive: true, force: true });
});

it.skipIf(missing !== undefined)(
  `ingests standard input, the same packed and an export, and reports by file and line${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  async () => {
    if (!('server' in postgres)) return;
    const environment = {
      DATABASE_URL: postgres.server.url,
      REDIS_URL: '',
      SHIPA_QUEUE: `i${Date.now().toString(36)}`,
    };
    const data = join(folder, 'data');
    const ingest = (...args: string[]) => shipa(['ingest', ...args, '--data', data, '--workers', '1'], environment);
    const unmapped = bundleLine('s7').replaceAll(
      '"http://hl7.org/fhir/sid/icd-10","code":"C50.4"',
      '"urn:local","code":"ZZ-9"',
    );
    const text = `${[...Array(5).keys()].map((i) => bundleLine(`s${i}`)).join('\n')}\n{"resourceType":\n${unmapped}\n`;

    const piped = ingest('-');
    piped.child.stdin?.end(text);
    const first = await piped.ended;
    expect(first.out).toContain('ingested 6 histories');
    expect(first.out).toContain('1 documents with faults');
    expect(first.code).toBe(1);
    expect(await readdir(join(data, 'spool'))).toEqual([]);

    const packed = join(folder, 'same.ndjson.gz');
    await writeFile(packed, gzipSync(text));
    const report = join(folder, 'faults.ndjson');
    const second = await ingest(packed, '--report', report).ended;
    expect(second.out).toContain('ingested 0 histories');
    expect(second.out).toContain('6 unchanged');
    const lines = (await readFile(report, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        file: packed,
        line: 6,
        path: expect.stringMatching(/^column \d+$/),
        reason: expect.stringContaining('not JSON'),
      },
    ]);

    const at = join(folder, 'export');
    await mkdir(at);
    await writeFile(
      join(at, 'Patient.ndjson'),
      '{"resourceType":"Patient","id":"e1"}\n{"resourceType":"Patient","id":"e2"}\n',
    );
    await writeFile(
      join(at, 'manifest.json'),
      '{"transactionTime":"2026-05-01T00:00:00Z","output":[{"type":"Patient","url":"Patient.ndjson"}]}',
    );
    expect(await ingest(at).ended).toMatchObject({ code: 0, out: expect.stringContaining('ingested 2 histories') });

    const codes = await shipa(['codes', 'unknown', '--format', 'ndjson', '--data', data], environment).ended;
    expect(
      codes.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ place: 'condition', system: 'urn:local', code: 'ZZ-9', byWords: false, n: 2 }]);
  },
  180_000,
);
