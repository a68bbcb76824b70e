// All that is kept of a person, removed; what may not be removed, held; and a line that tells so without telling who.
import type { AuditEntry, Erased, ErasureStore, HoldStore, Signed } from '../../app/erasure-ports.js';
import { note, saltOf, subjectOf } from './audit.js';
import type { Database, Queryable } from './database.js';
import { traces, WAITING } from './erasure-traces.js';
import { PERSONS_LOCK } from './person-basis.js';

/** Tables with rows of a patient: all go by cascade with the patient; they are counted first. */
const OF_PATIENT = [
  'history',
  'recommendation',
  'recommendation_past',
  'decision_taken',
  'identity_key',
  'reading_gap',
] as const;

/** Every record of the persons of $1, with the name of the record that leads. */
const WHOLE = `from patient q join patient p on p.id = coalesce(q.lead_id, q.id)
  join patient m on m.id = p.id or m.lead_id = p.id where q.external_id = any($1::text[])`;

/** Last day on which a person's records tell of anything: a document's own day, else the day it came; a decision of a doctor. */
const LAST = `greatest(
  (select max(coalesce(h.as_of, h.received_at::date)) from history h where h.patient_id = m.id),
  (select max(d.taken_at)::date from decision_taken d where d.patient_id = m.id))`;

export function erasureStore(db: Database): Omit<ErasureStore, keyof HoldStore> {
  return {
    erase: (records, signed) => db.transaction((client) => erase(client, records, signed)),

    async expired(before, after, limit) {
      const { rows } = await db.query<{ key: number; records: string[]; expired: boolean; last: string }>(
        `select p.id as key, array_agg(m.external_id order by m.id) as records, max(${LAST})::text as last,
           max(${LAST}) < $1::date and not bool_or(exists (select 1 from legal_hold l where l.patient_id = m.id)) as expired
         from (select id, leads from patient where lead_id is null and id > $2 order by id limit $3) p
         join patient m on m.id = p.id or (p.leads and m.lead_id = p.id)
         group by p.id order by p.id`,
        [before, after, limit],
      );
      return {
        rows: rows.filter((row) => row.expired).map(({ records, last }) => ({ records, last })),
        next: rows.length === limit ? (rows.at(-1)?.key ?? null) : null,
      };
    },

    prunable: (before) => pruned(db, before, 'count'),

    prune: (before, signed) =>
      db.transaction(async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [PERSONS_LOCK]);
        const counts = await pruned(client, before, 'delete');
        await client.query(`insert into audit_entry (action, by_whom, why, counts) values ('prune', $1, $2, $3)`, [
          signed.by,
          signed.why,
          JSON.stringify(counts),
        ]);
        return counts;
      }),

    async audit(limit) {
      const { rows } = await db.query<Omit<AuditEntry, 'at'> & { at: Date }>(
        `select seq::int as seq, action, encode(subject, 'hex') as subject, by_whom as by, why, counts, at
         from audit_entry order by seq desc limit $1`,
        [limit],
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },

    async bySubject(subjects) {
      const salt = await saltOf(db);
      const wanted = new Set(subjects);
      const { rows } = await db.query<{ id: string }>('select external_id as id from patient order by id');
      return rows.map((row) => row.id).filter((id) => wanted.has(subjectOf(salt, id).toString('hex')));
    },

    async vacuum() {
      await db.query(`vacuum patient, fault, ${OF_PATIENT.filter((name) => name !== 'reading_gap').join(', ')}`);
    },
  };
}

async function erase(client: Queryable, records: readonly string[], signed: Signed): ReturnType<ErasureStore['erase']> {
  // No recommendation is being written, and nobody merged, while the rows go.
  await client.query('select pg_advisory_xact_lock($1)', [PERSONS_LOCK]);
  const { rows } = await client.query<{ id: number; name: string; held: boolean }>(
    `select distinct m.id, m.external_id as name, exists (select 1 from legal_hold l where l.patient_id = m.id) as held ${WHOLE}`,
    [records],
  );
  const others = rows.filter((row) => !records.includes(row.name)).map((row) => row.name);
  if (others.length > 0) return { others };
  const held = rows.filter((row) => row.held).map((row) => row.name);
  if (held.length > 0) return { held };
  const ids = rows.map((row) => row.id);
  const counts: Record<string, number> = {};
  for (const table of OF_PATIENT) {
    if (!(await exists(client, table))) continue;
    const counted = await client.query<{ n: number }>(
      `select count(*)::int as n from ${table} where patient_id = any($1::int[])`,
      [ids],
    );
    counts[table] = counted.rows[0]?.n ?? 0;
  }
  // Of who is gone already, traces that a run left which was not over then may still be here.
  const names = ids.length === 0 ? records : rows.map((row) => row.name);
  Object.assign(counts, await traces(client, ids, names));
  const removed = Object.entries(counts).filter(([what]) => !WAITING.includes(what));
  if (ids.length === 0 && removed.every(([, n]) => n === 0)) return { erased: {}, records: [] };
  const gone = await client.query('delete from patient where id = any($1::int[])', [ids]);
  if (gone.rowCount !== ids.length) throw new Error('a patient was erased by another at the same moment');
  await note(client, 'erase', names, signed, counts);
  return { erased: { patient: ids.length, ...counts }, records: names };
}

async function exists(client: Queryable, table: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  return rows[0]?.there === true;
}

/** A version that a recommendation in force, a decision of a doctor or a merged person's record rests on stays, and all of who is held. */
async function pruned(client: Queryable, before: string, how: 'count' | 'delete'): Promise<Erased> {
  const held = `not exists (select 1 from patient o join patient m on coalesce(m.lead_id, m.id) = coalesce(o.lead_id, o.id)
    join legal_hold l on l.patient_id = m.id where o.id = x.patient_id)`;
  const past = `from recommendation_past x where x.superseded_at < $1::date and ${held}`;
  const versions = `from history x where x.received_at < $1::date and ${held}
    and x.hash <> (select current_hash from patient where id = x.patient_id)
    and not exists (select 1 from recommendation r where r.patient_id = x.patient_id and r.history_hash = x.hash)
    and not exists (select 1 from decision_taken d where d.patient_id = x.patient_id and d.history_hash = x.hash)
    and not exists (select 1 from merged_basis b where b.member_id = x.patient_id and b.member_hash = x.hash)`;
  const run = async (from: string): Promise<number> => {
    if (how === 'delete') return (await client.query(`delete ${from}`, [before])).rowCount ?? 0;
    return (await client.query<{ n: number }>(`select count(*)::int as n ${from}`, [before])).rows[0]?.n ?? 0;
  };
  return { recommendation_past: await run(past), history: await run(versions) };
}
