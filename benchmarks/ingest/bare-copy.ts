// The bound of storing: COPY of the rows that a run stored into a table without index, key or reference, by so many connections at once.
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { Measured } from './measured.js';

const COLUMNS = 'external_id, hash, case_id, as_of, raw, run_id, sex, region, organization';
/** Of each connection; held in memory meanwhile. */
const MOST_ROWS = 50_000;

export async function bareCopy(
  url: string,
  connections: number,
  run: string,
): Promise<Measured & { readonly histories: number }> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const [first] = clients;
  if (first === undefined) throw new Error('no connection');
  await first.query(
    `create table bare_copy as select ${COLUMNS} from history h join patient p on p.id = h.patient_id with no data`,
  );
  await first.query('alter table bare_copy alter column raw set storage external');
  const shares = await Promise.all(clients.map((client, i) => rowsOf(client, run, i, connections)));
  const began = performance.now();
  await Promise.all(clients.map((client, i) => copyIn(client, shares[i] ?? [])));
  const seconds = (performance.now() - began) / 1000;
  const { rows } = await first.query<{ n: number }>('select count(*)::int as n from bare_copy');
  await first.query('drop table bare_copy');
  for (const client of clients) await client.end();
  return { seconds, cpuSeconds: null, databaseCpuSeconds: null, histories: rows[0]?.n ?? 0 };
}

async function rowsOf(client: pg.Client, run: string, share: number, of: number): Promise<Buffer[]> {
  const stream = client.query(
    to(
      `copy (select ${COLUMNS} from history h join patient p on p.id = h.patient_id
         where run_id = '${run}' and h.patient_id % ${of} = ${share} limit ${MOST_ROWS}) to stdout (format binary)`,
    ),
  );
  const blocks: Buffer[] = [];
  for await (const block of stream as AsyncIterable<Buffer>) blocks.push(block);
  return blocks;
}

async function copyIn(client: pg.Client, blocks: readonly Buffer[]): Promise<void> {
  const stream = client.query(from(`copy bare_copy (${COLUMNS}) from stdin (format binary)`));
  for (const block of blocks) if (!stream.write(block)) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}
