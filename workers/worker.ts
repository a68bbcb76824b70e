// One worker: connects, takes the jobs of its queues, stops when told. The same in a child of `pilot` and as `shipa worker`.
import pino from 'pino';
import { readBundleText } from '../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../src/adapters/files/history-files.js';
import { openStore } from '../src/adapters/postgres/store.js';
import { openQueueBackend, type QueueConnection } from '../src/adapters/queue/bullmq.js';
import type { JobConsumer } from '../src/app/queue-port.js';
import { loadRegistry } from '../src/cli/commands/simulate.js';
import { openEngine } from '../src/cli/engine.js';
import { releaseOf } from '../src/cli/release-of.js';
import { simulateLine } from '../src/simulation/simulate.js';
import { startConsumers } from './consume.js';

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly queue: QueueConnection;
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly lockMs: number;
  readonly logLevel: string;
}

/** Starts taking jobs; `close` finishes the running ones. Logs hold ids, counts and durations, never a patient's data. */
export async function startWorker(config: WorkerConfig): Promise<JobConsumer> {
  const log = pino({ level: config.logLevel, base: { pid: process.pid } }, pino.destination(2));
  const write = (event: { readonly event: string }) => (event.event === 'done' ? log.debug(event) : log.warn(event));
  const store = await openStore(config.databaseUrl, { connections: config.concurrency + 1 });
  const backend = openQueueBackend(config.queue);
  const engine = await openEngine();
  const registry = loadRegistry();
  const context = {
    store,
    files: historyFiles(),
    readDocument: readBundleText,
    recommender: engine.recommender,
    release: releaseOf(engine),
    simulateLine: (seed: number, index: number) => simulateLine(registry, seed, index),
  };
  const consumers = await startConsumers(backend, context, { ...config, log: write });
  return {
    close: async () => {
      await consumers.close();
      await engine.close();
      await store.close();
    },
  };
}
