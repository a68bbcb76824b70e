// Normal, chi-squared and Student t: distribution functions and quantiles, with exact tails for p-values.
import { betaI, gammaQ } from './special-functions.js';

/** P(Z <= z), relative precision kept in the lower tail. */
export function normalCdf(z: number): number {
  const tail = 0.5 * gammaQ(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** Two-sided p of a standard normal statistic. */
export const normalP = (z: number): number => gammaQ(0.5, (z * z) / 2);

/** Quantile of the standard normal: Acklam's rational approximation refined by one Halley step on normalCdf. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  const x = acklam(p);
  const e = (normalCdf(x) - p) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - e / (1 + (x * e) / 2);
}

const polynomial = (c: readonly number[], x: number): number => c.reduce((sum, k) => sum * x + k, 0);

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
] as const;
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
] as const;
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
] as const;
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1] as const;

function acklam(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / polynomial(B, q * q);
}

/** P(X >= x) of chi-squared; 1 with no degrees of freedom. */
export const chiSquaredUpper = (x: number, df: number): number => (df <= 0 ? 1 : gammaQ(df / 2, x / 2));

/** Two-sided p of Student's t. */
export const studentP = (t: number, df: number): number => betaI(df / (df + t * t), df / 2, 0.5);

/** Upper quantile t with P(|T| > t) = p two-sided, by bisection. */
export function studentTwoSided(p: number, df: number): number {
  let low = 0;
  let high = 1e4;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (studentP(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export const Z95 = 1.959963984540054;
