// What a job is: a name, the shape of its payload, how often it is tried, and its handler, testable without a queue.
import { z } from 'zod';
import type { IngestDependencies } from '../src/app/ingest.js';
import type { QueuedJob } from '../src/app/queue-port.js';
import type { SimulateDependencies } from '../src/app/run-pilot-simulate.js';
import type { ScoreDependencies } from '../src/app/score-batch.js';
import type { RunStore, Store } from '../src/app/store-ports.js';

/** Everything that handlers need from outside, wired in main.ts. */
export interface WorkerContext extends IngestDependencies, ScoreDependencies, SimulateDependencies {
  readonly store: Store;
}

export interface JobType {
  readonly name: string;
  readonly queue: string;
  readonly attempts: number;
  readonly backoffMs: number;
  /** Most of them at once in one process: pure computing gains nothing from a second, and both would take twice as long. */
  readonly atOnce: number;
  /** 1 is first. */
  readonly priority: number;
  /** Parses the payload, calls the use case. */
  readonly handle: (payload: unknown, context: WorkerContext) => Promise<void>;
  /** Writes down that the job failed for good. */
  readonly giveUp: (payload: unknown, error: Error, store: Pick<RunStore, 'failChunk'>) => Promise<void>;
}

/** Payload of every chunk job: which chunk. What is to be done stands in the store. */
export const ChunkPayload = z.object({ run: z.string().min(1), ordinal: z.number().int().nonnegative() }).strict();
export type ChunkPayload = z.infer<typeof ChunkPayload>;

export function jobOf(type: JobType, { run, ordinal }: ChunkPayload): QueuedJob {
  const { name, attempts, backoffMs, priority } = type;
  return { id: `${run}-${name}-${ordinal}`, name, payload: { run, ordinal }, attempts, backoffMs, priority };
}
