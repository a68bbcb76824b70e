// Serves the page and the API until the signal: wiring of the API on the services of this process.
import pino from 'pino';
import { QUEUES } from '../../workers/jobs.js';
import { readBundleText } from '../adapters/fhir/read-bundle-text.js';
import { createApi } from '../api/app.js';
import { createMetrics } from '../api/metrics.js';
import { listen } from '../api/server.js';
import type { Engine } from './engine.js';
import { releaseOf } from './release-of.js';
import type { RunServices } from './run-services.js';

export interface Serving {
  readonly running: RunServices;
  readonly engine: Engine;
  readonly port: number;
  readonly host: string;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export async function serveUntil(signal: AbortSignal, { running, engine, port, host }: Serving): Promise<void> {
  const log = pino({ level: process.env.SHIPA_LOG ?? 'warn', base: { pid: process.pid } }, pino.destination(2));
  const queues = QUEUES.map((name) => running.backend.open(name));
  const queueDepth = async (): Promise<Record<string, number>> => {
    const depths = await Promise.all(
      queues.map(async (queue) => {
        const { waiting, active, delayed } = await queue.counts();
        return [queue.name, waiting + active + delayed] as const;
      }),
    );
    return Object.fromEntries(depths);
  };
  const { registry, ...metrics } = createMetrics(queueDepth);
  const { token } = running.services;
  const app = createApi(
    {
      queries: running.store,
      recommender: engine.recommender,
      readDocument: readBundleText,
      corpus: engine.corpus,
      release: releaseOf(engine),
      token,
      loopback: LOOPBACK.has(host),
      log,
      metrics: registry,
    },
    metrics,
  );
  const server = await listen(app, port, host);
  process.stdout.write(
    [
      '',
      `Page     ${server.url}/?token=${token}     (the link signs this browser in)`,
      `API      ${server.url}/api     described by ${server.url}/api/openapi.json`,
      `Token    in ${running.services.dir.root}/token, sent as "Authorization: Bearer ..."`,
      'Ctrl-C stops. Not a certified medical device.',
      '',
    ].join('\n'),
  );
  await new Promise<void>((done) =>
    signal.aborted ? done() : signal.addEventListener('abort', () => done(), { once: true }),
  );
  await server.stop();
  for (const queue of queues) await queue.close().catch(() => {});
}
