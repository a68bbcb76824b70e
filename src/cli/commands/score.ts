// `shipa score`: recommendations for every stored patient whose history, corpus or model changed.
import { parseArgs } from 'node:util';
import { summaryText } from '../../app/progress.js';
import { runPhase } from '../../app/run-pilot.js';
import { planScoring } from '../../app/score-batch.js';
import type { Store } from '../../app/store-ports.js';
import { openEngine } from '../engine.js';
import { leading, SCORING } from '../leading.js';
import { releaseLine, releaseOf } from '../release-of.js';
import { DEFAULT_DATA, DEFAULT_WORKERS, openRunServices, phaseBasics, untilInterrupted } from '../run-services.js';
import { progressDisplay } from '../show-progress.js';
import { stopped } from '../stopped.js';
import { whole } from '../whole.js';

export const help = `
score the stored patients whose history, corpus or model changed

shipa score [--data DIR] [--workers W]
  --data DIR     embedded services (default .shipa); DATABASE_URL and REDIS_URL name a cluster's instead
  --workers W    worker processes to start here (default ${DEFAULT_WORKERS}; 0 in a cluster, which has its own)

Ctrl-C stops; the same command scores what is left.
`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string', default: DEFAULT_DATA }, workers: { type: 'string' } },
  });
  const { signal, fail } = untilInterrupted();
  const running = await openRunServices({ data: values.data, visit: true, fail, over: () => signal.aborted });
  try {
    const { lasting: store, services } = running;
    const workers = values.workers ?? String(services.mode === 'embedded' ? DEFAULT_WORKERS : 0);
    running.startWorkers(whole(workers, '--workers', 0, 64));
    const engine = await openEngine();
    const release = releaseOf(engine);
    const id = `score-${Date.now().toString(36)}`;
    const display = progressDisplay();
    const failures = await leading(running, signal, SCORING, async () => {
      await dropAbandoned(store);
      await store.openRun({ id, kind: 'score', params: { ...release } });
      await runPhase({ ...phaseBasics(running, signal), report: display.report }, id, 'score', () =>
        planScoring(store, release),
      );
      const failed = await store.failures(id);
      await store.endRun(id, failed.length === 0 ? 'done' : 'failed');
      return failed;
    });
    process.stdout.write(
      summaryText({
        cohort: await store.summary({}),
        faults: { total: 0, first: [] },
        failures,
        givenUp: await store.givenUp(),
        times: display.times(),
        release: releaseLine(engine),
      }),
    );
    await engine.close();
    return failures.length > 0 ? 1 : 0;
  } catch (error) {
    return await stopped(error, signal, running);
  } finally {
    await running.stop();
  }
}

/** Only what is left is planned, so a new run goes on where an interrupted one stopped; of that, nothing is to be done any more. */
async function dropAbandoned(store: Store): Promise<void> {
  for (const run of await store.runs(100))
    if (run.kind === 'score' && run.state === 'running') await store.cancelRun(run.id);
}
