// What an ingestion could not read: faults by file and line, and codes that no mapping knows, written with their chunk.
import type { InputFault } from '../../app/ingest-ports.js';
import type { ChunkRef, IngestReportStore } from '../../app/store-ports.js';
import type { CodeCount } from '../../core/normalize/unknown-codes.js';
import type { Database, Queryable } from './database.js';

const PAGE = 5_000;

export function ingestReportStore(db: Database): IngestReportStore {
  return {
    async *inputFaults(run) {
      for (let ordinal = -1, seq = 0; ; ) {
        const { rows } = await db.query<InputFault & { ordinal: number; seq: number }>(
          `select ordinal, seq, place, message, coalesce(file, '') as file, line, coalesce(path, place) as path
           from fault where run_id = $1 and (ordinal, seq) > ($2, $3) order by ordinal, seq limit ${PAGE}`,
          [run, ordinal, seq],
        );
        yield* rows.map(({ ordinal: _ordinal, seq: _seq, ...fault }) => fault);
        const last = rows[rows.length - 1];
        if (last === undefined || rows.length < PAGE) return;
        ({ ordinal, seq } = last);
      }
    },

    async unknownCodes(run) {
      const { rows } = await db.query<CodeCount>(
        `select place, system, code, by_words as "byWords", sum(n)::int as n from unknown_code
         where $1::text is null or run_id = $1 group by 1, 2, 3, 4 order by by_words, n desc, place, system, code`,
        [run ?? null],
      );
      return rows;
    },
  };
}

/** The number of documents that had any. */
export async function insertFaults(client: Queryable, ref: ChunkRef, faults: readonly InputFault[]): Promise<number> {
  if (faults.length === 0) return 0;
  await client.query(
    `insert into fault (run_id, ordinal, seq, place, message, file, line, path)
     select $1, $2, i, place, message, file, line, path
     from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[])
       with ordinality as t(place, message, file, line, path, i)
     on conflict do nothing`,
    [
      ref.run,
      ref.ordinal,
      faults.map((fault) => fault.place),
      faults.map((fault) => fault.message),
      faults.map((fault) => fault.file),
      faults.map((fault) => fault.line),
      faults.map((fault) => fault.path),
    ],
  );
  return new Set(
    faults.map(({ file, line, path }) => (line === null ? `${file}\n${path.split(/[.:]/)[0]}` : `${file}\n${line}`)),
  ).size;
}

export async function insertUnknownCodes(
  client: Queryable,
  { run, ordinal }: ChunkRef,
  codes: readonly CodeCount[],
): Promise<void> {
  if (codes.length === 0) return;
  await client.query(
    `insert into unknown_code (run_id, ordinal, place, system, code, by_words, n)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::boolean[], $7::int[])
     on conflict do nothing`,
    [
      run,
      ordinal,
      codes.map((c) => c.place),
      codes.map((c) => storable(c.system)),
      codes.map((c) => storable(c.code)),
      codes.map((c) => c.byWords),
      codes.map((c) => c.n),
    ],
  );
}

/** PostgreSQL text holds every character but NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd');
