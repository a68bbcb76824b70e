// Legal hold. It is put on every record that the person has at that moment: one that is parted from them later stays held, else parting would be
// the way around it.
import type { Hold, HoldStore } from '../../app/erasure-ports.js';
import { note } from './audit.js';
import type { Database, Queryable } from './database.js';
import { PERSONS_LOCK } from './person-basis.js';

/** All records of the person of $1. */
const PERSON = `from patient q join patient p on p.id = coalesce(q.lead_id, q.id)
  join patient m on m.id = p.id or m.lead_id = p.id where q.external_id = $1`;

export function holdStore(db: Database): HoldStore {
  return {
    hold: (record, signed) =>
      changing(db, record, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `with held as (insert into legal_hold (patient_id, by_whom, why) select m.id, $2, $3 ${PERSON}
             on conflict do nothing returning patient_id)
           select external_id as id from patient where id in (select patient_id from held) order by id`,
          [record, signed.by, signed.why],
        );
        const records = rows.map((row) => row.id);
        await note(client, 'hold', records, signed, {});
        return records;
      }),

    // What one person's word put on is taken off by one: of the same moment and reason. An older hold of another record stands.
    lift: (record, signed) =>
      changing(db, record, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `with lifted as (delete from legal_hold h
             using legal_hold own, patient o, patient m
             where o.external_id = $1 and own.patient_id = o.id and m.id = h.patient_id
               and coalesce(m.lead_id, m.id) = coalesce(o.lead_id, o.id)
               and (h.at, h.by_whom, h.why) = (own.at, own.by_whom, own.why)
             returning h.patient_id)
           select external_id as id from patient where id in (select patient_id from lifted) order by id`,
          [record],
        );
        const records = rows.map((row) => row.id);
        await note(client, 'lift', records, signed, {});
        return records;
      }),

    async holds() {
      const { rows } = await db.query<Omit<Hold, 'at'> & { at: Date }>(
        `select p.external_id as patient, h.by_whom as by, h.why, h.at from legal_hold h join patient p on p.id = h.patient_id
         order by h.at, p.id`,
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
  };
}

/** Nobody merges, parts or erases meanwhile. Answers "unknown" for who is not there, "nothing" when no record was changed. */
function changing(
  db: Database,
  record: string,
  work: (client: Queryable) => Promise<readonly string[]>,
): ReturnType<HoldStore['hold']> {
  return db.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [PERSONS_LOCK]);
    const { rowCount } = await client.query('select 1 from patient where external_id = $1', [record]);
    if (rowCount === 0) return 'unknown';
    const records = await work(client);
    return records.length === 0 ? 'nothing' : { records };
  });
}
