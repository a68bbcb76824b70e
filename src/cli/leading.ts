// Two commands on one store: the second waits for the first, shows how far it is, and goes on from there.
import { hostname } from 'node:os';
import { isAlive, startedAt } from '../adapters/embedded/process-table.js';
import { lead } from '../app/lease.js';
import { Interrupted } from '../app/run-pilot.js';
import type { RunServices } from './run-services.js';
import type { ProgressDisplay } from './show-progress.js';

/** Scoring has one leader in a store, whatever asked for it: two at once would score the same patients. */
export const SCORING = 'score';
export const runLease = (run: string): string => `run ${run}`;

const SHOW_EVERY_MS = 2_000;

/** Names this process so that another on the same machine can see that it is gone. */
const holder = `${hostname()}/${process.pid}/${startedAt(process.pid) ?? ''}`;

function isGone(other: string): boolean {
  const [host, pid, started] = other.split('/');
  if (host !== hostname()) return false;
  return !isAlive(Number(pid)) || (started !== '' && started !== startedAt(Number(pid)));
}

/** @param watched the run whose progress is shown while another process leads */
export function leading<T>(
  { lasting: store }: RunServices,
  signal: AbortSignal,
  name: string,
  work: () => Promise<T>,
  watched?: { readonly run: string; readonly display: ProgressDisplay },
): Promise<T> {
  let shown = 0;
  return lead(
    {
      store,
      holder,
      isGone,
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      check: async () => {
        if (signal.aborted) throw new Interrupted('interrupted');
      },
      onWait: async (other) => {
        const now = performance.now();
        if (shown === 0) process.stderr.write(`process ${other.split('/')[1]} is at it already; waiting for it\n`);
        if (shown !== 0 && now - shown < SHOW_EVERY_MS) return;
        shown = now;
        const run = watched && (await store.run(watched.run));
        const phase = run?.phases.at(-1);
        if (run !== undefined && phase !== undefined) watched?.display.report(phase.phase, phase, run.state);
      },
    },
    name,
    work,
  );
}
