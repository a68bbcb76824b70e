// Scoring of a few persons at once, in this process: after a merge nobody should wait for the next run of all.
import { randomUUID } from 'node:crypto';
import { type ScoreDependencies, scoreChunk } from './score-batch.js';
import type { RunStore, ScoreStore } from './store-ports.js';

/** Scores those of the patients (by key) whose recommendation is not that of their histories and of the release. */
export async function scorePersons(
  dependencies: Omit<ScoreDependencies, 'store'> & { readonly store: RunStore & ScoreStore },
  keys: readonly number[],
): Promise<void> {
  const { store, release } = dependencies;
  const releaseId = await store.releaseId(release);
  const run = `score-${randomUUID().slice(0, 8)}`;
  await store.openRun({ id: run, kind: 'score', params: { ...release } });
  await store.planPhase(
    run,
    'score',
    keys.map((key) => ({ task: { from: key, to: key, releaseId }, patients: 1 })),
  );
  for (const ordinal of keys.keys()) await scoreChunk(dependencies, { run, phase: 'score', ordinal });
  await store.endRun(run, 'done');
}
