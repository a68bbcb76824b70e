// Runs and their chunks: the record of the work from which the queue can be rebuilt.
import type { Chunk, ChunkRef, Counts, Phase, PhaseProgress, Run, RunStore } from '../../app/store-ports.js';
import type { Fault } from '../../domain/faults.js';
import type { Database, Queryable } from './database.js';
import { forgiveRun, isOfGivenUp, noteGivenUp } from './given-up.js';
import { countsOf, runControl } from './run-control.js';

const BATCH = 2_000;
/**
 * Beginnings of a chunk that nothing ended (its workers died; an orderly failure is taken back by `leaveChunk`). After two a chunk that can
 * be split is split; one patient alone is given up after three more deaths, a piece of work that cannot be split after ten.
 */
const SUSPECT = 2;
const MOST_ALONE = 4;
const MOST = 10;
/** A piece has its whole's first death to its name: one more, and it is split again. */
const DEATHS_OF_PIECE = 1;
/** Histories that kill are rare. When more chunks of a phase are split than this, the fault lies elsewhere. */
const MOST_SPLITS = 64;

export function runStore(db: Database): RunStore {
  return {
    ...runControl(db),

    async openRun({ id, kind, params }) {
      await db.query(
        `insert into run (id, kind, params) values ($1, $2, $3)
         on conflict (id) do update set state = 'running', updated_at = now()`,
        [id, kind, JSON.stringify(params)],
      );
      const { rows } = await db.query<RunRow>(
        'select id, kind, params, phase, state, started_at from run where id = $1',
        [id],
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`run ${id} vanished`);
      return {
        id: row.id,
        kind: row.kind,
        params: row.params,
        phase: row.phase,
        state: row.state,
        startedAt: row.started_at,
      };
    },

    planPhase: (run, phase, plan) =>
      db.transaction(async (client) => {
        const { rows } = await client.query<{ planned: string[] }>('select planned from run where id = $1 for update', [
          run,
        ]);
        if (rows[0]?.planned.includes(phase)) return;
        let batch: Pick<Chunk, 'task' | 'patients'>[] = [];
        // Dead letters of an earlier plan may stand there still.
        let from = await nextOrdinal(client, run, phase);
        const flush = async (): Promise<void> => {
          await insertChunks(client, run, phase, from, batch);
          from += batch.length;
          batch = [];
        };
        // A plan that is a function is made anew when the transaction is tried again.
        for await (const chunk of typeof plan === 'function' ? await plan() : plan) {
          batch.push(chunk);
          if (batch.length === BATCH) await flush();
        }
        await flush();
        await client.query(
          'update run set phase = $2, planned = array_append(planned, $2), updated_at = now() where id = $1',
          [run, phase],
        );
      }),

    async isPlanned(run, phase) {
      const { rowCount } = await db.query('select 1 from run where id = $1 and $2 = any(planned)', [run, phase]);
      return rowCount === 1;
    },

    forgetPhase: (run, phase) =>
      db.transaction(async (client) => {
        // One patient whom scoring was given up for stays a dead letter: it will not be in the next plan.
        await client.query(
          `delete from chunk c where run_id = $1 and phase = $2 and not (c.state = 'failed' and ${isOfGivenUp('c')})`,
          [run, phase],
        );
        // What the chunks told goes with them: the next plan may give their numbers to others.
        for (const table of phase === 'ingest' ? ['fault', 'unknown_code'] : [])
          await client.query(
            `delete from ${table} t where run_id = $1 and not exists
               (select 1 from chunk c where c.run_id = $1 and c.phase = $2 and c.ordinal = t.ordinal)`,
            [run, phase],
          );
        await client.query('update run set planned = array_remove(planned, $2) where id = $1', [run, phase]);
      }),

    async pending(run, phase, page) {
      const { rows } = await db.query<{ ordinal: number }>(
        `select ordinal from chunk where run_id = $1 and phase = $2 and state = 'pending' and ordinal > $3
         order by ordinal limit $4`,
        [run, phase, page?.after ?? -1, page?.limit ?? null],
      );
      return rows.map((row) => row.ordinal);
    },

    async settled(run, phase, ordinals) {
      const { rows } = await db.query<{ ordinal: number }>(
        `select ordinal from chunk where run_id = $1 and phase = $2 and ordinal = any($3::int[]) and state <> 'pending'`,
        [run, phase, ordinals],
      );
      return rows.map((row) => row.ordinal);
    },

    async beginChunk({ run, phase, ordinal }) {
      const { rows } = await db.query<Pick<Chunk, 'task' | 'patients'> & { state: string }>(
        `update chunk c set attempts = attempts + 1,
           state = case when attempts >= m.most then 'failed' else c.state end,
           finished_at = case when attempts >= m.most then now() end,
           error = case when attempts >= m.most then coalesce(error, 'its workers died with it, again and again') else error end
         from run r, (values (true, $4::int), (false, $5::int)) as m(alone, most)
         where c.run_id = $1 and c.phase = $2 and c.ordinal = $3 and c.state = 'pending'
           and r.id = c.run_id and r.state not in ('paused', 'cancelled') and m.alone = (c.patients <= 1)
         returning c.task, c.patients, c.state`,
        [run, phase, ordinal, MOST_ALONE, MOST],
      );
      const [row] = rows;
      if (row?.state === 'failed') await noteGivenUp(db, { run, phase, ordinal });
      return row?.state === 'pending' ? { run, phase, ordinal, task: row.task, patients: row.patients } : undefined;
    },

    async chunkOf({ run, phase, ordinal }) {
      const { rows } = await db.query<Pick<Chunk, 'task' | 'patients'> & { deaths: number; suspect: boolean }>(
        `select task, patients, attempts as deaths, state = 'pending' and attempts >= $4 and patients > 1 as suspect
         from chunk where run_id = $1 and phase = $2 and ordinal = $3`,
        [run, phase, ordinal, SUSPECT],
      );
      return rows[0] && { run, phase, ordinal, ...rows[0] };
    },

    async leaveChunk({ run, phase, ordinal }) {
      await db.query(
        `update chunk set attempts = greatest(0, attempts - 1)
         where run_id = $1 and phase = $2 and ordinal = $3 and state = 'pending'`,
        [run, phase, ordinal],
      );
    },

    splitChunk: (ref, pieces) =>
      db.transaction(async (client) => {
        // The run's row is locked: pieces of two chunks that are split at once get numbers of their own.
        await client.query('select 1 from run where id = $1 for update', [ref.run]);
        const { rows } = await client.query<{ splits: number }>(
          `select count(*)::int as splits from chunk where run_id = $1 and phase = $2 and state = 'split'`,
          [ref.run, ref.phase],
        );
        const next = await nextOrdinal(client, ref.run, ref.phase);
        const [{ splits } = { splits: 0 }] = rows;
        if (splits >= MOST_SPLITS || !(await claim(client, ref))) return false;
        await insertChunks(client, ref.run, ref.phase, next, pieces);
        await client.query(
          `update chunk set attempts = $4, piece_of = $3 where run_id = $1 and phase = $2 and ordinal >= $5`,
          [ref.run, ref.phase, ref.ordinal, DEATHS_OF_PIECE, next],
        );
        await client.query(
          `update chunk set state = 'split', finished_at = now() where run_id = $1 and phase = $2 and ordinal = $3`,
          [ref.run, ref.phase, ref.ordinal],
        );
        return true;
      }),

    async finishChunk(ref, counts, result) {
      await markDone(db, ref, counts, result);
    },

    failChunk: ({ run, phase, ordinal }, error, blame) =>
      db.transaction(async (client) => {
        await client.query(
          `update chunk set state = 'failed', error = $4, finished_at = now()
           where run_id = $1 and phase = $2 and ordinal = $3 and state = 'pending'`,
          [run, phase, ordinal, error.slice(0, 2_000)],
        );
        if (blame === 'its patients') await noteGivenUp(client, { run, phase, ordinal });
      }),

    async retryFailed(run, phase) {
      const { rowCount } = await db.query(
        `update chunk c set state = 'pending', error = null, attempts = 0, finished_at = null
         where run_id = $1 and phase = $2 and state in ('failed', 'cancelled') and not ${isOfGivenUp('c')}`,
        [run, phase],
      );
      return rowCount ?? 0;
    },

    forgive: (run) => forgiveRun(db, run),

    progress: (run, phase) => readProgress(db, run, phase),

    async endRun(run, state) {
      await db.query('update run set state = $2, updated_at = now() where id = $1', [run, state]);
    },

    async faults(run, limit) {
      const { rows } = await db.query<Fault & { total: number }>(
        `select place, message, count(*) over ()::int as total from fault where run_id = $1 order by ordinal, seq limit $2`,
        [run, limit],
      );
      return { total: rows[0]?.total ?? 0, first: rows.map(({ place, message }) => ({ place, message })) };
    },

    async failures(run) {
      const { rows } = await db.query<{ ordinal: number; phase: Phase; error: string }>(
        `select ordinal, phase, error from chunk where run_id = $1 and state = 'failed' order by phase, ordinal limit 100`,
        [run],
      );
      return rows;
    },
  };
}

interface RunRow {
  readonly id: string;
  readonly kind: Run['kind'];
  readonly params: Run['params'];
  readonly phase: Phase | null;
  readonly state: Run['state'];
  readonly started_at: Date;
}

/** False when another worker has done the chunk before: then the caller keeps nothing of its own work. */
export async function markDone(
  client: Queryable,
  { run, phase, ordinal }: ChunkRef,
  counts: Counts,
  result?: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update chunk set state = 'done', counts = $4, result = $5, error = null, finished_at = now()
     where run_id = $1 and phase = $2 and ordinal = $3 and state not in ('done', 'split')`,
    [run, phase, ordinal, JSON.stringify(counts), result === undefined ? null : JSON.stringify(result)],
  );
  return rowCount === 1;
}

/** Holds the chunk for this transaction. False when it is done, or others do the pieces of it, or it is unknown. */
export async function claim(client: Queryable, { run, phase, ordinal }: ChunkRef): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from chunk where run_id = $1 and phase = $2 and ordinal = $3 and state not in ('done', 'split') for update`,
    [run, phase, ordinal],
  );
  return rowCount === 1;
}

async function nextOrdinal(client: Queryable, run: string, phase: Phase): Promise<number> {
  const { rows } = await client.query<{ next: number }>(
    'select coalesce(max(ordinal) + 1, 0) as next from chunk where run_id = $1 and phase = $2',
    [run, phase],
  );
  return rows[0]?.next ?? 0;
}

async function insertChunks(
  client: Queryable,
  run: string,
  phase: Phase,
  from: number,
  chunks: readonly Pick<Chunk, 'task' | 'patients'>[],
): Promise<void> {
  if (chunks.length === 0) return;
  await client.query(
    `insert into chunk (run_id, phase, ordinal, task, patients)
     select $1, $2, $3 + i - 1, t.task, t.patients
     from unnest($4::jsonb[], $5::int[]) with ordinality as t(task, patients, i)`,
    [run, phase, from, chunks.map((chunk) => JSON.stringify(chunk.task)), chunks.map((chunk) => chunk.patients)],
  );
}

async function readProgress(db: Database, run: string, phase: Phase): Promise<PhaseProgress> {
  const { rows } = await db.query<{ state: string; chunks: number; patients: number }>(
    `select state, count(*)::int as chunks, sum(patients)::int as patients
     from chunk where run_id = $1 and phase = $2 and state not in ('split', 'cancelled') group by state`,
    [run, phase],
  );
  const of = (state: string) => rows.find((row) => row.state === state) ?? { chunks: 0, patients: 0 };
  const total = (what: 'chunks' | 'patients') => rows.reduce((sum, row) => sum + row[what], 0);
  return {
    chunks: { total: total('chunks'), done: of('done').chunks, failed: of('failed').chunks },
    patients: { total: total('patients'), done: of('done').patients },
    counts: await countsOf(db, run, phase),
  };
}
