// Does a predicted risk of 20 % mean that 20 in 100 have the event? Calibration of predicted probabilities against outcomes.
// Intercept (calibration in the large, slope fixed at 1) and slope: Cox 1958; Van Calster 2016, J Clin Epidemiol 74:167. ICI, the mean
// distance between predicted and smoothed observed risk, with E50, E90 and Emax: Austin & Steyerberg 2019, Stat Med 38:4051. For
// censored times the outcome at a horizon is replaced by its jackknife pseudo-value (Andersen & Pohar Perme 2010, Stat Methods Med
// Res 19:71), which assumes censoring independent of time and prediction; the slope is then that of Cox regression on the
// complementary log-log of the prediction, the intercept ln(-ln) of the Kaplan-Meier minus that of the mean prediction (McLernon 2023,
// Ann Intern Med 176:105; Austin 2020, Stat Med 39:2714).
import { cox } from './cox.js';
import { kaplanMeier, type Observation, survivalAt } from './kaplan-meier.js';
import { loess } from './loess.js';
import { logistic } from './logistic.js';

export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
}

export interface Calibration {
  readonly n: number;
  /** Mean predicted / mean observed: above 1 when risk is overstated. */
  readonly expectedToObserved: number;
  readonly slope: { readonly estimate: number; readonly se: number };
  /** Log odds (binary) or log cumulative hazard (censored) by which predictions are too low; 0 is perfect. */
  readonly intercept: { readonly estimate: number; readonly se: number };
  readonly ici: number;
  readonly e50: number;
  readonly e90: number;
  readonly eMax: number;
  /** The smoothed curve at up to 100 quantiles of the predictions. */
  readonly curve: readonly CalibrationPoint[];
  /** Means in groups of equal size, with the number in each. */
  readonly groups: readonly (CalibrationPoint & { readonly n: number })[];
}

const EDGE = 1e-9;
const inside = (p: number): number => Math.min(1 - EDGE, Math.max(EDGE, p));
const logit = (p: number): number => Math.log(inside(p) / (1 - inside(p)));
const logHazard = (risk: number): number => Math.log(-Math.log(1 - inside(risk)));

/** Binary outcomes (0, 1). @throws RangeError when the lists differ in length, a prediction is outside 0 to 1, or classes are separated. */
export function calibration(predicted: readonly number[], outcome: readonly number[], groups = 10): Calibration {
  check(predicted, outcome.length);
  const slope = logistic(
    predicted.map((p) => [1, logit(p)]),
    outcome,
  );
  const large = logistic(
    predicted.map(() => [1]),
    outcome,
    predicted.map(logit),
  );
  return {
    slope: { estimate: slope.coefficients[1] ?? NaN, se: Math.sqrt(slope.covariance[1]?.[1] ?? NaN) },
    intercept: { estimate: large.coefficients[0] ?? NaN, se: Math.sqrt(large.covariance[0]?.[0] ?? NaN) },
    ...agreement(predicted, outcome, groups),
  };
}

/** Predicted risks of an event by `horizon` against right-censored times. @throws RangeError as above. */
export function survivalCalibration(
  predicted: readonly number[],
  observed: readonly Observation[],
  horizon: number,
  groups = 10,
): Calibration {
  check(predicted, observed.length);
  const censoredAtHorizon = observed.map((o) =>
    o.time > horizon ? { time: horizon, event: false } : { time: o.time, event: o.event },
  );
  const fit = cox(censoredAtHorizon.map((o, i) => ({ ...o, x: [logHazard(predicted[i] ?? NaN)] })));
  const last = survivalAt(kaplanMeier(observed), horizon);
  const mean = predicted.reduce((s, p) => s + p, 0) / predicted.length;
  // Delta method: se of ln(-ln S) is se(S) / (S |ln S|).
  const large = {
    estimate: Math.log(-Math.log(last.survival)) - logHazard(mean),
    se: last.se / (last.survival * Math.abs(Math.log(last.survival))),
  };
  return {
    slope: { estimate: fit.coefficients[0] ?? NaN, se: Math.sqrt(fit.covariance[0]?.[0] ?? NaN) },
    intercept: large,
    ...agreement(predicted, pseudoValues(observed, horizon), groups),
  };
}

/** n F(t) - (n - 1) F_(i)(t) with F = 1 - Kaplan-Meier: the outcome itself for a subject whose outcome is known without censoring. */
export function pseudoValues(observed: readonly Observation[], horizon: number): number[] {
  const n = observed.length;
  const steps = kaplanMeier(observed).filter((s) => s.time <= horizon);
  // Survival without subject i: one fewer at risk up to its time, everything as it was after.
  const before = [1];
  for (const s of steps) before.push((before.at(-1) ?? 1) * (s.atRisk > 1 ? 1 - s.events / (s.atRisk - 1) : 1));
  const after = [1];
  for (const s of [...steps].reverse()) after.unshift((after[0] ?? 1) * (1 - s.events / s.atRisk));
  const place = new Map(steps.map((s, k) => [s.time, k]));
  const risk = 1 - (after[0] ?? 1);
  return observed.map((o) => {
    const k = place.get(o.time);
    const own = k === undefined ? undefined : steps[k];
    if (k === undefined || own === undefined) return n * risk - (n - 1) * (1 - (before.at(-1) ?? 1));
    const here = own.atRisk > 1 ? 1 - (own.events - (o.event ? 1 : 0)) / (own.atRisk - 1) : 1;
    return n * risk - (n - 1) * (1 - (before[k] ?? 1) * here * (after[k + 1] ?? 1));
  });
}

function check(predicted: readonly number[], outcomes: number): void {
  if (predicted.length !== outcomes) throw new RangeError(`${predicted.length} predictions for ${outcomes} outcomes`);
  if (outcomes < 3) throw new RangeError('calibration needs at least three subjects');
  const bad = predicted.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) throw new RangeError(`prediction ${bad + 1} (${predicted[bad]}) is not a probability`);
}

type Agreement = Omit<Calibration, 'slope' | 'intercept'>;

function agreement(predicted: readonly number[], outcome: readonly number[], groups: number): Agreement {
  const smooth = loess(predicted, outcome, predicted).map((v) => Math.min(1, Math.max(0, v)));
  const distances = smooth.map((s, i) => Math.abs(s - (predicted[i] ?? NaN))).sort((a, b) => a - b);
  const order = predicted.map((_, i) => i).sort((i, j) => (predicted[i] ?? 0) - (predicted[j] ?? 0));
  const mean = (of: readonly number[]): number => of.reduce((s, v) => s + v, 0) / of.length;
  const step = Math.max(1, Math.floor(order.length / 100));
  return {
    n: predicted.length,
    expectedToObserved: mean(predicted) / mean(outcome),
    ici: mean(distances),
    e50: quantile(distances, 0.5),
    e90: quantile(distances, 0.9),
    eMax: distances.at(-1) ?? NaN,
    curve: order
      .filter((_, k) => k % step === 0 || k === order.length - 1)
      .map((i) => ({ predicted: predicted[i] ?? NaN, observed: smooth[i] ?? NaN })),
    groups: Array.from({ length: Math.min(groups, order.length) }, (_, g) => {
      const members = order.slice(
        Math.floor((g * order.length) / groups),
        Math.floor(((g + 1) * order.length) / groups),
      );
      return {
        predicted: mean(members.map((i) => predicted[i] ?? NaN)),
        observed: mean(members.map((i) => outcome[i] ?? NaN)),
        n: members.length,
      };
    }).filter((g) => g.n > 0),
  };
}

/** R's type 7. */
function quantile(sorted: readonly number[], p: number): number {
  const position = p * (sorted.length - 1);
  const low = Math.floor(position);
  const a = sorted[low] ?? NaN;
  return a + (position - low) * ((sorted[low + 1] ?? a) - a);
}
