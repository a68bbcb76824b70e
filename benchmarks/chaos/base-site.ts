// What both sites share: the folder, the marked environment, finding and killing processes, asking the database.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../src/cli/project.js';
import type { Given } from './commands.js';
import type { Fault, Kind } from './fault.js';
import { childrenOf, kill, MARK, type Marked, marked } from './marked.js';

export interface Place {
  /** Of the whole script; processes are looked for below it. */
  readonly root: string;
  /** Of this trial alone. */
  readonly folder: string;
  readonly mark: string;
  readonly cohort: string;
  readonly patients: number;
  readonly workers: number;
  /** Lines of the cohort that are no history. */
  readonly broken: number;
  readonly fault: Fault;
  /** Where what must lie on the small disk lies; the folder itself for other faults. */
  readonly disk: string;
}

/** A worker silent for so long loses its chunk. Short, so that a trial is. */
const LOCK_SECONDS = '4';

export function baseEnvironment({ mark, fault, folder }: Place): Record<string, string> {
  const preload = join(projectRoot, 'dist', 'benchmarks', 'chaos', 'hooks', `${fault.hook}.js`);
  const options = [process.env.NODE_OPTIONS ?? '', fault.hook === undefined ? '' : `--import=file://${preload}`];
  if (fault.hook === 'clock') setClock(folder, {});
  return {
    [MARK]: mark,
    SHIPA_CHAOS_CLOCK: join(folder, 'clock.json'),
    SHIPA_LOCK_SECONDS: LOCK_SECONDS,
    SHIPA_QUEUE: 'shipa_queue',
    NODE_OPTIONS: options.join(' ').trim(),
  };
}

export interface Clock {
  /** Milliseconds added to the clock of workers, and of other processes. */
  readonly workers?: number;
  readonly others?: number;
}

export const setClock = (folder: string, clock: Clock): void =>
  writeFileSync(join(folder, 'clock.json'), JSON.stringify(clock));

/** Pid of the postmaster that has the folder, as PostgreSQL writes it. */
export function postmaster(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 ? pid : undefined;
}

export interface Processes {
  readonly given: Set<Given>;
  readonly killed: Set<number>;
  readonly pids: (kind: Kind) => readonly number[];
  readonly end: (pid: number) => void;
  readonly others: () => readonly Marked[];
}

export function processesOf(
  { mark, root }: Place,
  cluster: string,
  more: (kind: Kind) => readonly number[] = () => [],
): Processes {
  const given = new Set<Given>();
  const killed = new Set<number>();
  const others = (): readonly Marked[] => marked(mark, root);
  const server = (): readonly number[] => [postmaster(cluster) ?? []].flat();
  const pids = (kind: Kind): readonly number[] => {
    if (kind === 'supervisor') return [...given].flatMap(({ child }) => child.pid ?? []);
    if (kind === 'worker') return others().flatMap(({ pid, isWorker }) => (isWorker ? pid : []));
    if (kind === 'postgres') return server();
    if (kind === 'backend') return server().flatMap(childrenOf);
    return more(kind);
  };
  const end = (pid: number): void => {
    killed.add(pid);
    kill(pid);
  };
  return { given, killed, pids, end, others };
}

/** One connection, made again when it is lost. @throws when the server is away */
export function asker(url: () => string | undefined) {
  let client: pg.Client | undefined;
  const drop = async (): Promise<void> => {
    const old = client;
    client = undefined;
    await old?.end().catch(() => {});
  };
  return {
    query: async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const connectionString = url();
      if (connectionString === undefined) throw new Error('there is no database yet');
      try {
        if (client === undefined) {
          const fresh = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 60_000 });
          fresh.on('error', () => {
            if (client === fresh) client = undefined;
          });
          client = fresh;
          await fresh.connect();
        }
        return (await client.query(sql)).rows;
      } catch (error) {
        await drop();
        throw error;
      }
    },
    drop,
  };
}

/** Waits until the database answers: the last thing that was done to it may have been to kill it. */
export async function untilAnswers({ query, drop }: ReturnType<typeof asker>, withinMs = 90_000): Promise<void> {
  await drop();
  for (const end = performance.now() + withinMs; ; )
    try {
      return void (await query('select 1'));
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
}

/** Processes of the run that are still there after a while, in words. */
export async function stillThere(found: () => readonly Marked[], withinMs = 30_000): Promise<readonly string[]> {
  const end = performance.now() + withinMs;
  for (;;) {
    const left = found();
    if (left.length === 0) return [];
    if (performance.now() > end) return left.map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

export function made(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o711 });
  return path;
}
