// A worker's life: takes jobs of its queues, hands each to its handler, stops after the running ones.
import type { JobConsumer, QueueBackend } from '../src/app/queue-port.js';
import type { JobType, WorkerContext } from './job-type.js';
import { JOBS } from './jobs.js';

export interface WorkerOptions {
  readonly queues: readonly string[];
  readonly concurrency: number;
  /** A worker silent for so long is taken for dead, and its chunk is given to another. A chunk takes about a second. */
  readonly lockMs: number;
  /** Called when a job has ended, however. */
  readonly afterJob?: () => void;
  readonly log: (event: { readonly event: string; readonly [field: string]: unknown }) => void;
}

export async function startConsumers(
  backend: QueueBackend,
  context: WorkerContext,
  { queues, concurrency, lockMs, log, afterJob }: WorkerOptions,
): Promise<JobConsumer> {
  const types = new Map<string, JobType>(JOBS.map((job) => [job.name, job]));
  const typeOf = (name: string): JobType => {
    const type = types.get(name);
    if (type === undefined) throw new Error(`no job is called ${name}: is this worker older than the one that asked?`);
    return type;
  };
  const consumers = await Promise.all(
    queues.map((queue) =>
      backend.consume(
        queue,
        async ({ id, name, payload, attempt }) => {
          const began = performance.now();
          try {
            await typeOf(name).handle(payload, context);
            log({ event: 'done', job: id, ms: Math.round(performance.now() - began) });
          } catch (error) {
            log({ event: 'failed', job: id, attempt, error: messageOf(error) });
            throw error;
          } finally {
            afterJob?.();
          }
        },
        {
          concurrency: Math.min(concurrency, ...JOBS.filter((job) => job.queue === queue).map((job) => job.atOnce)),
          lockMs,
          stalledEveryMs: Math.ceil(lockMs / 4),
          onExhausted: ({ name, payload }, error) => typeOf(name).giveUp(payload, error, context.store),
          onError: (error) => log({ event: 'queue', error: messageOf(error) }),
        },
      ),
    ),
  );
  return { close: async () => void (await Promise.all(consumers.map((consumer) => consumer.close()))) };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
