// Every job of the system. A new one is a file in jobs/ and a line here.
import type { QueuedJob } from '../src/app/queue-port.js';
import type { Phase } from '../src/app/store-ports.js';
import { type JobType, jobOf, QUEUE_TABLE, type QueueName } from './job-type.js';
import { cohortJob } from './jobs/cohort.js';
import { compileJob } from './jobs/compile.js';
import { exportJob } from './jobs/export.js';
import { extractJob } from './jobs/extract.js';
import { ingestJob } from './jobs/ingest.js';
import { normaliseJob } from './jobs/normalise.js';
import { rescoreJob } from './jobs/rescore.js';
import { scoreJob } from './jobs/score.js';
import { simulateJob } from './jobs/simulate.js';
import { synthesizeJob } from './jobs/synthesize.js';

const BY_PHASE: Readonly<Record<Phase, JobType>> = {
  simulate: simulateJob,
  ingest: ingestJob,
  normalise: normaliseJob,
  score: scoreJob,
  rescore: rescoreJob,
  cohort: cohortJob,
  extract: extractJob,
  synthesize: synthesizeJob,
  compile: compileJob,
  export: exportJob,
};

export const JOBS: readonly JobType[] = Object.values(BY_PHASE);
export const QUEUES = Object.keys(QUEUE_TABLE) as readonly QueueName[];

/** The jobs that do these chunks of a run, and the queue they belong on. */
export function chunkJobs(
  phase: Phase,
  run: string,
  ordinals: readonly number[],
): { readonly queue: QueueName; readonly jobs: readonly QueuedJob[] } {
  const type = BY_PHASE[phase];
  return { queue: type.queue, jobs: ordinals.map((ordinal) => jobOf(type, { run, ordinal })) };
}
