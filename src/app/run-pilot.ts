// Runs: phases in order, each cut into chunks, the chunks given to the workers and watched until none is left.
// Everything that must survive a kill is in the store; the queue is filled again from it, some chunks ahead of the workers.
import type { Phase, PhaseProgress, Plan, RunState, RunStore } from './store-ports.js';

export interface RunDependencies {
  readonly store: RunStore;
  /** Puts chunks on the queue; one that is there already is not put twice. */
  readonly enqueue: (phase: Phase, run: string, ordinals: readonly number[]) => Promise<void>;
  readonly report: (phase: Phase, progress: PhaseProgress, state: RunState) => void;
  /** Throws when going on is pointless (the disk is full); asked every few seconds. */
  readonly check: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number) => Promise<void>;
  /** Most chunks of a phase on the queue at once. */
  readonly ahead?: number;
}

const LOOK_EVERY_MS = 400;
/** However long a look took: one that waited for a database that was away tells nothing about how much a look costs. */
const LOOK_AT_LEAST_EVERY_MS = 5_000;
const CHECK_EVERY_LOOKS = 8;
/**
 * Without any chunk finished for so many looks (five seconds) the queue may have lost its jobs: Redis was emptied, or workers used up the tries
 * of a chunk while the database was away. They are put again; one that is there still is not put twice, so a slow chunk costs little.
 */
const QUIET_LOOKS = 12;
/** Enough that 64 workers find work between two looks; few enough that no cohort fills the queue's memory. */
const AHEAD = 512;

/** The run was asked to stop; what is done stays done and the same command goes on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Somebody cancelled the run. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Plans the phase if it is not planned yet, then works until every chunk is done or failed. */
export async function runPhase(
  dependencies: RunDependencies,
  run: string,
  phase: Phase,
  plan: Plan,
): Promise<PhaseProgress> {
  const { store, report, check, signal, sleep } = dependencies;
  if (!(await store.isPlanned(run, phase))) await store.planPhase(run, phase, plan);
  await store.retryFailed(run, phase);
  const feed = feeder(dependencies, run, phase);
  let last = 0;
  let quiet = 0;
  for (let look = 1; ; look++) {
    const began = performance.now();
    if (look % CHECK_EVERY_LOOKS === 0) await check();
    if (signal.aborted) throw new Interrupted('interrupted');
    const state = (await store.runState(run)) ?? 'cancelled';
    if (state === 'cancelled') throw new Cancelled(`the run ${run} was cancelled`);
    const progress = await store.progress(run, phase);
    report(phase, progress, state);
    const { total, done, failed } = progress.chunks;
    if (done + failed >= total) return progress;
    quiet = done + failed === last && state === 'running' ? quiet + 1 : 0;
    last = done + failed;
    if (quiet === QUIET_LOOKS || state === 'paused') {
      // Workers drop the jobs of a paused run; an emptied queue has none. Either way they are to be put again.
      feed.forget();
      quiet = 0;
    }
    if (state === 'running') await feed.topUp();
    // Looking goes over all chunks of the phase: it takes at most a fifth of the time, however many there are.
    await sleep(Math.min(LOOK_AT_LEAST_EVERY_MS, Math.max(LOOK_EVERY_MS, 4 * (performance.now() - began))));
  }
}

/** Keeps a bounded number of chunks on the queue, first to last; pieces of split chunks come behind. */
function feeder({ store, enqueue, ahead = AHEAD }: RunDependencies, run: string, phase: Phase) {
  const out = new Set<number>();
  let after = -1;
  return {
    topUp: async (): Promise<void> => {
      for (const ordinal of out.size === 0 ? [] : await store.settled(run, phase, [...out])) out.delete(ordinal);
      if (out.size >= ahead) return;
      const next = await store.pending(run, phase, { after, limit: ahead - out.size });
      const fresh = next.filter((ordinal) => !out.has(ordinal));
      if (fresh.length > 0) await enqueue(phase, run, fresh);
      for (const ordinal of fresh) out.add(ordinal);
      // Behind the last one it begins at the front again, for chunks that somebody wants tried again.
      after = next.at(-1) ?? (out.size === 0 ? -1 : after);
    },
    forget: (): void => {
      out.clear();
      after = -1;
    },
  };
}
