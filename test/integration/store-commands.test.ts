// The commands about the store as a person runs them, against a real database: who is who, hold, erase, retention, backup, restore.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../src/adapters/files/history-files.js';
import { openStore } from '../../src/adapters/postgres/store.js';
import { ingestChunk, planIngest } from '../../src/app/ingest.js';
import { main } from '../../src/cli/main.js';
import { bundleLine } from './samples.js';
import { findPostgres, type TestServer } from './servers.js';

const here = await findPostgres();

/** One command in this process: exit code and what it printed. */
async function shipa(url: string, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [write, complain] = [process.stdout.write, process.stderr.write];
  const before = process.env.DATABASE_URL;
  let [out, err] = ['', ''];
  const heard =
    (add: (text: string) => void) =>
    (chunk: unknown, ...rest: readonly unknown[]): boolean => {
      add(String(chunk));
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    };
  process.stdout.write = heard((text) => (out += text));
  process.stderr.write = heard((text) => (err += text));
  process.env.DATABASE_URL = url;
  try {
    return { code: await main([...args, '--data', data]), out, err };
  } finally {
    process.stdout.write = write;
    process.stderr.write = complain;
    if (before === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = before;
  }
}
let data = '';
const signed = ['--by', 'A. Registrar', '--reason', 'asked for in writing'] as const;

describe.runIf('server' in here)('commands of the store', () => {
  let url: string;
  let folder: string;
  const servers: TestServer[] = [];
  beforeAll(async () => {
    if (!('server' in here)) return;
    servers.push(here.server);
    url = here.server.url;
    folder = await mkdtemp(join(tmpdir(), 'shipa-commands-'));
    data = join(folder, 'data');
    const store = await openStore(url);
    const person = (id: string, name: string, asOf: string): string =>
      bundleLine(id, asOf).replace('"gender"', `"name":[{"text":"${name}"}],"gender"`);
    const file = join(folder, 'histories.ndjson');
    const lines = [person('ast-1', 'Сериккызы Айгуль', '2026-01-01'), person('alm-9', 'Serikkyzy Aigul', '2026-02-01')];
    await writeFile(file, `${[...lines, person('old-7', 'Ким Анна', '2001-01-01')].join('\n')}\n`);
    const files = historyFiles();
    await store.openRun({ id: 'r', kind: 'ingest', params: {} });
    await store.planPhase('r', 'ingest', await planIngest(files, [file]));
    await ingestChunk({ store, files, readDocument: readBundleText }, { run: 'r', phase: 'ingest', ordinal: 0 });
    await store.close();
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('ingest says that nobody was compared, and with --identity merges by number before anybody is scored', async () => {
    const born = { gender: 'male', birthDate: '1979-10-28' };
    const numbered = (id: string, day = born.birthDate): string =>
      bundleLine(id)
        .replace('"gender":"female","birthDate":"1960-05-01"', `"gender":"${born.gender}","birthDate":"${day}"`)
        .replace('"gender"', '"identifier":[{"system":"urn:kz:iin","value":"791028302728"}],"gender"');
    const fresh = await findPostgres();
    if (!('server' in fresh)) throw new Error('the server is gone');
    servers.push(fresh.server);
    const own = fresh.server.url;
    const [astana, almaty] = ['astana.ndjson', 'almaty.ndjson'].map((name) => join(folder, name)) as [string, string];
    await writeFile(astana, `${numbered('iin-a')}\n${bundleLine('other')}\n`);
    await writeFile(almaty, `${numbered('iin-b')}\n${numbered('iin-c', '1979-10-29')}\n`);
    const first = await shipa(own, 'ingest', astana, '--workers', '1');
    expect(first).toMatchObject({ code: 0, err: expect.stringMatching(/2 records were not yet compared/) });
    const second = await shipa(own, 'ingest', almaty, '--workers', '1', '--identity');
    expect(second.out).toMatch(/merged iin-a {2}iin-b {2}by number/);
    expect(second.err).toMatch(/4 records compared, 1 merges by number, 2 pairs to look at/);
    expect(`${second.out}${second.err}`).not.toContain('791028302728');
    expect((await shipa(own, 'identity', 'show', 'iin-b')).out).toContain('iin-a + iin-b');
    // Found again, nothing is to be done.
    expect((await shipa(own, 'ingest', almaty, '--workers', '0', '--identity')).err).toMatch(
      /0 records compared, 0 merges/,
    );
  }, 120_000);

  it("find a candidate over alphabets, merge it on a person's word, and show who said so", async () => {
    const found = await shipa(url, 'identity', 'candidates', '--format', 'ndjson');
    expect(
      found.out
        .split('\n')
        .filter(Boolean)
        .map((l) => JSON.parse(l)),
    ).toMatchObject([{ a: 'alm-9', b: 'ast-1', verdict: 'candidate' }]);
    expect(`${found.out}${found.err}`).not.toMatch(/Айгуль|Aigul/);
    expect((await shipa(url, 'identity', 'merge', 'ast-1', 'alm-9', '--no-score')).code).toBe(2);
    expect((await shipa(url, 'identity', 'merge', 'ast-1', 'nobody', ...signed)).err).toContain(
      'no such patient: nobody',
    );
    expect(await shipa(url, 'identity', 'merge', 'ast-1', 'alm-9', ...signed, '--no-score')).toMatchObject({
      code: 0,
      out: expect.stringContaining('one person'),
    });
    expect((await shipa(url, 'identity', 'merge', 'ast-1', 'alm-9', ...signed)).err).toContain('one person already');
    expect((await shipa(url, 'identity', 'show', 'alm-9')).out).toContain(
      'merge ast-1 alm-9 by A. Registrar: asked for in writing',
    );
    expect((await shipa(url, 'identity', 'doubts')).code).toBe(0);
  });

  it('back up, erase, restore elsewhere and erase there again by the list of the audit', async () => {
    const backup = join(folder, 'b.shipa');
    expect((await shipa(url, 'backup', '--out', backup)).code).toBe(0);
    expect((await shipa(url, 'backup', '--out', backup)).err).toContain('never written over');
    expect((await stat(backup)).size).toBeGreaterThan(500);

    await shipa(url, 'hold', 'add', 'old-7', ...signed);

    expect((await shipa(url, 'erase', 'ast-1', ...signed)).err).toContain('one person with alm-9');
    expect((await shipa(url, 'erase', 'ast-1', '--whole-person', '--by', 'X', '--reason', 'of alm-9')).code).toBe(2);
    expect((await shipa(url, 'erase', 'ast-1', '--by', 'X', '--reason', 'about ast-1')).code).toBe(2);
    await shipa(url, 'hold', 'add', 'alm-9', ...signed);
    expect((await shipa(url, 'hold', 'list')).out).toContain('alm-9: held');
    expect(await shipa(url, 'erase', 'ast-1', '--whole-person', ...signed)).toMatchObject({
      code: 1,
      err: expect.stringContaining('legal hold'),
    });
    await shipa(url, 'hold', 'lift', 'alm-9', ...signed);
    expect(await shipa(url, 'erase', 'ast-1', '--whole-person', ...signed)).toMatchObject({
      code: 0,
      out: expect.stringContaining('erased 2 records'),
    });
    expect((await shipa(url, 'erase', 'ast-1', ...signed)).err).toContain('no such patient');
    const list = join(folder, 'audit.ndjson');
    const audit = (await shipa(url, 'audit', '--format', 'ndjson')).out;
    expect(audit).not.toMatch(/ast-1|alm-9/);
    await writeFile(list, audit);

    const found = await findPostgres();
    if ('reason' in found) throw new Error(found.reason);
    servers.push(found.server);
    const there = found.server.url;
    expect((await shipa(there, 'restore', backup)).code).toBe(0);
    expect((await shipa(there, 'identity', 'show', 'ast-1')).code).toBe(0);
    expect((await shipa(there, 'restore', backup)).err).toContain('not empty');
    expect((await shipa(there, 'hold', 'list')).out).toContain('no record is held');
    expect(await shipa(there, 'hold', 'again', list, ...signed)).toMatchObject({
      code: 0,
      out: 'old-7 held\n',
      err: expect.stringContaining('1 of 1 held'),
    });
    const again = await shipa(there, 'erase', '--again', list, ...signed);
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('2 of 2') });
    expect((await shipa(there, 'identity', 'show', 'ast-1')).code).toBe(1);
    expect((await shipa(there, 'erase', 'old-7', ...signed)).err).toContain('legal hold');
    await shipa(url, 'hold', 'lift', 'old-7', ...signed);
    await writeFile(list, (await shipa(url, 'audit', '--format', 'ndjson')).out);
    expect((await shipa(there, 'hold', 'again', list, ...signed)).err).toMatch(/old-7 is held here, and was lifted/);
  });

  it('show what retention would erase, and erase it only when told', async () => {
    expect((await shipa(url, 'retention', 'apply')).code).toBe(2);
    const shown = await shipa(url, 'retention', 'apply', '--older-than', '20y', '--format', 'json');
    expect(JSON.parse(shown.out)).toMatchObject({ done: false, persons: 1, oldest: '2001-01-01' });
    expect((await shipa(url, 'identity', 'show', 'old-7')).code).toBe(0);
    expect((await shipa(url, 'retention', 'apply', '--older-than', '20y', '--yes')).code).toBe(2);
    const done = await shipa(url, 'retention', 'apply', '--older-than', '20y', '--yes', ...signed, '--format', 'json');
    expect(JSON.parse(done.out)).toMatchObject({ done: true, persons: 1 });
    expect((await shipa(url, 'identity', 'show', 'old-7')).code).toBe(1);
  });
});

if ('reason' in here) it.skip(`the commands of the store are not tested: ${here.reason}`, () => {});
