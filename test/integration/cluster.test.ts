// The cluster mode: an external PostgreSQL, Redis, and a worker that was started by itself.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres, findRedis } from './servers.js';

const postgres = await findPostgres();
const redis = await findRedis();
const missing = absent ?? ('reason' in postgres ? postgres.reason : 'reason' in redis ? redis.reason : undefined);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipa-cluster-'));
});
afterAll(async () => {
  if ('server' in postgres) await postgres.server.close();
  if ('server' in redis) await redis.server.close();
  await rm(folder, { recursive: true, force: true });
});

it.skipIf(missing !== undefined)(
  `ingests and scores with Redis and a worker of its own${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  async () => {
    if (!('server' in postgres) || !('server' in redis)) return;
    const environment = {
      DATABASE_URL: postgres.server.url,
      REDIS_URL: redis.server.url,
      SHIPA_QUEUE: `t${Date.now().toString(36)}`,
    };
    const data = ['--data', join(folder, 'data')];
    const file = join(folder, 'some.ndjson');
    await writeFile(file, Array.from({ length: 30 }, (_, i) => `${bundleLine(`c${i}`)}\n`).join(''));
    const worker = shipa(['worker', ...data], environment);
    await worker.says('takes jobs of');
    const ingested = await shipa(['ingest', file, ...data], environment).ended;
    expect(ingested.err + ingested.out).toContain('ingested 30 histories');
    const scored = await shipa(['score', ...data], environment).ended;
    expect(scored.out).toMatch(/scored +30:/);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  },
  90_000,
);
