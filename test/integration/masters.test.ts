// Commands on one store at the same time, and the words pause, resume, cancel and retry, as processes over PostgreSQL and Redis.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absent, type Started, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres, findRedis, freePort } from './servers.js';

const postgres = await findPostgres();
const redis = await findRedis();
const missing = absent ?? ('reason' in postgres ? postgres.reason : 'reason' in redis ? redis.reason : undefined);

describe.skipIf(missing !== undefined)(`two masters${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string;
  let worker: Started;
  let metrics: number;
  let environment: Record<string, string>;
  const database = new pg.Pool({ connectionString: 'server' in postgres ? postgres.server.url : '', max: 1 });
  database.on('error', () => {});
  const run = (...args: string[]): Started => shipa([...args, '--data', join(folder, 'data')], environment);
  const one = async (sql: string): Promise<unknown> => Object.values((await database.query(sql)).rows[0] ?? {})[0];

  beforeAll(async () => {
    if (!('server' in postgres && 'server' in redis)) return;
    folder = await mkdtemp(join(tmpdir(), 'shipa-masters-'));
    metrics = await freePort();
    environment = {
      DATABASE_URL: postgres.server.url,
      REDIS_URL: redis.server.url,
      SHIPA_QUEUE: `m${Date.now().toString(36)}`,
      SHIPA_LOG: 'debug',
    };
    worker = run('worker', '--metrics-port', `${metrics}`);
    await worker.says('takes jobs of');
  }, 60_000);
  afterAll(async () => {
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    await database.end();
    for (const found of [postgres, redis]) if ('server' in found) await found.server.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('ingest the same file twice at once into the same patients, and score them once, though connections are cut meanwhile', async () => {
    const file = join(folder, 'some.ndjson');
    await writeFile(file, Array.from({ length: 700 }, (_, i) => `${bundleLine(`m${i}`)}\n`).join(''));
    const ingests = [run('ingest', file), run('ingest', file)];
    for (const { code, out } of await Promise.all(ingests.map((i) => i.ended))) {
      expect(out).toContain('ingested 700 histories');
      expect(code).toBe(0);
    }
    expect(await one('select count(*)::int from history')).toBe(700);
    const scores = [run('score'), run('score')];
    await scores[0]?.says('scoring');
    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const ended = await Promise.all(scores.map((s) => s.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(ended.some(({ err }) => err.includes('is at it already'))).toBe(true);
    expect(await one('select count(*)::int from recommendation')).toBe(700);
    expect(await one('select count(*)::int from recommendation_past')).toBe(0);
  }, 120_000);

  it('pause, resume and cancel a run of another command, which begins the rest again when it is given again', async () => {
    const file = join(folder, 'more.ndjson');
    await writeFile(file, Array.from({ length: 500 }, (_, i) => `${bundleLine(`n${i}`)}\n`).join(''));
    await run('jobs', 'pause', 'ingest').ended;
    const ingest = run('ingest', file);
    await ingest.says('ingesting');
    const id = String(await one("select id from run where state = 'running' and kind = 'ingest'"));
    expect((await run('runs', 'pause', id).ended).code).toBe(0);
    await run('jobs', 'resume', 'ingest').ended;
    await ingest.says('PAUSED');
    expect((await run('runs', 'show', id).ended).out).toContain('PAUSED');
    expect(await one("select count(*)::int from patient where external_id like 'n%'")).toBe(0);
    expect((await run('runs', 'cancel', id).ended).code).toBe(0);
    const { code, err } = await ingest.ended;
    expect(code).toBe(1);
    expect(err).toContain('was cancelled');
    expect((await run('ingest', file).ended).out).toContain('ingested 500 histories');
  }, 120_000);

  it('try again what was given up, and export what stands', async () => {
    const missingFile = join(folder, 'later.csv');
    const first = await run('jobs', 'do', 'synthesize', missingFile).ended;
    expect(first.code).toBe(1);
    const dead = await run('jobs', 'dead').ended;
    expect(dead.out).toMatch(/synthesize chunk 0.*later\.csv/);
    await writeFile(missingFile, 'study,treat1,treat2,TE,seTE\na,x,y,-0.2,0.1\nb,x,y,-0.3,0.1\n');
    const again = await run('jobs', 'retry', '--all').ended;
    expect(again.out).toContain('"common"');
    expect((await run('jobs', 'dead').ended).err).toContain('nothing was given up');
    const out = join(folder, 'out.ndjson');
    expect((await run('export', out).ended).out).toContain('"patients":1200');
    expect((await readFile(out, 'utf8')).trimEnd().split('\n').length).toBe(1200);
  }, 120_000);

  it('are served by workers that tell what they did, and write nothing of a patient', async () => {
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    expect(text).toMatch(/shipa_worker_jobs_total\{job="ingest",outcome="done"\} \d/);
    expect(text).toMatch(/shipa_worker_job_seconds_count\{job="score",outcome="done"\} \d/);
    worker.child.kill('SIGTERM');
    const { err, out } = await worker.ended;
    expect(err).toContain('"event":"done"');
    expect(err + out + text).not.toMatch(/Almaty|1960-05-01|C50|birthDate|case-m\d/);
  }, 60_000);
});
