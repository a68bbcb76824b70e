// Persons that scoring was given up for: left out of plans until they are tried again, their history changes, or other code is there.
import type { ChunkRef } from '../../app/store-ports.js';
import type { Queryable } from './database.js';
import { basisOf } from './person-basis.js';

/** The version of the code in a release, without the stops of the day (src/cli/release-of.ts): what kills is code, not what was stopped. */
const codeOf = (release: string): string => `split_part(${release}.code, '+stops', 1)`;

/** True of the patient `p` when it was given up with its present history and the code of the release. */
export const isGivenUp = (p: string, releaseId: string): string =>
  `exists (select 1 from given_up g join release x on x.id = ${releaseId}
    where g.patient_id = ${p}.id and g.history_hash = ${basisOf(p)} and g.code = ${codeOf('x')})`;

/** True of the chunk `c` when it is one patient whom scoring was given up for: only a person has it tried again. */
export const isOfGivenUp = (c: string): string =>
  `(${c}.phase = 'score' and ${c}.patients = 1 and exists (select 1 from given_up g where g.patient_id = (${c}.task ->> 'from')::int))`;

/** Notes the patient of a chunk of scoring that has just failed and is of one patient alone; nothing for any other chunk. */
export async function noteGivenUp(client: Queryable, { run, phase, ordinal }: ChunkRef): Promise<void> {
  if (phase !== 'score') return;
  await client.query(
    `insert into given_up (patient_id, history_hash, code)
     select p.id, ${basisOf('p')}, ${codeOf('x')}
     from chunk c join patient p on p.id = (c.task ->> 'from')::int join release x on x.id = (c.task ->> 'releaseId')::int
     where c.run_id = $1 and c.phase = $2 and c.ordinal = $3 and c.state = 'failed' and c.patients = 1 and p.current_hash is not null
     on conflict (patient_id) do update
       set history_hash = excluded.history_hash, code = excluded.code, given_up_at = now()`,
    [run, phase, ordinal],
  );
}

/** Lets those that the run gave up be planned and tried again. */
export async function forgiveRun(client: Queryable, run: string): Promise<void> {
  await client.query(
    `delete from given_up where patient_id in (select (task ->> 'from')::int from chunk
       where run_id = $1 and phase = 'score' and state = 'failed' and patients = 1)`,
    [run],
  );
}

/** Whoever has an answer after all (somebody asked for it) is given up no more. */
export const forgivePatients = async (client: Queryable, ids: readonly number[]): Promise<void> =>
  void (await client.query('delete from given_up where patient_id = any($1::int[])', [ids]));

export async function countGivenUp(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from given_up g join patient p on p.id = g.patient_id where g.history_hash = ${basisOf('p')}`,
  );
  return rows[0]?.n ?? 0;
}
