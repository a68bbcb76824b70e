// Histories in: whole chunks, idempotent by content, every version kept, the newest in force.
import type { ChunkRef, Counts, IncomingHistory, IngestStore } from '../../app/store-ports.js';
import type { Database, Queryable } from './database.js';
import { insertFaults, insertUnknownCodes } from './ingest-report.js';
import { pack } from './packed.js';
import { claim, markDone } from './runs.js';

export function ingestStore(db: Database): IngestStore {
  return {
    ingestChunk: (ref, histories, faults, unknownCodes = []) =>
      db.transaction(async (client) => {
        if (!(await claim(client, ref))) return 'done-before';
        const counts = {
          ...(await insertHistories(client, ref, settledOrder(histories))),
          faulty: await insertFaults(client, ref, faults),
        };
        await insertUnknownCodes(client, ref, unknownCodes);
        await markDone(client, ref, counts);
        return counts;
      }),
  };
}

/** Rows of one patient together, in one order for every worker: chunks that hold the same patients never wait crosswise. */
const settledOrder = (rows: readonly IncomingHistory[]): readonly IncomingHistory[] =>
  rows
    .map((row, i) => ({ row, i }))
    .sort((a, b) => (a.row.patient < b.row.patient ? -1 : a.row.patient > b.row.patient ? 1 : a.i - b.i))
    .map(({ row }) => row);

async function insertHistories(client: Queryable, ref: ChunkRef, rows: readonly IncomingHistory[]): Promise<Counts> {
  if (rows.length === 0) return { ingested: 0, superseding: 0, unchanged: 0 };
  const { ids, fresh } = await patientIds(client, rows);
  const hashes = pack(rows.map((row) => row.hash));
  const raws = pack(rows.map((row) => row.raw));
  const inserted = await client.query<{ patient_id: number }>(
    `insert into history (patient_id, hash, case_id, as_of, raw, run_id)
     select id, substring($2::bytea from h_off for h_len), case_id, as_of, substring($3::bytea from r_off for r_len), $4
     from unnest($1::int[], $5::text[], $6::date[], $7::int[], $8::int[], $9::int[], $10::int[])
       as t(id, case_id, as_of, h_off, h_len, r_off, r_len)
     on conflict do nothing
     returning patient_id`,
    [
      rows.map((row) => ids.get(row.patient)),
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
  const touched = new Set(inserted.rows.map((row) => row.patient_id));
  for (const id of fresh) touched.delete(id);
  await putInForce(client, rows, hashes, [...touched]);
  const ingested = inserted.rows.length;
  return { ingested, superseding: Math.max(0, ingested - fresh.size), unchanged: rows.length - ingested };
}

/**
 * Ids of the patients of these rows; who is new is made with the newest of the rows already in force. Writing a new patient twice
 * (made, then updated) costs as much again, since `region` is indexed.
 */
async function patientIds(
  client: Queryable,
  rows: readonly IncomingHistory[],
): Promise<{ readonly ids: ReadonlyMap<string, number>; readonly fresh: ReadonlySet<number> }> {
  const newest = newestByPatient(rows);
  const hashes = pack(newest.map((row) => row.hash));
  const made = await client.query<{ id: number; external_id: string }>(
    `insert into patient (external_id, current_hash, sex, region, organization)
     select external_id, substring($2::bytea from h_off for h_len), sex, region, organization
     from unnest($1::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[])
       as t(external_id, h_off, h_len, sex, region, organization)
     on conflict (external_id) do nothing
     returning id, external_id`,
    [
      newest.map((row) => row.patient),
      hashes.bytes,
      hashes.offsets,
      hashes.lengths,
      newest.map((row) => row.sex),
      newest.map((row) => row.region),
      newest.map((row) => row.organization),
    ],
  );
  const ids = new Map(made.rows.map((row) => [row.external_id, row.id]));
  const fresh = new Set(ids.values());
  const known = newest.flatMap((row) => (ids.has(row.patient) ? [] : [row.patient]));
  if (known.length > 0) {
    const found = await client.query<{ id: number; external_id: string }>(
      'select id, external_id from patient where external_id = any($1::text[])',
      [known],
    );
    for (const row of found.rows) ids.set(row.external_id, row.id);
  }
  return { ids, fresh };
}

/** Of each patient the row that would be in force: the latest date, of equal dates the later row. Rows of a patient stand together. */
function newestByPatient(rows: readonly IncomingHistory[]): readonly IncomingHistory[] {
  const newest: IncomingHistory[] = [];
  let seen: Buffer[] = [];
  for (const row of rows) {
    const last = newest[newest.length - 1];
    if (last?.patient !== row.patient) {
      newest.push(row);
      seen = [];
    } else if (!seen.some((hash) => hash.equals(row.hash)) && (fullDate(row.asOf) ?? '') >= (fullDate(last.asOf) ?? ''))
      newest[newest.length - 1] = row;
    seen.push(row.hash);
  }
  return newest;
}

/** The history of the latest date is in force; of two of one date the one received later. Sex, region and organisation follow it. */
async function putInForce(
  client: Queryable,
  rows: readonly IncomingHistory[],
  hashes: ReturnType<typeof pack>,
  touched: readonly number[],
): Promise<void> {
  if (touched.length === 0) return;
  // Versions of one patient may come in two chunks at once: whoever has the lock second sees the histories of the first.
  await client.query('select 1 from patient where id = any($1::int[]) order by external_id for no key update', [
    touched,
  ]);
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
