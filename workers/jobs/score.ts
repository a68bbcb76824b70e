// Scores those of a range of stored patients whose history, corpus or model changed.
import { z } from 'zod';
import { scoreChunk } from '../../src/app/score-batch.js';
import { inPieces, job } from '../job-type.js';

const Task = z.object({ from: z.number().int(), to: z.number().int(), releaseId: z.number().int() });

export const scoreJob = job({
  name: 'score',
  queue: 'score',
  does: 'recommendations for the patients of a range whose history, corpus or model changed',
  task: Task,
  attempts: 4,
  backoffMs: 500,
  priority: 10,
  handle: (ref, context) => scoreChunk(context, ref),
  split: async ({ store, release }, { from, to, releaseId }) => {
    // By the release of this worker, as the chunk would be scored: what is scored already is no patient of the pieces.
    const rows = await store.toScore(await store.releaseId(release), from, to);
    return inPieces(rows.map((row) => row.patientId)).map((some) => ({
      task: { from: some[0] ?? from, to: some.at(-1) ?? to, releaseId },
      patients: some.length,
    }));
  },
});
