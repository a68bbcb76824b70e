// Numbers of a calibration: ICI by month (mean |predicted - observed| over arms, weighted by patients: Austin & Steyerberg 2019, with
// the arm as the group of equal prediction), bias, slope, how often the observed interval holds the prediction, sign and size of effects.
import type { CalibrationSummary, TestedSurvival } from '../../domain/corpus/calibration.js';
import { Z95 } from '../../stats/distributions.js';
import type { CalibrationRows } from './calibration-of.js';

export function summariseCalibration({ survival, effects }: CalibrationRows): CalibrationSummary {
  const at = (months: number): readonly TestedSurvival[] => survival.filter((r) => r.months === months);
  const ici = (rows: readonly TestedSurvival[]): number | null =>
    weighted(rows, (r) => Math.abs(r.predicted - r.observed));
  const line = regression(survival);
  return {
    ici12: ici(at(12)),
    ici24: ici(at(24)),
    ici36: ici(at(36)),
    arms12: at(12).length,
    arms24: at(24).length,
    arms36: at(36).length,
    bias: weighted(survival, (r) => r.predicted - r.observed),
    slope: line?.slope ?? null,
    intercept: line?.intercept ?? null,
    covered: survival.filter((r) => Math.abs(r.predicted - r.observed) <= Z95 * r.se).length,
    points: survival.length,
    signRight: effects.filter((e) => Math.sign(e.predicted) === Math.sign(e.observed)).length,
    signTested: effects.length,
    logHrError:
      effects.length === 0
        ? null
        : round(effects.reduce((s, e) => s + Math.abs(e.predicted - e.observed), 0) / effects.length),
  };
}

function weighted(rows: readonly TestedSurvival[], of: (r: TestedSurvival) => number): number | null {
  const patients = rows.reduce((s, r) => s + r.n, 0);
  return patients === 0 ? null : round(rows.reduce((s, r) => s + r.n * of(r), 0) / patients);
}

const cloglog = (s: number): number => Math.log(-Math.log(Math.min(1 - 1e-9, Math.max(1e-9, s))));

/** Weighted least squares; undefined below three points. */
function regression(rows: readonly TestedSurvival[]): { slope: number; intercept: number } | undefined {
  if (rows.length < 3) return undefined;
  const total = rows.reduce((s, r) => s + r.n, 0);
  const mean = (of: (r: TestedSurvival) => number): number => rows.reduce((s, r) => s + r.n * of(r), 0) / total;
  const [mx, my] = [mean((r) => cloglog(r.predicted)), mean((r) => cloglog(r.observed))];
  const sxx = mean((r) => (cloglog(r.predicted) - mx) ** 2);
  if (sxx === 0) return undefined;
  const slope = mean((r) => (cloglog(r.predicted) - mx) * (cloglog(r.observed) - my)) / sxx;
  return { slope: round(slope), intercept: round(my - slope * mx) };
}

const round = (x: number): number => Math.round(x * 1e6) / 1e6;
