// A parametric curve through published points (median, milestone survivals): weighted least squares with binomial variances,
// X2 = sum n (s - S)^2 / (S (1 - S)), family by X2 + 2 p (as AIC; points of one curve are correlated, so the number is a ranking,
// not a test). Individual times: parametric-fit.ts.
import { minimise } from './nelder-mead.js';
import { type Curve, type CurveFamily, FAMILIES, fromFree, parameterCount, survival } from './parametric-survival.js';

export interface CurvePoint {
  readonly time: number;
  readonly survival: number;
}

export interface CurveFit {
  readonly curve: Curve;
  readonly criterion: number;
  /** Largest |published - fitted| survival. */
  readonly worst: number;
}

/** Best family through the points; undefined when no point lies strictly between 0 and 1. `n` patients behind each point. */
export function fitPoints(points: readonly CurvePoint[], n: number): CurveFit | undefined {
  const usable = points.filter((p) => p.time > 0 && p.survival > 0 && p.survival < 1);
  if (usable.length === 0) return undefined;
  const distinct = new Set(usable.map((p) => p.time)).size;
  const timeScale = usable.reduce((s, p) => s + p.time, 0) / usable.length;
  const fits = FAMILIES.filter((family) => parameterCount(family) <= distinct).map((family) => {
    const misfit = (curve: Curve): number =>
      usable.reduce((sum, p) => {
        const s = Math.min(1 - 1e-9, Math.max(1e-9, survival(curve, p.time)));
        return sum + (n * (p.survival - s) ** 2) / (s * (1 - s));
      }, 0);
    const { curve, value } = best(family, timeScale, misfit);
    const worst = Math.max(...usable.map((p) => Math.abs(p.survival - survival(curve, p.time))));
    return { curve, criterion: value + 2 * parameterCount(family), worst };
  });
  return choose(fits);
}

function best(family: CurveFamily, timeScale: number, f: (c: Curve) => number): { curve: Curve; value: number } {
  const starts =
    family === 'exponential'
      ? [[-0.5]]
      : [
          [-0.3, 0],
          [0.5, 0.4],
          [-0.7, -0.5],
        ];
  const minima = starts.map((start) => {
    const once = minimise((x) => f(fromFree(family, x, timeScale)), start);
    return minimise((x) => f(fromFree(family, x, timeScale)), once.at, 0.05);
  });
  const lowest = minima.reduce((a, b) => (b.value < a.value ? b : a));
  return { curve: fromFree(family, lowest.at, timeScale), value: lowest.value };
}

/** Lowest criterion; Weibull, which is first, keeps a near tie. */
function choose(fits: readonly CurveFit[]): CurveFit | undefined {
  const [first, ...others] = fits;
  return first && others.reduce((a, b) => (b.criterion < a.criterion - 0.1 ? b : a), first);
}
