// A batch beside the answers: cohorts ingested and scored one after the other by the workers of the running `serve`, until told to stop.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openEngine } from '../../src/cli/engine.js';
import { releaseOf } from '../../src/cli/release-of.js';
import { openRunServices } from '../../src/cli/run-services.js';
import { toQueryable } from '../batch/phases.js';
import type { CohortFile } from '../ingest/cohort-file.js';

/** A cohort that went through, with when it began and ended (milliseconds of the wall clock). */
interface Through {
  readonly patients: number;
  readonly began: number;
  readonly ended: number;
}

export interface BatchBeside {
  /** Patients a second between two moments; cohorts that lie partly outside count in part. */
  readonly rate: (from: number, to: number) => number;
  /** True when it had work to the end. */
  readonly lasted: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Resolves when the first cohort, which warms up the workers, is through. */
export async function batchBeside(data: string, cohorts: readonly CohortFile[]): Promise<BatchBeside> {
  const child = fork(fileURLToPath(import.meta.url), ['batch', data, JSON.stringify(cohorts)]);
  const through: Through[] = [];
  let [stopping, early] = [false, false];
  child.on('message', (message) => void through.push(message as Through));
  const exit = once(child, 'exit').then(() => {
    early = !stopping;
  });
  await Promise.race([once(child, 'message'), exit]);
  return {
    rate: (from, to) =>
      through.reduce((sum, { patients, began, ended }) => {
        const inside = Math.max(0, Math.min(ended, to) - Math.max(began, from));
        return sum + (patients * inside) / (ended - began);
      }, 0) /
      ((to - from) / 1000),
    lasted: () => !early && child.exitCode === null,
    stop: async () => {
      stopping = true;
      if (child.connected) child.send('stop');
      await exit;
    },
  };
}

async function run(data: string, cohorts: readonly CohortFile[]): Promise<void> {
  let asked = false;
  process.on('message', () => (asked = true));
  process.once('disconnect', () => process.exit(1));
  const running = await openRunServices({ data, visit: true, fail: () => process.exit(1) });
  const engine = await openEngine();
  for (const [i, cohort] of cohorts.entries()) {
    if (asked) break;
    const began = Date.now();
    await toQueryable(running, releaseOf(engine), cohort, `beside-${i}`);
    process.send?.({ patients: cohort.histories, began, ended: Date.now() } satisfies Through);
  }
  await engine.close();
  await running.stop();
  process.exit(0);
}

const [, , asked, data, cohorts] = process.argv;
if (process.send !== undefined && asked === 'batch' && data !== undefined)
  await run(data, JSON.parse(cohorts ?? '[]') as readonly CohortFile[]); // Written above.
