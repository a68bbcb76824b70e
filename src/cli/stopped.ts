// How a run that did not reach its end is answered: interrupted by the person, or stopped because its workers cannot live.
import { EmbeddedError } from '../adapters/embedded/embedded-error.js';
import { StoreError } from '../adapters/postgres/store-error.js';
import { Cancelled, Interrupted } from '../app/run-pilot.js';
import { phaseBasics, type RunServices } from './run-services.js';

/** Exit code of an interrupted run; any other failure is thrown on, a full disk under its own name whatever it broke first. */
export async function stopped(error: unknown, signal: AbortSignal, running: RunServices): Promise<number> {
  await phaseBasics(running, signal).check();
  if (error instanceof StoreError && error.retryable && running.services.mode === 'embedded')
    throw new EmbeddedError(
      'start-failed',
      `PostgreSQL stopped in the middle; see the end of ${running.services.dir.log}. The same command goes on from here.`,
      { cause: error },
    );
  if (error instanceof Cancelled) {
    process.stderr.write(`\n${error.message}. What was done stays; the same command begins the rest again.\n`);
    return 1;
  }
  if (!(error instanceof Interrupted)) throw error;
  if (signal.reason instanceof Error && signal.reason.name !== 'AbortError') throw signal.reason;
  process.stderr.write('\nstopped. The same command goes on from here.\n');
  return 1;
}
