// Histories in: whole chunks, idempotent by content, every version kept, the newest in force.
import type { ChunkRef, Counts, IncomingHistory, IngestStore } from '../../app/store-ports.js';
import type { Fault } from '../../domain/faults.js';
import type { Database, Queryable } from './database.js';
import { pack } from './packed.js';
import { claim, markDone } from './runs.js';

export function ingestStore(db: Database): IngestStore {
  return {
    ingestChunk: (ref, histories, faults) =>
      db.transaction(async (client) => {
        if (!(await claim(client, ref))) return 'done-before';
        // One order for every worker: two chunks with the same patients wait for each other and never lock crosswise.
        const ordered = [...histories].sort((a, b) => (a.patient < b.patient ? -1 : a.patient > b.patient ? 1 : 0));
        const counts = {
          ...(await insertHistories(client, ref, ordered)),
          faulty: await insertFaults(client, ref, faults),
        };
        await markDone(client, ref, counts);
        return counts;
      }),
  };
}

async function insertHistories(client: Queryable, ref: ChunkRef, rows: readonly IncomingHistory[]): Promise<Counts> {
  if (rows.length === 0) return { ingested: 0, superseding: 0, unchanged: 0 };
  const patients = rows.map((row) => row.patient);
  const fresh = await client.query(
    `insert into patient (external_id) select distinct x from unnest($1::text[]) as t(x) order by x
     on conflict (external_id) do nothing`,
    [patients],
  );
  const hashes = pack(rows.map((row) => row.hash));
  const raws = pack(rows.map((row) => row.raw));
  const inserted = await client.query<{ patient_id: number }>(
    `insert into history (patient_id, hash, case_id, as_of, raw, run_id)
     select p.id, substring($2::bytea from h_off for h_len), case_id, as_of, substring($3::bytea from r_off for r_len), $4
     from unnest($1::text[], $5::text[], $6::date[], $7::int[], $8::int[], $9::int[], $10::int[])
       with ordinality as t(external_id, case_id, as_of, h_off, h_len, r_off, r_len, i)
     join patient p using (external_id)
     order by i
     on conflict do nothing
     returning patient_id`,
    [
      patients,
      hashes.bytes,
      raws.bytes,
      ref.run,
      rows.map((row) => row.caseId),
      rows.map((row) => fullDate(row.asOf)),
      hashes.offsets,
      hashes.lengths,
      raws.offsets,
      raws.lengths,
    ],
  );
  await putInForce(client, rows, hashes, [...new Set(inserted.rows.map((row) => row.patient_id))]);
  const ingested = inserted.rowCount ?? 0;
  return { ingested, superseding: Math.max(0, ingested - (fresh.rowCount ?? 0)), unchanged: rows.length - ingested };
}

/** The history of the latest date is in force; of two of one date the one received later. Sex, region and organisation follow it. */
async function putInForce(
  client: Queryable,
  rows: readonly IncomingHistory[],
  hashes: ReturnType<typeof pack>,
  touched: readonly number[],
): Promise<void> {
  if (touched.length === 0) return;
  await client.query(
    `with newest as (
       select distinct on (patient_id) patient_id, hash from history
       where patient_id = any($1::int[]) order by patient_id, as_of desc nulls last, seq desc
     ), incoming as (
       select distinct on (external_id, hash) * from (
         select external_id, substring($3::bytea from h_off for h_len) as hash, sex, region, organization
         from unnest($2::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[])
           as t(external_id, h_off, h_len, sex, region, organization)) rows
     )
     update patient p
     set current_hash = n.hash, sex = i.sex, region = i.region, organization = i.organization
     from newest n, incoming i
     where p.id = n.patient_id and i.external_id = p.external_id and i.hash = n.hash`,
    [
      touched,
      rows.map((row) => row.patient),
      hashes.bytes,
      hashes.offsets,
      hashes.lengths,
      rows.map((row) => row.sex),
      rows.map((row) => row.region),
      rows.map((row) => row.organization),
    ],
  );
}

/** A date of year or month precision counts from its first day. */
const fullDate = (date: string | null): string | null => (date === null ? null : `${date}-01-01`.slice(0, 10));

async function insertFaults(client: Queryable, ref: ChunkRef, faults: readonly Fault[]): Promise<number> {
  if (faults.length === 0) return 0;
  await client.query(
    `insert into fault (run_id, ordinal, seq, place, message)
     select $1, $2, i, place, message from unnest($3::text[], $4::text[]) with ordinality as t(place, message, i)
     on conflict do nothing`,
    [ref.run, ref.ordinal, faults.map((fault) => fault.place), faults.map((fault) => fault.message)],
  );
  return new Set(faults.map((fault) => fault.place.split(',')[0])).size;
}
