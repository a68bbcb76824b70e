// Servers that are away when a command or a worker begins; real processes.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openWay } from '../../benchmarks/chaos/way.js';
import { startWorkerProcesses } from '../../src/adapters/embedded/worker-processes.js';
import { absent, shipa } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres } from './servers.js';

const postgres = await findPostgres();
const missing = absent ?? ('reason' in postgres ? postgres.reason : undefined);
const folder = await mkdtemp(join(tmpdir(), 'shipa-away-'));
afterAll(async () => {
  if ('server' in postgres) await postgres.server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('servers that are away', () => {
  it.skipIf(missing !== undefined)(
    `are waited for when a command begins${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    async () => {
      if (!('server' in postgres)) return;
      const there = new URL(postgres.server.url);
      const port = Number(there.port || 5432);
      const way = await openWay(() => port);
      there.port = String(way.port);
      const file = join(folder, 'some.ndjson');
      await writeFile(file, `${bundleLine('a')}\n`);
      let back = false;
      const cut = way.cut(6_000).then(() => {
        back = true;
      });
      const ingest = shipa(['ingest', file, '--workers', '1', '--data', join(folder, 'd')], {
        DATABASE_URL: there.href,
        REDIS_URL: '',
      });
      await ingest.says('Waiting for it');
      expect(back).toBe(false);
      await cut;
      const { code, out, err } = await ingest.ended;
      await way.close();
      expect(err + out).toContain('ingested 1 histories');
      expect(code).toBe(0);
    },
    90_000,
  );

  it('do not cost a worker its place for ever, while another lives', async () => {
    const script = join(folder, 'worker.mjs');
    const births = join(folder, 'births');
    // The first lives; of the others eleven die before they are ready, and the twelfth lives.
    await writeFile(
      script,
      `import { appendFileSync, readFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(births)}, 'x');
const mine = readFileSync(${JSON.stringify(births)}, 'utf8').length;
if (process.env.PLACE === '1' && mine < 13) process.exit(1);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.send('ready');
setInterval(() => {}, 1000);`,
    );
    let ready = 0;
    const gaveUp: string[] = [];
    const processes = startWorkerProcesses({
      script,
      log: join(folder, 'log'),
      count: 2,
      pauseMs: 200,
      environment: (place) => ({ ...process.env, PLACE: String(place) }),
      onReady: () => ready++,
      onExit: () => {},
      onGivingUp: (error) => gaveUp.push(error.message),
    });
    await expect.poll(() => ready, { timeout: 20_000 }).toBe(2);
    await processes.stop();
    expect(gaveUp).toEqual([]);
    expect((await readFile(births, 'utf8')).length).toBeGreaterThanOrEqual(13);
  }, 30_000);
});
