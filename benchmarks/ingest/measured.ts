// Wall time, and CPU time of other processes as Linux tells it: workers by pid, the database by the children of its postmaster.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Measured {
  readonly seconds: number;
  /** Of this process, the workers and the database; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  readonly databaseCpuSeconds: number | null;
  readonly workersCpuSeconds?: number;
}

export interface ProcessTimes {
  readonly own: number;
  readonly workers: number | null;
  readonly database: number | null;
}

/** Ticks a second of /proc/PID/stat (USER_HZ), 100 on every Linux that we know of. */
const TICKS = 100;

/** @param cluster data directory of the embedded server, whose postmaster.pid names it */
export function processTimes(workers: readonly number[], cluster: string): ProcessTimes {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  try {
    const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return { own, workers: sum(workers.map((pid) => secondsOf(pid))), database: databaseSeconds(postmaster) };
  } catch {
    return { own, workers: null, database: null }; // Not Linux, or a server elsewhere: told as null.
  }
}

export function since(began: number, before: ProcessTimes, after: ProcessTimes): Measured {
  const seconds = (performance.now() - began) / 1000;
  const known =
    before.workers !== null && after.workers !== null && before.database !== null && after.database !== null;
  if (
    !known ||
    before.workers === null ||
    after.workers === null ||
    before.database === null ||
    after.database === null
  )
    return { seconds, cpuSeconds: null, databaseCpuSeconds: null };
  const database = after.database - before.database;
  return {
    seconds,
    cpuSeconds: after.own - before.own + after.workers - before.workers + database,
    databaseCpuSeconds: database,
    workersCpuSeconds: after.workers - before.workers,
  };
}

/** The postmaster, its living children, and those that ended and were waited for. */
function databaseSeconds(postmaster: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
    .map((name) => secondsOf(Number(name)));
  return sum(children) + secondsOf(postmaster, true);
}

function fieldsOf(pid: number | string): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(fieldsOf(pid)[1]);
  } catch {
    return undefined; // It ended between the listing and the reading.
  }
}

/** utime and stime, and cutime and cstime with `waited`: proc(5), fields 14 to 17. */
function secondsOf(pid: number, waited = false): number {
  try {
    const fields = fieldsOf(pid);
    return sum(fields.slice(11, waited ? 15 : 13).map(Number)) / TICKS;
  } catch {
    return 0;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
