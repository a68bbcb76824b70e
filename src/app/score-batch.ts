// Scoring stored patients by the chunk: read again what was stored, recommend for all of them in one call, store the answers.
import { inflateRawSync } from 'node:zlib';
import { combineHistories } from '../core/identity/combine-histories.js';
import type { History } from '../domain/history.js';
import type { BriefRecord } from '../domain/recommendation.js';
import type { ReadDocument } from './ingest-ports.js';
import { toScoredPatient } from './score-batch-record.js';
import type {
  Chunk,
  ChunkRef,
  HistoryToScore,
  RecordText,
  Release,
  RunStore,
  ScoredPatient,
  ScoreStore,
} from './store-ports.js';

/** The use case `recommend`, as the batch calls it. */
export interface BatchRecommender {
  /** Trying out the missing items is left out in a cohort: it costs most of the time. */
  recommendBriefly(
    histories: readonly History[],
    options: { readonly asOf?: string; readonly tryMissing?: boolean },
  ): Promise<readonly BriefRecord[]>;
}

export interface ScoreDependencies {
  readonly store: Pick<RunStore, 'beginChunk'> & ScoreStore;
  readonly recommender: BatchRecommender;
  readonly readDocument: ReadDocument;
  readonly release: Release;
  /** True while the model of this worker is the released one; a plan made before a release is then done with the new model. */
  readonly inForce?: () => boolean;
}

interface ScoreTask {
  readonly from: number;
  readonly to: number;
  readonly releaseId: number;
}

/** Patients of one call to the recommender: enough for a full batch of the model, few enough to let the event loop run. */
const AT_ONCE = 125;
export const SCORE_CHUNK = 250;

/** Chunks of patients that need scoring with the release, for `planPhase`. */
export async function planScoring(
  store: ScoreStore,
  release: Release,
): Promise<readonly Pick<Chunk, 'task' | 'patients'>[]> {
  const releaseId = await store.releaseId(release);
  const ranges = await store.planScoring(releaseId, SCORE_CHUNK);
  return ranges.map(({ from, to, patients }) => ({ task: { from, to, releaseId }, patients }));
}

/** The chunk is for workers of another corpus, model or code: no fault of its patients. */
export class WrongRelease extends Error {
  override readonly name = 'WrongRelease';
}

/** Scores one chunk; does nothing when it is done. */
export async function scoreChunk(dependencies: ScoreDependencies, ref: ChunkRef): Promise<void> {
  const { store, release } = dependencies;
  const chunk = await store.beginChunk(ref);
  if (chunk === undefined) return;
  const { from, to, releaseId } = chunk.task as unknown as ScoreTask; // written by planScoring, as JSON
  const own = await store.releaseId(release);
  if (own !== releaseId && !(await supersedes(dependencies, releaseId)))
    throw new WrongRelease(
      `this worker has the corpus ${release.corpus.slice(0, 12)} and model ${release.model}; the run wants others`,
    );
  const scored = await scoreRows(dependencies, await store.toScore(own, from, to));
  await store.scoreChunk(ref, own, scored, countsOf(scored));
}

/** Scores stored histories, some at a time, so that the event loop runs between. */
export async function scoreRows(
  dependencies: Pick<ScoreDependencies, 'recommender' | 'readDocument'>,
  waiting: readonly HistoryToScore[],
): Promise<readonly ScoredPatient[]> {
  const scored: ScoredPatient[] = [];
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    scored.push(...(await scoreSome(dependencies, waiting.slice(at, at + AT_ONCE))));
    await new Promise(setImmediate);
  }
  return scored;
}

/**
 * A chunk that was planned for a model which has been replaced since is not dropped: this worker, which has the model in force and the
 * same code, does it with that. A worker of other code, or one that has not yet taken the new model, leaves it to another.
 */
async function supersedes({ store, release, inForce }: ScoreDependencies, planned: number): Promise<boolean> {
  const wanted = await store.releaseById(planned);
  const code = (text: string): string => text.split('+stops')[0] ?? text;
  return wanted !== null && code(wanted.code) === code(release.code) && inForce?.() === true;
}

async function scoreSome(
  { recommender, readDocument }: Pick<ScoreDependencies, 'recommender' | 'readDocument'>,
  rows: readonly HistoryToScore[],
): Promise<readonly ScoredPatient[]> {
  const read = rows.map((row) => ({ row, history: readStored(row, readDocument) }));
  const good = read.flatMap(({ row, history }) => ('entries' in history ? [{ row, history }] : []));
  const records = await recommendAll(
    recommender,
    good.map(({ history }) => history),
  );
  const today = new Date().toISOString().slice(0, 10);
  const answered = good.map(({ row }, i): ScoredPatient => {
    const record = records[i];
    if (record === undefined) throw new Error('the recommender answered fewer records than it was asked');
    return toScoredPatient(row, record, today);
  });
  const unread = read.flatMap(({ row, history }) =>
    'entries' in history
      ? []
      : [toScoredPatient(row, { case: row.caseId, status: 'error', faults: history.faults }, today)],
  );
  return [...answered, ...unread];
}

/** All in one call; when one breaks it, each alone, so that a defect costs one patient. When all break, the engine is broken. */
async function recommendAll(
  recommender: BatchRecommender,
  histories: readonly History[],
): Promise<readonly BriefRecord[]> {
  try {
    return await recommender.recommendBriefly(histories, { tryMissing: false });
  } catch (cause) {
    const alone: BriefRecord[] = [];
    for (const history of histories) alone.push(await recommendOne(recommender, history));
    if (histories.length > 1 && alone.every((record) => record.status === 'error')) throw cause;
    return alone;
  }
}

async function recommendOne(recommender: BatchRecommender, history: History): Promise<BriefRecord> {
  try {
    const [record] = await recommender.recommendBriefly([history], { tryMissing: false });
    if (record !== undefined) return record;
  } catch (error) {
    return { case: history.id, status: 'error', faults: [{ place: 'scoring', message: defect(error) }] };
  }
  throw new Error('one history gives one record');
}

/** A defect of ours, named by its kind only: its message might quote the patient. */
export const defect = (error: unknown): string =>
  `a defect of this software (${error instanceof Error ? error.name : 'unknown'}); please report it`;

/** The history of one person out of the stored documents, or why one of them cannot be read (by this version) any more. */
export function readStored(
  { also = [], ...own }: RecordText & { readonly also?: readonly RecordText[] },
  readDocument: ReadDocument,
): History | { readonly faults: ReturnType<ReadDocument>['faults'] } {
  const lead = readRecord(own, readDocument);
  if (also.length === 0 || !('entries' in lead)) return lead;
  const others = also.map((text) => ({ record: text.patient, history: readRecord(text, readDocument) }));
  // Half of what is known of a person is not answered from.
  const faults = others.flatMap(({ record, history }) =>
    'entries' in history ? [] : history.faults.map((f) => ({ ...f, place: `${record}: ${f.place}` })),
  );
  if (faults.length > 0) return { faults };
  return combineHistories([
    { record: own.patient, history: lead },
    ...others.flatMap(({ record, history }) => ('entries' in history ? [{ record, history }] : [])),
  ]);
}

export function readRecord(
  { caseId, raw }: RecordText,
  readDocument: ReadDocument,
): History | { readonly faults: ReturnType<ReadDocument>['faults'] } {
  const { histories, faults } = readDocument(inflateRawSync(raw).toString('utf8'), { case: caseId });
  // A Bundle of several patients is stored once for each: the case's name tells which one is meant.
  const own = histories.find((history) => history.id === caseId) ?? histories[0];
  return own ?? { faults };
}

/** Sums for progress and summary; names are read by `src/app/progress.ts`. */
export function countsOf(scored: readonly ScoredPatient[]): Record<string, number> {
  const counts: Record<string, number> = { scored: scored.length };
  const add = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { status, band } of scored) {
    add(status);
    if (band !== null) add(`band ${band}`);
  }
  return counts;
}
