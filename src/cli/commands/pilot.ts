// `shipa pilot`: a whole cohort on this machine, from nothing to served recommendations. Goes on where it was stopped.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { historyFiles } from '../../adapters/files/history-files.js';
import { planIngest } from '../../app/ingest.js';
import { grouped, summaryText } from '../../app/progress.js';
import { type RunDependencies, runPhase } from '../../app/run-pilot.js';
import { filesOf, planSimulation } from '../../app/run-pilot-simulate.js';
import { planScoring } from '../../app/score-batch.js';
import { type Engine, openEngine } from '../engine.js';
import { writeFaults } from '../ingest-report.js';
import { leading, runLease, SCORING } from '../leading.js';
import { releaseLine, releaseOf } from '../release-of.js';
import { requirePort } from '../require-port.js';
import {
  DEFAULT_DATA,
  DEFAULT_WORKERS,
  openRunServices,
  phaseBasics,
  type RunServices,
  requireSpace,
  untilInterrupted,
} from '../run-services.js';
import { serveUntil } from '../serve-api.js';
import { type ProgressDisplay, progressDisplay } from '../show-progress.js';
import { stopped } from '../stopped.js';
import { whole } from '../whole.js';

export const help = `
simulate, ingest, score and serve a cohort on this machine

shipa pilot [--patients N] [--seed S] [--port P] [--exit] [--data DIR] [--workers W]
  --patients N   size of the simulated cohort (default 100000)
  --seed S       another seed is another cohort (default 1)
  --port P       of the page and the API (default 8080)
  --exit         stop after the summary instead of serving
  --data DIR     where everything is kept (default .shipa)
  --workers W    worker processes (default ${DEFAULT_WORKERS})

Progress goes to stderr, the summary to stdout. Ctrl-C stops; the same command goes on where it stopped.
With DATABASE_URL (and REDIS_URL) set, those servers are used instead of the embedded ones.
`;

interface PilotOptions {
  readonly patients: number;
  readonly seed: number;
  readonly port: number;
  readonly exit: boolean;
  readonly data: string;
  readonly workers: number;
}

/** Bytes on disk a simulated patient costs, files, database and log together; measured, rounded up. */
const BYTES_A_PATIENT = 40_000;

export async function run(args: string[]): Promise<number> {
  const options = readOptions(args);
  const { signal, fail } = untilInterrupted();
  if (!options.exit) await requirePort(options.port);
  const running = await openRunServices({ data: options.data, visit: false, fail, over: () => signal.aborted });
  try {
    const display = progressDisplay();
    await requireSpace(running.services.dir.root, options.patients * BYTES_A_PATIENT + 200e6);
    running.startWorkers(options.workers);
    const engine = await openEngine();
    const watched = { run: pilotId(options), display };
    const failed = await leading(
      running,
      signal,
      runLease(watched.run),
      () => runPilot(options, running, engine, display, signal),
      watched,
    );
    if (options.exit) return failed ? 1 : 0;
    await serveUntil(signal, { running, engine, port: options.port, host: '127.0.0.1' });
    return failed ? 1 : 0;
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}

function readOptions(args: string[]): PilotOptions {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '8080' },
      exit: { type: 'boolean', default: false },
      data: { type: 'string', default: DEFAULT_DATA },
      workers: { type: 'string', default: String(DEFAULT_WORKERS) },
    },
  });
  return {
    patients: whole(values.patients, '--patients', 1),
    seed: whole(values.seed, '--seed', 0),
    port: whole(values.port, '--port', 0, 65_535),
    exit: values.exit,
    data: values.data,
    workers: whole(values.workers, '--workers', 1, 64),
  };
}

const pilotId = ({ patients, seed }: Pick<PilotOptions, 'patients' | 'seed'>): string => `pilot-${patients}-${seed}`;

async function runPilot(
  options: PilotOptions,
  running: RunServices,
  engine: Engine,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<boolean> {
  const { lasting: store, services } = running;
  const { patients, seed } = options;
  const id = pilotId(options);
  const files = historyFiles();
  const simulation = planSimulation(patients, seed, join(services.dir.root, 'cohort', id));
  const dependencies: RunDependencies = { ...phaseBasics(running, signal), report: display.report };
  const before = await store.openRun({ id, kind: 'pilot', params: { patients, seed } });
  if (before.phase !== null) process.stderr.write(`going on with the run of ${grouped(patients)} patients\n`);
  if (!(await ingested(running, id, filesOf(simulation)))) {
    await runPhase(dependencies, id, 'simulate', async () => simulation);
    await runPhase(dependencies, id, 'ingest', () => planIngest(files, filesOf(simulation)));
  }
  const release = await store.releaseId(releaseOf(engine));
  await leading(running, signal, SCORING, async () => {
    if (await store.isPlanned(id, 'score')) await dropOldScores(running, id, release);
    await runPhase(dependencies, id, 'score', () => planScoring(store, releaseOf(engine)));
  });
  const failures = await store.failures(id);
  await store.endRun(id, failures.length === 0 ? 'done' : 'failed');
  const report = join(services.dir.root, 'reports', `${id}.ndjson`);
  await writeFaults(store.inputFaults(id), report, false, () => {});
  process.stdout.write(
    summaryText({
      cohort: await store.summary({}),
      ingested: (await store.progress(id, 'ingest')).counts,
      faults: { ...(await store.faults(id, 3)), report },
      failures,
      givenUp: await store.givenUp(),
      times: display.times(),
      release: releaseLine(engine),
    }),
  );
  return failures.length > 0;
}

/** True when every chunk is in the store. Where simulated files are gone before that, they are made again. */
async function ingested({ lasting: store }: RunServices, id: string, files: readonly string[]): Promise<boolean> {
  if (!(await store.isPlanned(id, 'ingest'))) {
    if (await store.isPlanned(id, 'simulate')) {
      const { chunks } = await store.progress(id, 'simulate');
      if (chunks.done === chunks.total && !(await allThere(files))) await store.forgetPhase(id, 'simulate');
    }
    return false;
  }
  const { chunks } = await store.progress(id, 'ingest');
  if (chunks.done === chunks.total) return true;
  if (!(await allThere(files))) {
    await store.forgetPhase(id, 'ingest');
    await store.forgetPhase(id, 'simulate');
  }
  return false;
}

async function allThere(files: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

/** A plan of another release, or one that is done while newer histories wait, is planned anew; what is scored stays scored. */
async function dropOldScores({ lasting: store }: RunServices, id: string, release: number): Promise<void> {
  const { chunks } = await store.progress(id, 'score');
  const plannedFor = await store.plannedRelease(id);
  if (plannedFor !== release || chunks.done + chunks.failed === chunks.total) await store.forgetPhase(id, 'score');
}
