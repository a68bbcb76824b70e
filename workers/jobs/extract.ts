// One file of the literature as lines of results with spans.
import { ExtractTask, extractLiterature } from '../../src/app/extract-literature.js';
import { once } from '../../src/app/once.js';
import { job } from '../job-type.js';

export const extractJob = job({
  name: 'extract',
  queue: 'desk',
  does: 'one file of the literature as lines of results with spans',
  task: ExtractTask,
  attempts: 3,
  backoffMs: 1_000,
  priority: 10,
  handle: (ref, context, task) =>
    once(context.store, ref, async () => {
      const made = await extractLiterature(context, task);
      const { documents, results, faulty } = made;
      return { counts: { documents, results, faulty }, result: { ...made } };
    }),
});
