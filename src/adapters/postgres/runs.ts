// Runs and their chunks: the record of the work from which the queue can be rebuilt.
import type { Chunk, ChunkRef, Counts, Phase, PhaseProgress, Run, RunStore } from '../../app/store-ports.js';
import type { Fault } from '../../domain/faults.js';
import type { Database, Queryable } from './database.js';

const BATCH = 2_000;
/** Beginnings of one chunk, whatever ended them. More than the queue's own tries: it forgets when it loses its jobs. */
const MAX_ATTEMPTS = 10;

export function runStore(db: Database): RunStore {
  return {
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

    planPhase: (run, phase, chunks) =>
      db.transaction(async (client) => {
        const { rows } = await client.query<{ planned: string[] }>('select planned from run where id = $1 for update', [
          run,
        ]);
        if (rows[0]?.planned.includes(phase)) return;
        let batch: Pick<Chunk, 'task' | 'patients'>[] = [];
        let from = 0;
        const flush = async (): Promise<void> => {
          await insertChunks(client, run, phase, from, batch);
          from += batch.length;
          batch = [];
        };
        for (const chunk of chunks) {
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
        await client.query('delete from chunk where run_id = $1 and phase = $2', [run, phase]);
        await client.query('update run set planned = array_remove(planned, $2) where id = $1', [run, phase]);
      }),

    async pending(run, phase) {
      const { rows } = await db.query<{ ordinal: number }>(
        `select ordinal from chunk where run_id = $1 and phase = $2 and state = 'pending' order by ordinal`,
        [run, phase],
      );
      return rows.map((row) => row.ordinal);
    },

    async beginChunk({ run, phase, ordinal }) {
      const { rows } = await db.query<Pick<Chunk, 'task' | 'patients'> & { state: string }>(
        `update chunk set attempts = attempts + 1,
           state = case when attempts >= $4 then 'failed' else state end,
           error = case when attempts >= $4 then coalesce(error, 'its workers died with it, again and again') else error end
         where run_id = $1 and phase = $2 and ordinal = $3 and state = 'pending' returning task, patients, state`,
        [run, phase, ordinal, MAX_ATTEMPTS],
      );
      const [row] = rows;
      return row?.state === 'pending' ? { run, phase, ordinal, task: row.task, patients: row.patients } : undefined;
    },

    async finishChunk(ref, counts) {
      await markDone(db, ref, counts);
    },

    async failChunk({ run, phase, ordinal }, error) {
      await db.query(
        `update chunk set state = 'failed', error = $4, finished_at = now()
         where run_id = $1 and phase = $2 and ordinal = $3 and state = 'pending'`,
        [run, phase, ordinal, error.slice(0, 2_000)],
      );
    },

    async retryFailed(run, phase) {
      const { rowCount } = await db.query(
        `update chunk set state = 'pending', error = null, attempts = 0 where run_id = $1 and phase = $2 and state = 'failed'`,
        [run, phase],
      );
      return rowCount ?? 0;
    },

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
export async function markDone(client: Queryable, { run, phase, ordinal }: ChunkRef, counts: Counts): Promise<boolean> {
  const { rowCount } = await client.query(
    `update chunk set state = 'done', counts = $4, error = null, finished_at = now()
     where run_id = $1 and phase = $2 and ordinal = $3 and state <> 'done'`,
    [run, phase, ordinal, JSON.stringify(counts)],
  );
  return rowCount === 1;
}

/** Holds the chunk for this transaction. False when it is done or unknown. */
export async function claim(client: Queryable, { run, phase, ordinal }: ChunkRef): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from chunk where run_id = $1 and phase = $2 and ordinal = $3 and state <> 'done' for update`,
    [run, phase, ordinal],
  );
  return rowCount === 1;
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
     from chunk where run_id = $1 and phase = $2 group by state`,
    [run, phase],
  );
  const sums = await db.query<{ name: string; n: number }>(
    `select c.key as name, sum(c.value::int)::int as n
     from chunk, jsonb_each_text(counts) c where run_id = $1 and phase = $2 and state = 'done' group by c.key`,
    [run, phase],
  );
  const of = (state: string) => rows.find((row) => row.state === state) ?? { chunks: 0, patients: 0 };
  const total = (what: 'chunks' | 'patients') => rows.reduce((sum, row) => sum + row[what], 0);
  return {
    chunks: { total: total('chunks'), done: of('done').chunks, failed: of('failed').chunks },
    patients: { total: total('patients'), done: of('done').patients },
    counts: Object.fromEntries(sums.rows.map((row) => [row.name, row.n])),
  };
}
