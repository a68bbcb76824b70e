// Runs from the outside: lists, states, dead letters, and the words pause, resume and cancel.
import type { ActiveRun, DeadLetter, PhaseOverview, RunControl, RunOverview } from '../../app/run-ports.js';
import type { Counts, Phase, RunState } from '../../app/store-ports.js';
import type { Database } from './database.js';

const RESULTS = 100;

export function runControl(db: Database): RunControl {
  const turn = async (run: string, from: readonly RunState[], to: RunState): Promise<boolean> => {
    const { rowCount } = await db.query(
      'update run set state = $3, updated_at = now() where id = $1 and state = any($2::text[])',
      [run, from, to],
    );
    return rowCount === 1;
  };
  return {
    async runState(run) {
      const { rows } = await db.query<{ state: RunState }>('select state from run where id = $1', [run]);
      return rows[0]?.state;
    },

    pauseRun: (run) => turn(run, ['running'], 'paused'),
    resumeRun: (run) => turn(run, ['paused'], 'running'),

    cancelRun: (run) =>
      db.transaction(async (client) => {
        const { rowCount } = await client.query(
          `update run set state = 'cancelled', updated_at = now() where id = $1 and state in ('running', 'paused', 'failed')`,
          [run],
        );
        if (rowCount !== 1) return false;
        await client.query(`update chunk set state = 'cancelled' where run_id = $1 and state = 'pending'`, [run]);
        return true;
      }),

    async runs(limit) {
      const { rows } = await db.query<RunRow>(`${RUNS} order by started_at desc limit $1`, [limit]);
      return rows.map(toRun);
    },

    async run(id) {
      const { rows } = await db.query<RunRow>(`${RUNS} where id = $1`, [id]);
      const [row] = rows;
      if (row === undefined) return undefined;
      return { ...toRun(row), phases: await phasesOf(db, row) };
    },

    async activeRuns() {
      const { rows } = await db.query<StateRow & { run: string; runState: RunState }>(
        `select r.id as run, r.state as "runState", c.phase, c.state, count(*)::int as chunks, sum(c.patients)::int as patients
         from run r join chunk c on c.run_id = r.id
         where (r.state in ('running', 'paused') or r.updated_at > now() - interval '1 hour')
           and c.state in ('pending', 'done', 'failed')
         group by 1, 2, 3, 4`,
      );
      const keys = [...new Set(rows.map((row) => `${row.run} ${row.phase}`))];
      return Promise.all(
        keys.map(async (key): Promise<ActiveRun> => {
          const own = rows.filter((row) => `${row.run} ${row.phase}` === key);
          const [{ run, phase, runState }] = own as [(typeof own)[number]]; // a key was made of a row
          const of = (state: string) => own.find((row) => row.state === state) ?? { chunks: 0, patients: 0 };
          return {
            run,
            phase,
            state: runState,
            chunks: { pending: of('pending').chunks, done: of('done').chunks, failed: of('failed').chunks },
            patients: { total: own.reduce((sum, row) => sum + row.patients, 0), done: of('done').patients },
            counts: await countsOf(db, run, phase),
          };
        }),
      );
    },

    async deadLetters(limit, run) {
      const { rows } = await db.query<Omit<DeadLetter, 'at'> & { at: Date | null; total: number }>(
        `select run_id as run, phase, ordinal, patients, coalesce(error, '') as error, finished_at as at, task,
           count(*) over ()::int as total
         from chunk where state = 'failed' and ($2::text is null or run_id = $2)
         order by finished_at desc nulls last, run_id, phase, ordinal limit $1`,
        [limit, run ?? null],
      );
      return {
        total: rows[0]?.total ?? 0,
        first: rows.map(({ total: _, at, ...row }) => ({ ...row, at: at?.toISOString() ?? null })),
      };
    },
  };
}

const RUNS = 'select id, kind, params, phase, state, started_at, updated_at, planned from run';

interface RunRow {
  readonly id: string;
  readonly kind: RunOverview['kind'];
  readonly params: RunOverview['params'];
  readonly phase: Phase | null;
  readonly state: RunState;
  readonly started_at: Date;
  readonly updated_at: Date;
  readonly planned: readonly Phase[];
}

const toRun = ({ started_at, updated_at, planned: _, ...row }: RunRow): Omit<RunOverview, 'phases'> => ({
  ...row,
  startedAt: started_at.toISOString(),
  updatedAt: updated_at.toISOString(),
});

interface StateRow {
  readonly phase: Phase;
  readonly state: string;
  readonly chunks: number;
  readonly patients: number;
}

/** Sums over the chunks that are done, by name. */
export async function countsOf(db: Database, run: string, phase: Phase): Promise<Counts> {
  const { rows } = await db.query<{ name: string; n: number }>(
    `select c.key as name, sum(c.value::int)::int as n
     from chunk, jsonb_each_text(counts) c where run_id = $1 and phase = $2 and state = 'done' group by c.key`,
    [run, phase],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
}

async function phasesOf(db: Database, { id, planned }: RunRow): Promise<readonly PhaseOverview[]> {
  const { rows } = await db.query<StateRow>(
    `select phase, state, count(*)::int as chunks, sum(patients)::int as patients
     from chunk where run_id = $1 group by phase, state`,
    [id],
  );
  return Promise.all(
    planned.map(async (phase): Promise<PhaseOverview> => {
      const of = (state: string) =>
        rows.find((row) => row.phase === phase && row.state === state) ?? { chunks: 0, patients: 0 };
      const [pending, done, failed] = [of('pending'), of('done'), of('failed')];
      const results = await db.query<{ result: Readonly<Record<string, unknown>> }>(
        `select result from chunk where run_id = $1 and phase = $2 and result is not null order by ordinal desc limit $3`,
        [id, phase, RESULTS],
      );
      return {
        phase,
        chunks: {
          total: pending.chunks + done.chunks + failed.chunks,
          done: done.chunks,
          failed: failed.chunks,
          pending: pending.chunks,
          split: of('split').chunks,
        },
        patients: { total: pending.patients + done.patients + failed.patients, done: done.patients },
        counts: await countsOf(db, id, phase),
        results: results.rows.map((row) => row.result).reverse(),
      };
    }),
  );
}
