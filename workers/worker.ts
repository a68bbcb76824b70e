// One worker: connects, takes the jobs of its queues, stops when told. The same in a child of `pilot` and as `shipa worker`.
import { getPriority, setPriority } from 'node:os';
import pino from 'pino';
import { watchPointer } from '../src/adapters/files/pointer-watch.js';
import { openStore } from '../src/adapters/postgres/store.js';
import { openQueueBackend, type QueueConnection } from '../src/adapters/queue/bullmq.js';
import { openTracing } from '../src/adapters/queue/traces.js';
import { again, type LastingOptions } from '../src/app/lasting.js';
import type { JobConsumer, RateLimit } from '../src/app/queue-port.js';
import { withShadow } from '../src/app/shadow.js';
import { openEngine, openShadow } from '../src/cli/engine.js';
import { modelsDirectory } from '../src/cli/project.js';
import { startConsumers } from './consume.js';
import { workerContext } from './context.js';
import type { QueueName } from './job-type.js';
import { workerMetrics } from './metrics.js';
import { startWatchdog } from './watchdog.js';

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly queue: QueueConnection;
  readonly queues: readonly QueueName[];
  readonly concurrency: number;
  readonly lockMs: number;
  readonly logLevel: string;
  /** Above this it ends after its jobs, and another takes its place: memory that is never given back has an end. */
  readonly maxRssBytes: number;
  /** 0 to 19: the batch gives way to whoever waits for an answer. */
  readonly nice: number;
  readonly rates?: Readonly<Partial<Record<QueueName, RateLimit>>>;
  /** Serves /metrics here when given. */
  readonly metrics?: { readonly host: string; readonly port: number };
  /** A candidate that answers every case a second time; its differences are stored. */
  readonly shadow?: string;
}

/** How long a worker that starts waits for a database that is away. */
const AWAY_MS = 180_000;

/** A worker that is frozen in the middle of a chunk holds rows that others wait for; between two statements it computes for far less than this. */
const SILENT_IN_TRANSACTION_MS = 60_000;

/** How often an idle worker looks whether another model was released, and what was stopped. */
const LOOK_EVERY_MS = 1_000;

/** Why a worker ends by itself, for another to take its place. */
export type EndsFor = 'release' | 'memory';

/** Starts taking jobs; `close` finishes the running ones. Logs hold ids, counts and durations, never a patient's data. */
export async function startWorker(
  config: WorkerConfig,
  onEnd: (why: EndsFor) => void = () => {},
): Promise<JobConsumer> {
  const log = pino({ level: config.logLevel, base: { pid: process.pid } }, pino.destination(2));
  const metrics = await workerMetrics(config.metrics);
  beNice(config.nice);
  // One that takes the place of a dead one while the database is being restarted waits for it: to die again would count as a sick worker.
  const patience: LastingOptions = {
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    over: () => process.connected === false,
    onWait: () => log.warn({ event: 'store-away' }),
    withinMs: AWAY_MS,
  };
  const storeOptions = { connections: config.concurrency + 1, silentInTransactionMs: SILENT_IN_TRANSACTION_MS };
  const store = await again(() => openStore(config.databaseUrl, storeOptions), patience);
  const tracing = openTracing(process.env, 'shipa-worker');
  const backend = openQueueBackend(config.queue, tracing);
  const engine = await openEngine();
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
  await again(hearStops, patience);
  const hearing = setInterval(() => void hearStops().catch(() => {}), LOOK_EVERY_MS);
  // The same session cannot take another model: the worker ends after its jobs, and its parent starts the next.
  let told = false;
  const end = (why: EndsFor): void => {
    if (!told) onEnd(why);
    told = true;
  };
  const pointer = watchPointer(modelsDirectory, LOOK_EVERY_MS, () => end('release'));
  const { context, close } = workerContext(store, engine, recommender, pointer.inForce);
  // Before the first job: one that hangs at once would hold its chunk, and with the queue in PostgreSQL the lock of the queue, for ever.
  const watchdog = await startWatchdog(config.lockMs);
  const consumers = await startConsumers(backend, context, {
    ...config,
    log: (event) => {
      metrics.seen(event);
      if (event.event === 'done' || event.event === 'gone') log.debug(event);
      else log.warn(event);
    },
    afterJob: () => {
      if (!pointer.inForce()) end('release');
      const rss = process.memoryUsage.rss();
      if (rss <= config.maxRssBytes || told) return;
      log.info({ event: 'recycled', rss });
      end('memory');
    },
  });
  return {
    close: async () => {
      clearInterval(hearing);
      pointer.stop();
      await consumers.close();
      await close();
      await shadow?.close();
      await engine.close();
      await store.close();
      await tracing?.close();
      await metrics.close();
      watchdog.stop();
    },
  };
}

function beNice(nice: number): void {
  try {
    // Never less nice than it was started.
    setPriority(Math.max(nice, getPriority()));
  } catch {
    // Not allowed to: the batch then competes on equal terms, which is no reason not to run.
  }
}
