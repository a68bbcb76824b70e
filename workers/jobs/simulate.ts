// Makes one file of the simulated cohort.
import { z } from 'zod';
import { simulateChunk } from '../../src/app/run-pilot-simulate.js';
import { job } from '../job-type.js';

export const simulateJob = job({
  name: 'simulate',
  queue: 'simulate',
  does: 'one file of the simulated cohort',
  task: z.object({ seed: z.number(), from: z.number(), count: z.number(), file: z.string() }),
  attempts: 4,
  backoffMs: 500,
  priority: 10,
  handle: (ref, context) => simulateChunk(context, ref),
});
