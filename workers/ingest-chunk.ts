// Reads one piece of the input into the store.
import { ingestChunk } from '../src/app/ingest.js';
import { ChunkPayload, type JobType } from './job-type.js';

export const ingestChunkJob: JobType = {
  name: 'ingest-chunk',
  queue: 'ingest',
  attempts: 4,
  backoffMs: 500,
  atOnce: 2,
  priority: 10,
  handle: (payload, context) => ingestChunk(context, { ...ChunkPayload.parse(payload), phase: 'ingest' }),
  giveUp: (payload, error, store) =>
    store.failChunk({ ...ChunkPayload.parse(payload), phase: 'ingest' }, error.message),
};
