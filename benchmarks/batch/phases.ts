// From a file to recommendations that can be asked for, by the phases and the code of `shipa ingest`, `shipa score` and the pilot.
import { historyFiles } from '../../src/adapters/files/history-files.js';
import { planIngest } from '../../src/app/ingest.js';
import { runPhase } from '../../src/app/run-pilot.js';
import { planScoring } from '../../src/app/score-batch.js';
import type { Phase, Release } from '../../src/app/store-ports.js';
import { phaseBasics, type RunServices } from '../../src/cli/run-services.js';
import type { CohortFile } from '../ingest/cohort-file.js';
import type { ProcessWatch, Role } from './watch-processes.js';

export interface PhaseMeasured {
  readonly phase: Phase;
  readonly patients: number;
  readonly chunks: number;
  readonly seconds: number;
  readonly cpuSeconds: Readonly<Record<Role, number>> | null;
}

/** A look at the progress of a small run must not be most of its time. */
const LOOK_MS = 100;

/** @throws when a chunk was given up, or when fewer patients can be asked for than were sent */
export async function toQueryable(
  running: RunServices,
  release: Release,
  cohort: CohortFile,
  id: string,
  watch?: ProcessWatch,
): Promise<readonly PhaseMeasured[]> {
  const { store } = running;
  const dependencies = {
    ...phaseBasics(running, new AbortController().signal),
    report: () => {},
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, LOOK_MS))),
  };
  const before = await store.summary({});
  await store.openRun({ id, kind: 'ingest', params: {} });
  const measured: PhaseMeasured[] = [];
  for (const phase of ['ingest', 'score'] as const) {
    const cpu = watch?.cpu() ?? null;
    const began = performance.now();
    const progress = await runPhase(dependencies, id, phase, () =>
      phase === 'ingest' ? planIngest(historyFiles(), [cohort.file]) : planScoring(store, release),
    );
    const seconds = (performance.now() - began) / 1000;
    if (progress.chunks.failed > 0) throw new Error(`${progress.chunks.failed} chunks of ${phase} failed`);
    measured.push({
      phase,
      patients: progress.patients.done,
      chunks: progress.chunks.total,
      seconds,
      cpuSeconds: since(cpu, watch?.cpu() ?? null),
    });
  }
  await store.endRun(id, 'done');
  const after = await store.summary({});
  const fresh = after.patients - before.patients;
  if (after.scored !== after.patients || fresh < 0.95 * cohort.histories)
    throw new Error(`of ${cohort.histories} histories ${fresh} are stored and ${after.scored} scored`);
  const { rows } = await store.patients({ status: 'ranked' }, 1, 0);
  if (rows[0] === undefined || (await store.recommendation(rows[0].id)) === undefined)
    throw new Error('no recommendation can be asked for');
  return measured;
}

function since(
  before: Readonly<Record<Role, number>> | null,
  after: Readonly<Record<Role, number>> | null,
): Readonly<Record<Role, number>> | null {
  if (before === null || after === null) return null;
  const { own, workers, database } = before;
  return { own: after.own - own, workers: after.workers - workers, database: after.database - database };
}

export const cpuOf = ({ cpuSeconds }: PhaseMeasured): number | null =>
  cpuSeconds === null ? null : cpuSeconds.own + cpuSeconds.workers + cpuSeconds.database;
