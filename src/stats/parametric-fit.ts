// Parametric survival by maximum likelihood from right-censored times: ln L = sum (d ln h(t) - H(t)), for the families of
// parametric-survival.ts (parametrised as in flexsurv: Jackson 2016, J Stat Softw 70(8)), compared by AIC = 2 p - 2 ln L (Akaike 1974).
// Standard errors of the logarithms of the parameters (of Gompertz' b itself) from the observed information. Times must be positive.

import type { Observation } from './kaplan-meier.js';
import { inverse, SingularMatrix } from './linear-algebra.js';
import { minimise } from './nelder-mead.js';
import {
  type Curve,
  type CurveFamily,
  cumulativeHazard,
  FAMILIES,
  fromFree,
  logHazard,
  parameterCount,
} from './parametric-survival.js';

export interface ParametricFit {
  readonly curve: Curve;
  readonly logLikelihood: number;
  readonly aic: number;
  /** Of ln parameter (Gompertz: ln rate, then b itself); NaN where the likelihood is flat. */
  readonly se: readonly number[];
}

export type ParametricCode = 'no-events' | 'bad-time';

export class ParametricFailure extends Error {
  override readonly name = 'ParametricFailure';
  readonly code: ParametricCode;
  constructor(code: ParametricCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Each family, lowest AIC first. @throws ParametricFailure without an event, or with a time that is not positive. */
export function fitFamilies(
  data: readonly Observation[],
  families: readonly CurveFamily[] = FAMILIES,
): readonly ParametricFit[] {
  const events = data.filter((d) => d.event).length;
  if (events === 0) throw new ParametricFailure('no-events', 'without an event no hazard can be estimated');
  if (data.some((d) => !(d.time > 0))) throw new ParametricFailure('bad-time', 'times must be above 0');
  return families.map((family) => fitFamily(data, family, events)).sort((a, b) => a.aic - b.aic);
}

function fitFamily(data: readonly Observation[], family: CurveFamily, events: number): ParametricFit {
  const scale = data.reduce((s, d) => s + d.time, 0) / data.length;
  const tied = byTime(data);
  const minusLogLikelihood = (free: readonly number[]): number => {
    const curve = fromFree(family, free, scale);
    return tied.reduce(
      (s, d) => s + d.n * cumulativeHazard(curve, d.time) - (d.events > 0 ? d.events * logHazard(curve, d.time) : 0),
      0,
    );
  };
  const rate = Math.log(events / data.length);
  const starts = {
    exponential: [[rate]],
    gompertz: [[rate, 0]],
    weibull: [[-rate, 0]],
    'log-logistic': [[-rate, 0.3]],
  };
  const [first = [rate]] = starts[family];
  let best =
    family === 'exponential' ? { at: first, value: minusLogLikelihood(first) } : minimise(minusLogLikelihood, first);
  if (family !== 'exponential') for (const step of [0.05, 0.005]) best = minimise(minusLogLikelihood, best.at, step);
  const curve = fromFree(family, best.at, scale);
  const se = standardErrors(minusLogLikelihood, best.at);
  return {
    curve,
    logLikelihood: -best.value,
    aic: 2 * best.value + 2 * parameterCount(family),
    se: se.map((x, j) => (family === 'gompertz' && j === 1 ? x / scale : x)),
  };
}

/** Ties are counted once: large tables hold few distinct times. */
function byTime(data: readonly Observation[]): { time: number; n: number; events: number }[] {
  const times = new Map<number, { time: number; n: number; events: number }>();
  for (const d of data) {
    const at = times.get(d.time) ?? { time: d.time, n: 0, events: 0 };
    at.n++;
    if (d.event) at.events++;
    times.set(d.time, at);
  }
  return [...times.values()];
}

/** From second differences of minus the log likelihood. */
function standardErrors(f: (x: readonly number[]) => number, at: readonly number[]): number[] {
  const step = 1e-4;
  const moved = (...by: readonly (readonly [number, number])[]): number =>
    f(at.map((x, j) => by.reduce((s, [k, d]) => (k === j ? s + d : s), x)));
  const hessian = at.map((_, i) =>
    at.map((__, j) =>
      i === j
        ? (moved([i, step]) - 2 * f(at) + moved([i, -step])) / step ** 2
        : (moved([i, step], [j, step]) -
            moved([i, step], [j, -step]) -
            moved([i, -step], [j, step]) +
            moved([i, -step], [j, -step])) /
          (4 * step ** 2),
    ),
  );
  try {
    return inverse(hessian).map((row, i) => Math.sqrt(row[i] ?? NaN));
  } catch (error) {
    if (error instanceof SingularMatrix) return at.map(() => NaN);
    throw error;
  }
}
