// What names a patient outside of the patient's own rows: places of faults, and names of files in the tasks and parameters of runs.
import type { Queryable } from './database.js';

/** A word between spaces, commas, brackets, quotes, slashes; of "p1.json" also "p1". Shorter ids would be found in any "line 12". */
const SHORTEST = 4;
const names = (text: string): string => `exists (
  select 1 from regexp_split_to_table(${text}, '[\\s,;:"''()\\[\\]{}/\\\\|=#]+') w
  where w = any($1::text[]) or regexp_replace(w, '(\\.[a-z]+)+$', '') = any($1::text[]))`;

const FAULT = `concat_ws(' ', place, message, file, path)`;

/** Tasks that name files of histories. */
const SOURCE = `(task ? 'documents' or task ? 'file')`;

/** Counts of what is not removed, because a run that is not over needs it. */
export const WAITING: readonly string[] = ['run going on with its file', 'file still to be read'];

/** Removes them for patients that are about to go. */
export async function traces(
  client: Queryable,
  ids: readonly number[],
  records: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const cases = await client.query<{ name: string }>(
    'select distinct case_id as name from history where patient_id = any($1::int[])',
    [ids],
  );
  const words = [...new Set([...records, ...cases.rows.map((row) => row.name)])].filter((w) => w.length >= SHORTEST);
  const faults = await client.query(`delete from fault where ${names(FAULT)}`, [words]);
  // A chunk that is done needs its files no more; one that is pending, or may be tried again, would read them: that is told.
  const tasks = await client.query(
    `update chunk set task = '{"erased": true}' where ${SOURCE} and state not in ('pending', 'failed') and ${names('task::text')}`,
    [words],
  );
  const pending = await client.query<{ n: number }>(
    `select count(*)::int as n from chunk where ${SOURCE} and state in ('pending', 'failed') and ${names('task::text')}`,
    [words],
  );
  const told = await client.query(
    `update chunk set error = case when error is null then null else 'erased' end, result = null
     where ${names(`concat_ws(' ', error, result::text)`)}`,
    [words],
  );
  // A run that goes on still needs its parameters; the chunks above tell whether it will read the patient again.
  const runs = await client.query(
    `update run set params = '{"erased": true}' where state not in ('running', 'paused') and ${names('params::text')}`,
    [words],
  );
  const going = await client.query<{ n: number }>(
    `select count(*)::int as n from run where state in ('running', 'paused') and ${names('params::text')}`,
    [words],
  );
  // What was recommended to another record while it was taken for one person with this one rests on this one's history.
  let mixed = 0;
  for (const table of ['recommendation', 'recommendation_past']) {
    const gone = await client.query(
      `delete from ${table} s using merged_basis b
       where b.member_id = any($1::int[]) and s.patient_id = b.patient_id and s.history_hash = b.hash and s.patient_id <> all($1::int[])`,
      [ids],
    );
    mixed += gone.rowCount ?? 0;
  }
  return {
    'recommendation of a merge taken back': mixed,
    fault: faults.rowCount ?? 0,
    'task with its file': tasks.rowCount ?? 0,
    'result or error of a task': told.rowCount ?? 0,
    'run with its file': runs.rowCount ?? 0,
    'run going on with its file': going.rows[0]?.n ?? 0,
    'file still to be read': pending.rows[0]?.n ?? 0,
  };
}
