// What pilot, serve, ingest and score share: services, store, queue and workers opened together and stopped in the right order.
import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { chunkJobs, QUEUES } from '../../workers/jobs.js';
import { workerSettings } from '../../workers/settings.js';
import type { WorkerConfig } from '../../workers/worker.js';
import { EmbeddedError } from '../adapters/embedded/embedded-error.js';
import { openServices, type Services } from '../adapters/embedded/services.js';
import { startWorkerProcesses, type WorkerProcesses } from '../adapters/embedded/worker-processes.js';
import { openStore } from '../adapters/postgres/store.js';
import { openQueueBackend } from '../adapters/queue/bullmq.js';
import { openTracing } from '../adapters/queue/traces.js';
import { again, type LastingOptions, lasting } from '../app/lasting.js';
import type { JobQueue, QueueBackend } from '../app/queue-port.js';
import type { Phase, Store } from '../app/store-ports.js';
import { projectRoot } from './project.js';

export const DEFAULT_DATA = '.shipa';
export const DEFAULT_WORKERS = Math.min(4, Math.max(2, availableParallelism()));

export interface RunServices {
  readonly services: Services;
  /** Fails when the database is away: for those who answer a request. */
  readonly store: Store;
  /** The same, waiting for a database that is away: for runs. Only for what may be asked twice. */
  readonly lasting: Store;
  readonly backend: QueueBackend;
  readonly enqueue: (phase: Phase, run: string, ordinals: readonly number[]) => Promise<void>;
  readonly queueOf: (name: string) => JobQueue;
  readonly startWorkers: (count: number, shadow?: string) => void;
  readonly workerPids: () => readonly number[];
  readonly stop: () => Promise<void>;
}

export interface RunServicesOptions {
  readonly data: string;
  readonly visit: boolean;
  /** Aborted with the reason when the workers cannot live. */
  readonly fail: (error: Error) => void;
  /** True when the person wants no more: waiting for a server that is away ends. */
  readonly over?: () => boolean;
}

/** How long a database or queue may be away before a run gives up; it goes on with the same command. */
const AWAY_MS = 180_000;
/** A restart is over by then; a wrong address should be told soon. */
const AWAY_AT_START_MS = 20_000;

export async function openRunServices({
  data,
  visit,
  fail,
  over = () => false,
}: RunServicesOptions): Promise<RunServices> {
  let inherited = false;
  let wanted: (() => void) | undefined;
  const services = await openServices({
    data,
    visit,
    environment: process.env,
    onInherit: () => {
      inherited = true;
      wanted?.();
    },
  });
  let stopping = false;
  const patience: LastingOptions = {
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    over: () => stopping || over(),
    onWait: (error) => process.stderr.write(`\n${error.message} Waiting for it.\n`),
    withinMs: AWAY_MS,
  };
  const atStart: LastingOptions = { ...patience, withinMs: AWAY_AT_START_MS };
  let store: Store;
  try {
    store = await again(() => openStore(services.databaseUrl, { connections: 6 }), atStart);
  } catch (error) {
    await services.stop();
    throw error;
  }
  const tracing = openTracing(process.env, 'shipa');
  const backend = openQueueBackend(services.queue, tracing);
  try {
    await again(() => backend.ping(), atStart);
  } catch (error) {
    await store.close();
    await services.stop();
    throw error;
  }
  const queues = new Map<string, JobQueue>();
  let workers: WorkerProcesses | undefined;
  const queueOf = (name: string): JobQueue => {
    const queue = queues.get(name) ?? backend.open(name);
    queues.set(name, queue);
    return queue;
  };
  const running: RunServices = {
    services,
    store,
    lasting: lasting(store, patience),
    backend,
    queueOf,
    enqueue: (phase, run, ordinals) => {
      const { queue, jobs } = chunkJobs(phase, run, ordinals);
      return again(() => queueOf(queue).add(jobs), patience);
    },
    startWorkers: (count, shadow = process.env.SHIPA_SHADOW) => {
      // Beside a process that has workers none are wanted, until it is gone.
      wanted = () => running.startWorkers(Math.max(count, DEFAULT_WORKERS), shadow);
      if (workers !== undefined || (count === 0 && !inherited)) return;
      const config: WorkerConfig = {
        databaseUrl: services.databaseUrl,
        queue: services.queue,
        queues: QUEUES,
        concurrency: 2,
        ...workerSettings(process.env),
        logLevel: process.env.SHIPA_LOG ?? 'warn',
        ...(shadow === undefined ? {} : { shadow }),
      };
      workers = startWorkerProcesses({
        script: join(projectRoot, 'dist', 'workers', 'main.js'),
        log: join(services.dir.root, 'workers.log'),
        count: count === 0 ? DEFAULT_WORKERS : count,
        environment: () => ({ ...process.env, SHIPA_WORKER: JSON.stringify(config) }),
        onExit: (pid, reason) => process.stderr.write(`\nworker ${pid} ended (${reason}); another takes its place\n`),
        onGivingUp: fail,
      });
    },
    workerPids: () => workers?.pids() ?? [],
    stop: async () => {
      stopping = true;
      await workers?.stop();
      for (const queue of queues.values()) await queue.close().catch(() => {});
      await tracing?.close();
      await store.close().catch(() => {});
      await services.stop();
    },
  };
  return running;
}

/** `npm run` passes on a Ctrl-C that the terminal has already sent to us: two at once are one. */
const SAME_KEY_MS = 1_000;

/** Ctrl-C and SIGTERM abort the signal; a second one ends the process at once. */
export function untilInterrupted(): { readonly signal: AbortSignal; readonly fail: (error: Error) => void } {
  const controller = new AbortController();
  let asked: number | undefined;
  const ask = (): void => {
    const now = performance.now();
    if (asked !== undefined && now - asked < SAME_KEY_MS) return;
    if (asked !== undefined) process.exit(1);
    asked = now;
    process.stderr.write('\nstopping: running chunks are finished first (again to stop at once)\n');
    controller.abort();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return { signal: controller.signal, fail: (error) => controller.abort(error) };
}

/** While a run goes on: less than this free, and PostgreSQL will soon not be able to write its log. */
const LEAST_FREE = 16e6;

/** What phases of a run need from this process, but for the display. */
export function phaseBasics({ lasting: store, enqueue, services }: RunServices, signal: AbortSignal) {
  return {
    store,
    enqueue,
    signal,
    check: async (): Promise<void> => {
      if (services.mode !== 'cluster') await requireSpace(services.dir.root, LEAST_FREE);
    },
    sleep: (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms)),
  };
}

/** Refuses early when the disk cannot hold what the run will write. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const shown = (n: number): string =>
    n < 2 ** 30 ? `${Math.round(n / 2 ** 20)} MiB` : `${(n / 2 ** 30).toFixed(1)} GiB`;
  throw new EmbeddedError(
    'disk-full',
    `${folder} has ${shown(free)} free and this needs about ${shown(bytes)}. Free some space, or use another disk: --data DIR.`,
  );
}
