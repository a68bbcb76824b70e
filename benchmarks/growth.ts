// What a patient costs against the size of the cohort, of the corpus and of the crew: CPU and wall time from file to queryable, fitted.
// `node dist/benchmarks/growth.js [--sizes 1000,2000,4000,8000] [--workers 1,2,4] [--shares 0.25,0.5,1] [--seed 1]`. JSON lines on
// stdout, table on stderr. Cost of a cohort = start + slope x patients (least squares), and as a power of the size: exponent 1 is "twice as
// many cost twice as much". Bound: bare JSON.parse + COPY + core. Peer: each series' own smallest point.
// The corpus is cut by its indications: so much of the eligibility work is left; the rest of the pipeline is not part of that series.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngine } from '../src/cli/engine.js';
import { releaseOf } from '../src/cli/release-of.js';
import { openRunServices } from '../src/cli/run-services.js';
import { bareWork } from './batch/bare-work.js';
import { cohortFile, cohortFiles } from './batch/cohort-process.js';
import { endOnSignal } from './batch/end-on-signal.js';
import { fitLine, fitPower } from './batch/least-squares.js';
import { cpuOf, toQueryable } from './batch/phases.js';
import { emit, shown, tableOf } from './batch/printed.js';
import { watchProcesses } from './batch/watch-processes.js';
import { corpusSeries } from './growth/corpus-series.js';

const WARM_UP = 1_000;
const WORKERS = 2;
const SAMPLE = 2_000;

interface Point {
  readonly series: 'cohort' | 'workers';
  readonly x: number;
  readonly patients: number;
  readonly seconds: number;
  readonly cpuSeconds: number | null;
}

const numbers = (list: string): readonly number[] => list.split(',').map(Number);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1000,2000,4000,8000' },
      workers: { type: 'string', default: '1,2,4' },
      shares: { type: 'string', default: '0.25,0.5,1' },
      seed: { type: 'string', default: '1' },
    },
  });
  const sizes = numbers(values.sizes);
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete process.env[name];
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-growth-'));
  try {
    const seed = Number(values.seed);
    const grown = await inOneStore(folder, 'cohort', seed, sizes, WORKERS);
    const middle = sizes[Math.floor(sizes.length / 2)] ?? SAMPLE;
    const crews: Point[] = [];
    for (const workers of numbers(values.workers)) {
      const points = await inOneStore(folder, 'workers', seed, [middle], workers);
      crews.push(...points.map((point) => ({ ...point, x: workers })));
    }
    const corpora = await corpusSeries(numbers(values.shares));
    for (const point of [...grown, ...crews]) emit({ name: 'growth', what: 'point', ...point });
    for (const point of corpora) emit({ name: 'growth', what: 'point', series: 'corpus', ...point });
    const cpu = grown.flatMap(({ x, cpuSeconds }) => (cpuSeconds === null ? [] : [{ x, y: cpuSeconds }]));
    const fits = {
      cohortSeconds: fitLine(grown.map(({ x, seconds }) => ({ x, y: seconds }))),
      cohortCpu: cpu.length < 2 ? null : fitLine(cpu),
      cohortPower: cpu.length < 2 ? null : fitPower(cpu),
      workersPower:
        crews.length < 2 ? null : fitPower(crews.map(({ x, patients, seconds }) => ({ x, y: patients / seconds }))),
      corpusLine:
        corpora.length < 2 ? null : fitLine(corpora.map(({ indications, msEach }) => ({ x: indications, y: msEach }))),
    };
    const bound = await boundOf(folder, seed);
    emit({ name: 'growth', what: 'summary', fits, boundMsEach: bound });
    process.stderr.write(
      tableOf(
        ['', 'patients', 'seconds', 'cpu s', 'cpu ms each'],
        [...grown, ...crews].map((p) => [
          p.series === 'cohort' ? `cohort of ${shown(p.x)} (${WORKERS} workers)` : `${p.x} workers`,
          shown(p.patients),
          shown(p.seconds, 1),
          shown(p.cpuSeconds, 1),
          shown(p.cpuSeconds === null ? null : (1000 * p.cpuSeconds) / p.patients, 2),
        ]),
      ),
    );
    process.stderr.write(
      tableOf(
        ['corpus', 'indications', 'cpu ms each'],
        corpora.map((p) => [`${shown(100 * p.share)} %`, shown(p.indications), shown(p.msEach, 3)]),
      ),
    );
    const { cohortSeconds: wall, cohortCpu, cohortPower, workersPower, corpusLine } = fits;
    process.stderr.write(
      [
        `  seconds = ${shown(wall.intercept, 1)} + ${shown(1000 * wall.slope, 3)} ms x patients (R2 ${shown(wall.r2, 3)})`,
        `  cpu s   = ${shown(cohortCpu?.intercept, 1)} + ${shown(1000 * (cohortCpu?.slope ?? Number.NaN), 3)} ms x patients (R2 ${shown(cohortCpu?.r2, 3)}); as patients ^ ${shown(cohortPower?.exponent, 2)}`,
        `  patients a second grow as workers ^ ${shown(workersPower?.exponent, 2)}`,
        `  eligibility and model = ${shown(corpusLine?.intercept, 3)} + ${shown(1000 * (corpusLine?.slope ?? Number.NaN), 4)} us x indications (R2 ${shown(corpusLine?.r2, 3)})`,
        `  bare parse + copy + core (bound): ${shown(bound, 3)} ms a patient of wall time, ${WORKERS} processes`,
        '',
      ].join('\n'),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Cohorts of other patients one after the other into one store: the later ones find it fuller. */
async function inOneStore(
  folder: string,
  series: Point['series'],
  seed: number,
  sizes: readonly number[],
  workers: number,
): Promise<readonly Point[]> {
  const data = join(folder, `${series}-${workers}`);
  const fail = (error: Error): void => void process.stderr.write(`${error.message}\n`);
  const running = await openRunServices({ data, visit: false, fail });
  try {
    running.startWorkers(workers);
    const engine = await openEngine();
    const release = releaseOf(engine);
    const [warmUp] = await cohortFiles(folder, seed + 1, 0, WARM_UP, WARM_UP);
    if (warmUp !== undefined) await toQueryable(running, release, warmUp, 'warm-up');
    const points: Point[] = [];
    let from = 0;
    for (const patients of sizes) {
      const cohort = await cohortFile(folder, seed, from, from + patients);
      from += patients;
      const watch = watchProcesses(running.workerPids, running.services.dir.cluster);
      const phases = await toQueryable(running, release, cohort, `growth-${patients}`, watch);
      watch.stop();
      const cpus = phases.map(cpuOf);
      points.push({
        series,
        x: patients,
        patients,
        seconds: phases.reduce((sum, phase) => sum + phase.seconds, 0),
        cpuSeconds: cpus.includes(null) ? null : cpus.reduce<number>((sum, cpu) => sum + (cpu ?? 0), 0),
      });
      await rm(cohort.file);
    }
    await engine.close();
    return points;
  } finally {
    await running.stop();
  }
}

async function boundOf(folder: string, seed: number): Promise<number> {
  const running = await openRunServices({ data: join(folder, `workers-${WORKERS}`), visit: false, fail: () => {} });
  try {
    const sample = await cohortFile(folder, seed, 0, SAMPLE);
    const runs = await running.store.runs(10);
    const run = runs.find(({ id }) => id.startsWith('growth-'))?.id ?? 'warm-up';
    return (await bareWork(sample, running.services.databaseUrl, run, WORKERS)).boundMs;
  } finally {
    await running.stop();
  }
}

endOnSignal();
await main();
