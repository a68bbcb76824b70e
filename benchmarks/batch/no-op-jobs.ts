// What the queue itself costs: jobs that do nothing, put and taken by one process, so many a second.
import { openQueueBackend, type QueueConnection } from '../../src/adapters/queue/bullmq.js';

const CONCURRENCY = 8;
const AT_ONCE = 500;

export async function noOpJobs(connection: QueueConnection, jobs: number): Promise<number> {
  const backend = openQueueBackend(connection);
  const queue = backend.open('no-op');
  let [done, failed] = [0, 0];
  let all: () => void = () => {};
  const finished = new Promise<void>((resolve) => (all = resolve));
  const began = performance.now();
  const consumer = await backend.consume(
    'no-op',
    async () => {
      if (++done === jobs) all();
    },
    {
      concurrency: CONCURRENCY,
      lockMs: 20_000,
      stalledEveryMs: 5_000,
      onExhausted: async () => void failed++,
      onError: () => {},
    },
  );
  for (let from = 0; from < jobs; from += AT_ONCE)
    await queue.add(
      Array.from({ length: Math.min(AT_ONCE, jobs - from) }, (_, i) => ({
        id: `n-${from + i}`,
        name: 'no-op',
        payload: { run: 'no-op', ordinal: from + i },
        attempts: 1,
        backoffMs: 0,
        priority: 10,
      })),
    );
  await finished;
  const seconds = (performance.now() - began) / 1000;
  await consumer.close();
  await queue.close();
  if (failed > 0) throw new Error(`${failed} jobs that do nothing failed`);
  return jobs / seconds;
}
