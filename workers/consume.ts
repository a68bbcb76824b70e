// A worker's life: takes jobs of its queues, hands each to its handler, stops after the running ones.
import type { JobConsumer, QueueBackend, RateLimit } from '../src/app/queue-port.js';
import { type JobType, QUEUE_TABLE, type QueueName, type WorkerContext } from './job-type.js';
import { JOBS } from './jobs.js';
import { JobFailed, reasonOf } from './reason.js';
import { giveUp, type Ran, runChunk } from './run-chunk.js';
import { soloGate } from './solo.js';

/** What became of one job, for logs and metrics: ids, codes and durations, nothing of a patient. */
export type JobEvent =
  | { readonly event: Ran; readonly job: string; readonly name: string; readonly ms: number }
  | {
      readonly event: 'failed' | 'given-up';
      readonly job: string;
      readonly name: string;
      readonly attempt?: number;
      readonly ms?: number;
      readonly error: string;
    }
  | { readonly event: 'queue'; readonly error: string };

export interface WorkerOptions {
  readonly queues: readonly QueueName[];
  readonly concurrency: number;
  /** A worker silent for so long is taken for dead, and its chunk is given to another. A chunk takes about a second. */
  readonly lockMs: number;
  /** Most jobs of a queue in a time, over all workers; the same for all of them. */
  readonly rates?: Readonly<Partial<Record<QueueName, RateLimit>>>;
  /** Called when a job has ended, however. */
  readonly afterJob?: () => void;
  readonly log: (event: JobEvent) => void;
}

const TELL_EVERY_MS = 5_000;

export async function startConsumers(
  backend: QueueBackend,
  context: WorkerContext,
  { queues, concurrency, lockMs, rates = {}, log, afterJob }: WorkerOptions,
): Promise<JobConsumer> {
  const types = new Map<string, JobType>(JOBS.map((job) => [job.name, job]));
  const typeOf = (name: string): JobType => {
    const type = types.get(name);
    if (type === undefined) throw new Error(`no job is called ${name}: is this worker older than the one that asked?`);
    return type;
  };
  const gate = soloGate();
  // A server that is away is told of by every connection at every try.
  let told = Number.NEGATIVE_INFINITY;
  const queueTrouble = (error: Error): void => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    log({ event: 'queue', error: reasonOf(error) });
  };
  const consumers = await Promise.all(
    queues.map((queue) => {
      const rate = rates[queue];
      return backend.consume(
        queue,
        async ({ id, name, payload, attempt }) => {
          const began = performance.now();
          const ms = (): number => Math.round(performance.now() - began);
          try {
            const event = await runChunk(typeOf(name), payload, context, gate);
            log({ event, job: id, name, ms: ms() });
          } catch (error) {
            log({ event: 'failed', job: id, name, attempt, ms: ms(), error: reasonOf(error) });
            throw new JobFailed(error);
          } finally {
            afterJob?.();
          }
        },
        {
          concurrency: Math.min(concurrency, QUEUE_TABLE[queue].atOnce),
          lockMs,
          stalledEveryMs: Math.ceil(lockMs / 4),
          ...(rate === undefined ? {} : { rate }),
          onExhausted: async ({ id, name, payload }, failure) => {
            const error = failure instanceof JobFailed && failure.cause instanceof Error ? failure.cause : failure;
            log({ event: 'given-up', job: id, name, error: reasonOf(error) });
            await giveUp(typeOf(name), payload, error, context);
          },
          onError: queueTrouble,
        },
      );
    }),
  );
  return { close: async () => void (await Promise.all(consumers.map((consumer) => consumer.close()))) };
}
