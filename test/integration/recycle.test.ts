// A worker whose memory has grown past its limit ends after its chunk, in order, and another takes its place. Real worker processes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres } from './servers.js';

const postgres = await findPostgres();
const missing = absent ?? ('reason' in postgres ? postgres.reason : undefined);
afterAll(async () => {
  if ('server' in postgres) await postgres.server.close();
});

it.skipIf(missing !== undefined)(
  'recycles a worker that has grown too large, and loses nothing by it',
  async () => {
    if (!('server' in postgres)) return;
    const folder = await mkdtemp(join(tmpdir(), 'shipa-recycle-'));
    const file = join(folder, 'some.ndjson');
    await writeFile(file, Array.from({ length: 600 }, (_, i) => `${bundleLine(`r${i}`)}\n`).join(''));
    // Less than any worker has: each ends after its first chunk.
    const environment = { DATABASE_URL: postgres.server.url, REDIS_URL: '', SHIPA_WORKER_MAX_MB: '128' };
    const ingest = await shipa(['ingest', file, '--workers', '1', '--data', join(folder, 'd')], environment).ended;
    expect(ingest.code).toBe(0);
    expect(ingest.out).toContain('ingested 600 histories');
    expect(ingest.err).toContain('its memory had grown past the limit); another takes its place');
    await rm(folder, { recursive: true, force: true });
  },
  90_000,
);
