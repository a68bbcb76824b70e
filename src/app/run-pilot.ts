// Runs: phases in order, each cut into chunks, the chunks given to the workers and watched until none is left.
// Everything that must survive a kill is in the store; the queue is filled again from it.
import type { Chunk, Phase, PhaseProgress, RunStore } from './store-ports.js';

export interface RunDependencies {
  readonly store: RunStore;
  /** Puts chunks on the queue; one that is there already is not put twice. */
  readonly enqueue: (phase: Phase, run: string, ordinals: readonly number[]) => Promise<void>;
  readonly report: (phase: Phase, progress: PhaseProgress) => void;
  /** Throws when going on is pointless (the disk is full); asked every few seconds. */
  readonly check: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number) => Promise<void>;
}

const LOOK_EVERY_MS = 400;
const CHECK_EVERY_LOOKS = 8;
/** Without any chunk finished for so long the queue may have lost its jobs (Redis emptied): they are put again. */
const QUIET_LOOKS = 75;
const BATCH = 1_000;

/** The run was asked to stop; what is done stays done and the same command goes on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Plans the phase if it is not planned yet, then works until every chunk is done or failed. */
export async function runPhase(
  dependencies: RunDependencies,
  run: string,
  phase: Phase,
  plan: () => Promise<readonly Pick<Chunk, 'task' | 'patients'>[]>,
): Promise<PhaseProgress> {
  const { store, report } = dependencies;
  if (!(await store.isPlanned(run, phase))) await store.planPhase(run, phase, await plan());
  await store.retryFailed(run, phase);
  await enqueuePending(dependencies, run, phase);
  let last = 0;
  let quiet = 0;
  for (let look = 1; ; look++) {
    if (look % CHECK_EVERY_LOOKS === 0) await dependencies.check();
    if (dependencies.signal.aborted) throw new Interrupted('interrupted');
    const progress = await store.progress(run, phase);
    report(phase, progress);
    const { total, done, failed } = progress.chunks;
    if (done + failed >= total) return progress;
    quiet = done + failed === last ? quiet + 1 : 0;
    last = done + failed;
    if (quiet === QUIET_LOOKS) {
      await enqueuePending(dependencies, run, phase);
      quiet = 0;
    }
    await dependencies.sleep(LOOK_EVERY_MS);
  }
}

async function enqueuePending({ store, enqueue }: RunDependencies, run: string, phase: Phase): Promise<void> {
  const pending = await store.pending(run, phase);
  for (let at = 0; at < pending.length; at += BATCH) await enqueue(phase, run, pending.slice(at, at + BATCH));
}
