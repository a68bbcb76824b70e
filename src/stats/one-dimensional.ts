// Search in one dimension: a maximum on [0, upper], a root in a bracket.

/**
 * Maximiser on [0, upper] of a function with one maximum. Golden section finds the place, then the root of the central
 * difference sharpens it (a maximum alone is only good to the square root of the machine precision).
 */
export function maximise(f: (x: number) => number, upper: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0;
  let high = upper;
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let fa = f(a);
  let fb = f(b);
  for (let i = 0; i < 200 && high - low > 1e-7 * (upper * 1e-6 + high); i++) {
    if (fa >= fb) {
      high = b;
      b = a;
      fb = fa;
      a = high - ratio * (high - low);
      fa = f(a);
    } else {
      low = a;
      a = b;
      fa = fb;
      b = low + ratio * (high - low);
      fb = f(b);
    }
  }
  const peak = (low + high) / 2;
  if (f(0) >= f(peak)) return 0;
  const step = peak * 1e-3;
  const slope = (x: number): number =>
    (8 * (f(x + step) - f(x - step)) - f(x + 2 * step) + f(x - 2 * step)) / (12 * step);
  return slope(peak * 0.99) * slope(peak * 1.01) < 0 ? root(slope, peak * 0.99, peak * 1.01) : peak;
}

/** Root of f in [low, high] where the signs differ, by bisection to the last digit. */
export function root(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  const sign = Math.sign(f(a));
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (Math.sign(f(middle)) === sign) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
