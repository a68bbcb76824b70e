// Histories that kill or hang whoever reads them: they end as dead letters, and every neighbour is stored. Real worker processes.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkerProcesses, type WorkerProcesses } from '../../src/adapters/embedded/worker-processes.js';
import { historyFiles } from '../../src/adapters/files/history-files.js';
import { openStore } from '../../src/adapters/postgres/store.js';
import { openQueueBackend } from '../../src/adapters/queue/bullmq.js';
import { planIngest } from '../../src/app/ingest.js';
import type { JobQueue } from '../../src/app/queue-port.js';
import { runPhase } from '../../src/app/run-pilot.js';
import type { Store } from '../../src/app/store-ports.js';
import { chunkJobs } from '../../workers/jobs.js';
import { absent } from './processes.js';
import { bundleLine } from './samples.js';
import { findPostgres, findRedis } from './servers.js';

const postgres = await findPostgres();
const redis = await findRedis();
const missing = absent ?? ('reason' in postgres ? postgres.reason : undefined);
const dist = (path: string): string => JSON.stringify(`file://${join(process.cwd(), 'dist', path)}`);

/** A worker as it is, but for a reader that dies of one patient and hangs at another, as a defect of a parser would. */
const worker = (databaseUrl: string, queue: unknown): string => `
import { startConsumers } from ${dist('workers/consume.js')};
import { startWatchdog } from ${dist('workers/watchdog.js')};
import { openStore } from ${dist('src/adapters/postgres/store.js')};
import { openQueueBackend } from ${dist('src/adapters/queue/bullmq.js')};
import { historyFiles } from ${dist('src/adapters/files/history-files.js')};
import { readBundleText } from ${dist('src/adapters/fhir/read-bundle-text.js')};
const store = await openStore(${JSON.stringify(databaseUrl)});
const readDocument = (text, options) => {
  if (text.includes('"kills"')) process.kill(process.pid, 'SIGKILL');
  while (text.includes('"hangs"'));
  if (text.includes('"throws"')) throw new TypeError('quoting Aliya Serikova');
  return readBundleText(text, options);
};
const context = { store, files: historyFiles(), readDocument };
const log = (event) => process.stderr.write(JSON.stringify(event) + '\\n');
await startWatchdog(1000, 1500);
const consumers = await startConsumers(openQueueBackend(${JSON.stringify(queue)}), context, {
  queues: ['ingest'], concurrency: 2, lockMs: 1000, log });
process.on('SIGTERM', () => consumers.close().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
process.send('ready');
`;

describe.skipIf(missing !== undefined)(`poison${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    if (!('server' in postgres)) return;
    store = await openStore(postgres.server.url);
    folder = await mkdtemp(join(tmpdir(), 'shipa-poison-'));
  });
  afterAll(async () => {
    await store.close();
    for (const found of [postgres, redis]) if ('server' in found) await found.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['postgres', 'redis'] as const)(
    'costs itself and no neighbour, with the queue on %s',
    async (kind) => {
      const server = kind === 'postgres' ? postgres : redis;
      if (!('server' in server) || !('server' in postgres)) return;
      const connection = { kind, url: server.server.url, namespace: `p${Date.now().toString(36)}` } as const;
      const [script, log, file] = ['worker.mjs', 'workers.log', 'histories.ndjson'].map((name) =>
        join(folder, `${kind}-${name}`),
      );
      if (script === undefined || log === undefined || file === undefined) throw new Error('three names');
      const bad = new Map([
        [17, 'kills'],
        [251, 'throws'],
        [303, 'hangs'],
      ]);
      const ids = Array.from({ length: 320 }, (_, i) => bad.get(i) ?? `${kind}-${i}`);
      await writeFile(file, ids.map((id) => `${bundleLine(id)}\n`).join(''));
      await writeFile(script, worker(postgres.server.url, connection));
      const run = `poison-${kind}`;
      await store.openRun({ id: run, kind: 'ingest', params: {} });
      const queues: JobQueue[] = [];
      let processes: WorkerProcesses | undefined;
      const died: string[] = [];
      try {
        const queue = openQueueBackend(connection).open('ingest');
        queues.push(queue);
        processes = startWorkerProcesses({
          script,
          log,
          count: 2,
          environment: () => process.env,
          onExit: (_pid, reason) => died.push(reason),
          onGivingUp: (error) => died.push(error.message),
        });
        const files = historyFiles();
        const progress = await runPhase(
          {
            store,
            enqueue: (phase, id, ordinals) => queue.add(chunkJobs(phase, id, ordinals).jobs),
            report: () => {},
            check: async () => {},
            signal: AbortSignal.timeout(100_000),
            sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
          },
          run,
          'ingest',
          () => planIngest(files, [file]),
        );
        expect(progress.chunks.failed).toBe(2);
        expect(died.every((reason) => reason === 'SIGKILL')).toBe(true);
        // Two deaths of the chunk, one of the piece, three alone: six for each of two histories, and some of bystanders in one process.
        expect(died.length).toBeLessThan(25);
        const there = await Promise.all(ids.map(async (id) => (await store.patient(id)) !== undefined));
        expect(ids.filter((_, i) => !there[i])).toEqual(['kills', 'throws', 'hangs']);
        const { first } = await store.deadLetters(10, run);
        const lines = first.map(({ task, patients, error }) => {
          const { firstLine, part } = task as { firstLine: number; part: { from: number; to: number } };
          return [firstLine + part.from, part.to - part.from, patients, error];
        });
        const reason = 'its workers died with it, again and again';
        expect(lines.sort()).toEqual([
          [18, 1, 1, reason],
          [304, 1, 1, reason],
        ]);
        // The one that only threw is a fault of its line, and its words stand nowhere.
        expect((await store.faults(run, 10)).first.map((fault) => fault.place)).toEqual([
          expect.stringMatching(/line 252/),
        ]);
        const said = await readFile(log, 'utf8');
        expect(said).toContain('"event":"hung"');
        expect(said).not.toMatch(/Aliya|Serikova|Almaty|birthDate/);
      } finally {
        await processes?.stop();
        for (const queue of queues) await queue.close();
      }
    },
    120_000,
  );
});
