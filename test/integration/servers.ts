// Servers for the tests of the cluster mode: by environment, on the standard local ports, or started from PATH.
// Where none is found the tests are skipped with the reason; with CI=true that is a failure (contract).
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import pg from 'pg';

export interface TestServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export type Found = { readonly server: TestServer } | { readonly reason: string };

const name = (): string => `shipa_test_${randomBytes(5).toString('hex')}`;

/** A database of its own on the server found, dropped on close. */
export async function findPostgres(): Promise<Found> {
  const given = process.env.DATABASE_URL;
  const candidates = given === undefined ? ['postgres://postgres@127.0.0.1:5432/postgres'] : [given];
  for (const url of candidates) {
    const admin = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    admin.on('error', () => {});
    try {
      await admin.connect();
      const database = name();
      await admin.query(`create database ${database}`);
      const own = new URL(url);
      own.pathname = `/${database}`;
      const close = async (): Promise<void> => {
        await admin.query(`drop database if exists ${database} with (force)`);
        await admin.end();
      };
      return { server: { url: own.href, close } };
    } catch {
      await admin.end().catch(() => {});
    }
  }
  return missing(`no PostgreSQL at ${given === undefined ? '127.0.0.1:5432' : 'DATABASE_URL'}`);
}

export async function findRedis(): Promise<Found> {
  const given = process.env.REDIS_URL;
  const url = given ?? 'redis://127.0.0.1:6379';
  if (await answers(url)) return { server: { url, close: async () => {} } };
  if (given !== undefined) return missing('no Redis at REDIS_URL');
  const started = await startRedis();
  return started === undefined
    ? missing('no Redis at 127.0.0.1:6379 and no redis-server on PATH')
    : { server: started };
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

async function startRedis(): Promise<TestServer | undefined> {
  const port = await freePort();
  const child: ChildProcess = spawn('redis-server', ['--port', `${port}`, '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  let failed = false;
  child.on('error', () => (failed = true)).on('exit', () => (failed = true));
  const url = `redis://127.0.0.1:${port}`;
  for (let tries = 0; tries < 50 && !failed; tries++) {
    if (await answers(url)) return { url, close: async () => void child.kill() };
    await new Promise((done) => setTimeout(done, 100));
  }
  return undefined;
}

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      );
    });
  });

function missing(reason: string): Found {
  if (process.env.CI === 'true') throw new Error(`CI needs it: ${reason}`);
  return { reason };
}
