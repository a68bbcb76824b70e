// One suite over both queue backends: what the workers rely on, whichever server stands behind.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openQueueBackend, type QueueConnection } from '../../../src/adapters/queue/bullmq.js';
import type { ConsumerOptions, JobConsumer, JobDelivery, JobQueue, QueuedJob } from '../../../src/app/queue-port.js';
import { type Found, findPostgres, findRedis } from '../../integration/servers.js';

const namespace = `t${randomBytes(4).toString('hex')}`;
const found: Record<QueueConnection['kind'], Found> = { postgres: await findPostgres(), redis: await findRedis() };

afterAll(async () => {
  for (const f of Object.values(found)) if ('server' in f) await f.server.close();
});

const job = (id: string, more: Partial<QueuedJob> = {}): QueuedJob => ({
  id,
  name: 'work',
  payload: { id },
  attempts: 3,
  backoffMs: 20,
  ...more,
});

const options = (more: Partial<ConsumerOptions> = {}): ConsumerOptions => ({
  concurrency: 1,
  lockMs: 1_000,
  stalledEveryMs: 300,
  onExhausted: async () => {},
  onError: () => {},
  ...more,
});

async function until(what: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('not within the time');
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe.each(['postgres', 'redis'] as const)('queue on %s', (kind) => {
  const here = found[kind];
  if (!('server' in here)) {
    it.skip(`is skipped: ${here.reason}`, () => {});
    return;
  }
  const connection: QueueConnection = { kind, url: here.server.url, namespace };
  const backend = openQueueBackend(connection);
  const open: (JobQueue | JobConsumer)[] = [];
  const queueOf = (name: string): JobQueue => {
    const queue = backend.open(name);
    open.push(queue);
    return queue;
  };
  const consume = async (
    name: string,
    handle: (delivery: JobDelivery) => Promise<void>,
    more: Partial<ConsumerOptions> = {},
  ): Promise<JobConsumer> => {
    const consumer = await backend.consume(name, handle, options(more));
    open.push(consumer);
    return consumer;
  };
  afterAll(async () => {
    for (const closable of open.reverse()) await closable.close();
  });

  it('delivers every job once, with its payload', async () => {
    const queue = queueOf('once');
    const seen: unknown[] = [];
    await queue.add(Array.from({ length: 60 }, (_, i) => job(`a-${i}`)));
    await consume('once', async (d) => void seen.push((d.payload as { id: string }).id), { concurrency: 4 });
    await until(() => seen.length >= 60);
    expect(new Set(seen).size).toBe(60);
    await until(async () => (await queue.counts()).active === 0);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('takes a job that is added twice as one while it waits, and again once it is done', async () => {
    const queue = queueOf('twice');
    await queue.add([job('same'), job('same')]);
    await queue.add([job('same')]);
    expect((await queue.counts()).waiting).toBe(1);
    let runs = 0;
    await consume('twice', async () => void runs++);
    await until(async () => runs === 1 && (await queue.counts()).active === 0);
    await queue.add([job('same')]);
    await until(() => runs === 2);
  });

  it('runs the urgent job before the batch that waits', async () => {
    const queue = queueOf('urgent');
    await queue.add([job('b-1', { priority: 10 }), job('b-2', { priority: 10 })]);
    await queue.add([job('doctor', { priority: 1 })]);
    const order: string[] = [];
    await consume('urgent', async (d) => void order.push(d.id));
    await until(() => order.length === 3);
    expect(order[0]).toBe('doctor');
  });

  it('tries again after a failure and reports a job whose tries are used up', async () => {
    const queue = queueOf('fails');
    const attempts: number[] = [];
    const exhausted: string[] = [];
    await queue.add([job('bad')]);
    await consume(
      'fails',
      async (d) => {
        attempts.push(d.attempt);
        throw new Error('no');
      },
      { onExhausted: async (d, error) => void exhausted.push(`${d.id} ${error.message}`) },
    );
    await until(() => exhausted.length === 1);
    expect(attempts).toEqual([1, 2, 3]);
    expect(exhausted).toEqual(['bad no']);
  });

  it('waits longer before each further try', async () => {
    const queue = queueOf('backoff');
    const at: number[] = [];
    await queue.add([job('slowly', { attempts: 4, backoffMs: 150 })]);
    let last = false;
    await consume(
      'backoff',
      async () => {
        at.push(Date.now());
        throw new Error('no');
      },
      {
        onExhausted: async () => {
          last = true;
        },
      },
    );
    await until(() => last);
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    // 150, 300, 600: a busy machine makes them longer, never shorter.
    expect(gaps.length).toBe(3);
    for (const [i, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(150 * 2 ** i * 0.9);
  });

  it('lets go of a job that was given up: it is counted nowhere, and its id is free for a retry', async () => {
    const queue = queueOf('dead');
    const runs: number[] = [];
    let given = 0;
    await queue.add([job('letter', { attempts: 2 })]);
    await consume(
      'dead',
      async (d) => {
        runs.push(d.attempt);
        if (runs.length < 3) throw new Error('no');
      },
      { onExhausted: async () => void given++ },
    );
    await until(() => given === 1);
    await until(async () => {
      const { waiting, active, delayed, failed } = await queue.counts();
      return waiting + active + delayed + failed === 0;
    });
    await queue.add([job('letter', { attempts: 2 })]);
    await until(() => runs.length === 3);
    expect(runs).toEqual([1, 2, 1]);
  });

  it('gives out nothing while it is paused, lets the running job finish, and goes on with all of it', async () => {
    const queue = queueOf('pausing');
    const done: string[] = [];
    let begun = 0;
    await queue.add([job('p-1', { priority: 10 })]);
    await consume('pausing', async (d) => {
      begun++;
      await new Promise((wait) => setTimeout(wait, 400));
      done.push(d.id);
    });
    await until(() => begun === 1);
    await queue.pause();
    await queue.add([job('p-2', { priority: 10 }), job('p-3', { priority: 1 })]);
    await until(() => done.length === 1);
    await new Promise((wait) => setTimeout(wait, 1_000));
    expect(done).toEqual(['p-1']);
    expect(await queue.isPaused()).toBe(true);
    expect((await queue.counts()).waiting).toBe(2);
    await queue.resume();
    await until(() => done.length === 3);
    expect(done).toEqual(['p-1', 'p-3', 'p-2']);
  });

  it('takes back jobs that wait and none that runs', async () => {
    const queue = queueOf('taken-back');
    const done: string[] = [];
    let begun = 0;
    await queue.add([job('t-1')]);
    await consume('taken-back', async (d) => {
      begun++;
      await new Promise((wait) => setTimeout(wait, 600));
      done.push(d.id);
    });
    await until(() => begun === 1);
    await queue.add([job('t-2', { priority: 10 }), job('t-3', { priority: 10 }), job('t-4', { priority: 10 })]);
    expect(await queue.remove(['t-1', 't-2', 't-4', 'never-there'])).toBe(2);
    await until(() => done.length === 2);
    expect(done).toEqual(['t-1', 't-3']);
  });

  it('gives out no more in a time than the rate allows, over all its workers', async () => {
    const queue = queueOf('rate');
    const at: number[] = [];
    await queue.add(Array.from({ length: 9 }, (_, i) => job(`r-${i}`)));
    const rate = { most: 3, everyMs: 1_000 };
    await Promise.all([1, 2].map(() => consume('rate', async () => void at.push(Date.now()), { rate })));
    await until(() => at.length === 9);
    // Nine at three a second take two full seconds between the first and the last, as the server grants them; on a loaded machine the first
    // arrives late in its second. Without the limit all come within some milliseconds.
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_200);
  });

  it('keeps a long job whose worker stays alive, past the lock time', async () => {
    const queue = queueOf('long');
    let runs = 0;
    await queue.add([job('slow')]);
    await consume('long', async () => {
      runs++;
      await new Promise((done) => setTimeout(done, 2_500));
    });
    await until(async () => runs > 0 && (await queue.counts()).active === 0);
    expect(runs).toBe(1);
  });

  it('finishes the running job when it is closed and leaves the rest', async () => {
    const queue = queueOf('closing');
    const done: string[] = [];
    let startedOne = false;
    await queue.add([job('c-1'), job('c-2')]);
    const consumer = await consume('closing', async (d) => {
      startedOne = true;
      await new Promise((wait) => setTimeout(wait, 300));
      done.push(d.id);
    });
    await until(() => startedOne);
    await consumer.close();
    expect(done).toEqual(['c-1']);
    expect((await queue.counts()).waiting).toBe(1);
  });

  it('gives the job of a worker that was killed with -9 to another', async () => {
    const queue = queueOf('killed');
    const folder = await mkdtemp(join(tmpdir(), 'shipa-queue-'));
    const script = join(folder, 'hang.cjs');
    const bullmq = join(process.cwd(), 'node_modules', 'bullmq');
    const base =
      kind === 'postgres'
        ? `{ connection: { connectionString: ${JSON.stringify(here.server.url)}, schema: '${namespace}', max: 4 } }`
        : `{ connection: { url: ${JSON.stringify(here.server.url)}, maxRetriesPerRequest: null }, prefix: '${namespace}' }`;
    const factory = kind === 'postgres' ? 'createPostgresBackend' : 'createRedisBackend';
    await writeFile(
      script,
      `const { ${factory}, withBackend } = require(${JSON.stringify(bullmq)});
       const { Worker } = withBackend(${factory});
       new Worker('killed', () => { process.send('started'); return new Promise(() => setInterval(() => {}, 1000)); },
         { ...${base}, lockDuration: 1000, stalledInterval: 300 });`,
    );
    await queue.add([job('victim')]);
    const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await new Promise((done) => child.once('message', done));
    child.kill('SIGKILL');
    const taken: string[] = [];
    await consume('killed', async (d) => void taken.push(d.id));
    await until(() => taken.length === 1);
    expect(taken).toEqual(['victim']);
    await rm(folder, { recursive: true, force: true });
  });
});
