// `shipa ingest` as a person gives it: standard input, then the same packed, an export by type, and what the reports say.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
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

    const nothing = ingest('-');
    nothing.child.stdin?.end('');
    expect(await nothing.ended).toMatchObject({ code: 0, err: expect.stringContaining('nothing came in') });

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

it.skipIf(missing !== undefined)(
  'ingests an export that was not whole when it was asked for, as soon as the same command finds it whole',
  async () => {
    if (!('server' in postgres)) return;
    const environment = {
      DATABASE_URL: postgres.server.url,
      REDIS_URL: '',
      SHIPA_QUEUE: `x${Date.now().toString(36)}`,
    };
    const ingest = (path: string) =>
      shipa(['ingest', path, '--data', join(folder, 'data'), '--workers', '1'], environment).ended;
    const manifest = '{"transactionTime":"2026-05-01T00:00:00Z","output":[{"type":"Patient","url":"Patient.ndjson"}]}';
    const patients = (id: string): string => `{"resourceType":"Patient","id":"${id}"}\n`;

    let there = false;
    const server = createServer(({ url }, response) => {
      if (url === '/manifest') return void response.end(manifest);
      return void (there ? response.end(patients('late-http')) : response.writeHead(404).end());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/manifest`;
    expect(await ingest(at)).toMatchObject({ code: 1, out: expect.stringContaining('ingested 0 histories') });
    there = true;
    const whole = await ingest(at);
    expect(whole.err).not.toContain('404');
    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('ingested 1 histories') });
    server.close();

    const local = join(folder, 'late-export');
    await mkdir(local);
    await writeFile(join(local, 'manifest.json'), manifest);
    expect(await ingest(join(local, 'manifest.json'))).toMatchObject({ code: 1 });
    await writeFile(join(local, 'Patient.ndjson'), patients('late-file'));
    expect(await ingest(join(local, 'manifest.json'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('ingested 1 histories'),
    });
  },
  180_000,
);
