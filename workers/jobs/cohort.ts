// Counts over the stored patients, kept with the run.
import { z } from 'zod';
import { FilterTask } from '../../src/app/export-recommendations.js';
import { once } from '../../src/app/once.js';
import { job } from '../job-type.js';

const Task = z.object({ filter: FilterTask }).strict();

export const cohortJob = job({
  name: 'cohort',
  queue: 'desk',
  does: 'counts over the stored patients of a filter, kept with the run',
  task: Task,
  attempts: 3,
  backoffMs: 1_000,
  priority: 5,
  handle: (ref, { store, release }, { filter }) =>
    once(store, ref, async () => {
      const summary = await store.summary(filter);
      return { counts: { patients: summary.patients, scored: summary.scored }, result: { filter, release, summary } };
    }),
});
