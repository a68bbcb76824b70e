// `shipa worker`: one worker process, on any host that reaches the database and the queue.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { QUEUES } from '../../../workers/jobs.js';
import { lockMsOf } from '../../../workers/lock-time.js';
import { startWorker, type WorkerConfig } from '../../../workers/worker.js';
import { openServices } from '../../adapters/embedded/services.js';
import { DEFAULT_DATA, untilInterrupted } from '../run-services.js';
import { whole } from '../whole.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
a worker for a cluster, or one more for a running pilot

shipa worker [--queues LIST] [--concurrency N] [--data DIR] [--shadow MODEL]
  --queues LIST     which (default ${QUEUES.join(',')})
  --concurrency N   chunks at a time (default 2: one waits for the database while the other computes)
  --data DIR        of a running pilot or serve (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead

  --shadow MODEL    a candidate that answers every case a second time (or SHIPA_SHADOW); "shipa shadow report" shows the differences

When another model is released it finishes its chunks and goes on with that one. SIGTERM finishes the running chunks. Workers on several hosts need the ingested files under the same path.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      queues: { type: 'string', default: QUEUES.join(',') },
      concurrency: { type: 'string', default: '2' },
      data: { type: 'string', default: DEFAULT_DATA },
      shadow: { type: 'string' },
    },
  });
  const queues = values.queues.split(',').filter((name) => name !== '');
  const unknown = queues.filter((name) => !QUEUES.includes(name));
  if (unknown.length > 0 || queues.length === 0)
    throw new WrongUse(`--queues takes ${QUEUES.join(',')}; not "${unknown.join(',')}"`);
  const { signal } = untilInterrupted();
  const services = await openServices({ data: values.data, visit: true, environment: process.env });
  try {
    let released: () => void = () => {};
    const anotherModel = new Promise<void>((done) => {
      released = done;
    });
    const shadow = values.shadow ?? process.env.SHIPA_SHADOW;
    const config: WorkerConfig = {
      databaseUrl: services.databaseUrl,
      queue: services.queue,
      queues,
      concurrency: whole(values.concurrency, '--concurrency', 1, 64),
      lockMs: lockMsOf(process.env),
      logLevel: process.env.SHIPA_LOG ?? 'info',
      ...(shadow === undefined ? {} : { shadow }),
    };
    const worker = await startWorker(config, released);
    process.stderr.write(
      `worker ${process.pid} takes jobs of ${queues.join(', ')} (${services.mode}, ${services.queue.kind} queue)\n`,
    );
    const stopped = new Promise<void>((done) =>
      signal.aborted ? done() : signal.addEventListener('abort', () => done()),
    );
    await Promise.race([stopped, anotherModel]);
    await worker.close();
    return signal.aborted ? 0 : await again(signal);
  } finally {
    await services.stop();
  }
}

/** The same command in a process of its own, because a model cannot be put in another's place within one; this one only waits for it. */
function again(signal: AbortSignal): Promise<number> {
  process.stderr.write('another model was released: going on with that one\n');
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
