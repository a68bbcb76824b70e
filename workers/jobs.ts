// Every job of the system. A new one is a file of its own and a line here.
import type { QueuedJob } from '../src/app/queue-port.js';
import type { Phase } from '../src/app/store-ports.js';
import { ingestChunkJob } from './ingest-chunk.js';
import { type JobType, jobOf } from './job-type.js';
import { scoreChunkJob } from './score-chunk.js';
import { simulateChunkJob } from './simulate-chunk.js';

const CHUNK_JOBS: Readonly<Record<Phase, JobType>> = {
  simulate: simulateChunkJob,
  ingest: ingestChunkJob,
  score: scoreChunkJob,
};

export const JOBS: readonly JobType[] = Object.values(CHUNK_JOBS);
export const QUEUES: readonly string[] = [...new Set(JOBS.map((job) => job.queue))];

/** The jobs that do these chunks of a run, and the queue they belong on. */
export function chunkJobs(
  phase: Phase,
  run: string,
  ordinals: readonly number[],
): { readonly queue: string; readonly jobs: readonly QueuedJob[] } {
  const type = CHUNK_JOBS[phase];
  return { queue: type.queue, jobs: ordinals.map((ordinal) => jobOf(type, { run, ordinal })) };
}
