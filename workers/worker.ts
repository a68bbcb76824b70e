// One worker: connects, takes the jobs of its queues, stops when told. The same in a child of `pilot` and as `shipa worker`.
import pino from 'pino';
import { readBundleText } from '../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../src/adapters/files/history-files.js';
import { watchPointer } from '../src/adapters/files/pointer-watch.js';
import { openStore } from '../src/adapters/postgres/store.js';
import { openQueueBackend, type QueueConnection } from '../src/adapters/queue/bullmq.js';
import type { JobConsumer } from '../src/app/queue-port.js';
import { withShadow } from '../src/app/shadow.js';
import { loadRegistry } from '../src/cli/commands/simulate.js';
import { openEngine, openShadow } from '../src/cli/engine.js';
import { modelsDirectory } from '../src/cli/project.js';
import { releaseOf } from '../src/cli/release-of.js';
import { createTerminology } from '../src/core/normalize/terminology.js';
import { unknownCodes } from '../src/core/normalize/unknown-codes.js';
import type { History } from '../src/domain/history.js';
import { simulateLine } from '../src/simulation/simulate.js';
import { startConsumers } from './consume.js';

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly queue: QueueConnection;
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly lockMs: number;
  readonly logLevel: string;
  /** A candidate that answers every case a second time; its differences are stored. */
  readonly shadow?: string;
}

/** How often an idle worker looks whether another model was released, and what was stopped. */
const LOOK_EVERY_MS = 1_000;

/** Starts taking jobs; `close` finishes the running ones. Logs hold ids, counts and durations, never a patient's data. */
export async function startWorker(config: WorkerConfig, onRelease: () => void = () => {}): Promise<JobConsumer> {
  const log = pino({ level: config.logLevel, base: { pid: process.pid } }, pino.destination(2));
  const write = (event: { readonly event: string }) => (event.event === 'done' ? log.debug(event) : log.warn(event));
  const store = await openStore(config.databaseUrl, { connections: config.concurrency + 1 });
  const backend = openQueueBackend(config.queue);
  const engine = await openEngine();
  const registry = loadRegistry();
  const terms = createTerminology(engine.corpus.vocabulary, engine.corpus.drugs, engine.corpus.classes);
  const shadow = config.shadow === undefined ? undefined : await openShadow(config.shadow, engine.stops.now);
  const recommender =
    shadow === undefined
      ? engine.recommender
      : withShadow(engine.recommender, {
          ...shadow,
          store,
          wait: true,
          onError: (error) => log.warn({ event: 'shadow', error: error.name }),
        });
  const hearStops = async (): Promise<void> => engine.stops.hear(await store.stopEntries());
  await hearStops();
  const hearing = setInterval(() => void hearStops().catch(() => {}), LOOK_EVERY_MS);
  // The same session cannot take another model: the worker ends after its jobs, and its parent starts the next.
  let told = false;
  const release = (): void => {
    if (!told) onRelease();
    told = true;
  };
  const pointer = watchPointer(modelsDirectory, LOOK_EVERY_MS, release);
  const context = {
    store,
    files: historyFiles(),
    readDocument: readBundleText,
    findUnknownCodes: (history: History) => unknownCodes(history, terms),
    recommender,
    get release() {
      return releaseOf(engine);
    },
    inForce: pointer.inForce,
    simulateLine: (seed: number, index: number) => simulateLine(registry, seed, index),
  };
  const consumers = await startConsumers(backend, context, {
    ...config,
    log: write,
    afterJob: () => (pointer.inForce() ? undefined : release()),
  });
  return {
    close: async () => {
      clearInterval(hearing);
      pointer.stop();
      await consumers.close();
      await shadow?.close();
      await engine.close();
      await store.close();
    },
  };
}
