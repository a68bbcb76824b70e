// One embedded PostgreSQL: initialised once, started on a free port, taken over when its starter was killed, stopped cleanly.
//
//   absent -> initdb -> stopped -> starting -> accepting -> stopped
//                          ^ stale postmaster.pid removed    accepting, starter dead -> adopted
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.js';
import { type DataDir, secret, storedPort, storePort } from './data-dir.js';
import { EmbeddedError, fromPostgresLog, fromSystemError } from './embedded-error.js';
import { postgresUser, type RunAs } from './postgres-user.js';
import { gone, isAlive, programName } from './process-table.js';

export interface Cluster {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const DATABASE = 'shipa';
const START_TRIES = 5;
export const START_WITHIN_MS = 60_000;

/**
 * Starts the cluster of the directory, or adopts the one that is running there.
 * @param options.port the only one that will do, since others know it; else that of last time, or any when that is taken
 */
export async function startCluster(dir: DataDir, options: { readonly port?: number } = {}): Promise<Cluster> {
  const binaries = findBinaries();
  const password = await secret(dir, 'password');
  const running = await runningPostmaster(dir);
  if (running !== undefined) return owned(await asCluster(dir, running.port, running.pid, password));
  const as = await initialise(dir, binaries, password);
  // Only a port that is taken is a reason for another: a server that still shuts down leaves its own free.
  let taken = false;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await choosePort(dir, taken));
    try {
      const pid = await startOn(dir, binaries, as, port, password);
      await storePort(dir, port);
      return owned(await asCluster(dir, port, pid, password));
    } catch (error) {
      if (!(error instanceof EmbeddedError && error.retryable) || attempt === START_TRIES) throw error;
      taken = error.code === 'port-taken';
      await new Promise((done) => setTimeout(done, 300 * attempt));
    }
  }
}

/** Ours to stop: when this process ends without having done so, the server is told to at its exit. */
function owned(cluster: Cluster): Cluster {
  const onExit = (): void => {
    // One that was killed meanwhile may have left its number to another program.
    if (isAlive(cluster.pid) && programName(cluster.pid)?.startsWith('postgres') !== false)
      process.kill(cluster.pid, 'SIGINT');
  };
  process.once('exit', onExit);
  const stop = async (): Promise<void> => {
    await cluster.stop();
    process.off('exit', onExit);
  };
  return { ...cluster, stop };
}

/** The cluster that another process of ours keeps running in the directory, to be used and left alone. */
export async function attachCluster(dir: DataDir): Promise<Cluster | undefined> {
  const running = await runningPostmaster(dir);
  if (running === undefined) return undefined;
  const cluster = await asCluster(dir, running.port, running.pid, await secret(dir, 'password'));
  return { ...cluster, stop: async () => {} };
}

/** First lines of postmaster.pid: pid, data directory, start time, port (storage/lmgr, pidfile.h). */
async function runningPostmaster(dir: DataDir): Promise<{ pid: number; port: number } | undefined> {
  const file = join(dir.cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const program = isAlive(pid) ? programName(pid) : undefined;
  if (program === undefined || (program !== null && !program.startsWith('postgres'))) {
    // Its process is gone or the number belongs to another program: PostgreSQL would refuse to start over it.
    await rm(file, { force: true });
    return undefined;
  }
  return port > 0 ? { pid, port } : undefined;
}

async function initialise(dir: DataDir, binaries: Binaries, password: string): Promise<RunAs> {
  const version = (await readFile(join(dir.cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version !== '' && version !== binaries.version)
    throw new EmbeddedError(
      'other-version',
      `The database in ${dir.cluster} is of PostgreSQL ${version}, the one installed is ${binaries.version}. ` +
        'Use another folder (--data DIR), or remove this one to begin anew.',
    );
  if (version !== '') {
    const as = postgresUser(binaries.postgres, dir.cluster);
    await restoreOwnership(dir.cluster);
    return as;
  }
  // Made beside and renamed: a kill in the middle of initdb must not leave half a cluster that looks whole.
  const beside = `${dir.cluster}.new`;
  await rm(beside, { recursive: true, force: true });
  await rm(dir.cluster, { recursive: true, force: true });
  try {
    await mkdir(beside, { mode: 0o700 });
    const as = postgresUser(binaries.postgres, beside);
    const passwordFile = join(beside, '..', `.initdb-${process.pid}`);
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (as.uid !== undefined && as.gid !== undefined) await chown(passwordFile, as.uid, as.gid);
    try {
      await initdb(binaries, as, beside, passwordFile);
    } finally {
      await rm(passwordFile, { force: true });
    }
    await rename(beside, dir.cluster);
    return as;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw fromSystemError(error, dir.root);
  }
}

/** A copied or restored directory has the copier's owner and modes; PostgreSQL starts over neither. */
async function restoreOwnership(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  const { uid, gid } = await stat(folder);
  if (process.getuid?.() !== 0 || (await stat(join(folder, 'PG_VERSION'))).uid === uid) return;
  for (const name of await readdir(folder, { recursive: true })) await chown(join(folder, name), uid, gid);
}

async function initdb(binaries: Binaries, as: RunAs, target: string, passwordFile: string): Promise<void> {
  const flags = ['-D', target, '-U', 'shipa', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const child = run(binaries.initdb, [...flags, '--encoding=UTF8', '--locale=C', '--no-instructions'], as, 'pipe');
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text));
  child.stderr?.on('data', (text: Buffer) => (output += text));
  const code = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail));
  if (code !== 0)
    throw (
      fromPostgresLog(output, target) ??
      new EmbeddedError('start-failed', `PostgreSQL could not be initialised in ${target}:\n${output.trim()}`)
    );
}

/** Settings for one machine that also does everything else; no socket file, loopback only. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Four workers have about eleven each, the owner as many; visitors come on top.
  max_connections: '120',
  shared_buffers: '192MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  // Containers often have a /dev/shm of 64 MB, too small for parallel queries; ours do not need them.
  max_parallel_workers_per_gather: '0',
  logging_collector: 'off',
  // Statements carry patients' data; the log must not.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
};

async function startOn(dir: DataDir, binaries: Binaries, as: RunAs, port: number, password: string): Promise<number> {
  const begin = (await stat(dir.log).catch(() => undefined))?.size ?? 0;
  const log = openSync(dir.log, 'a', 0o600);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: Ctrl-C at the terminal must reach us first, so that workers finish before their database goes.
  const child = run(binaries.postgres, ['-D', dir.cluster, '-p', `${port}`, ...settings], as, log);
  closeSync(log);
  child.unref();
  let exited = false;
  child.on('exit', () => (exited = true)).on('error', () => (exited = true));
  const end = Date.now() + START_WITHIN_MS;
  while (Date.now() < end) {
    if (exited || child.pid === undefined) break;
    if (await accepts(urlOf(port, password, 'postgres'))) return child.pid;
    await new Promise((done) => setTimeout(done, 40));
  }
  const text = (await readFile(dir.log, 'utf8').catch(() => '')).slice(begin);
  if (!exited) child.kill('SIGKILL');
  throw (
    fromPostgresLog(text, dir.cluster) ??
    new EmbeddedError(
      'start-failed',
      `PostgreSQL did not start. Its log, ${dir.log}, ends:\n${text.slice(-1500).trim()}`,
    )
  );
}

function run(command: string, args: string[], as: RunAs, output: 'pipe' | number): ChildProcess {
  const [program = command, ...rest] = [...as.prefix, command, ...args];
  return spawn(program, rest, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    ...(as.uid === undefined ? {} : { uid: as.uid }),
    ...(as.gid === undefined ? {} : { gid: as.gid }),
  });
}

const urlOf = (port: number, password: string, database: string): string =>
  `postgres://shipa:${password}@127.0.0.1:${port}/${database}`;

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false; // Not yet listening or still recovering; the caller asks again until its time is over.
  } finally {
    await client.end().catch(() => {});
  }
}

async function asCluster(dir: DataDir, port: number, pid: number, password: string): Promise<Cluster> {
  const end = Date.now() + START_WITHIN_MS;
  while (!(await accepts(urlOf(port, password, 'postgres')))) {
    if (!isAlive(pid) || Date.now() > end)
      throw new EmbeddedError('start-failed', `PostgreSQL on port ${port} does not answer; see ${dir.log}.`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') });
  client.on('error', () => {});
  await client.connect();
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`).catch(unlessMade);
  await client.end();
  return { url: urlOf(port, password, DATABASE), port, pid, stop: () => stopPostmaster(pid) };
}

/** A visitor may have made it in the same moment (SQLSTATE duplicate_database, unique_violation). */
function unlessMade(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && (error.code === '42P04' || error.code === '23505'))) throw error;
}

/** Fast shutdown (SIGINT): open transactions are rolled back, everything committed is kept. */
async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await gone(pid, 30_000)) return;
  process.kill(pid, 'SIGQUIT');
  await gone(pid, 5_000);
}

/** The port of last time when it is still free (links and tools keep working), else any free one. */
async function choosePort(dir: DataDir, fresh: boolean): Promise<number> {
  const last = fresh ? undefined : await storedPort(dir);
  if (last !== undefined && (await probe(last)) !== undefined) return last;
  const free = await probe(0);
  if (free === undefined) throw new EmbeddedError('port-taken', 'No free port on 127.0.0.1 for PostgreSQL.');
  return free;
}

function probe(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
