// Parametric survival curves by cumulative hazard H(t), S(t) = exp(-H(t)); t in the unit of the data (months in the corpus).
//   exponential  rate t              weibull       (t / scale)^shape
//   gompertz     rate (e^(bt)-1)/b   log-logistic  ln(1 + (t / scale)^shape)
// Gompertz with b < 0 has a plateau. Collett, Modelling Survival Data in Medical Research, 3rd ed., chapters 5 and 6.

export type CurveFamily = 'exponential' | 'weibull' | 'gompertz' | 'log-logistic';

export interface Curve {
  readonly family: CurveFamily;
  /** exponential [rate]; weibull, log-logistic [scale, shape]; gompertz [rate, b]. */
  readonly parameters: readonly number[];
}

export const FAMILIES: readonly CurveFamily[] = ['weibull', 'exponential', 'gompertz', 'log-logistic'];

export const parameterCount = (family: CurveFamily): number => (family === 'exponential' ? 1 : 2);

export function cumulativeHazard(curve: Curve, t: number): number {
  const [first = NaN, second = NaN] = curve.parameters;
  if (t <= 0) return 0;
  switch (curve.family) {
    case 'exponential':
      return first * t;
    case 'weibull':
      return (t / first) ** second;
    case 'gompertz':
      return Math.abs(second) < 1e-9 ? first * t : (first * Math.expm1(second * t)) / second;
    case 'log-logistic':
      return Math.log1p((t / first) ** second);
  }
}

export const survival = (curve: Curve, t: number): number => Math.exp(-cumulativeHazard(curve, t));

/** ln h(t), the hazard, for the likelihood of individual times. */
export function logHazard(curve: Curve, t: number): number {
  const [first = NaN, second = NaN] = curve.parameters;
  switch (curve.family) {
    case 'exponential':
      return Math.log(first);
    case 'weibull':
      return Math.log(second / first) + (second - 1) * Math.log(t / first);
    case 'gompertz':
      return Math.log(first) + second * t;
    case 'log-logistic':
      return Math.log(second / first) + (second - 1) * Math.log(t / first) - Math.log1p((t / first) ** second);
  }
}

/** Unconstrained vector to parameters and back: positive ones by logarithm, Gompertz b by itself (times the time scale). */
export function fromFree(family: CurveFamily, free: readonly number[], timeScale: number): Curve {
  const [a = 0, b = 0] = free;
  if (family === 'exponential') return { family, parameters: [Math.exp(a) / timeScale] };
  if (family === 'gompertz') return { family, parameters: [Math.exp(a) / timeScale, b / timeScale] };
  return { family, parameters: [Math.exp(a) * timeScale, Math.exp(b)] };
}
