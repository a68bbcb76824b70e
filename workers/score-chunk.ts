// Scores one range of stored patients.
import { scoreChunk } from '../src/app/score-batch.js';
import { ChunkPayload, type JobType } from './job-type.js';

export const scoreChunkJob: JobType = {
  name: 'score-chunk',
  queue: 'score',
  attempts: 4,
  backoffMs: 500,
  atOnce: 1,
  priority: 10,
  handle: (payload, context) => scoreChunk(context, { ...ChunkPayload.parse(payload), phase: 'score' }),
  giveUp: (payload, error, store) => store.failChunk({ ...ChunkPayload.parse(payload), phase: 'score' }, error.message),
};
