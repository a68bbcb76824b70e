// Reads one piece of the input into the store.
import { z } from 'zod';
import { ingestChunk } from '../../src/app/ingest.js';
import { inPieces, job } from '../job-type.js';

export const ingestJob = job({
  name: 'ingest',
  queue: 'ingest',
  does: 'histories of a piece of a file into the store',
  // Files are named in several ways (src/app/ingest-ports.ts); a piece of any of them is a part of it.
  task: z.looseObject({ part: z.object({ from: z.number().int(), to: z.number().int() }).optional() }),
  attempts: 4,
  backoffMs: 500,
  priority: 10,
  handle: (ref, context) => ingestChunk(context, ref),
  split: async (_context, task, patients) => {
    // Faults of a source are told, not read.
    if ('faults' in task) return [];
    const { from } = task.part ?? { from: 0 };
    const documents = Array.from({ length: patients }, (_, i) => from + i);
    return inPieces(documents).map((some) => {
      const first = some[0] ?? from;
      return { task: { ...task, part: { from: first, to: first + some.length } }, patients: some.length };
    });
  },
});
