// `shipa worker`: worker processes on any host that reaches the database and the queue.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { QUEUE_TABLE, type QueueName } from '../../../workers/job-type.js';
import { QUEUES } from '../../../workers/jobs.js';
import { ratesOf, workerSettings } from '../../../workers/settings.js';
import type { WorkerConfig } from '../../../workers/worker.js';
import { openServices } from '../../adapters/embedded/services.js';
import { startWorkerProcesses } from '../../adapters/embedded/worker-processes.js';
import { projectRoot } from '../project.js';
import { DEFAULT_DATA, untilInterrupted } from '../run-services.js';
import { whole } from '../whole.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
workers for a cluster, or more of them for a running pilot

shipa worker [--queues LIST] [--concurrency N] [--processes P] [--rate LIST] [--metrics-port M] [--data DIR] [--shadow MODEL]
  --queues LIST      which (default ${QUEUES.join(',')})
  --concurrency N    chunks at a time in one process (default 2: one waits for the database while the other computes)
  --processes P      (default 1)
  --rate LIST        most chunks a second of a queue over all workers, as score=20,desk=1; say the same to all (or SHIPA_RATES)
  --metrics-port M   serves /metrics for Prometheus at this port, the second process at the next, and so on
  --metrics-host H   (default 127.0.0.1)
  --data DIR         of a running pilot or serve (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --shadow MODEL     a candidate that answers every case a second time (or SHIPA_SHADOW); "shipa shadow report" shows the differences

A process that dies, whose memory grows past SHIPA_WORKER_MAX_MB (default 768) or that hangs is replaced; when another model is released it
finishes its chunks and its successor has that one. SIGTERM finishes the running chunks. They run at nice 10 (SHIPA_NICE), so that whoever
waits for an answer comes first. Workers on several hosts need the ingested files under the same path.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      queues: { type: 'string', default: QUEUES.join(',') },
      concurrency: { type: 'string', default: '2' },
      processes: { type: 'string', default: '1' },
      rate: { type: 'string' },
      'metrics-port': { type: 'string' },
      'metrics-host': { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: DEFAULT_DATA },
      shadow: { type: 'string' },
    },
  });
  const queues = queuesOf(values.queues);
  const concurrency = whole(values.concurrency, '--concurrency', 1, 64);
  const count = whole(values.processes, '--processes', 1, 64);
  const firstPort = values['metrics-port'] && whole(values['metrics-port'], '--metrics-port', 1, 65_535 - count);
  const rates = ratesAsked(values.rate ?? process.env.SHIPA_RATES);
  const { signal, fail } = untilInterrupted();
  const services = await openServices({ data: values.data, visit: true, environment: process.env });
  const shadow = values.shadow ?? process.env.SHIPA_SHADOW;
  const config: Omit<WorkerConfig, 'metrics'> = {
    databaseUrl: services.databaseUrl,
    queue: services.queue,
    queues,
    concurrency,
    ...workerSettings(process.env),
    rates,
    logLevel: process.env.SHIPA_LOG ?? 'info',
    ...(shadow === undefined ? {} : { shadow }),
  };
  const workers = startWorkerProcesses({
    script: join(projectRoot, 'dist', 'workers', 'main.js'),
    count,
    environment: (place) => {
      const metrics =
        typeof firstPort === 'number' ? { metrics: { host: values['metrics-host'], port: firstPort + place } } : {};
      return { ...process.env, SHIPA_WORKER: JSON.stringify({ ...config, ...metrics } satisfies WorkerConfig) };
    },
    onReady: (pid) =>
      process.stderr.write(
        `worker ${pid} takes jobs of ${queues.join(', ')} (${services.mode}, ${services.queue.kind} queue)\n`,
      ),
    onExit: (pid, reason) => process.stderr.write(`worker ${pid} ended (${reason}); another takes its place\n`),
    onGivingUp: fail,
  });
  try {
    await new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())));
    await workers.stop();
    if (signal.reason instanceof Error && signal.reason.name !== 'AbortError') throw signal.reason;
    return 0;
  } finally {
    await services.stop();
  }
}

function queuesOf(list: string): readonly QueueName[] {
  const names = list.split(',').filter((name) => name !== '');
  const known = names.filter((name): name is QueueName => Object.hasOwn(QUEUE_TABLE, name));
  if (known.length < names.length || known.length === 0)
    throw new WrongUse(
      `--queues takes ${QUEUES.join(',')}; not "${names.filter((n) => !known.includes(n as QueueName)).join(',')}"`,
    );
  return known;
}

function ratesAsked(list: string | undefined): ReturnType<typeof ratesOf> {
  try {
    return ratesOf(list ?? '');
  } catch (error) {
    throw new WrongUse(`--rate: ${error instanceof Error ? error.message : String(error)}`);
  }
}
