// Shapes of the runs' requests and answers.
import { z } from 'zod';

export const RunsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });

/** PostgreSQL text holds every character but NUL. */
export const RunId = z.object({
  id: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[^\0]*$/, 'no NUL character'),
});

const state = z.enum(['running', 'paused', 'done', 'failed', 'cancelled']);
const counts = z.record(z.string(), z.number()).meta({
  description: 'Sums over the chunks that are done: ingested, faulty, ranked, abstained, "band recommended" ...',
});

const RunRowBody = z
  .object({
    id: z.string(),
    kind: z.string(),
    params: z.looseObject({}),
    phase: z.string().nullable().meta({ description: 'the last that was planned' }),
    state,
    startedAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'RunRow' });

export const RunsBody = z.object({ runs: z.array(RunRowBody) }).meta({ id: 'Runs', description: 'Latest first' });

export const RunBody = RunRowBody.extend({
  phases: z.array(
    z.object({
      phase: z.string(),
      chunks: z.object({
        total: z.number(),
        done: z.number(),
        failed: z.number(),
        pending: z.number(),
        split: z
          .number()
          .meta({ description: 'replaced by pieces of themselves, because their workers died; not in the total' }),
      }),
      patients: z.object({ total: z.number(), done: z.number() }),
      counts,
      results: z
        .array(z.looseObject({}))
        .meta({ description: 'what its chunks made: summaries, names and hashes of files' }),
    }),
  ),
}).meta({ id: 'Run' });

export const RunFaultsBody = z
  .object({
    faults: z.object({ total: z.number(), first: z.array(z.object({ place: z.string(), message: z.string() })) }).meta({
      description: 'what of the input could not be read; the file of all of them is named by the command',
    }),
    dead: z
      .object({
        total: z.number(),
        first: z.array(
          z.looseObject({ phase: z.string(), ordinal: z.number(), patients: z.number(), error: z.string() }),
        ),
      })
      .meta({ description: 'chunks that were given up, with the reason; "shipa jobs retry" tries them again' }),
  })
  .meta({ id: 'RunFaults', description: 'The first hundred of each' });

export const RunTurn = RunId.extend({ turn: z.enum(['pause', 'resume', 'cancel']) });
