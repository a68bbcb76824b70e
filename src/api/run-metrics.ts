// Work under way, for Prometheus: jobs on the queues, chunks, patients and outcomes of the runs that go on or ended within the hour,
// and what was given up. Rates are made of these by the server: rate(shipa_run_outcomes[1m]).
import { Gauge, type Registry } from 'prom-client';
import type { QueueCounts } from '../app/queue-port.js';
import type { ActiveRun, RunControl } from '../app/run-ports.js';

export type QueueDepths = () => Promise<Readonly<Record<string, Omit<QueueCounts, 'failed'>>>>;

export function queueGauge(registry: Registry, depths: QueueDepths): void {
  new Gauge({
    name: 'shipa_queue_jobs',
    help: 'Jobs by queue and state (waiting, active, delayed)',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      for (const [queue, counts] of Object.entries(await depths()))
        for (const state of ['waiting', 'active', 'delayed'] as const) this.set({ queue, state }, counts[state]);
    },
  });
}

/** One scrape asks once, however many gauges are made of the answer. */
const KEEP_MS = 500;

export function runGauges(registry: Registry, store: Pick<RunControl, 'activeRuns' | 'deadLetters'>): void {
  let [asked, kept]: [number, ReturnType<typeof store.activeRuns> | undefined] = [0, undefined];
  const active = (): ReturnType<typeof store.activeRuns> => {
    const now = performance.now();
    if (kept === undefined || now - asked > KEEP_MS) [asked, kept] = [now, store.activeRuns()];
    return kept;
  };
  const gauge = (
    name: string,
    help: string,
    label: string,
    valuesOf: (run: ActiveRun) => Readonly<Record<string, number>>,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: ['run', 'phase', label],
      registers: [registry],
      async collect() {
        const runs = await active();
        this.reset();
        for (const one of runs)
          for (const [value, n] of Object.entries(valuesOf(one)))
            this.set({ run: one.run, phase: one.phase, [label]: value }, n);
      },
    });
  };
  gauge('shipa_run_chunks', 'Chunks of a run by phase and state (pending, done, failed)', 'state', (r) => r.chunks);
  gauge('shipa_run_patients', 'Patients of a run by phase and state (done, left)', 'state', ({ patients }) => ({
    done: patients.done,
    left: patients.total - patients.done,
  }));
  gauge('shipa_run_outcomes', 'What became of the patients of a run, by phase and outcome', 'outcome', (r) => r.counts);
  new Gauge({
    name: 'shipa_dead_letters',
    help: 'Chunks that were given up and not done since',
    registers: [registry],
    async collect() {
      this.set((await store.deadLetters(1)).total);
    },
  });
}
