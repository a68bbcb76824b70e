// Reads stored histories again with today's reader and terminology, and writes down what each patient's could not be understood:
// after a new version of either, before anything is scored with it.
import type { History } from '../domain/history.js';
import type { Patient } from '../domain/patient.js';
import type { ReadDocument } from './ingest-ports.js';
import { defect, readStored } from './score-batch.js';
import type { Chunk, ChunkRef, Counts, HistoryToScore, RunStore } from './store-ports.js';

export interface ReadingGap {
  readonly patientId: number;
  readonly historyHash: Buffer;
  /** fault: the history cannot be read. warning: a place of it was not used. not-understood: words or codes without a meaning here. */
  readonly kind: 'fault' | 'warning' | 'not-understood';
  readonly place: string;
  readonly message: string;
}

export interface ReadingStore {
  /** The next patients with a history, as a range of ids; undefined behind the last. */
  nextRange(after: number, size: number): Promise<{ from: number; to: number; patients: number } | undefined>;
  historiesBetween(from: number, to: number): Promise<readonly HistoryToScore[]>;
  historiesOf(patients: readonly number[]): Promise<readonly HistoryToScore[]>;
  /** Internal numbers of persons by the ids of any of their records; unknown ids are left out. */
  patientNumbers(ids: readonly string[]): Promise<readonly { readonly id: string; readonly number: number }[]>;
  /** Replaces the gaps of these patients and marks the chunk done, in one transaction. */
  storeReadings(
    ref: ChunkRef,
    patients: readonly number[],
    gaps: readonly ReadingGap[],
    counts: Counts,
  ): Promise<'done' | 'done-before'>;
  /** What is not understood most often, for those who add mappings. */
  commonGaps(
    limit: number,
  ): Promise<readonly { readonly kind: string; readonly message: string; readonly patients: number }[]>;
}

export interface NormaliseDependencies {
  readonly store: Pick<RunStore, 'beginChunk'> & ReadingStore;
  readonly readDocument: ReadDocument;
  readonly normalize: (history: History) => Patient;
}

const CHUNK = 250;

/** All stored patients, in chunks made as they are asked for. */
export async function* planNormalising(
  store: Pick<ReadingStore, 'nextRange'>,
): AsyncGenerator<Pick<Chunk, 'task' | 'patients'>> {
  let after = 0;
  for (;;) {
    const range = await store.nextRange(after, CHUNK);
    if (range === undefined) return;
    const { from, to, patients } = range;
    yield { task: { from, to }, patients };
    after = to;
  }
}

export async function normaliseChunk(
  dependencies: NormaliseDependencies,
  ref: ChunkRef,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const { store } = dependencies;
  if ((await store.beginChunk(ref)) === undefined) return;
  const rows = await store.historiesBetween(from, to);
  const gaps: ReadingGap[] = [];
  const counts = { normalised: 0, unreadable: 0, 'not understood': 0, warnings: 0 };
  for (const [i, row] of rows.entries()) {
    const own = gapsOf(dependencies, row);
    gaps.push(...own);
    counts.normalised++;
    if (own.some((gap) => gap.kind === 'fault')) counts.unreadable++;
    counts.warnings += own.filter((gap) => gap.kind === 'warning').length;
    counts['not understood'] += own.filter((gap) => gap.kind === 'not-understood').length;
    if (i % 20 === 19) await new Promise(setImmediate);
  }
  await store.storeReadings(
    ref,
    rows.map((row) => row.patientId),
    gaps,
    counts,
  );
}

function gapsOf({ readDocument, normalize }: NormaliseDependencies, row: HistoryToScore): readonly ReadingGap[] {
  const gap = (kind: ReadingGap['kind'], place: string, message: string): ReadingGap => ({
    patientId: row.patientId,
    historyHash: row.hash,
    kind,
    place,
    message,
  });
  try {
    const history = readStored(row, readDocument);
    if (!('entries' in history)) return history.faults.map((f) => gap('fault', f.place, f.message));
    return [
      ...history.warnings.map((w) => gap('warning', w.place, w.message)),
      ...normalize(history).notUnderstood.map((n) => gap('not-understood', n.place, n.text)),
    ];
  } catch (error) {
    return [gap('fault', 'document', defect(error))];
  }
}
