// Straight lines through measured points, and how well they fit. Ordinary least squares with an intercept.
export interface Line {
  readonly intercept: number;
  readonly slope: number;
  /** Share of the variance that the line explains; null when there is none to explain or only two points. */
  readonly r2: number | null;
}

/** @throws when fewer than two different x are given */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Line {
  const n = points.length;
  const meanX = points.reduce((sum, p) => sum + p.x, 0) / n;
  const meanY = points.reduce((sum, p) => sum + p.y, 0) / n;
  const sxx = points.reduce((sum, p) => sum + (p.x - meanX) ** 2, 0);
  if (n < 2 || sxx === 0) throw new RangeError('a line wants two different x');
  const slope = points.reduce((sum, p) => sum + (p.x - meanX) * (p.y - meanY), 0) / sxx;
  const intercept = meanY - slope * meanX;
  const total = points.reduce((sum, p) => sum + (p.y - meanY) ** 2, 0);
  const rest = points.reduce((sum, p) => sum + (p.y - intercept - slope * p.x) ** 2, 0);
  return { intercept, slope, r2: n < 3 || total === 0 ? null : 1 - rest / total };
}

/** y = factor * x ^ exponent, as a line of the logarithms. An exponent of 1 is "twice as many cost twice as much". */
export function fitPower(points: readonly { readonly x: number; readonly y: number }[]): {
  readonly factor: number;
  readonly exponent: number;
  readonly r2: number | null;
} {
  const { intercept, slope, r2 } = fitLine(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })));
  return { factor: Math.exp(intercept), exponent: slope, r2 };
}
