// After release: drift of inputs and bands, overrides and subgroups, out of the counts that the store keeps.
import type { OversightStore, PeriodCount, SubgroupCount } from './oversight-ports.js';

export interface Drift {
  readonly variable: string;
  readonly reference: number;
  readonly recent: number;
  /** Population stability index, sum of (p - q) ln(p / q) over the values; null below LEAST patients in a period. */
  readonly psi: number | null;
  readonly verdict: 'stable' | 'moved' | 'shifted' | 'too-few';
  /** Value whose share moved most, with the shares before and since. */
  readonly most: { readonly value: string; readonly before: number; readonly since: number } | null;
}

export interface SubgroupReport extends SubgroupCount {
  /** Share with a recommended first option, and of decisions that were overridden, with 95 % Wilson intervals; null without any. */
  readonly recommendedShare: Interval | null;
  readonly overriddenShare: Interval | null;
  /** The interval of the subgroup lies wholly outside the share of everybody. */
  readonly stands: 'apart' | 'with the others';
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface MonitorReport {
  readonly since: string;
  readonly drift: readonly Drift[];
  readonly subgroups: readonly SubgroupReport[];
}

/** Conventional marks of the index (0.1 look, 0.25 act): a convention, not a test. */
const MARKS = { moved: 0.1, shifted: 0.25 } as const;
const LEAST = 30;

export async function monitor(
  store: Pick<OversightStore, 'periods' | 'subgroups'>,
  since: string,
): Promise<MonitorReport> {
  const [counts, groups] = [await store.periods(since), await store.subgroups()];
  const variables = [...new Set(counts.map((c) => c.variable))];
  return {
    since,
    drift: variables.map((variable) =>
      driftOf(
        variable,
        counts.filter((c) => c.variable === variable),
      ),
    ),
    subgroups: groups.map((group) => subgroup(group, groups)),
  };
}

export function driftOf(variable: string, counts: readonly PeriodCount[]): Drift {
  const total = (period: 'reference' | 'recent') => counts.reduce((sum, c) => sum + c[period], 0);
  const [reference, recent] = [total('reference'), total('recent')];
  if (reference < LEAST || recent < LEAST)
    return { variable, reference, recent, psi: null, verdict: 'too-few', most: null };
  // Half a patient in each cell: a value that is new would else make the index infinite.
  const share = (n: number, of: number): number => (n + 0.5) / (of + 0.5 * counts.length);
  const parts = counts.map((c) => {
    const [before, since] = [share(c.reference, reference), share(c.recent, recent)];
    return { value: c.value, before, since, psi: (since - before) * Math.log(since / before) };
  });
  const psi = parts.reduce((sum, p) => sum + p.psi, 0);
  const [most] = [...parts].sort((a, b) => b.psi - a.psi);
  return {
    variable,
    reference,
    recent,
    psi,
    verdict: psi >= MARKS.shifted ? 'shifted' : psi >= MARKS.moved ? 'moved' : 'stable',
    most: most === undefined ? null : { value: most.value, before: most.before, since: most.since },
  };
}

function subgroup(group: SubgroupCount, all: readonly SubgroupCount[]): SubgroupReport {
  const same = all.filter((g) => g.by === group.by);
  const sum = (name: 'patients' | 'recommended' | 'decisions' | 'overridden') => same.reduce((s, g) => s + g[name], 0);
  const recommendedShare = wilson(group.recommended, group.patients);
  const overriddenShare = wilson(group.overridden, group.decisions);
  const outside = (i: Interval | null, k: number, n: number): boolean =>
    i !== null && n > 0 && (k / n < i.low || k / n > i.high);
  const apart =
    outside(recommendedShare, sum('recommended'), sum('patients')) ||
    outside(overriddenShare, sum('overridden'), sum('decisions'));
  return { ...group, recommendedShare, overriddenShare, stands: apart ? 'apart' : 'with the others' };
}

const Z95 = 1.959963984540054;

/** Score interval of a proportion (Wilson 1927, J Am Stat Assoc 22:209). */
export function wilson(k: number, n: number): Interval | null {
  if (n === 0) return null;
  const p = k / n;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export function monitorText({ since, drift, subgroups }: MonitorReport): string {
  const pct = (x: number): string => `${(100 * x).toFixed(1)} %`;
  const told = (i: Interval | null): string => (i === null ? '-' : `${pct(i.value)} (${pct(i.low)}-${pct(i.high)})`);
  return `${[
    `Drift of recommendations made since ${since} against those before (population stability index: 0.1 look, 0.25 act)`,
    ...drift.map(
      (d) =>
        `  ${d.variable.padEnd(10)}${d.psi === null ? 'too few' : d.psi.toFixed(3)} ${d.verdict === 'too-few' ? `(${d.reference} before, ${d.recent} since)` : d.verdict}${d.most !== null && d.verdict !== 'stable' ? `: ${d.most.value} ${pct(d.most.before)} -> ${pct(d.most.since)}` : ''}`,
    ),
    '',
    'Subgroups: patients, first option recommended, decisions, overridden (95 % intervals)',
    ...subgroups.map(
      (g) =>
        `  ${`${g.by} ${g.value}`.padEnd(28)}${String(g.patients).padStart(8)}  ${told(g.recommendedShare)}  ${g.decisions}  ${told(g.overriddenShare)}${g.stands === 'apart' ? '  APART FROM THE OTHERS' : ''}`,
    ),
  ].join('\n')}\n`;
}
