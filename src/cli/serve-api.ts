// Serves the page and the API until the signal: wiring of the API on the services of this process.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import pino from 'pino';
import { QUEUES } from '../../workers/jobs.js';
import { withPdfTexts } from '../adapters/fhir/inline-pdf.js';
import { readBundleText } from '../adapters/fhir/read-bundle-text.js';
import { watchPointer } from '../adapters/files/pointer-watch.js';
import { pdfTextOf } from '../adapters/pdf/pdf-text-of.js';
import { type Answering, answeringProcesses } from '../adapters/process/answering-processes.js';
import { createApi } from '../api/app.js';
import { createMetrics } from '../api/metrics.js';
import { listen } from '../api/server.js';
import { monitor } from '../app/monitor.js';
import type { QueueCounts } from '../app/queue-port.js';
import type { Recommender } from '../app/recommend.js';
import { withShadow } from '../app/shadow.js';
import { thirtyDaysAgo } from './commands/monitor.js';
import { type Engine, openEngine, openShadow } from './engine.js';
import { modelsDirectory, projectRoot } from './project.js';
import { releaseOf } from './release-of.js';
import type { RunServices } from './run-services.js';

export interface Serving {
  readonly running: RunServices;
  readonly engine: Engine;
  readonly port: number;
  readonly host: string;
  readonly shadow?: string;
  /** Processes that answer questions; 0: this one alone. */
  readonly processes?: number;
}

/** One answer is milliseconds to a tenth of a second of a core: a second process halves the wait behind it. */
export const DEFAULT_PROCESSES = Math.min(2, availableParallelism());

/** How often it looks for another released model, and for what was stopped elsewhere. */
const LOOK_EVERY_MS = 1_000;
/** Requests under way with the old model have ended by then. */
const OLD_MODEL_MS = 60_000;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export async function serveUntil(
  signal: AbortSignal,
  { running, engine: first, port, host, shadow: shadowName, processes = DEFAULT_PROCESSES }: Serving,
): Promise<void> {
  const log = pino({ level: process.env.SHIPA_LOG ?? 'warn', base: { pid: process.pid } }, pino.destination(2));
  const queues = QUEUES.map((name) => running.backend.open(name));
  const queueDepths = async (): Promise<Record<string, Omit<QueueCounts, 'failed'>>> =>
    Object.fromEntries(await Promise.all(queues.map(async (queue) => [queue.name, await queue.counts()] as const)));
  const { registry, ...metrics } = createMetrics(
    queueDepths,
    () => monitor(running.store, thirtyDaysAgo()),
    running.store,
  );
  const { token } = running.services;
  let engine = first;
  const answeringOf = ({ recommender, model, stops }: Engine): Answering =>
    answeringProcesses(recommender, {
      script: join(projectRoot, 'dist', 'src', 'cli', 'answer-main.js'),
      args: [model.id],
      count: processes,
      stops: stops.now,
      onTrouble: (words) => log.warn({ event: 'answering', words }),
    });
  let answering = answeringOf(engine);
  const shadow = shadowName === undefined ? undefined : await openShadow(shadowName, () => engine.stops.now());
  const shadowed = (released: Recommender): Recommender =>
    shadow === undefined
      ? released
      : withShadow(released, {
          ...shadow,
          store: running.store,
          wait: false,
          onError: (error) => log.warn({ event: 'shadow', error: error.name }),
        });
  const appOf = (): Express =>
    createApi(
      {
        queries: running.store,
        recommender: shadowed(answering.recommender),
        readDocument: readBundleText,
        pdfTexts: (bundle) => withPdfTexts(bundle, pdfTextOf),
        corpus: engine.corpus,
        release: releaseOf(engine),
        token,
        loopback: LOOPBACK.has(host),
        log,
        metrics: registry,
      },
      metrics,
    );
  let app = appOf();
  const hearStops = async (): Promise<void> => engine.stops.hear(await running.store.stopEntries());
  await hearStops();
  const hearing = setInterval(() => void hearStops().catch(() => {}), LOOK_EVERY_MS);
  let pointer = watchPointer(modelsDirectory, LOOK_EVERY_MS, takeReleased);
  function takeReleased(): void {
    pointer.stop();
    openEngine().then(
      (next) => {
        const old = { engine, answering };
        engine = next;
        answering = answeringOf(engine);
        app = appOf();
        log.warn({ event: 'released', model: next.model.id });
        setTimeout(() => {
          void old.answering.close().then(() => old.engine.close());
        }, OLD_MODEL_MS).unref();
        pointer = watchPointer(modelsDirectory, LOOK_EVERY_MS, takeReleased);
      },
      // It goes on with the old model, and says so: half a release is worse than none.
      (error: unknown) =>
        log.error({ event: 'released', error: error instanceof Error ? error.message : String(error) }),
    );
  }
  const server = await listen((request, response) => app(request, response), port, host);
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
  clearInterval(hearing);
  pointer.stop();
  await server.stop();
  await answering.close();
  await engine.close();
  await shadow?.close();
  for (const queue of queues) await queue.close().catch(() => {});
}
