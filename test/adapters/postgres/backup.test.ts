// A store out into a file and back: the same to the byte, older versions brought up, damage refused with nothing left behind.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { restoreBackup, writeBackup } from '../../../src/adapters/postgres/backup.js';
import { BackupReader } from '../../../src/adapters/postgres/backup-file.js';
import { knownMigrations, migrate, ownTables } from '../../../src/adapters/postgres/migrate.js';
import { openStore } from '../../../src/adapters/postgres/store.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
import { planScoring, scoreChunk } from '../../../src/app/score-batch.js';
import type { Release } from '../../../src/app/store-ports.js';
import { bundleLine, fakeRecommender } from '../../integration/samples.js';
import { findPostgres, type TestServer } from '../../integration/servers.js';

const here = await findPostgres();
const release: Release = { corpus: 'c1', model: 'm@1', features: 'f1', code: '0.1.0' };

async function database(): Promise<TestServer> {
  const found = await findPostgres();
  if ('reason' in found) throw new Error(found.reason);
  return found.server;
}

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table as text. */
async function contents(url: string): Promise<Record<string, readonly string[]>> {
  const all: Record<string, readonly string[]> = {};
  for (const table of [...(await ownTables())].sort()) {
    const rows = await query<{ row: string }>(url, `select t::text as row from ${table} t order by 1`);
    all[table] = rows.map((r) => r.row);
  }
  return all;
}

async function fill(url: string, folder: string): Promise<void> {
  const store = await openStore(url);
  const files = historyFiles();
  const file = join(folder, 'histories.ndjson');
  const odd = bundleLine('odd').replaceAll('Almaty', 'Al\\nma\\\\.\\ty \\"Алматы\\"');
  await writeFile(
    file,
    `${[bundleLine('p1'), '{', bundleLine('p2'), odd, bundleLine('p1', '2026-09-01')].join('\n')}\n`,
  );
  await store.openRun({ id: 'r', kind: 'ingest', params: { files: ['a\\b\n'] } });
  await store.planPhase('r', 'ingest', await planIngest(files, [file]));
  await ingestChunk({ store, files, readDocument: readBundleText }, { run: 'r', phase: 'ingest', ordinal: 0 });
  await store.planPhase('r', 'score', await planScoring(store, release));
  const work = { store, recommender: fakeRecommender(release), readDocument: readBundleText, release };
  await scoreChunk(work, { run: 'r', phase: 'score', ordinal: 0 });
  await store.decide({ action: 'merge', a: 'p1', b: 'p2', by: 'x', why: 'y', automatic: false, evidence: [] });
  await store.close();
}

describe.runIf('server' in here)('backup and restore', () => {
  let folder: string;
  let file: string;
  let full: TestServer;
  let refused: TestServer | undefined;
  const servers: TestServer[] = 'server' in here ? [here.server] : [];
  const empty = async (): Promise<TestServer> => {
    const server = await database();
    servers.push(server);
    return server;
  };
  const quiet = (): void => {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shipa-backup-'));
    full = await empty();
    await fill(full.url, folder);
    file = join(folder, 'whole.shipa');
    await writeBackup(full.url, file, { code: '0.1.0', made: '2026-11-29T00:00:00Z' }, quiet);
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const edited = async (name: string, edit: (text: string) => string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, gzipSync(edit(gunzipSync(await readFile(file)).toString('utf8'))));
    return path;
  };

  it('holds every table of the migrations, and gives back every row', async () => {
    const target = await empty();
    await restoreBackup(target.url, file, quiet);
    const [before, after] = [await contents(full.url), await contents(target.url)];
    expect(Object.keys(after).length).toBeGreaterThan(10);
    expect(after).toEqual(before);
    for (const table of [
      'patient',
      'history',
      'recommendation',
      'recommendation_past',
      'chunk',
      'fault',
      'identity_decision',
    ])
      expect([table, (after[table] ?? []).length > 0]).toEqual([table, true]);
  });

  it('goes on from there: numbers are not given out twice, nothing is scored again', async () => {
    const target = await empty();
    await restoreBackup(target.url, file, quiet);
    const store = await openStore(target.url);
    expect((await store.recommendation('p1'))?.release).toEqual(release);
    await fill(target.url, folder);
    await store.close();
    const twice = await query(target.url, 'select id from patient group by id having count(*) > 1');
    expect(twice).toEqual([]);
    expect((await query<{ n: number }>(target.url, 'select count(*)::int as n from patient'))[0]?.n).toBe(3);
  });

  it('is readable by its owner only', async () => {
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('refuses a store that holds something, and changes nothing there', async () => {
    const before = await contents(full.url);
    await expect(restoreBackup(full.url, file, quiet)).rejects.toThrow(
      /not empty \(.*\): restore into a new --data DIR/,
    );
    expect(await contents(full.url)).toEqual(before);
  });

  it.each([
    ['a value that was changed', (t: string) => t.replace('IIA', 'IIB'), /damaged: recommendation/],
    ['a row that is missing', (t: string) => t.replace(/\np1\t.*?\n|^\d+\tp1\t.*$/m, ''), /damaged|not whole/],
    ['an end that is missing', (t: string) => t.slice(0, t.length - 200), /cut off/],
    [
      'a table that is missing',
      (t: string) => t.replace(/\{"table":"fault"\}[\s\S]*?"sha256":"[0-9a-f]+"\}\n/, ''),
      /not whole|fault/,
    ],
    [
      'a newer schema',
      (t: string) => t.replace('"005-persons.sql"', '"005-persons.sql","999-later.sql"'),
      /newer version/,
    ],
    ['another kind of file', () => 'hello\nworld\n', /no backup of Shipa/],
    ['something behind the end', (t: string) => `${t}more`, /not whole/],
  ])('refuses %s and leaves the target empty', async (name, edit, says) => {
    refused ??= await empty();
    const target = refused;
    await expect(restoreBackup(target.url, await edited(name, edit), quiet)).rejects.toThrow(says);
    const tables = await query<{ n: number }>(
      target.url,
      `select count(*)::int as n from pg_class where relname = 'patient'`,
    );
    if (tables[0]?.n === 1) {
      const { audit_salt: _own, ...rest } = await contents(target.url);
      expect(Object.values(rest).flat()).toEqual([]);
    }
  });

  it('refuses a file that was cut or bent as bytes', async () => {
    const target = await empty();
    const bytes = await readFile(file);
    const cut = join(folder, 'cut.shipa');
    await writeFile(cut, bytes.subarray(0, bytes.length - 30));
    await expect(restoreBackup(target.url, cut, quiet)).rejects.toThrow(/cut off|damaged/);
    const bent = join(folder, 'bent.shipa');
    await writeFile(bent, Buffer.concat([bytes.subarray(0, 400), Buffer.alloc(40, 7), bytes.subarray(440)]));
    await expect(restoreBackup(target.url, bent, quiet)).rejects.toThrow(/damaged/);
    const plain = join(folder, 'plain.shipa');
    await writeFile(plain, 'not gzip at all');
    await expect(restoreBackup(target.url, plain, quiet)).rejects.toThrow(/damaged, or no backup/);
  });

  it('brings a backup of the first version up to this one, also into a store that has been opened before', async () => {
    const old = await empty();
    const [first] = await knownMigrations();
    const pool = new pg.Pool({ connectionString: old.url });
    await migrate(pool, [first ?? '']);
    await pool.query(`insert into patient (external_id) values ('from-then')`);
    await pool.end();
    const path = join(folder, 'old.shipa');
    await writeBackup(old.url, path, { code: '0.0.1', made: 'then' }, quiet);
    const target = await empty();
    await (await openStore(target.url)).close();
    await restoreBackup(target.url, path, quiet);
    const store = await openStore(target.url);
    expect((await store.patients({}, 5, 0)).rows.map((row) => row.id)).toEqual(['from-then']);
    await store.close();
  });
});

describe('backup file', () => {
  it('gives the same rows in whatever pieces the file comes', async () => {
    const text = 'head\n1\ta\n2\t\\\\.\n\\.\ntail\n\\.\nlast\n';
    for (let size = 1; size <= text.length; size++) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        Buffer.from(text.slice(i * size, (i + 1) * size)),
      );
      const reader = new BackupReader(Readable.from(pieces));
      const rows = async (): Promise<string> => {
        let all = '';
        for await (const piece of reader.body()) all += piece.toString();
        return all;
      };
      expect([
        await reader.line(),
        await rows(),
        await reader.line(),
        await rows(),
        await reader.line(),
        await reader.atEnd(),
      ]).toEqual(['head', '1\ta\n2\t\\\\.\n', 'tail', '', 'last', true]);
    }
  });
});

if ('reason' in here) it.skip(`backup is not tested: ${here.reason}`, () => {});
