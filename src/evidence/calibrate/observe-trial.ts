// From patient times of a rebuilt trial to what calibration needs: survival by arm at 12, 24 and 36 months, and the log hazard ratio.
import type { CalibrationTrial, ObservedTrial } from '../../domain/corpus/calibration.js';
import { cox } from '../../stats/cox.js';
import { kaplanMeier, survivalAt } from '../../stats/kaplan-meier.js';

export const CALIBRATION_MONTHS = [12, 24, 36] as const;

/** Fewer at risk say nothing about survival at that time. */
const LEAST_AT_RISK = 10;

export interface PatientTime {
  readonly months: number;
  readonly event: boolean;
  readonly arm: string;
}

export function observeTrial(
  trial: CalibrationTrial,
  patients: readonly PatientTime[],
  about: { readonly outcome: string; readonly pmid?: string },
): ObservedTrial {
  const observed = Object.entries(trial.arms).map(([arm, node]) => {
    const members = patients.filter((p) => p.arm === arm).map((p) => ({ time: p.months, event: p.event }));
    if (members.length === 0) throw new RangeError(`${trial.trial} has no arm ${arm}`);
    const steps = kaplanMeier(members);
    const milestones = CALIBRATION_MONTHS.flatMap((months) => {
      const atRisk = members.filter((m) => m.time >= months).length;
      if (atRisk < LEAST_AT_RISK) return [];
      const { survival, se } = survivalAt(steps, months);
      return [{ months, survival: round(survival), se: round(se), atRisk }];
    });
    return { node, n: members.length, events: members.filter((m) => m.event).length, milestones };
  });
  const effect = effectOf(trial, patients);
  return { ...trial, ...about, observed, ...(effect === undefined ? {} : { effect }) };
}

/** Second mapped arm is the comparator: the mapping's order is experimental, control. */
function effectOf(trial: CalibrationTrial, patients: readonly PatientTime[]): ObservedTrial['effect'] {
  const [experimental, control] = Object.entries(trial.arms);
  if (experimental === undefined || control === undefined) return undefined;
  const used = patients.filter((p) => p.arm === experimental[0] || p.arm === control[0]);
  const fit = cox(used.map((p) => ({ time: p.months, event: p.event, x: [p.arm === experimental[0] ? 1 : 0] })));
  return {
    node: experimental[1],
    against: control[1],
    logHr: round(fit.coefficients[0] ?? NaN),
    se: round(Math.sqrt(fit.covariance[0]?.[0] ?? NaN)),
  };
}

const round = (x: number): number => Math.round(x * 1e6) / 1e6;
