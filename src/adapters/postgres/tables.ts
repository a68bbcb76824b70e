// The tables of the store as the database describes them: what a backup holds, and in which order it goes back.
import type pg from 'pg';
import { ownTables } from './migrate.js';

export interface Table {
  readonly name: string;
  /** Stored columns in order; generated ones make themselves. */
  readonly columns: readonly string[];
  /** Identity columns with the last number given out. */
  readonly sequences: readonly { readonly column: string; readonly last: number }[];
}

/** Own tables but for the list of migrations, referenced ones before those that refer to them. */
export async function storeTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const own = await ownTables();
  const { rows } = await client.query<{ name: string; columns: string[]; identity: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
       coalesce(array_agg(a.attname::text) filter (where a.attidentity <> ''), '{}') as identity
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by c.relname order by c.relname`,
  );
  const references = await client.query<{ name: string; to: string }>(
    `select distinct f.conrelid::regclass::text as name, f.confrelid::regclass::text as "to" from pg_constraint f
     where f.contype = 'f' and f.conrelid <> f.confrelid and f.connamespace = current_schema()::regnamespace`,
  );
  const tables: Table[] = [];
  for (const { name, columns, identity } of rows.filter((row) => own.has(row.name))) {
    const sequences: Table['sequences'][number][] = [];
    for (const column of identity) {
      const { rows: last } = await client.query<{ last: string | null }>(
        'select pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass)::text as last',
        [name, column],
      );
      sequences.push({ column, last: Number(last[0]?.last ?? 0) });
    }
    tables.push({ name, columns, sequences });
  }
  return inOrder(tables, references.rows);
}

function inOrder(tables: readonly Table[], references: readonly { name: string; to: string }[]): readonly Table[] {
  const done: Table[] = [];
  for (let left = [...tables]; left.length > 0; ) {
    const ready = left.filter((table) =>
      references.every((r) => r.name !== table.name || !left.some((other) => other.name === r.to)),
    );
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${left.map((t) => t.name).join(', ')}`);
    done.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return done;
}
