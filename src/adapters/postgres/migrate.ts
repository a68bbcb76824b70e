// Numbered, forward-only migrations: migrations/NNN-name.sql, each run once, in order, in its own transaction.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StoreError } from './store-error.js';

const MINIMUM_SERVER = 150_000;
/** "SHPA": one migrating process at a time (pg_advisory_lock). */
const LOCK = 0x53485041;

/** @param only those to apply, for a backup of an older version; all when left out */
export async function migrate(pool: pg.Pool, only?: readonly string[]): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    try {
      return await applyMissing(client, only);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release();
  }
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ v: number }>("select current_setting('server_version_num')::int as v");
  const version = rows[0]?.v ?? 0;
  if (version < MINIMUM_SERVER)
    throw new StoreError('too-old', `PostgreSQL 15 or later is needed; this is ${Math.floor(version / 10_000)}.`);
}

async function applyMissing(client: pg.PoolClient, only: readonly string[] | undefined): Promise<readonly string[]> {
  await client.query(
    'create table if not exists migration (name text primary key, applied_at timestamptz default now())',
  );
  const { rows } = await client.query<{ name: string }>('select name from migration');
  const applied = new Set(rows.map((row) => row.name));
  const folder = migrationsFolder();
  const known = await knownMigrations();
  const foreign = [...applied].filter((name) => !known.includes(name));
  if (foreign.length > 0)
    throw new StoreError('schema-newer', `The database is of a newer version of Shipa (it has ${foreign.join(', ')}).`);
  const missing = known.filter((name) => !applied.has(name) && only?.includes(name) !== false);
  for (const name of missing) {
    const sql = await readFile(join(folder, name), 'utf8');
    await client.query('begin');
    try {
      await client.query(sql);
      await client.query('insert into migration (name) values ($1)', [name]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
  return missing;
}

export const knownMigrations = async (): Promise<readonly string[]> =>
  (await readdir(migrationsFolder())).filter((file) => /^\d{3}-[a-z0-9-]+\.sql$/.test(file)).sort();

/** Names of the tables that the migrations make: a database may be shared with others. */
export async function ownTables(): Promise<ReadonlySet<string>> {
  const folder = migrationsFolder();
  const texts = await Promise.all((await knownMigrations()).map((name) => readFile(join(folder, name), 'utf8')));
  const made = /^\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_0-9]+)/gim;
  return new Set(texts.flatMap((text) => [...text.matchAll(made)].map(([, name]) => name ?? '')));
}

/** Beside this file in src/; the compiler leaves .sql behind, so from dist/ the folder is found in the checkout. */
function migrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'migrations');
  if (existsSync(beside)) return beside;
  return join(here, '..', '..', '..', '..', 'src', 'adapters', 'postgres', 'migrations');
}
