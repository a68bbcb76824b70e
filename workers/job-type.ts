// What a job is: a name, the shapes of its payload and of its task, its queue, how often it is tried, and its handler.
import { z } from 'zod';
import type { ExportStore } from '../src/app/export-recommendations.js';
import type { ExtractDependencies } from '../src/app/extract-literature.js';
import type { IngestDependencies } from '../src/app/ingest.js';
import type { NormaliseDependencies } from '../src/app/normalise-stored.js';
import type { QueuedJob } from '../src/app/queue-port.js';
import type { SimulateDependencies } from '../src/app/run-pilot-simulate.js';
import type { ScoreDependencies } from '../src/app/score-batch.js';
import type { Chunk, ChunkRef, Phase, Store } from '../src/app/store-ports.js';
import type { ReadTable } from '../src/app/synthesize-table.js';

/** Everything that handlers need from outside, wired in main.ts. */
export interface WorkerContext
  extends IngestDependencies,
    NormaliseDependencies,
    ScoreDependencies,
    SimulateDependencies,
    ExtractDependencies {
  readonly store: Store & ExportStore;
  readonly readTable: ReadTable;
  /** `corpus build` in a process of its own: minutes of computing would cost this one its locks. */
  readonly compile: (task: {
    readonly dir?: string | undefined;
    readonly id: string;
    readonly version: string;
  }) => Promise<Readonly<Record<string, unknown>>>;
}

export type Pieces = readonly Pick<Chunk, 'task' | 'patients'>[];

export interface JobType<Task = unknown> {
  /** Also the phase of the run whose chunks it does. */
  readonly name: Phase;
  readonly queue: QueueName;
  /** One line for people. */
  readonly does: string;
  /** What the chunk's row says is to be done: places in files and ids, checked before anything is done. */
  readonly task: z.ZodType<Task>;
  readonly attempts: number;
  readonly backoffMs: number;
  /** 1 is first: somebody waits. */
  readonly priority: number;
  /** Begins the chunk, does it, marks it done; does nothing when it is done. */
  readonly handle: (ref: ChunkRef, context: WorkerContext, task: Task) => Promise<void>;
  /** The chunk in pieces, so that one poison patient costs no neighbour. Absent: it cannot be split. */
  readonly split?: (context: WorkerContext, task: Task, patients: number) => Promise<Pieces>;
}

/** A job as the table holds it: its task is unknown until its schema has read it. */
export function job<Task>({ handle, split, ...type }: JobType<Task>): JobType {
  return {
    ...type,
    handle: (ref, context, task) => handle(ref, context, type.task.parse(task)),
    ...(split === undefined
      ? {}
      : { split: (context, task, patients) => split(context, type.task.parse(task), patients) }),
  };
}

/** Queues, and most jobs of each at once in one process: pure computing gains nothing from a second, and both would take twice as long. */
export const QUEUE_TABLE = {
  simulate: { atOnce: 1 },
  ingest: { atOnce: 2 },
  score: { atOnce: 1 },
  desk: { atOnce: 1 },
} as const;
export type QueueName = keyof typeof QUEUE_TABLE;

/** Payload of every job: which chunk. What is to be done stands in the store. */
export const ChunkPayload = z.object({ run: z.string().min(1), ordinal: z.number().int().nonnegative() }).strict();
export type ChunkPayload = z.infer<typeof ChunkPayload>;

export function jobOf(type: JobType, { run, ordinal }: ChunkPayload): QueuedJob {
  const { name, attempts, backoffMs, priority } = type;
  return { id: `${run}-${name}-${ordinal}`, name, payload: { run, ordinal }, attempts, backoffMs, priority };
}

const PIECES = 16;

/** Patients, documents or numbers of a chunk dealt into at most sixteen runs of neighbours: two splits find one in 250. */
export function inPieces<T>(all: readonly T[]): readonly (readonly T[])[] {
  const size = Math.ceil(all.length / PIECES);
  return size === 0
    ? []
    : Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
