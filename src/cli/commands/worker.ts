// `shipa worker`: one worker process, on any host that reaches the database and the queue.
import { parseArgs } from 'node:util';
import { QUEUES } from '../../../workers/jobs.js';
import { lockMsOf } from '../../../workers/lock-time.js';
import { startWorker } from '../../../workers/worker.js';
import { openServices } from '../../adapters/embedded/services.js';
import { DEFAULT_DATA, untilInterrupted } from '../run-services.js';
import { whole } from '../whole.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
a worker for a cluster, or one more for a running pilot

shipa worker [--queues LIST] [--concurrency N] [--data DIR]
  --queues LIST     which (default ${QUEUES.join(',')})
  --concurrency N   chunks at a time (default 2: one waits for the database while the other computes)
  --data DIR        of a running pilot or serve (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead

SIGTERM finishes the running chunks. Workers on several hosts need the ingested files under the same path.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      queues: { type: 'string', default: QUEUES.join(',') },
      concurrency: { type: 'string', default: '2' },
      data: { type: 'string', default: DEFAULT_DATA },
    },
  });
  const queues = values.queues.split(',').filter((name) => name !== '');
  const unknown = queues.filter((name) => !QUEUES.includes(name));
  if (unknown.length > 0 || queues.length === 0)
    throw new WrongUse(`--queues takes ${QUEUES.join(',')}; not "${unknown.join(',')}"`);
  const { signal } = untilInterrupted();
  const services = await openServices({ data: values.data, visit: true, environment: process.env });
  try {
    const worker = await startWorker({
      databaseUrl: services.databaseUrl,
      queue: services.queue,
      queues,
      concurrency: whole(values.concurrency, '--concurrency', 1, 64),
      lockMs: lockMsOf(process.env),
      logLevel: process.env.SHIPA_LOG ?? 'info',
    });
    process.stderr.write(
      `worker ${process.pid} takes jobs of ${queues.join(', ')} (${services.mode}, ${services.queue.kind} queue)\n`,
    );
    await new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())));
    await worker.close();
    return 0;
  } finally {
    await services.stop();
  }
}
