// The schema from every earlier number to the newest, by two processes at once, and not backwards.
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { knownMigrations, migrate, ownTables } from '../../../src/adapters/postgres/migrate.js';
import { openStore } from '../../../src/adapters/postgres/store.js';
import { findPostgres, type TestServer } from '../../integration/servers.js';

const here = await findPostgres();
const known = await knownMigrations();
const servers: TestServer[] = 'server' in here ? [here.server] : [];

async function pool(): Promise<pg.Pool & { url: string }> {
  const found = await findPostgres();
  if ('reason' in found) throw new Error(found.reason);
  servers.push(found.server);
  return Object.assign(new pg.Pool({ connectionString: found.server.url, max: 4 }), { url: found.server.url });
}

/** Tables, columns, types, defaults, constraints and indexes of the store, in words. */
async function schemaOf(client: pg.Pool): Promise<readonly string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
       from information_schema.columns where table_schema = 'public'
     union all select indexdef from pg_indexes where schemaname = 'public'
     union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
       where connamespace = 'public'::regnamespace
     order by 1`,
  );
  return rows.map((row) => row.line);
}

describe.runIf('server' in here)('migrations', () => {
  afterAll(async () => {
    for (const server of servers) await server.close();
  });

  it.each(known.map((_name, i) => i + 1))('bring a store with rows from the first %i to the newest', async (count) => {
    const old = await pool();
    await migrate(old, known.slice(0, count));
    await old.query(`insert into patient (external_id, current_hash) values ('p', '\\x01')`);
    await old.query(
      `insert into history (patient_id, hash, case_id, raw) select id, '\\x01', 'c', '\\x02' from patient`,
    );
    await old.query(`insert into release (corpus, model, features, code) values ('c', 'm', 'f', 'v')`);
    for (const table of ['recommendation', 'recommendation_past'])
      await old.query(
        `insert into ${table} (patient_id, history_hash, release_id, as_of, status, record_hash, record)
         select patient.id, '\\x01', release.id, '2026-01-01', 'ranked', '\\x03', '\\x04' from patient, release`,
      );
    const store = await openStore(old.url);
    expect((await store.patients({}, 5, 0)).rows.map((row) => row.id)).toEqual(['p']);
    expect(await store.recommendation('p')).toMatchObject({ current: true, asOf: '2026-01-01' });
    await store.close();
    const fresh = await pool();
    await migrate(fresh);
    expect(await schemaOf(old)).toEqual(await schemaOf(fresh));
    await old.end();
    await fresh.end();
  });

  it('are applied once when several processes start at the same moment', async () => {
    const { url } = Object.assign(await pool());
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url, { connections: 1 })));
    for (const store of stores) await store.close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect((await client.query('select name from migration order by name')).rows.map((row) => row.name)).toEqual(known);
    await client.end();
  });

  it('are not gone back on: a store of a newer version is refused and not touched', async () => {
    const newer = await pool();
    await migrate(newer);
    await newer.query(`insert into migration (name) values ('999-later.sql')`);
    const before = await schemaOf(newer);
    await expect(openStore(newer.url)).rejects.toMatchObject({
      code: 'schema-newer',
      message: expect.stringContaining('999-later'),
    });
    expect(await schemaOf(newer)).toEqual(before);
    await newer.end();
  });

  it('make every table that a backup looks for', async () => {
    const fresh = await pool();
    await migrate(fresh);
    const { rows } = await fresh.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );
    expect(rows.map((row) => row.name).sort()).toEqual([...(await ownTables()), 'migration'].sort());
    await fresh.end();
  });
});

if ('reason' in here) it.skip(`migrations are not tested: ${here.reason}`, () => {});
