// Worker child processes of the embedded mode: started, started again when they die, told to finish, and never left behind.
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
  /** File that takes what they log. */
  readonly log: string;
  readonly count: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onExit: (pid: number, reason: string) => void;
  /** Called when workers die so fast that starting more is pointless. */
  readonly onGivingUp: (error: EmbeddedError) => void;
}

/** Exit code of a worker that ended because another model was released: no death, and another takes its place with the new model. */
export const NEW_MODEL = 86;

const GRACE_MS = 20_000;
const RESTARTS_A_MINUTE = 10;

export function startWorkerProcesses(options: WorkerProcessOptions): WorkerProcesses {
  const children = new Set<ChildProcess>();
  let deaths: number[] = [];
  let stopping = false;

  const start = (): void => {
    // Detached from the terminal's group: Ctrl-C reaches us, and we tell them. They end when our channel closes.
    const log = openSync(options.log, 'a', 0o600);
    const child = fork(options.script, [], {
      execArgv: [],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...options.environment, SHIPA_WORKER_CHILD: '1' },
    });
    closeSync(log);
    children.add(child);
    child.on('error', () => {});
    child.on('exit', (code, signal) => {
      children.delete(child);
      if (stopping) return;
      if (code === NEW_MODEL) {
        options.onExit(child.pid ?? 0, 'another model was released');
        return start();
      }
      options.onExit(child.pid ?? 0, signal ?? `exit code ${code}`);
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length <= RESTARTS_A_MINUTE) start();
      else if (children.size === 0)
        options.onGivingUp(
          new EmbeddedError('worker-failed', `The workers die as soon as they start; see the end of ${options.log}.`),
        );
    });
  };
  for (let i = 0; i < options.count; i++) start();

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
