// Worker child processes, of the embedded mode and of `shipa worker`: started, started again when they die, told to finish, and never left behind.
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { EmbeddedError } from './embedded-error.js';

export interface WorkerProcesses {
  readonly pids: () => readonly number[];
  /** SIGTERM: each finishes its chunks; after the grace time it is killed and its chunks are taken up by the next run. */
  readonly stop: () => Promise<void>;
}

export interface WorkerProcessOptions {
  readonly script: string;
  /** File that takes what they log; absent: standard error of this process. */
  readonly log?: string;
  readonly count: number;
  /** Of the worker in this place, from 0; one that takes the place of another has the same. */
  readonly environment: (place: number) => Readonly<Record<string, string | undefined>>;
  readonly onReady?: (pid: number) => void;
  readonly onExit: (pid: number, reason: string) => void;
  readonly pauseMs?: number;
  /** Called when workers die so fast that starting more is pointless. */
  readonly onGivingUp: (error: EmbeddedError) => void;
}

/** Exit code of a worker that ended because another model was released: no death, and another takes its place with the new model. */
export const NEW_MODEL = 86;
/** Exit code of a worker that ended because its memory had grown past its limit. */
export const RECYCLED = 87;

const ENDS: Readonly<Record<number, string>> = {
  [NEW_MODEL]: 'another model was released',
  [RECYCLED]: 'its memory had grown past the limit',
};

/**
 * A chunk of histories lives a little longer than V8's 16 MB of young objects last, so that the collector copies most of it on: with 64 a
 * patient costs 1.54 ms of CPU from stored text to record instead of 1.68 (6,000 patients, two
 * processes side by side, medians of four).
 */
const YOUNG_MB = 64;

const GRACE_MS = 20_000;
const STILLBIRTHS_A_MINUTE = 10;
/** How long a place stays empty after so many. */
const PAUSE_MS = 60_000;

export function startWorkerProcesses(options: WorkerProcessOptions): WorkerProcesses {
  const children = new Set<ChildProcess>();
  let deaths: number[] = [];
  let stopping = false;

  const start = (place: number): void => {
    // Detached from the terminal's group: Ctrl-C reaches us, and we tell them. They end when our channel closes.
    const log = options.log === undefined ? 'inherit' : openSync(options.log, 'a', 0o600);
    const child = fork(options.script, [], {
      execArgv: [`--max-semi-space-size=${YOUNG_MB}`],
      detached: true,
      stdio: ['ignore', log === 'inherit' ? 'ignore' : log, log, 'ipc'],
      env: { ...options.environment(place), SHIPA_WORKER_CHILD: '1' },
    });
    if (log !== 'inherit') closeSync(log);
    let ready = false;
    child.on('message', () => {
      ready = true;
      options.onReady?.(child.pid ?? 0);
    });
    children.add(child);
    child.on('error', () => {});
    child.on('exit', (code, signal) => {
      children.delete(child);
      if (stopping) return;
      const reason = ENDS[code ?? 0];
      if (reason !== undefined) {
        options.onExit(child.pid ?? 0, reason);
        return start(place);
      }
      options.onExit(child.pid ?? 0, signal ?? `exit code ${code}`);
      // One that had begun to work was killed from outside or by a history: others go on, and the history is given up in the end.
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), ...(ready ? [] : [now])];
      if (deaths.length <= STILLBIRTHS_A_MINUTE) return start(place);
      if (children.size > 0) {
        // Others live, so it is not their kind that is sick: its place is filled again when the minute is over.
        setTimeout(() => stopping || start(place), options.pauseMs ?? PAUSE_MS).unref();
        return;
      }
      const where = options.log === undefined ? '' : `; see the end of ${options.log}`;
      options.onGivingUp(new EmbeddedError('worker-failed', `The workers die as soon as they start${where}.`));
    });
  };
  for (let place = 0; place < options.count; place++) start(place);

  return {
    pids: () => [...children].flatMap((child) => child.pid ?? []),
    stop: async () => {
      stopping = true;
      await Promise.all([...children].map(end));
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(timer);
}
