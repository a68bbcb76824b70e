// From a file of histories to recommendations that can be asked for, on this machine alone: embedded PostgreSQL, queue in it, workers.
// `node dist/benchmarks/end-to-end.js [--patients 100000] [--workers 2] [--seed 1]`. JSON lines on stdout, table on stderr.
// Bound, in the same run: bare JSON.parse + COPY + eligibility with the model, alone (batch/bare-work.ts). Memory is that of all processes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../src/cli/engine.js';
import { releaseOf } from '../src/cli/release-of.js';
import { openRunServices } from '../src/cli/run-services.js';
import { type BareWork, bareWork } from './batch/bare-work.js';
import { cohortFile } from './batch/cohort-process.js';
import { endOnSignal } from './batch/end-on-signal.js';
import { cpuOf, type PhaseMeasured, toQueryable } from './batch/phases.js';
import { emit, megabytes, shown, tableOf } from './batch/printed.js';
import { type Watched, watchProcesses } from './batch/watch-processes.js';

/** The aims of issue 5, on two cores. */
const AIM = { patients: 100_000, seconds: 40, bytes: 1.5 * 2 ** 30 };
const SAMPLE = 10_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: `${AIM.patients}` },
      workers: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [patients, workers, seed] = [Number(values.patients), Number(values.workers), Number(values.seed)];
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete process.env[name];
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-end-'));
  try {
    const cohort = await cohortFile(folder, seed, 0, patients);
    const fail = (error: Error): void => void process.stderr.write(`${error.message}\n`);
    const running = await openRunServices({ data: join(folder, 'data'), visit: false, fail });
    try {
      const began = performance.now();
      running.startWorkers(workers);
      const engine = await openEngine();
      const watch = watchProcesses(running.workerPids, running.services.dir.cluster);
      const phases = await toQueryable(running, releaseOf(engine), cohort, 'end-to-end', watch);
      const seconds = (performance.now() - began) / 1000;
      const watched = watch.stop();
      await engine.close();
      for (const phase of phases) emit({ name: 'end-to-end', what: 'phase', ...phase });
      const sample = patients <= SAMPLE ? cohort : await cohortFile(folder, seed, 0, SAMPLE);
      const bare = await bareWork(sample, running.services.databaseUrl, 'end-to-end', workers);
      emit({ name: 'end-to-end', what: 'summary', ...summary(patients, seconds, phases, watched, bare) });
      process.stderr.write(text(patients, workers, seconds, phases, watched, bare));
    } finally {
      await running.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function summary(
  patients: number,
  seconds: number,
  phases: readonly PhaseMeasured[],
  { peakBytes, peakOf }: Watched,
  bare: BareWork,
) {
  const cpuSeconds = phases.reduce((sum, phase) => sum + (cpuOf(phase) ?? Number.NaN), 0);
  return {
    patients,
    seconds,
    cpuSeconds,
    patientsPerSecond: patients / seconds,
    peakBytes,
    peakOf,
    bare,
    timesBound: (1000 * seconds) / patients / bare.boundMs,
    aim: AIM,
  };
}

function text(
  patients: number,
  workers: number,
  seconds: number,
  phases: readonly PhaseMeasured[],
  watched: Watched,
  bare: BareWork,
): string {
  const s = summary(patients, seconds, phases, watched, bare);
  const bytes = (role: keyof Watched['peakOf']): string => megabytes(watched.peakOf[role]);
  return [
    tableOf(
      ['', 'patients', 'seconds', 'a second', 'cpu s', 'ms each', 'cpu ms each'],
      [
        ...phases.map((phase) => row(phase.phase, phase.patients, phase.seconds, cpuOf(phase))),
        row('file to queryable', patients, seconds, s.cpuSeconds),
        row('bare parse + copy + core (bound)', patients, (bare.boundMs * patients) / 1000, null),
      ],
    ),
    `  ${s.timesBound.toFixed(1)} times the bound (${bare.parseMs.toFixed(3)} ms a patient parse, ${bare.copyMs.toFixed(3)} copy, ${bare.coreMs.toFixed(3)} core) with ${workers} workers.\n`,
    `  Highest memory of all processes ${megabytes(watched.peakBytes)}: workers ${bytes('workers')}, database ${bytes('database')}, this one ${bytes('own')}.\n`,
    `  By CPU alone ${workers} cores would take ${shown(s.cpuSeconds / workers, 1)} s. Aim: ${AIM.seconds} s and ${megabytes(AIM.bytes)} for ${shown(AIM.patients)}.\n`,
  ].join('');
}

const row = (name: string, patients: number, seconds: number, cpu: number | null): string[] => [
  name,
  shown(patients),
  shown(seconds, 1),
  shown(patients / seconds),
  shown(cpu, 1),
  shown((1000 * seconds) / patients, 3),
  shown(cpu === null ? null : (1000 * cpu) / patients, 3),
];

endOnSignal();
await main();
