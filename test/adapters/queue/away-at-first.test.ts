// A queue that is opened while its server is away works when the server is back: a restart must not end the run that opens it.
import { connect, createServer, type Server } from 'node:net';
import { expect, it } from 'vitest';
import { openQueueBackend } from '../../../src/adapters/queue/bullmq.js';
import { findPostgres, findRedis } from '../../integration/servers.js';

const postgres = await findPostgres();
const redis = await findRedis();

/** A port that nobody listens on yet, and a way to the server that can be opened there. */
async function closedWay(to: {
  readonly port: number;
  readonly host: string;
}): Promise<{ readonly port: number; readonly open: () => Promise<Server> }> {
  const server = createServer((near) => {
    const far = connect(to);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  const listen = (port: number): Promise<void> => new Promise((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  await new Promise((done) => server.close(done));
  const open = async (): Promise<Server> => {
    await listen(address.port);
    return server;
  };
  return { port: address.port, open };
}

it.runIf('server' in postgres).each(['postgres', 'redis'] as const)(
  'takes jobs once %s answers that did not at first',
  async (kind) => {
    const found = kind === 'postgres' ? postgres : redis;
    if (!('server' in found)) return;
    const url = new URL(found.server.url);
    const standard = kind === 'postgres' ? 5432 : 6379;
    const way = await closedWay({ port: Number(url.port === '' ? standard : url.port), host: url.hostname });
    url.host = `127.0.0.1:${way.port}`;
    const queue = openQueueBackend({ kind, url: url.href, namespace: `a${Date.now().toString(36)}` }).open('ingest');
    const job = { id: 'r-ingest-0', name: 'ingest', payload: { run: 'r', ordinal: 0 }, attempts: 1, backoffMs: 10 };
    const first = queue.add([job]).then(
      () => 'added',
      (error: unknown) => error,
    );
    // Redis is waited for as long as it takes; PostgreSQL answers with an error that may be asked again.
    if (kind === 'postgres') expect(await first).toMatchObject({ name: 'QueueError', retryable: true });
    const server = await way.open();
    try {
      await queue.add([job]);
      expect((await queue.counts()).waiting).toBe(1);
    } finally {
      await queue.clear();
      await queue.close();
      server.close();
      await found.server.close();
    }
  },
  30_000,
);
