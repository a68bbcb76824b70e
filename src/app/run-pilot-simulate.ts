// The simulated cohort as files of the data directory, made in chunks that can be made again and come out the same.
import type { HistoryFiles } from './ingest-ports.js';
import type { Chunk, ChunkRef, RunStore } from './store-ports.js';

export interface SimulateDependencies {
  readonly store: Pick<RunStore, 'beginChunk' | 'finishChunk'>;
  readonly files: HistoryFiles;
  /** Line number `index` of the cohort with this seed. */
  readonly simulateLine: (seed: number, index: number) => string;
}

interface SimulateTask {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly file: string;
}

const PATIENTS_PER_FILE = 500;

export function planSimulation(
  patients: number,
  seed: number,
  folder: string,
): readonly Pick<Chunk, 'task' | 'patients'>[] {
  const starts = Array.from({ length: Math.ceil(patients / PATIENTS_PER_FILE) }, (_, i) => i * PATIENTS_PER_FILE);
  return starts.map((from) => {
    const count = Math.min(PATIENTS_PER_FILE, patients - from);
    const file = `${folder}/part-${String(from / PATIENTS_PER_FILE).padStart(6, '0')}.ndjson`;
    return { task: { seed, from, count, file } satisfies SimulateTask, patients: count };
  });
}

/** The files of a plan, in order. */
export const filesOf = (plan: readonly Pick<Chunk, 'task'>[]): readonly string[] =>
  plan.flatMap(({ task }) => (typeof task.file === 'string' ? [task.file] : []));

export async function simulateChunk(
  { store, files, simulateLine }: SimulateDependencies,
  ref: ChunkRef,
): Promise<void> {
  const chunk = await store.beginChunk(ref);
  if (chunk === undefined) return;
  const { seed, from, count, file } = chunk.task as unknown as SimulateTask; // written by planSimulation, as JSON
  const lines: string[] = [];
  for (let index = from; index < from + count; index++) {
    lines.push(simulateLine(seed, index));
    if (lines.length % 50 === 0) await new Promise(setImmediate);
  }
  await files.write(file, lines);
  await store.finishChunk(ref, { simulated: count });
}
