// Drift, overrides and subgroups as Prometheus gauges: counts of groups, never of one patient.
import { Gauge, type Registry } from 'prom-client';
import type { MonitorReport } from '../app/monitor.js';

/** Asked at most once in so long: the counts go over every recommendation. */
const KEEP_MS = 60_000;

export function oversightGauges(registry: Registry, ask: () => Promise<MonitorReport>): void {
  let [asked, kept]: [number, Promise<MonitorReport> | undefined] = [0, undefined];
  const report = (): Promise<MonitorReport> => {
    if (kept === undefined || Date.now() - asked > KEEP_MS) {
      asked = Date.now();
      kept = ask();
      kept.catch(() => {
        kept = undefined;
      });
    }
    return kept;
  };
  new Gauge({
    name: 'shipa_drift_psi',
    help: 'Population stability index of the last 30 days against what was before, by variable (0.1 look, 0.25 act)',
    labelNames: ['variable'],
    registers: [registry],
    async collect() {
      for (const { variable, psi } of (await report()).drift) if (psi !== null) this.set({ variable }, psi);
    },
  });
  const shares = [
    ['shipa_subgroup_recommended_share', 'Share of patients with a recommended first option', 'recommendedShare'],
    ['shipa_override_share', 'Share of decisions that chose another option than the first', 'overriddenShare'],
  ] as const;
  for (const [name, help, share] of shares)
    new Gauge({
      name,
      help: `${help}, by subgroup`,
      labelNames: ['by', 'value'],
      registers: [registry],
      async collect() {
        for (const group of (await report()).subgroups) {
          const told = group[share];
          if (told !== null) this.set({ by: group.by, value: group.value }, told.value);
        }
      },
    });
}
