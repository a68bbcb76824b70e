// Logistic regression by Newton-Raphson, with an offset: what recalibration needs (Cox 1958, Biometrika 45:562).
import { apply, at, inverse, type Matrix, SingularMatrix, zeros } from './linear-algebra.js';

export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly covariance: Matrix;
}

/** Rows of x include their own constant. @throws RangeError when the classes are separated (or columns depend on each other). */
export function logistic(x: Matrix, y: readonly number[], offset?: readonly number[]): LogisticFit {
  const p = x[0]?.length ?? 0;
  let beta = new Array<number>(p).fill(0);
  for (let step = 0; step < 100; step++) {
    const information = zeros(p, p);
    const score = new Array<number>(p).fill(0);
    x.forEach((row, i) => {
      const eta = row.reduce((s, v, j) => s + v * (beta[j] ?? 0), offset?.[i] ?? 0);
      const mean = 1 / (1 + Math.exp(-eta));
      for (let a = 0; a < p; a++) {
        score[a] = (score[a] ?? 0) + (row[a] ?? 0) * ((y[i] ?? 0) - mean);
        const line = information[a] ?? [];
        for (let b = 0; b < p; b++) line[b] = at(information, a, b) + (row[a] ?? 0) * (row[b] ?? 0) * mean * (1 - mean);
      }
    });
    const covariance = invert(information);
    if (covariance === undefined) break;
    const change = apply(covariance, score);
    beta = beta.map((b, j) => b + (change[j] ?? 0));
    if (beta.some((b) => Math.abs(b) > 500)) break;
    if (Math.max(...change.map(Math.abs)) < 1e-11) return { coefficients: beta, covariance };
  }
  throw new RangeError('the logistic likelihood has no finite maximum: the outcome is separated');
}

function invert(m: Matrix): Matrix | undefined {
  try {
    return inverse(m);
  } catch (error) {
    if (error instanceof SingularMatrix) return undefined;
    throw error;
  }
}
