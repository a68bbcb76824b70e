// The current recommendations as a file.
import { ExportTask, exportRecommendations } from '../../src/app/export-recommendations.js';
import { once } from '../../src/app/once.js';
import { job } from '../job-type.js';

export const exportJob = job({
  name: 'export',
  queue: 'desk',
  does: 'the current recommendations as a file (NDJSON or CSV)',
  task: ExportTask,
  attempts: 3,
  backoffMs: 1_000,
  priority: 5,
  handle: (ref, context, task) =>
    once(context.store, ref, async () => {
      const made = await exportRecommendations(context, task);
      return { counts: { exported: made.patients }, result: { ...made } };
    }),
});
