// One job from the queue: which chunk, is it still to be done, is it suspected of killing its workers; and what becomes of one that fails.
//
//   begun -> done
//   begun -> thrown           tried again by the queue; tries used up -> split, one patient alone -> dead letter
//   begun -> worker died      begun again by another, alone in its process; twice so -> split; one patient alone, three times more -> dead letter
//   thrown because a server is away: stays pending, and is put on the queue again when somebody leads the run
import { WrongRelease } from '../src/app/score-batch.js';
import type { Chunk, ChunkRef, Store } from '../src/app/store-ports.js';
import { ChunkPayload, type JobType, type WorkerContext } from './job-type.js';
import { reasonOf, serverIsAway } from './reason.js';
import { type SoloGate, soloGate } from './solo.js';

export type Ran = 'done' | 'split' | 'gone';

export async function runChunk(
  type: JobType,
  payload: unknown,
  context: WorkerContext,
  gate: SoloGate = soloGate(),
): Promise<Ran> {
  const ref = refOf(type, payload);
  const chunk = await context.store.chunkOf(ref);
  if (chunk === undefined) return 'gone';
  if (chunk.suspect && (await split(type, chunk, context))) return 'split';
  try {
    await (chunk.deaths > 0 ? gate.alone : gate.beside)(() => type.handle(ref, context, chunk.task));
    return 'done';
  } catch (error) {
    // Should the store be away too, the beginning counts as a death: the worst of it is a split too early.
    await context.store.leaveChunk(ref).catch(() => {});
    throw error;
  }
}

/** A job whose tries are used up, or whose workers died with it more often than the queue allows. */
export async function giveUp(type: JobType, payload: unknown, error: Error, context: WorkerContext): Promise<void> {
  const ref = refOf(type, payload);
  if (serverIsAway(error)) return;
  const chunk = await context.store.chunkOf(ref);
  if (chunk === undefined) return;
  const ofThePatients = !(error instanceof WrongRelease) && !isDiskFull(error);
  if (ofThePatients && chunk.patients > 1 && (await split(type, chunk, context))) return;
  await context.store.failChunk(ref, reasonOf(error), ofThePatients ? 'its patients' : 'others');
}

async function split(type: JobType, chunk: Chunk, context: WorkerContext): Promise<boolean> {
  if (type.split === undefined) return false;
  const pieces = await type.split(context, chunk.task, chunk.patients);
  // One piece that is the whole again would be split for ever.
  if (pieces.length < 2 && pieces[0]?.patients === chunk.patients) return false;
  return (context.store satisfies Store).splitChunk(chunk, pieces);
}

const refOf = (type: JobType, payload: unknown): ChunkRef => ({ ...ChunkPayload.parse(payload), phase: type.name });

const isDiskFull = (error: Error): boolean =>
  'code' in error && (error.code === 'disk-full' || error.code === 'ENOSPC');
