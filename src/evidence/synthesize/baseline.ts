// The survival of the reference regimen: a parametric curve through the published figures of one arm.
import type { Network } from '../../domain/corpus/network.js';
import type { Study } from '../../domain/corpus/study.js';
import { type CurvePoint, fitPoints } from '../../stats/curve-fit.js';
import type { Baseline } from './outcome-network.js';
import { currentResults, reach } from './trial-contrasts.js';

/** Where the arm's size is not known, points weigh as from so many patients. */
const ASSUMED_PATIENTS = 200;

/** Medians (that were reached) and milestones of one arm. */
export function armPoints(study: Study, outcome: string, population: string, arm: string): CurvePoint[] {
  return currentResults(study, outcome, population)
    .filter((r) => r.arms.includes(arm))
    .flatMap((r) => {
      const median = r.medians?.[arm]?.months;
      const milestones = (r.milestones ?? []).filter((m) => m.arm === arm && m.months > 0);
      return [
        ...(median ? [{ time: median, survival: 0.5 }] : []),
        ...milestones.map((m) => ({ time: m.months, survival: m.proportion })),
      ];
    })
    .filter((p, i, all) => all.findIndex((q) => q.time === p.time && q.survival === p.survival) === i);
}

export interface FittedBaseline {
  readonly baseline: Baseline;
  readonly reachMonths: number | null;
}

/** The fitted curve, or the reason why there is none. */
export function fitBaseline(network: Network, studies: readonly Study[]): FittedBaseline | string {
  const { study: id, arm, population = 'ITT' } = network.baseline;
  const study = studies.find((s) => s.id === id);
  if (study === undefined) return `baseline study ${id} is not in the corpus`;
  if (study.retracted) return `baseline study ${id} is retracted`;
  if (!study.arms.some((a) => a.id === arm)) return `baseline study ${id} has no arm ${arm}`;
  const results = currentResults(study, network.outcome, population).filter((r) => r.arms.includes(arm));
  const points = armPoints(study, network.outcome, population, arm);
  const n = results.map((r) => r.n?.[arm]).find((x) => x !== undefined) ?? study.arms.find((a) => a.id === arm)?.n;
  const fit = fitPoints(points, n ?? ASSUMED_PATIENTS);
  if (fit === undefined)
    return `baseline arm ${arm} of ${id} has no published median or milestone of ${network.outcome} (${population})`;
  const last = Math.min(...points.map((p) => p.survival));
  const events =
    results.map((r) => r.events?.[arm]).find((x) => x !== undefined) ?? (n ?? ASSUMED_PATIENTS) * (1 - last);
  const remarks = [
    ...(points.length === 1 ? ['one published point: an exponential curve is assumed'] : []),
    ...(n === undefined ? [`size of the baseline arm not recorded, ${ASSUMED_PATIENTS} assumed`] : []),
    ...(fit.worst > 0.03
      ? [`the fitted curve misses a published point by ${(fit.worst * 100).toFixed(1)} percentage points`]
      : []),
  ];
  const logHazardSe = 1 / Math.sqrt(Math.max(events, 1));
  return {
    baseline: { study: id, arm, curve: fit.curve, points, worst: fit.worst, logHazardSe, remarks },
    reachMonths: reach(results).months,
  };
}
