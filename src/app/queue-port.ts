// The queue as the use cases and the workers see it. Two backends stand behind it (PostgreSQL, Redis); one conformance test
// runs over both (test/adapters/queue). Jobs carry ids and hashes, never patient data.

export interface QueuedJob {
  /** The same id twice is one job while the first is waiting or running. No ":" in it. */
  readonly id: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** 1 is first. A waiting oncologist passes a running batch. */
  readonly priority?: number;
  /** How often it is tried in all, and how long it waits between (doubling). */
  readonly attempts: number;
  readonly backoffMs: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface JobQueue {
  readonly name: string;
  readonly add: (jobs: readonly QueuedJob[]) => Promise<void>;
  readonly counts: () => Promise<QueueCounts>;
  /** Drops every job that is waiting; running ones finish. */
  readonly clear: () => Promise<void>;
  /** Drops these where they wait; answers how many did. Running ones finish. */
  readonly remove: (ids: readonly string[]) => Promise<number>;
  /** No worker anywhere takes a job of it; running ones finish. It lasts until `resume`, whoever is started again. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly isPaused: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** What a handler is given. `attempt` counts from 1. */
export interface JobDelivery {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly attempt: number;
}

/** At most `most` jobs in `everyMs`, over all workers of the queue. */
export interface RateLimit {
  readonly most: number;
  readonly everyMs: number;
}

export interface ConsumerOptions {
  readonly concurrency: number;
  readonly rate?: RateLimit;
  /** A job whose worker is silent for so long is given to another. */
  readonly lockMs: number;
  /** How often silent workers are looked for. */
  readonly stalledEveryMs: number;
  /** Called once when a job has failed for good: its tries are used up or its workers died with it. */
  readonly onExhausted: (job: Pick<JobDelivery, 'id' | 'name' | 'payload'>, error: Error) => Promise<void>;
  readonly onError: (error: Error) => void;
}

export interface JobConsumer {
  /** Takes no new job, waits until the running ones are done. */
  readonly close: () => Promise<void>;
}

export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  readonly open: (queue: string) => JobQueue;
  readonly consume: (
    queue: string,
    handle: (job: JobDelivery) => Promise<void>,
    options: ConsumerOptions,
  ) => Promise<JobConsumer>;
  /** Resolves when the server answers. */
  readonly ping: () => Promise<void>;
}
