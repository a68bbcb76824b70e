// `corpus build`: every network fitted, a model written. Nothing is released by it.
import { z } from 'zod';
import { once } from '../../src/app/once.js';
import { job } from '../job-type.js';

const Task = z.object({ dir: z.string().optional(), id: z.string().min(1), version: z.string().min(1) }).strict();

export const compileJob = job({
  name: 'compile',
  queue: 'desk',
  does: 'a model built of a corpus; a person gates and releases it',
  task: Task,
  attempts: 2,
  backoffMs: 1_000,
  priority: 10,
  handle: (ref, { store, compile }, task) =>
    once(store, ref, async () => ({
      counts: { compiled: 1 },
      result: await compile(task),
    })),
});
