// Memory and CPU time of all processes of a run together, looked at in intervals: this one, the workers, the database with its children.
// Proportional set size, which counts what processes share once (proc(5), smaps_rollup); processes that come and go are counted too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Role = 'own' | 'workers' | 'database';

export interface Watched {
  /** Highest sum that was seen, and what of it was whose; null where the system does not tell. */
  readonly peakBytes: number | null;
  readonly peakOf: Readonly<Record<Role, number>>;
  readonly cpuSeconds: Readonly<Record<Role, number>> | null;
}

export interface ProcessWatch {
  /** CPU time up to now, all processes that were ever seen. */
  readonly cpu: () => Readonly<Record<Role, number>> | null;
  readonly stop: () => Watched;
}

/** Ticks a second of /proc/PID/stat (USER_HZ), 100 on every Linux that we know of. */
const TICKS = 100;
const LOOK_EVERY_MS = 1_000;

/** @param cluster data directory of a PostgreSQL on this machine, whose postmaster.pid names it */
export function watchProcesses(workers: () => readonly number[], cluster: string | undefined): ProcessWatch {
  const spent = new Map<string, { readonly role: Role; readonly first: number; last: number }>();
  let peakBytes = 0;
  let peakOf: Record<Role, number> = { own: 0, workers: 0, database: 0 };
  let begun = false;
  const look = (memory: boolean): void => {
    const now: Record<Role, number> = { own: 0, workers: 0, database: 0 };
    for (const { pid, role } of processesOf(workers(), cluster)) {
      const seconds = cpuOf(pid);
      if (seconds === undefined) continue;
      const key = `${pid}/${startOf(pid)}`;
      const seen = spent.get(key);
      // One that comes later has spent all its time in the run.
      if (seen === undefined) spent.set(key, { role, first: begun ? 0 : seconds, last: seconds });
      else seen.last = seconds;
      if (memory) now[role] += bytesOf(pid);
    }
    begun = true;
    const sum = now.own + now.workers + now.database;
    if (sum > peakBytes) [peakBytes, peakOf] = [sum, now];
  };
  const cpu = (): Record<Role, number> | null => {
    look(false);
    const sums: Record<Role, number> = { own: 0, workers: 0, database: 0 };
    for (const { role, first, last } of spent.values()) sums[role] += last - first;
    return spent.size === 0 ? null : sums;
  };
  look(true);
  const timer = setInterval(() => look(true), LOOK_EVERY_MS);
  return {
    cpu,
    stop: () => {
      clearInterval(timer);
      look(true);
      return { peakBytes: peakBytes === 0 ? null : peakBytes, peakOf, cpuSeconds: cpu() };
    },
  };
}

function processesOf(workers: readonly number[], cluster: string | undefined): readonly { pid: number; role: Role }[] {
  const own = [
    { pid: process.pid, role: 'own' as const },
    ...workers.map((pid) => ({ pid, role: 'workers' as const })),
  ];
  const postmaster = cluster === undefined ? undefined : postmasterOf(cluster);
  if (postmaster === undefined) return own;
  const children = pidsHere().filter((pid) => statOf(pid)?.[1] === `${postmaster}`);
  return [...own, ...[postmaster, ...children].map((pid) => ({ pid, role: 'database' as const }))];
}

function postmasterOf(cluster: string): number | undefined {
  try {
    return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined; // Elsewhere, or not ours to read.
  }
}

/** Of every process of this machine that /proc shows. */
export function pidsHere(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return []; // Not Linux.
  }
}

/** Fields of /proc/PID/stat behind the name: state is 0, parent 1, utime 11, stime 12, start 19. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch {
    return undefined; // It has ended.
  }
}

const startOf = (pid: number): string => statOf(pid)?.[19] ?? '';

function cpuOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function bytesOf(pid: number): number {
  try {
    return kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') * 1024;
  } catch {
    return 0; // It has ended, or is another user's: what is shared is then not counted.
  }
}

const kilobytes = (text: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
