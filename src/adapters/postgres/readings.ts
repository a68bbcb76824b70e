// Stored histories by range and by number, and what could not be understood in them.
import type { ReadingStore } from '../../app/normalise-stored.js';
import type { HistoryToScore } from '../../app/store-ports.js';
import type { Database } from './database.js';
import { basisOf } from './person-basis.js';
import { claim, markDone } from './runs.js';
import { withOthers } from './scoring.js';

/** Persons: one in several records stands under the leading one, with the documents of the others beside (`withOthers`). */
const PERSONS = `select p.id as "patientId", p.external_id as patient, h.case_id as "caseId", ${basisOf('p')} as hash, h.raw
  from patient p join history h on h.patient_id = p.id and h.hash = p.current_hash where p.lead_id is null`;

export function readingStore(db: Database): ReadingStore {
  return {
    async nextRange(after, size) {
      const { rows } = await db.query<{ from: number | null; to: number; patients: number }>(
        `select min(id) as "from", max(id) as "to", count(*)::int as patients
         from (select id from patient where id > $1 and current_hash is not null and lead_id is null order by id limit $2) next`,
        [after, size],
      );
      const [row] = rows;
      return row === undefined || row.from === null ? undefined : { ...row, from: row.from };
    },

    async historiesBetween(from, to) {
      const { rows } = await db.query<HistoryToScore>(`${PERSONS} and p.id between $1 and $2 order by p.id`, [
        from,
        to,
      ]);
      return withOthers(db, rows);
    },

    async historiesOf(patients) {
      const { rows } = await db.query<HistoryToScore>(`${PERSONS} and p.id = any($1::int[]) order by p.id`, [patients]);
      return withOthers(db, rows);
    },

    async patientNumbers(ids) {
      const { rows } = await db.query<{ id: string; number: number }>(
        'select external_id as id, coalesce(lead_id, id) as number from patient where external_id = any($1::text[]) order by 2',
        [ids],
      );
      return rows;
    },

    storeReadings: (ref, patients, gaps, counts) =>
      db.transaction(async (client) => {
        if (!(await claim(client, ref))) return 'done-before';
        await client.query('delete from reading_gap where patient_id = any($1::int[])', [patients]);
        await client.query(
          `insert into reading_gap (patient_id, history_hash, seq, kind, place, message)
           select id, decode(hash, 'hex'), row_number() over (partition by id order by i), kind, place, message
           from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
             with ordinality as t(id, hash, kind, place, message, i)`,
          [
            gaps.map((gap) => gap.patientId),
            gaps.map((gap) => gap.historyHash.toString('hex')),
            gaps.map((gap) => gap.kind),
            gaps.map((gap) => storable(gap.place)),
            gaps.map((gap) => storable(gap.message)),
          ],
        );
        await markDone(client, ref, counts);
        return 'done';
      }),

    async commonGaps(limit) {
      const { rows } = await db.query<{ kind: string; message: string; patients: number }>(
        `select kind, message, count(distinct patient_id)::int as patients
         from reading_gap group by kind, message order by 3 desc, 1, 2 limit $1`,
        [limit],
      );
      return rows;
    },
  };
}

/** PostgreSQL text holds every character but NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').slice(0, 500);
