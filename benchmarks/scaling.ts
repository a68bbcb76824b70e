// Plans for 1, 10 and 100 million histories from small runs measured now, by a simulation of the queue that is first held against them.
// `node dist/benchmarks/scaling.js [--patients 6000] [--workers 1,2,4] [--hours 8] [--store-cores 16] [--core-hour 0.05]`.
// JSON lines on stdout, tables on stderr. The figures of one patient come from the run with the fewest workers; the others are foretold with
// the cores that the machine has. Peer of each simulated run: the measured one. Beside other work the waiting of that run is mostly for cores.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openEngine } from '../src/cli/engine.js';
import { releaseOf } from '../src/cli/release-of.js';
import { openRunServices } from '../src/cli/run-services.js';
import { cohortFile } from './batch/cohort-process.js';
import { endOnSignal } from './batch/end-on-signal.js';
import { toQueryable } from './batch/phases.js';
import { emit, shown, tableOf } from './batch/printed.js';
import { type Role, watchProcesses } from './batch/watch-processes.js';
import type { CohortFile } from './ingest/cohort-file.js';
import { chunkTimes, type PatientFigures, planFor } from './scaling/plan.js';
import { simulateQueue } from './scaling/simulate-queue.js';

const WARM_UP = 1_000;
const MILLIONS = [1, 10, 100];

interface Run {
  readonly workers: number;
  readonly patients: number;
  readonly chunks: number;
  readonly seconds: number;
  readonly cpuSeconds: Readonly<Record<Role, number>>;
  readonly storeBytes: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '6000' },
      workers: { type: 'string', default: '1,2,4' },
      hours: { type: 'string', default: '8' },
      'store-cores': { type: 'string', default: '16' },
      'core-hour': { type: 'string', default: '0.05' },
      seed: { type: 'string', default: '1' },
    },
  });
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete process.env[name];
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-scaling-'));
  try {
    const cohort = await cohortFile(folder, Number(values.seed), 0, Number(values.patients));
    const warmUp = await cohortFile(folder, Number(values.seed) + 1, 0, WARM_UP);
    const runs: Run[] = [];
    for (const workers of values.workers.split(',').map(Number))
      runs.push(await measure(folder, workers, cohort, warmUp));
    const [first] = runs;
    if (first === undefined) return;
    const figures = figuresOf(first);
    const cores = availableParallelism();
    const compared = runs.map((run) => {
      const size = run.patients / run.chunks;
      const { seconds } = simulateQueue(run.chunks, chunkTimes(figures, size), {
        workers: run.workers,
        workerCores: cores,
      });
      return { workers: run.workers, measured: run.seconds, simulated: seconds, ratio: seconds / run.seconds };
    });
    const wish = {
      hours: Number(values.hours),
      storeCores: Number(values['store-cores']),
      coreHour: Number(values['core-hour']),
    };
    const plans = MILLIONS.map((n) => planFor(figures, { ...wish, patients: n * 1e6 }));
    for (const run of runs) emit({ name: 'scaling', what: 'run', ...run });
    for (const one of compared) emit({ name: 'scaling', what: 'compared', ...one });
    for (const plan of plans) emit({ name: 'scaling', what: 'plan', ...plan });
    emit({ name: 'scaling', what: 'summary', figures, cores });
    process.stderr.write(
      tableOf(
        ['small runs', 'measured s', 'simulated s', 'ratio'],
        compared.map((c) => [`${c.workers} workers`, shown(c.measured, 1), shown(c.simulated, 1), shown(c.ratio, 2)]),
      ),
    );
    process.stderr.write(
      `  A patient: ${shown(figures.workerMs, 2)} ms of a worker's core, ${shown(figures.storeMs, 2)} of the store's, ${shown(figures.waitMs, 2)} waiting, ` +
        `${shown(figures.storeBytes / 1000, 1)} kB stored. ${cores} cores.\n`,
    );
    process.stderr.write(
      tableOf(
        [
          `in ${wish.hours} h`,
          'workers',
          'by CPU alone',
          'stores',
          'hours',
          'worker load',
          'store load',
          'bottleneck',
          'disk',
          'core hours',
          'cost',
        ],
        plans.map((p) => [
          `${shown(p.patients / 1e6)} million`,
          shown(p.workers),
          shown(p.workersByCpu),
          shown(p.stores),
          shown(p.simulatedHours, 1),
          `${shown(100 * p.workerLoad)} %`,
          `${shown(100 * p.storeLoad)} %`,
          p.bottleneck,
          `${shown(p.storeBytes / 1e9)} GB`,
          shown(p.coreHours),
          shown(p.cost),
        ]),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, workers: number, cohort: CohortFile, warmUp: CohortFile): Promise<Run> {
  const data = join(folder, `data-${workers}`);
  const fail = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const running = await openRunServices({ data, visit: false, fail });
  try {
    running.startWorkers(workers);
    const engine = await openEngine();
    await toQueryable(running, releaseOf(engine), warmUp, 'warm-up');
    const before = await databaseBytes(running.services.databaseUrl);
    const watch = watchProcesses(running.workerPids, running.services.dir.cluster);
    const phases = await toQueryable(running, releaseOf(engine), cohort, 'scaling', watch);
    const { cpuSeconds } = watch.stop();
    await engine.close();
    if (cpuSeconds === null) throw new Error('this system does not tell the CPU time of processes');
    const sum = (pick: (phase: (typeof phases)[number]) => number): number =>
      phases.reduce((total, phase) => total + pick(phase), 0);
    return {
      workers,
      patients: cohort.histories,
      chunks: sum((phase) => phase.chunks),
      seconds: sum((phase) => phase.seconds),
      cpuSeconds: {
        own: sum((phase) => phase.cpuSeconds?.own ?? 0),
        workers: sum((phase) => phase.cpuSeconds?.workers ?? 0),
        database: sum((phase) => phase.cpuSeconds?.database ?? 0),
      },
      storeBytes: (await databaseBytes(running.services.databaseUrl)) - before,
    };
  } finally {
    await running.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function databaseBytes(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  await client.end();
  return Number(rows[0]?.bytes);
}

/** Of the run with the fewest workers: what it did not compute it waited. */
function figuresOf({ patients, seconds, workers, cpuSeconds, storeBytes }: Run): PatientFigures {
  const each = (total: number): number => (1000 * total) / patients;
  const [workerMs, storeMs] = [each(cpuSeconds.workers), each(cpuSeconds.database)];
  return {
    workerMs,
    storeMs,
    waitMs: Math.max(0, each(seconds * workers) - workerMs - storeMs),
    storeBytes: storeBytes / patients,
  };
}

endOnSignal();
await main();
