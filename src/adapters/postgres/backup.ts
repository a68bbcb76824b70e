// A whole store into one file and back, in a stream: every table as COPY gives it, of one moment, with sums. pg_dump is not in the embedded
// packages; COPY is everywhere, and its text form goes from one version of PostgreSQL to another.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { orDiskFull } from '../files/disk-full.js';
import { BackupError, type BackupHeader, BackupReader, sumOf, type TableEnd } from './backup-file.js';
import { knownMigrations, migrate } from './migrate.js';
import { toStoreError } from './store-error.js';
import { storeTables, type Table } from './tables.js';

export interface TableCount {
  readonly table: string;
  readonly rows: number;
}

const quoted = (names: readonly string[]): string => names.map((name) => pg.escapeIdentifier(name)).join(', ');

/** Writes the store at `url` as it is at one moment, while others go on. The file appears whole or not at all, readable by its owner only. */
export async function writeBackup(
  url: string,
  file: string,
  about: { readonly code: string; readonly made: string },
  told: (count: TableCount) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw toStoreError(error);
  });
  const beside = `${file}.${process.pid}.part`;
  try {
    await client.query('begin isolation level repeatable read read only');
    await pipeline(
      contentOf(client, about, told),
      createGzip({ level: 1 }),
      createWriteStream(beside, { mode: 0o600 }),
    );
    await client.query('commit');
    const handle = await open(beside, 'r+');
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw orDiskFull(error, file);
  } finally {
    await client.end();
  }
}

async function* contentOf(
  client: pg.Client,
  { code, made }: { readonly code: string; readonly made: string },
  told: (count: TableCount) => void,
): AsyncGenerator<Buffer | string> {
  const migrations = await client.query<{ name: string }>('select name from migration order by name');
  const server = await client.query<{ server_version: string }>('show server_version');
  const tables = await storeTables(client);
  const header: BackupHeader = {
    shipa: 'backup',
    format: 1,
    made,
    code,
    server: server.rows[0]?.server_version ?? '',
    migrations: migrations.rows.map((row) => row.name),
    tables,
  };
  const written = JSON.stringify(header);
  yield `${written}\n`;
  const ends: TableEnd[] = [];
  for (const { name, columns } of tables) {
    yield `${JSON.stringify({ table: name })}\n`;
    const hash = createHash('sha256');
    const rows = client.query(copyTo(`copy (select ${quoted(columns)} from ${quoted([name])}) to stdout`));
    for await (const chunk of rows) {
      hash.update(chunk);
      yield chunk;
    }
    const end: TableEnd = { rows: rows.rowCount, sha256: hash.digest('hex') };
    ends.push(end);
    yield `\\.\n${JSON.stringify(end)}\n`;
    told({ table: name, rows: end.rows });
  }
  yield `${JSON.stringify({ end: true, tables: tables.length, sha256: sumOf(written, ends) })}\n`;
}

/**
 * Puts a backup into an empty store and brings it up to this version. All in one transaction: a file that is damaged or cut off leaves
 * nothing behind. @throws BackupError
 */
export async function restoreBackup(
  url: string,
  file: string,
  told: (count: TableCount) => void,
): Promise<BackupHeader> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error));
  const reader = new BackupReader(source.pipe(gunzip));
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  try {
    const written = await reader.line();
    const header = headerOf(written);
    await requireKnown(header);
    await makeReady(pool, header);
    await fill(pool, reader, written, header, told);
    await migrate(pool);
    return header;
  } catch (error) {
    throw damaged(error);
  } finally {
    source.destroy();
    await pool.end();
  }
}

/** zlib's own errors mean that the file is not as it was written. */
function damaged(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // SQLSTATE classes 22 and 23: a row that is no row of its table, or refers to one that is not there. The message would quote it.
  if (/^2[23]/.test(code)) return new BackupError(`the backup is damaged: a row does not fit its table (${code})`);
  if (code === 'Z_BUF_ERROR') return new BackupError('the backup is cut off: it ends in the middle');
  return code.startsWith('Z_') ? new BackupError(`the file is damaged, or no backup of Shipa (${code})`) : error;
}

function headerOf(line: string): BackupHeader {
  const no = new BackupError('this is no backup of Shipa');
  try {
    const header: Partial<BackupHeader> = JSON.parse(line);
    if (header.shipa !== 'backup') throw no;
    if (header.format !== 1)
      throw new BackupError(`the backup is of a form that this version does not know (${header.format})`);
    return header as BackupHeader;
  } catch (error) {
    throw error instanceof BackupError ? error : no;
  }
}

async function requireKnown({ migrations, code }: BackupHeader): Promise<void> {
  const known = await knownMigrations();
  const foreign = migrations.filter((name) => !known.includes(name));
  if (foreign.length > 0)
    throw new BackupError(
      `the backup is of a newer version of Shipa (${code}, with ${foreign.join(', ')}): use that one`,
    );
}

/** The schema of the backup, empty. Tables that a newer version has made are dropped and made again, if they are empty too. */
async function makeReady(pool: pg.Pool, { migrations }: BackupHeader): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const tables = await storeTables(client);
    const full = await firstFull(client, tables);
    if (full !== undefined)
      throw new BackupError(
        `the store is not empty (${full} holds rows): restore into a new --data DIR or an empty database`,
      );
    if (tables.length > 0) {
      await client.query(`drop table ${quoted(tables.map((table) => table.name))} cascade`);
      await client.query('delete from migration');
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
  await migrate(pool, migrations);
}

/** Made with every store, not by its use; that of the backup takes its place. */
const BORN_WITH = ['audit_salt'];

async function firstFull(client: pg.ClientBase, tables: readonly Table[]): Promise<string | undefined> {
  for (const { name } of tables.filter((table) => !BORN_WITH.includes(table.name))) {
    const { rowCount } = await client.query(`select 1 from ${quoted([name])} limit 1`);
    if (rowCount !== 0) return name;
  }
  return undefined;
}

async function fill(
  pool: pg.Pool,
  reader: BackupReader,
  written: string,
  header: BackupHeader,
  told: (count: TableCount) => void,
): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    // Nobody writes beside us, and what a migration put in comes out of the backup.
    await client.query(`lock table ${quoted(header.tables.map((table) => table.name))} in access exclusive mode`);
    const ends: TableEnd[] = [];
    for (const table of header.tables) ends.push(await fillTable(client, reader, table, told));
    const end: { readonly end?: boolean; readonly sha256?: string } = JSON.parse(await reader.line());
    if (end.end !== true || end.sha256 !== sumOf(written, ends) || !(await reader.atEnd()))
      throw new BackupError('the backup is not whole: its last line does not fit the rest');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function fillTable(
  client: pg.PoolClient,
  reader: BackupReader,
  { name, columns, sequences }: Table,
  told: (count: TableCount) => void,
): Promise<TableEnd> {
  const start: { readonly table?: string } = JSON.parse(await reader.line());
  if (start.table !== name) throw new BackupError(`the backup is not whole: ${name} was expected`);
  await client.query(`delete from ${quoted([name])}`);
  const hash = createHash('sha256');
  const into = client.query(copyFrom(`copy ${quoted([name])} (${quoted(columns)}) from stdin`));
  await pipeline(hashed(reader.body(), hash), into);
  const end: TableEnd = JSON.parse(await reader.line());
  if (end.sha256 !== hash.digest('hex') || end.rows !== into.rowCount)
    throw new BackupError(`the backup is damaged: ${name} is not as it was written`);
  for (const { column, last } of sequences)
    if (last > 0) await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [name, column, last]);
  told({ table: name, rows: end.rows });
  return end;
}

async function* hashed(body: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
}
