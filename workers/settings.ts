// Settings of workers by environment; the same for every worker of an installation.
import type { RateLimit } from '../src/app/queue-port.js';
import { QUEUE_TABLE, type QueueName } from './job-type.js';
import type { WorkerConfig } from './worker.js';

const LOCK_SECONDS = 20;
/** A worker holds the model, the corpus and a batch of histories: 310 MB after a thousand simulated patients; twice and a half that is not coming back. */
const MAX_MB = 768;
/** A tenth of the weight of a process that was not made nice (sched(7)): who waits for an answer shares the cores with all workers. */
const NICE = 10;

type Environment = Readonly<Record<string, string | undefined>>;

export const workerSettings = (
  environment: Environment,
): Pick<WorkerConfig, 'lockMs' | 'maxRssBytes' | 'nice' | 'rates'> => ({
  lockMs: numberOf(environment.SHIPA_LOCK_SECONDS, LOCK_SECONDS, 1, 3_600) * 1000,
  maxRssBytes: numberOf(environment.SHIPA_WORKER_MAX_MB, MAX_MB, 128, 1e6) * 2 ** 20,
  nice: numberOf(environment.SHIPA_NICE, NICE, 0, 19),
  rates: ratesOf(environment.SHIPA_RATES ?? ''),
});

/** What is no number in the range is taken for not said. */
function numberOf(text: string | undefined, otherwise: number, least: number, most: number): number {
  const value = text === undefined || text.trim() === '' ? otherwise : Number(text);
  return Number.isFinite(value) && value >= least && value <= most ? value : otherwise;
}

/** "score=20,desk=1": chunks a second of a queue, over all workers. @throws for a queue that is not there or a rate that is none */
export function ratesOf(text: string): Readonly<Partial<Record<QueueName, RateLimit>>> {
  const rates = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [queue = '', rate = ''] = part.split('=').map((word) => word.trim());
      const perSecond = Number(rate);
      if (!Object.hasOwn(QUEUE_TABLE, queue) || !(perSecond > 0) || rate === '')
        throw new Error(`a rate is QUEUE=CHUNKS_A_SECOND, as score=20; not "${part}"`);
      // Under one a second the window grows instead: a limiter counts whole jobs.
      const limit: RateLimit =
        perSecond >= 1
          ? { most: Math.floor(perSecond), everyMs: 1_000 }
          : { most: 1, everyMs: Math.ceil(1_000 / perSecond) };
      return [queue, limit] as const;
    });
  return Object.fromEntries(rates);
}
