// A Redis of the script's own, from PATH, as docs/running.md wants it: no eviction, append-only file. Killed, it is started again.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { kill } from './marked.js';

export interface PrivateRedis {
  readonly port: number;
  readonly pid: () => number | undefined;
  readonly restart: (what: 'kept' | 'emptied', awayMs: number) => Promise<void>;
  readonly flush: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const redisIsThere = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

const RESTART_MS = 300;

export async function privateRedis(folder: string): Promise<PrivateRedis> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  /** Down on purpose: nobody starts it again. */
  let held = false;
  const start = (): void => {
    child = spawn(
      'redis-server',
      ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''],
      { stdio: 'ignore', cwd: folder },
    );
    child.on('error', () => {});
    child.on('exit', () => {
      if (!held) setTimeout(() => held || start(), RESTART_MS);
    });
  };
  const answers = async (): Promise<void> => {
    for (let tries = 0; tries < 300; tries++) {
      if (
        await asked(port, (client) => client.ping()).then(
          () => true,
          () => false,
        )
      )
        return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('redis-server does not start');
  };
  const down = async (signal: NodeJS.Signals): Promise<void> => {
    held = true;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((done) => child?.once('exit', () => done()));
    kill(child.pid, signal);
    await exited;
  };
  start();
  await answers();
  return {
    port,
    pid: () => child?.pid,
    restart: async (what, awayMs) => {
      await down(what === 'emptied' ? 'SIGKILL' : 'SIGTERM');
      if (what === 'emptied') {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder);
      }
      await new Promise((done) => setTimeout(done, awayMs));
      held = false;
      start();
      await answers();
    },
    flush: async () => void (await asked(port, (client) => client.flushall())),
    stop: () => down('SIGKILL'),
  };
}

async function asked<T>(port: number, ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ port, lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
