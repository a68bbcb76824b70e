// Scoring again, whatever stands stored, for patients that somebody names: a study was retracted, a doctor waits, a defect was mended.
// What changed by itself (history, corpus, model) is found by `planScoring`.
import type { Corpus } from '../domain/corpus/corpus.js';
import { indicationsOn, leaningOptions } from './leaning.js';
import type { ReadingStore } from './normalise-stored.js';
import type { OversightStore } from './oversight-ports.js';
import { countsOf, type ScoreDependencies, scoreRows } from './score-batch.js';
import { readCompact } from './score-batch-record.js';
import type { Chunk, ChunkRef } from './store-ports.js';

const CHUNK = 250;
const PAGE = 2_000;

export function planRescoring(named: readonly number[]): readonly Pick<Chunk, 'task' | 'patients'>[] {
  const patients = [...new Set(named)];
  const starts = Array.from({ length: Math.ceil(patients.length / CHUNK) }, (_, i) => i * CHUNK);
  return starts.map((at) => {
    const some = patients.slice(at, at + CHUNK);
    return { task: { patients: some }, patients: some.length };
  });
}

/** Scores the patients of a chunk with the release of this worker. */
export async function rescoreChunk(
  dependencies: ScoreDependencies & { readonly store: Pick<ReadingStore, 'historiesOf'> },
  ref: ChunkRef,
  { patients }: { readonly patients: readonly number[] },
): Promise<void> {
  const { store, release } = dependencies;
  if ((await store.beginChunk(ref)) === undefined) return;
  const scored = await scoreRows(dependencies, await store.historiesOf(patients));
  await store.scoreChunk(ref, await store.releaseId(release), scored, countsOf(scored));
}

/** Ids of the stored patients whose last recommendation leans on the study; `corpora` by model, "" for any other. */
export async function leaningPatients(
  store: Pick<OversightStore, 'leaning'>,
  corpora: ReadonlyMap<string, Corpus>,
  study: string,
): Promise<readonly string[]> {
  const on = new Map([...corpora].map(([model, corpus]) => [model, indicationsOn(corpus, study)] as const));
  const found: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof store.leaning>> = await store.leaning(after, PAGE);
    for (const { id, model, record } of page.rows)
      if (leaningOptions(readCompact(record), on.get(model) ?? on.get('') ?? new Set()).length > 0) found.push(id);
    after = page.next;
  }
  return found;
}
