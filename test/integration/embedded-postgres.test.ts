// The embedded database through its whole life: made, used, killed, recovered, adopted, refused.
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../../src/adapters/embedded/cluster.js';
import { openDataDir, ownerOf, storedPort, takeOwnership } from '../../src/adapters/embedded/data-dir.js';
import { keepCluster } from '../../src/adapters/embedded/keep-cluster.js';
import { gone, isAlive } from '../../src/adapters/embedded/process-table.js';
import { openServices } from '../../src/adapters/embedded/services.js';

let base: string;
const started: Cluster[] = [];

const start = async (dir: Awaited<ReturnType<typeof openDataDir>>): Promise<Cluster> => {
  const cluster = await startCluster(dir);
  started.push(cluster);
  return cluster;
};

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  // mkdtemp makes a private folder: as root, the database's user cannot enter it without help.
  base = await mkdtemp(join(tmpdir(), 'shipa-embedded-'));
});
afterAll(async () => {
  for (const cluster of started) await cluster.stop();
  await rm(base, { recursive: true, force: true });
});

describe('embedded PostgreSQL', () => {
  it('starts in a private folder, keeps data over a stop and comes back on the same port', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const first = await start(dir);
    await query(first.url, 'create table t (x int); insert into t values (7)');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start(dir);
    expect(second.port).toBe(first.port);
    expect(await query(second.url, 'select x from t')).toEqual([{ x: 7 }]);
  });

  it('is started again on its port while its owner lives, however it died, and stays down when it is stopped', async () => {
    const dir = await openDataDir(join(base, 'kept'));
    const first = await start(dir);
    await query(first.url, 'create table t (x int); insert into t values (7)');
    const words: string[] = [];
    const kept = keepCluster(dir, first, (text) => words.push(text));
    process.kill(first.pid, 'SIGKILL');
    const end = Date.now() + 40_000;
    const answers = (): Promise<unknown> => query(kept.url, 'select x from t').catch(() => undefined);
    let found: unknown;
    while (found === undefined && Date.now() < end) {
      await new Promise((done) => setTimeout(done, 100));
      found = await answers();
    }
    expect(found).toEqual([{ x: 7 }]);
    expect(words.join()).toMatch(/starting it again/);
    await kept.stop();
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await answers()).toBeUndefined();
  }, 60_000);

  it('is started again on its port after a death whose children are slow to go', async () => {
    const dir = await openDataDir(join(base, 'slow-to-go'));
    const first = await start(dir);
    const kept = keepCluster(dir, first, () => {});
    // A backend that is stopped holds the shared memory: its successor is refused with "still in use" until it goes on.
    const client = new pg.Client({ connectionString: first.url });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    process.kill(rows[0].pid, 'SIGSTOP');
    process.kill(first.pid, 'SIGKILL');
    await new Promise((done) => setTimeout(done, 2_500));
    process.kill(rows[0].pid, 'SIGCONT');
    const end = Date.now() + 40_000;
    let found: unknown;
    while (found === undefined && Date.now() < end) {
      await new Promise((done) => setTimeout(done, 100));
      found = await query(kept.url, 'select 1 as x').catch(() => undefined);
    }
    expect(found).toEqual([{ x: 1 }]);
    expect(await storedPort(dir)).toBe(first.port);
    await client.end().catch(() => {});
    await kept.stop();
  }, 60_000);

  it('recovers what was committed when the server was killed with -9', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const before = await start(dir);
    await query(before.url, 'insert into t values (8)');
    process.kill(before.pid, 'SIGKILL');
    expect(await gone(before.pid, 5_000)).toBe(true);
    const after = await start(dir);
    expect(await query(after.url, 'select count(*)::int as n from t')).toEqual([{ n: 2 }]);
  });

  it('adopts a server whose starter has died', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const left = await start(dir);
    const adopted = await start(dir);
    expect(adopted.pid).toBe(left.pid);
    await adopted.stop();
    expect(isAlive(left.pid)).toBe(false);
  });

  it('starts over a postmaster.pid whose number now belongs to another program', async () => {
    const dir = await openDataDir(join(base, 'life'));
    await writeFile(join(dir.cluster, 'postmaster.pid'), `${process.pid}\n${dir.cluster}\n1\n5999\n`);
    const cluster = await start(dir);
    expect(await query(cluster.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.stop();
  });

  it('goes on where the whole folder was moved to, with its secrets and its data', async () => {
    const options = { visit: false, environment: {} };
    const before = await openServices({ ...options, data: join(base, 'here') });
    await query(before.databaseUrl, 'create table t (x int); insert into t values (7)');
    await before.stop();
    await mkdir(join(base, 'else where'));
    await rename(join(base, 'here'), join(base, 'else where', 'Ж'));
    const after = await openServices({ ...options, data: join(base, 'else where', 'Ж') });
    expect(await query(after.databaseUrl, 'select x from t')).toEqual([{ x: 7 }]);
    expect(after.token).toBe(before.token);
    await after.stop();
  });

  it('starts from a copy made by another user, whose modes are too wide', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const copy = await openDataDir(join(base, 'copy'));
    await cp(dir.cluster, copy.cluster, { recursive: true });
    await cp(join(dir.root, 'password'), join(copy.root, 'password'));
    await chmod(copy.cluster, 0o755);
    const cluster = await start(copy);
    expect(await query(cluster.url, 'select count(*)::int as n from t')).toEqual([{ n: 2 }]);
    await cluster.stop();
  });

  it('takes another port when the stored one is taken', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const port = await storedPort(dir);
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
    const cluster = await start(dir);
    expect(cluster.port).not.toBe(port);
    await cluster.stop();
    squatter.close();
  });

  it('refuses a directory made by another version and says what to do', async () => {
    const dir = await openDataDir(join(base, 'old'));
    await mkdir(dir.cluster);
    await writeFile(join(dir.cluster, 'PG_VERSION'), '9.6\n');
    await expect(startCluster(dir)).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringContaining('--data DIR'),
    });
  });

  it('keeps its secrets from others', async () => {
    const dir = await openDataDir(join(base, 'life'));
    const { mode } = await import('node:fs/promises').then((fs) => fs.stat(join(dir.root, 'password')));
    expect(mode & 0o077).toBe(0);
  });
});

describe('data directory', () => {
  it('is refused while another living process owns it', async () => {
    const dir = await openDataDir(join(base, 'owned'));
    await writeFile(
      join(dir.root, 'owner.json'),
      JSON.stringify({ pid: process.ppid, started: null, command: 'pilot' }),
    );
    await expect(takeOwnership(dir)).rejects.toMatchObject({ code: 'in-use' });
  });

  it('is taken over when its owner is dead or the file is half written', async () => {
    const dir = await openDataDir(join(base, 'owned'));
    await writeFile(join(dir.root, 'owner.json'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', command: 'pilot' }));
    await takeOwnership(dir);
    expect((await ownerOf(dir))?.pid).toBe(process.pid);
    await writeFile(join(dir.root, 'owner.json'), '{"pid":');
    await takeOwnership(dir);
    expect(JSON.parse(await readFile(join(dir.root, 'owner.json'), 'utf8')).pid).toBe(process.pid);
  });

  it('names the folder when it may not be written', async () => {
    // Root passes every mode bit; nobody makes folders in sysfs.
    const locked = process.getuid?.() === 0 ? '/sys/kernel' : join(base, 'locked');
    if (locked.startsWith(base)) await mkdir(locked, { mode: 0o500 });
    await expect(openDataDir(join(locked, 'shipa'))).rejects.toMatchObject({ code: 'no-permission' });
  });
});
