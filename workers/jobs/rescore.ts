// Scores named patients again, whatever stands stored, before the batch: somebody waits for them.
import { z } from 'zod';
import { rescoreChunk } from '../../src/app/rescore.js';
import { inPieces, job } from '../job-type.js';

const Task = z.object({ patients: z.array(z.number().int()).min(1) }).strict();

export const rescoreJob = job({
  name: 'rescore',
  queue: 'score',
  does: 'recommendations for named patients, at once and whatever stands stored',
  task: Task,
  attempts: 4,
  backoffMs: 500,
  priority: 1,
  handle: (ref, context, task) => rescoreChunk(context, ref, task),
  split: async (_context, task) =>
    inPieces(task.patients).map((patients) => ({ task: { patients }, patients: patients.length })),
});
