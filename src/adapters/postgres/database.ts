// The connection pool and transactions; every failure leaves as a StoreError.
import pg from 'pg';
import { toStoreError } from './store-error.js';

// Dates stay the text that they are in the database: a date has no time zone, a JavaScript Date has.
const DATE_OID = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === DATE_OID ? (text: string) => text : pg.types.getTypeParser(oid, format ?? 'text'),
};

export interface Queryable {
  query<R extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<pg.QueryResult<R>>;
}

export interface Database extends Queryable {
  /** Runs `work` in a transaction, rolled back when it throws; tried again on a deadlock or serialisation failure. */
  transaction<T>(work: (client: Queryable) => Promise<T>): Promise<T>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const TRIES = 4;
const CONFLICT = new Set(['40001', '40P01']);

export interface DatabaseOptions {
  readonly connections?: number;
  /** Silent for so long within a transaction, a connection is ended by the server, and what it has locked is free; absent: never. */
  readonly silentInTransactionMs?: number;
}

export function openDatabase(url: string, { connections = 4, silentInTransactionMs }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...(silentInTransactionMs === undefined ? {} : { idle_in_transaction_session_timeout: silentInTransactionMs }),
  });
  // An idle connection that drops is replaced by the pool at the next query, which reports what still fails.
  pool.on('error', () => {});
  // One that is lent out has no listener of the pool's, and an error that nobody hears ends the process: a backend killed in the middle of a
  // transaction must only end that, whose next statement fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  const query: Database['query'] = async (sql, params) => {
    try {
      return await pool.query(sql, params === undefined ? undefined : [...params]);
    } catch (error) {
      throw toStoreError(error);
    }
  };
  const once = async <T>(work: (client: Queryable) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work({
        query: (sql, params) => client.query(sql, params === undefined ? undefined : [...params]),
      });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };
  const transaction: Database['transaction'] = async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (attempt === TRIES || !CONFLICT.has(code)) throw toStoreError(error);
      }
    }
  };
  return { query, transaction, pool, close: () => pool.end() };
}
