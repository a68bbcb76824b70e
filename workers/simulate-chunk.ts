// Makes one file of the simulated cohort.
import { simulateChunk } from '../src/app/run-pilot-simulate.js';
import { ChunkPayload, type JobType } from './job-type.js';

export const simulateChunkJob: JobType = {
  name: 'simulate-chunk',
  queue: 'simulate',
  attempts: 4,
  backoffMs: 500,
  atOnce: 1,
  priority: 10,
  handle: (payload, context) => simulateChunk(context, { ...ChunkPayload.parse(payload), phase: 'simulate' }),
  giveUp: (payload, error, store) =>
    store.failChunk({ ...ChunkPayload.parse(payload), phase: 'simulate' }, error.message),
};
