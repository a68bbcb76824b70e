// The same as end-to-end on servers: PostgreSQL and Redis, and 1, 2 and 4 workers. `node dist/benchmarks/cluster.js [--patients 10000]
// [--workers 1,2,4] [--rounds 1] [--seed 1]`. Servers: DATABASE_URL and REDIS_URL, else the usual local ports; a database and a key
// prefix of its own, removed afterwards. JSON lines on stdout, table on stderr.
// Peer: the same with the queue in PostgreSQL (two workers). Bound: bare JSON.parse + COPY + core, as in end-to-end. The cost of the queue:
// jobs that do nothing on both, beside the chunks that the runs had.
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
import { noOpJobs } from './batch/no-op-jobs.js';
import { cpuOf, toQueryable } from './batch/phases.js';
import { emit, median, shown, tableOf } from './batch/printed.js';
import { type OwnRedis, ownDatabase, ownRedis } from './batch/servers.js';
import { watchProcesses } from './batch/watch-processes.js';
import type { CohortFile } from './ingest/cohort-file.js';

const WARM_UP = 1_000;
const NO_OP_JOBS = 5_000;
const PEER_WORKERS = 2;

interface Measured {
  readonly queue: 'redis' | 'postgres';
  readonly workers: number;
  readonly patients: number;
  readonly chunks: number;
  readonly seconds: number;
  readonly ingestSeconds: number;
  readonly scoreSeconds: number;
  readonly cpuMsEach: number | null;
  readonly databaseCpuMsEach: number | null;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '10000' },
      workers: { type: 'string', default: '1,2,4' },
      rounds: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [patients, seed, rounds] = [Number(values.patients), Number(values.seed), Number(values.rounds)];
  const redis = await ownRedis();
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-cluster-'));
  try {
    const cohort = await cohortFile(folder, seed, 0, patients);
    const warmUp = await cohortFile(folder, seed + 1, 0, WARM_UP);
    const plans = [
      ...values.workers.split(',').map((n) => ({ queue: 'redis' as const, workers: Number(n) })),
      { queue: 'postgres' as const, workers: PEER_WORKERS },
    ];
    const measured: Measured[] = [];
    let bare: BareWork | undefined;
    for (let round = 0; round < rounds; round++)
      for (const plan of plans) {
        const last = round === rounds - 1 && plan === plans.at(-1);
        const { bare: bound, ...one } = await runOn(redis, folder, cohort, warmUp, plan, last);
        bare = bound ?? bare;
        measured.push(one);
        emit({ name: 'cluster', what: 'run', round, ...one });
      }
    const queues = {
      redis: await noOpJobs({ kind: 'redis', url: redis.url, namespace: redis.prefix }, NO_OP_JOBS),
      postgres: await noOpOnPostgres(),
    };
    if (bare === undefined) return;
    const medians = plans.map((plan) =>
      medianOf(measured.filter((m) => m.queue === plan.queue && m.workers === plan.workers)),
    );
    emit({ name: 'cluster', what: 'summary', medians, bare, noOpJobsPerSecond: queues });
    process.stderr.write(text(medians, bare, queues));
  } finally {
    await redis.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOn(
  redis: OwnRedis,
  folder: string,
  cohort: CohortFile,
  warmUp: CohortFile,
  { queue, workers }: { readonly queue: Measured['queue']; readonly workers: number },
  withBound: boolean,
): Promise<Measured & { readonly bare?: BareWork }> {
  const database = await ownDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.REDIS_URL = queue === 'redis' ? redis.url : '';
  process.env.SHIPA_QUEUE = redis.prefix;
  const fail = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const running = await openRunServices({ data: join(folder, 'data'), visit: false, fail });
  try {
    running.startWorkers(workers);
    const engine = await openEngine();
    const release = releaseOf(engine);
    await toQueryable(running, release, warmUp, 'warm-up');
    const watch = watchProcesses(running.workerPids, database.cluster);
    const began = performance.now();
    const phases = await toQueryable(running, release, cohort, 'cluster', watch);
    const seconds = (performance.now() - began) / 1000;
    const { cpuSeconds } = watch.stop();
    await engine.close();
    const each = (cpu: number | null): number | null => (cpu === null ? null : (1000 * cpu) / cohort.histories);
    const one: Measured = {
      queue,
      workers,
      patients: cohort.histories,
      chunks: phases.reduce((sum, phase) => sum + phase.chunks, 0),
      seconds,
      ingestSeconds: phases[0]?.seconds ?? 0,
      scoreSeconds: phases[1]?.seconds ?? 0,
      cpuMsEach: each(phases.reduce((sum, phase) => sum + (cpuOf(phase) ?? Number.NaN), 0)),
      databaseCpuMsEach: each(database.cluster === undefined || cpuSeconds === null ? null : cpuSeconds.database),
    };
    return withBound ? { ...one, bare: await bareWork(cohort, database.url, 'cluster', PEER_WORKERS) } : one;
  } finally {
    await running.stop();
    await database.drop();
  }
}

async function noOpOnPostgres(): Promise<number> {
  const database = await ownDatabase();
  try {
    return await noOpJobs({ kind: 'postgres', url: database.url, namespace: 'no_op' }, NO_OP_JOBS);
  } finally {
    await database.drop();
  }
}

function medianOf(runs: readonly Measured[]): Measured {
  const [first] = runs;
  if (first === undefined) throw new Error('nothing was measured');
  const of = (pick: (run: Measured) => number | null): number => median(runs.map((run) => pick(run) ?? Number.NaN));
  return {
    ...first,
    seconds: of((r) => r.seconds),
    ingestSeconds: of((r) => r.ingestSeconds),
    scoreSeconds: of((r) => r.scoreSeconds),
    cpuMsEach: of((r) => r.cpuMsEach),
    databaseCpuMsEach: of((r) => r.databaseCpuMsEach),
  };
}

function text(
  medians: readonly Measured[],
  bare: BareWork,
  queues: Readonly<Record<Measured['queue'], number>>,
): string {
  const rows = medians.map((m) => [
    `${m.workers} worker${m.workers === 1 ? '' : 's'}, queue in ${m.queue}`,
    shown(m.seconds, 1),
    shown(m.patients / m.seconds),
    shown(m.patients / m.ingestSeconds),
    shown(m.patients / m.scoreSeconds),
    shown(m.cpuMsEach, 2),
    shown(m.databaseCpuMsEach, 2),
    `${shown((100 * m.chunks) / queues[m.queue] / m.seconds, 2)} %`,
  ]);
  const [first] = medians;
  const patients = first?.patients ?? 0;
  return [
    tableOf(
      ['', 'seconds', 'patients/s', 'ingest/s', 'score/s', 'cpu ms each', 'of it in db', 'queue'],
      [
        ...rows,
        [
          'bare parse + copy + core (bound)',
          shown((bare.boundMs * patients) / 1000, 1),
          shown(1000 / bare.boundMs),
          '-',
          '-',
          '-',
          '-',
          '-',
        ],
      ],
    ),
    `  Jobs that do nothing, a second: ${shown(queues.redis)} on Redis, ${shown(queues.postgres)} on PostgreSQL. "queue": the share of the time\n`,
    `  that so many jobs as the run had chunks (${first?.chunks ?? 0}) take by themselves.\n`,
  ].join('');
}

endOnSignal();
await main();
