// The queue port on BullMQ 6: the same code over PostgreSQL (embedded mode) and Redis (cluster mode).
import {
  type BackendClasses,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type {
  ConsumerOptions,
  JobConsumer,
  JobDelivery,
  JobQueue,
  QueueBackend,
  QueuedJob,
} from '../../app/queue-port.js';
import { QueueError, toQueueError } from './queue-error.js';
import type { Tracing } from './traces.js';

/** Where the queue lives. `namespace` keeps installations on one server apart (a schema in PostgreSQL, a key prefix in Redis). */
export type QueueConnection =
  | { readonly kind: 'postgres'; readonly url: string; readonly namespace: string }
  | { readonly kind: 'redis'; readonly url: string; readonly namespace: string };

/** Deaths are counted with the chunk, in PostgreSQL, and poison is found there; this is for a job that has none. */
const MAX_STALLED = 20;

/** As the store's: one that gets no answer is tried again rather than waited for. */
const CONNECT_WITHIN_MS = 10_000;

/**
 * BullMQ's transactions hold a lock of the whole queue. A worker that is frozen in one (SIGSTOP, a virtual machine that sleeps, a cable) would
 * stop all others until TCP gives it up, two hours by default; the server ends it after this. Longer than a batch keeps the event loop busy.
 */
const SILENT_IN_TRANSACTION_MS = 30_000;

/** A connection that BullMQ has lent out has no listener, and an error that nobody hears ends the process; the query that runs tells it too. */
class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

export function openQueueBackend(connection: QueueConnection, tracing?: Tracing): QueueBackend {
  const traced = tracing === undefined ? {} : { telemetry: tracing.telemetry };
  if (connection.kind === 'postgres') {
    const { url, namespace } = connection;
    // migrate: BullMQ's own tables are made or updated on connecting, under its advisory lock.
    // One connection for questions beside the one that listens: every queue of every process has its own two, and servers have few.
    const options = {
      connectionString: url,
      schema: namespace,
      migrate: true,
      max: 1,
      Client: HeardClient,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      idle_in_transaction_session_timeout: SILENT_IN_TRANSACTION_MS,
      keepAlive: true,
    };
    const classes = backend('postgres', withBackend(createPostgresBackend), () => ({
      connection: options,
      ...traced,
    }));
    // Its server is the store's, which was asked before.
    return { ...classes, ping: async () => {} };
  }
  // maxRetriesPerRequest null: a worker waits for Redis to come back, however long (BullMQ, "Going to production").
  const { url } = connection;
  const options = { url, maxRetriesPerRequest: null };
  const classes = backend('redis', withBackend(createRedisBackend), () => ({
    connection: options,
    prefix: connection.namespace,
    ...traced,
  }));
  return { ...classes, ping: () => pingRedis(url) };
}

function backend<B extends IQueueBackend, C>(
  kind: QueueBackend['kind'],
  { Queue, Worker }: BackendClasses<B, C>,
  base: () => { connection: C; prefix?: string; telemetry?: Tracing['telemetry'] },
): Omit<QueueBackend, 'ping'> {
  const open = (name: string): JobQueue => {
    const fresh = () => {
      const made = new Queue(name, base());
      // Without a listener a lost connection would end the process; every call reports its own failure.
      made.on('error', () => {});
      return made;
    };
    let opened: ReturnType<typeof fresh> | undefined;
    /** BullMQ remembers for ever that PostgreSQL did not answer at first: one that was never ready is made anew at the next call. */
    const ready = async () => {
      const queue = opened ?? fresh();
      opened = queue;
      try {
        await queue.waitUntilReady();
        return queue;
      } catch (error) {
        if (opened === queue) opened = undefined;
        void queue.close().catch(() => {});
        throw toQueueError(error);
      }
    };
    return {
      name,
      add: async (jobs) => {
        const queue = await ready();
        try {
          await queue.addBulk(jobs.map(toBull));
        } catch (error) {
          throw toQueueError(error);
        }
      },
      counts: async () => {
        const queue = await ready();
        const counts = await queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed');
        const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
        return { waiting: wait + prioritized, active, delayed, failed };
      },
      clear: async () => (await ready()).drain(true),
      remove: async (ids) => {
        const queue = await ready();
        let removed = 0;
        for (const id of ids) {
          // Redis answers 1 for a job that was never there.
          if ((await queue.getJob(id)) === undefined) continue;
          // One that a worker holds is not removed: this throws or answers 0, and the job finishes.
          removed += await queue.remove(id).catch(() => 0);
        }
        return removed;
      },
      pause: async () => (await ready()).pause(),
      resume: async () => (await ready()).resume(),
      isPaused: async () => (await ready()).isPaused(),
      close: async () => opened?.close(),
    };
  };

  const consume = async (
    name: string,
    handle: (job: JobDelivery) => Promise<void>,
    options: ConsumerOptions,
  ): Promise<JobConsumer> => {
    const worker = new Worker<unknown>(
      name,
      async (job) => {
        await handle({ id: job.id ?? '', name: job.name, payload: job.data, attempt: job.attemptsMade + 1 });
      },
      {
        ...base(),
        concurrency: options.concurrency,
        ...(options.rate === undefined ? {} : { limiter: { max: options.rate.most, duration: options.rate.everyMs } }),
        lockDuration: options.lockMs,
        stalledInterval: options.stalledEveryMs,
        maxStalledCount: MAX_STALLED,
        drainDelay: 1,
      },
    );
    worker.on('error', (error) => options.onError(toQueueError(error)));
    worker.on('failed', (job, error) => {
      if (job === undefined) return;
      const exhausted = job.attemptsMade >= (job.opts.attempts ?? 1) || /stalled more than/.test(error.message);
      if (!exhausted) return;
      options.onExhausted({ id: job.id ?? '', name: job.name, payload: job.data }, error).catch(options.onError);
    });
    await worker.waitUntilReady();
    return { close: () => worker.close() };
  };

  return { kind, open, consume };
}

/** One try: BullMQ's own connections wait for Redis as long as it takes, which at the start only hides a wrong address. */
async function pingRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new QueueError('unreachable', `Redis does not answer at ${new URL(url).host}.`, error);
  } finally {
    client.disconnect();
  }
}

/** Finished and failed jobs leave the queue: what became of them is in PostgreSQL (`chunk`), and their ids are free again. */
function toBull(job: QueuedJob) {
  return {
    name: job.name,
    data: job.payload,
    opts: {
      jobId: job.id,
      attempts: job.attempts,
      backoff: { type: 'exponential', delay: job.backoffMs },
      removeOnComplete: true,
      removeOnFail: true,
      ...(job.priority === undefined ? {} : { priority: job.priority }),
    },
  };
}
