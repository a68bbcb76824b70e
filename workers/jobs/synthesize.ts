// The meta-analysis of one table of contrasts, kept with the run.
import { once } from '../../src/app/once.js';
import { SynthesizeTask, synthesizeTable } from '../../src/app/synthesize-table.js';
import { job } from '../job-type.js';

export const synthesizeJob = job({
  name: 'synthesize',
  queue: 'desk',
  does: 'the meta-analysis of one table of contrasts, kept with the run',
  task: SynthesizeTask,
  attempts: 2,
  backoffMs: 1_000,
  priority: 10,
  handle: (ref, { store, readTable }, task) =>
    once(store, ref, async () => {
      const result = synthesizeTable(readTable, task);
      return { counts: { synthesized: 1 }, result };
    }),
});
