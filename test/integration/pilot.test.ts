// The commands as processes, with real workers: killed, interrupted, repeated, refused. Embedded services in folders of their own.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { freePort } from './servers.js';

/** Pids of the worker processes that a pilot has started. */
const workersOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('workers/main.js'));

const stored = (out: string): number => Number(/stored +([\d,]+) patients/.exec(out)?.[1]?.replace(',', ''));
const faulty = (out: string): number => Number(/([\d,]+) documents with faults/.exec(out)?.[1]?.replace(',', ''));
const scored = (out: string): number => Number(/scored +([\d,]+):/.exec(out)?.[1]?.replace(',', ''));

describe.skipIf(absent !== undefined)(`commands${absent === undefined ? '' : ` (skipped: no ${absent})`}`, () => {
  let base: string;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'shipa-pilot-'));
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  it('pilot goes on after kill -9 of itself and of a worker, loses none and counts none twice', async () => {
    const args = ['pilot', '--patients', '1200', '--exit', '--data', join(base, 'killed')];
    const first = shipa(args);
    await first.says('ingesting');
    first.child.kill('SIGKILL');
    await first.ended;

    const second = shipa(args);
    await second.says('going on with the run');
    await second.says('ingesting');
    const [victim] = workersOf(second.child.pid ?? 0);
    if (victim !== undefined) process.kill(victim, 'SIGKILL');
    const { code, out, err } = await second.ended;
    expect(err).toContain('another takes its place');
    expect(code).toBe(0);
    expect(stored(out) + faulty(out)).toBe(1200);
    expect(scored(out)).toBe(stored(out));

    const third = await shipa(args).ended;
    expect(third.code).toBe(0);
    expect(scored(third.out)).toBe(scored(out));
    expect(third.out).toContain('nothing was left to do');
  }, 120_000);

  it('ingest stores the good lines, names the bad ones, exits with 1, and stops its services', async () => {
    const file = join(base, 'some.ndjson');
    await writeFile(file, [bundleLine('a'), 'not json', bundleLine('b'), '{"resourceType":"Patient"}', ''].join('\n'));
    const data = join(base, 'ingest');
    const first = await shipa(['ingest', file, '--data', data]).ended;
    expect(first.code).toBe(1);
    expect(first.out).toContain('ingested 2 histories');
    expect(first.err).toMatch(/some\.ndjson line 2, /);
    expect(first.err).toMatch(/some\.ndjson line 4, resourceType: /);
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(data, 'owner.json'))).toBe(false);
  }, 60_000);

  it('serve answers, refuses a second server on its folder, and stops on SIGTERM', async () => {
    const data = join(base, 'ingest');
    const port = await freePort();
    const server = shipa(['serve', '--port', `${port}`, '--data', data]);
    await server.says('Page ');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/api/patients`)).status).toBe(401);
    const token = readFileSync(join(data, 'token'), 'utf8').trim();
    const list = await fetch(`http://127.0.0.1:${port}/api/patients`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await list.json()).toMatchObject({ patients: [{ id: 'a' }, { id: 'b' }], next: null });
    const other = await shipa(['serve', '--port', `${await freePort()}`, '--data', data]).ended;
    expect(other.code).toBe(1);
    expect(other.err).toMatch(/in use by process \d+/);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  }, 60_000);

  it('pilot says that its port is taken before it begins anything', async () => {
    const squatter = createServer();
    const port = await freePort();
    await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
    const { code, err } = await shipa(['pilot', '--patients', '10', '--port', `${port}`, '--data', join(base, 'port')])
      .ended;
    squatter.close();
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is taken`);
    expect(existsSync(join(base, 'port'))).toBe(false);
  });

  it('says what is wrong with the arguments and exits with 2', async () => {
    const { code, err } = await shipa(['pilot', '--patients', 'many']).ended;
    expect(code).toBe(2);
    expect(err).toContain('--patients wants a whole number');
  });
});
