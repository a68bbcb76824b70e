// One phase of a run as a command: services, workers, a leader, progress, and what its chunks made.
import { Cancelled, runPhase } from '../app/run-pilot.js';
import type { Phase, Plan, Run } from '../app/store-ports.js';
import { leading, runLease, SCORING } from './leading.js';
import {
  DEFAULT_DATA,
  DEFAULT_WORKERS,
  openRunServices,
  phaseBasics,
  type RunServices,
  untilInterrupted,
} from './run-services.js';
import { progressDisplay } from './show-progress.js';
import { stopped } from './stopped.js';
import { whole } from './whole.js';
import { writeOut } from './write-out.js';

/** Options of every command that gives work to workers. */
export const WORK_OPTIONS = { data: { type: 'string', default: DEFAULT_DATA }, workers: { type: 'string' } } as const;

export const WORK_HELP = `
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --workers W    worker processes to start here (default ${DEFAULT_WORKERS}; 0 in a cluster or beside a running serve, which have their own)`;

export interface WorkOptions {
  readonly data: string;
  readonly workers?: string | undefined;
}

/** Opens services and workers for `work`, and answers its exit code; an interruption or a cancellation in words. */
export async function withWorkers(
  { data, workers }: WorkOptions,
  work: (running: RunServices, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const { signal, fail } = untilInterrupted();
  const running = await openRunServices({ data, visit: true, fail, over: () => signal.aborted });
  try {
    const asked = workers ?? String(running.services.mode === 'embedded' ? DEFAULT_WORKERS : 0);
    running.startWorkers(whole(asked, '--workers', 0, 64));
    return await work(running, signal);
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}

/** Does the phase of the run to its end and prints what its chunks made, one JSON line each. 1 when a chunk was given up. */
export async function doPhase(
  running: RunServices,
  signal: AbortSignal,
  run: Pick<Run, 'id' | 'kind' | 'params'>,
  phase: Phase,
  plan: Plan,
): Promise<number> {
  const { lasting: store } = running;
  const display = progressDisplay();
  const lease = phase === 'score' ? SCORING : runLease(run.id);
  await leading(running, signal, lease, async () => {
    await store.openRun(run);
    await runPhase({ ...phaseBasics(running, signal), report: display.report }, run.id, phase, plan);
  });
  const failures = await store.failures(run.id);
  await store.endRun(run.id, failures.length === 0 ? 'done' : 'failed');
  const done = await store.run(run.id);
  if (done === undefined) throw new Cancelled(`the run ${run.id} is gone`);
  for (const { counts, results } of done.phases.filter((p) => p.phase === phase)) {
    for (const result of results) await writeOut(`${JSON.stringify(result)}\n`);
    const words = Object.entries(counts).map(([name, n]) => `${n} ${name}`);
    process.stderr.write(`${run.id}: ${words.length === 0 ? 'nothing to do' : words.join(', ')}\n`);
  }
  for (const { phase: of, ordinal, error } of failures)
    process.stderr.write(`FAILED ${of} chunk ${ordinal}: ${error}\n`);
  return failures.length > 0 ? 1 : 0;
}

/** A run of its own for each time that it is asked for. */
export const newRun = (kind: Phase, params: Run['params']): Pick<Run, 'id' | 'kind' | 'params'> => ({
  id: `${kind}-${Date.now().toString(36)}`,
  kind,
  params,
});
