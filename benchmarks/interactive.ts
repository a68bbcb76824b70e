// How long a doctor waits: POST /api/recommendations at 200 a second while nothing else runs and at 50 while a batch does, each a history
// of its own. `node dist/benchmarks/interactive.js [--seconds 20] [--idle 200] [--busy 50] [--workers 2] [--serve "--processes 2"]`.
// JSON lines on stdout, table on stderr. Requests go out at fixed times, whoever still waits (interactive/open-loop.ts).
// Bound: the same requests one by one. Peer: GET /healthz at the same rate, which is HTTP and nothing else.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cohortFile, cohortFiles } from './batch/cohort-process.js';
import { endOnSignal } from './batch/end-on-signal.js';
import { emit, quantile, shown, tableOf } from './batch/printed.js';
import { watchProcesses } from './batch/watch-processes.js';
import type { CohortFile } from './ingest/cohort-file.js';
import { batchBeside } from './interactive/batch-beside.js';
import { type Latencies, oneByOne, openLoop } from './interactive/open-loop.js';
import { serve } from './interactive/served.js';

const AIM = { idleP99: 100, busyP99: 250 };
const BODIES = 300;
/** Of one cohort of the batch; so many a second there must be, or the batch ends before the load. */
const COHORT = 2_000;
const MOST_A_SECOND = 1_500;
/** The simulator's line 0 of the cohorts is far from those of the batch. */
const SEED = 7;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      idle: { type: 'string', default: '200' },
      busy: { type: 'string', default: '50' },
      workers: { type: 'string', default: '2' },
      serve: { type: 'string', default: '' },
    },
  });
  const seconds = Number(values.seconds);
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete process.env[name];
  const folder = await mkdtemp(join(tmpdir(), 'shipa-bench-interactive-'));
  const data = join(folder, 'data');
  try {
    const asked = await cohortFile(folder, SEED, 0, BODIES);
    const cohorts = await batchFiles(folder, seconds);
    const options = values.serve.split(' ').filter((word) => word !== '');
    const served = await serve(data, await freePort(), ['--workers', values.workers, ...options]);
    try {
      const url = new URL('/api/recommendations', served.url);
      const bodies = await readable(url, asked);
      const alone = (await oneByOne({ url, method: 'POST', bodies })).milliseconds.toSorted((a, b) => a - b);
      const load = { url, method: 'POST' as const, bodies, seconds, seed: SEED };
      const health = { ...load, url: new URL('/healthz', served.url), method: 'GET' as const };
      const watch = watchProcesses(served.pids, undefined);
      const idle = await openLoop({ ...load, perSecond: Number(values.idle) });
      const cpu = watch.stop().cpuSeconds;
      const cpuMsEach = cpu === null ? null : (1000 * cpu.workers) / idle.requests;
      emit({ name: 'interactive', what: 'idle', ...idle, cpuMsEach });
      const idleHealth = await openLoop({ ...health, perSecond: Number(values.idle) });
      const batch = await batchBeside(data, cohorts);
      try {
        const began = Date.now();
        const busy = await openLoop({ ...load, perSecond: Number(values.busy) });
        const between = Date.now();
        const busyHealth = await openLoop({ ...health, perSecond: Number(values.busy) });
        const lasted = batch.lasted();
        await batch.stop();
        const rates = { loaded: batch.rate(began, between), unloaded: batch.rate(between, between + 1000 * seconds) };
        emit({ name: 'interactive', what: 'busy', ...busy, batchPatientsPerSecond: rates, batchLasted: lasted });
        const bound = { p50: quantile(alone, 0.5), p99: quantile(alone, 0.99) };
        emit({
          name: 'interactive',
          what: 'summary',
          idle,
          busy,
          bound,
          peer: { idleHealth, busyHealth },
          batch: rates,
          aim: AIM,
        });
        process.stderr.write(
          tableOf(
            ['', 'a second', 'requests', 'errors', 'p50 ms', 'p90 ms', 'p99 ms', 'most', 'sent late p99'],
            [
              row('nothing else runs', idle),
              row('beside a batch', busy),
              [
                'one by one (bound)',
                shown(1000 / mean(alone)),
                shown(alone.length),
                '0',
                shown(bound.p50, 1),
                shown(quantile(alone, 0.9), 1),
                shown(bound.p99, 1),
                shown(alone.at(-1), 1),
                '-',
              ],
              row('/healthz, nothing else (peer)', idleHealth),
              row('/healthz beside a batch (peer)', busyHealth),
            ],
          ),
        );
        process.stderr.write(
          `  An answer takes ${shown(cpuMsEach, 1)} ms of CPU, so ${values.idle} a second want ${shown(((cpuMsEach ?? Number.NaN) * Number(values.idle)) / 1000, 2)} cores.\n`,
        );
        process.stderr.write(
          `  Aim: p99 ${AIM.idleP99} ms alone and ${AIM.busyP99} beside a batch. The batch made ${shown(rates.loaded)} patients a second beside the questions, ${shown(rates.unloaded)} beside /healthz` +
            `${lasted ? '' : '; IT ENDED BEFORE THE LOAD DID: take less --seconds'}.\n`,
        );
      } finally {
        await batch.stop();
      }
    } finally {
      await served.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function batchFiles(folder: string, seconds: number): Promise<readonly CohortFile[]> {
  return cohortFiles(folder, 1, 0, 2 * seconds * MOST_A_SECOND, COHORT);
}

/** The histories that are answered, each asked once: that also warms the server up. */
async function readable(url: URL, { file }: CohortFile): Promise<readonly Buffer[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const bodies = lines.map((line) => Buffer.from(line));
  const { statuses } = await oneByOne({ url, method: 'POST', bodies });
  const good = bodies.filter((_, i) => statuses[i] === 200);
  if (good.length < 0.9 * bodies.length) throw new Error(`only ${good.length} of ${bodies.length} were answered`);
  return good;
}

const row = (name: string, l: Latencies): string[] => [
  name,
  shown(l.perSecond),
  shown(l.requests),
  shown(l.errors),
  ...[l.p50, l.p90, l.p99, l.most, l.lateP99].map((ms) => shown(ms, 1)),
];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      );
    });
  });

endOnSignal();
await main();
