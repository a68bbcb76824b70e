// Reads and normalises stored histories again, and writes down what could not be understood.
import { z } from 'zod';
import { normaliseChunk } from '../../src/app/normalise-stored.js';
import { inPieces, job } from '../job-type.js';

const Task = z.object({ from: z.number().int(), to: z.number().int() }).strict();

export const normaliseJob = job({
  name: 'normalise',
  queue: 'ingest',
  does: 'stored histories read again: what of each patient is not understood',
  task: Task,
  attempts: 4,
  backoffMs: 500,
  priority: 20,
  handle: (ref, context, task) => normaliseChunk(context, ref, task),
  split: async ({ store }, { from, to }) => {
    const patients = (await store.historiesBetween(from, to)).map((row) => row.patientId);
    return inPieces(patients).map((some) => ({
      task: { from: some[0] ?? from, to: some.at(-1) ?? to },
      patients: some.length,
    }));
  },
});
