// Survival rebuilt from what a paper prints: a median and survival at milestones (with numbers of patients). Between points the hazard is
// taken as constant (piecewise exponential), after the last point nothing is told. Pseudo-patients drawn from that curve at even
// quantiles stand in for individual data in pooled plots and rough Cox models; like those of Guyot 2012 (BMC Med Res Methodol 12:9),
// which needs the whole curve, they carry no covariates, and their censoring is administrative only, so errors are too small where the
// trial lost patients early.
import type { CurvePoint } from './curve-fit.js';
import type { Observation } from './kaplan-meier.js';

export class ContradictoryPoints extends Error {
  override readonly name = 'ContradictoryPoints';
}

export interface PiecewiseCurve {
  /** Ascending, the first at time 0 with survival 1. */
  readonly points: readonly CurvePoint[];
}

/** @throws ContradictoryPoints when survival rises with time, or lies outside 0 to 1. */
export function piecewiseCurve(published: readonly CurvePoint[]): PiecewiseCurve {
  const bad = published.find((p) => !(p.time >= 0 && p.survival >= 0 && p.survival <= 1));
  if (bad !== undefined) throw new ContradictoryPoints(`survival ${bad.survival} at ${bad.time} cannot be`);
  const points = [
    { time: 0, survival: 1 },
    ...[...published].filter((p) => p.time > 0).sort((a, b) => a.time - b.time),
  ];
  points.forEach((p, i) => {
    const before = points[i - 1];
    if (
      before !== undefined &&
      (p.survival > before.survival || (p.time === before.time && p.survival !== before.survival))
    )
      throw new ContradictoryPoints(
        `survival ${p.survival} at ${p.time} contradicts ${before.survival} at ${before.time}`,
      );
  });
  return { points: points.filter((p, i) => i === 0 || p.time !== points[i - 1]?.time) };
}

/** Survival at a time; null after the last point. */
export function piecewiseSurvival({ points }: PiecewiseCurve, time: number): number | null {
  const next = points.findIndex((p) => p.time >= time);
  const [a, b] = [points[next - 1], points[next]];
  if (b === undefined) return null;
  if (a === undefined || b.time === time) return b.survival;
  const share = (time - a.time) / (b.time - a.time);
  return b.survival === 0 ? a.survival * (1 - share) : a.survival * (b.survival / a.survival) ** share;
}

/** `n` pseudo-patients: events at the quantiles (i - 1/2) / n, the rest censored at the last point. */
export function pseudoPatients(curve: PiecewiseCurve, n: number): Observation[] {
  const last = curve.points.at(-1) ?? { time: 0, survival: 1 };
  return Array.from({ length: n }, (_, i) => {
    const survival = 1 - (i + 0.5) / n;
    return survival < last.survival
      ? { time: last.time, event: false }
      : { time: timeAt(curve, survival), event: true };
  });
}

function timeAt({ points }: PiecewiseCurve, survival: number): number {
  const next = points.findIndex((p) => p.survival <= survival);
  const [a, b] = [points[next - 1], points[next]];
  if (a === undefined || b === undefined) return 0;
  const share =
    b.survival === 0
      ? (a.survival - survival) / a.survival
      : Math.log(survival / a.survival) / Math.log(b.survival / a.survival);
  return a.time + share * (b.time - a.time);
}
