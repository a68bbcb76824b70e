// A PostgreSQL database and a Redis key prefix of the benchmark's own, on the servers of DATABASE_URL and REDIS_URL or on the usual local
// ports, and removed afterwards.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';

export interface OwnDatabase {
  readonly url: string;
  /** Of the server, when it is on this machine and says so: its processes can then be watched. */
  readonly cluster: string | undefined;
  readonly version: string;
  readonly drop: () => Promise<void>;
}

const GIVEN = {
  database: process.env.DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres',
  redis: process.env.REDIS_URL || 'redis://127.0.0.1:6379',
};

/** @throws when no server answers */
export async function ownDatabase(): Promise<OwnDatabase> {
  const admin = new pg.Client({ connectionString: GIVEN.database, connectionTimeoutMillis: 5_000 });
  admin.on('error', () => {});
  await admin.connect();
  const name = `shipa_bench_${randomBytes(5).toString('hex')}`;
  await admin.query(`create database ${name}`);
  const url = new URL(GIVEN.database);
  url.pathname = `/${name}`;
  const setting = async (key: string): Promise<string | undefined> =>
    (await admin.query<Record<string, string>>(`select current_setting('${key}', true) as value`)).rows[0]?.value;
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return {
    url: url.href,
    cluster: local ? await setting('data_directory').catch(() => undefined) : undefined,
    version: (await setting('server_version')) ?? '',
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

export interface OwnRedis {
  readonly url: string;
  readonly prefix: string;
  readonly version: string;
  readonly drop: () => Promise<void>;
}

/** @throws when no server answers */
export async function ownRedis(): Promise<OwnRedis> {
  const client = new Redis(GIVEN.redis, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  client.on('error', () => {});
  await client.connect();
  const prefix = `shipa_bench_${randomBytes(5).toString('hex')}`;
  return {
    url: GIVEN.redis,
    prefix,
    version: /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? '',
    drop: async () => {
      for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
        const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
        if (keys.length > 0) await client.del(...keys);
        cursor = next;
      }
      client.disconnect();
    },
  };
}
