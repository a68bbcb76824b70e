// A piece of work that is one chunk: begun, done, and written down with what it made.
import type { ChunkRef, Counts, RunStore } from './store-ports.js';

export interface Outcome {
  readonly counts: Counts;
  readonly result: Readonly<Record<string, unknown>>;
}

/** Does the work unless it is done already; done twice at once, the first result stays. */
export async function once(
  store: Pick<RunStore, 'beginChunk' | 'finishChunk'>,
  ref: ChunkRef,
  work: () => Promise<Outcome>,
): Promise<void> {
  if ((await store.beginChunk(ref)) === undefined) return;
  const { counts, result } = await work();
  await store.finishChunk(ref, counts, result);
}
