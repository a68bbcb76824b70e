// Curves through published points: each family finds its own curve again, two points are met exactly, noise is weighed by patients.
import { describe, expect, it } from 'vitest';
import { fitPoints } from '../../src/stats/curve-fit.js';
import { type Curve, survival } from '../../src/stats/parametric-survival.js';

const points = (curve: Curve, times: readonly number[]) =>
  times.map((time) => ({ time, survival: survival(curve, time) }));

describe('a curve through published points', () => {
  it.each([
    ['weibull', { family: 'weibull', parameters: [20, 1.4] }],
    ['gompertz', { family: 'gompertz', parameters: [0.02, 0.05] }],
    ['log-logistic', { family: 'log-logistic', parameters: [15, 1.8] }],
  ] as [string, Curve][])('is the %s that the points are of', (family, curve) => {
    const fit = fitPoints(points(curve, [3, 6, 12, 24, 36]), 300);
    expect(fit?.curve.family).toBe(family);
    expect(fit?.worst).toBeLessThan(1e-5);
    for (const [j, p] of curve.parameters.entries()) expect((fit?.curve.parameters[j] ?? NaN) / p).toBeCloseTo(1, 3);
  });
  it('meets a median and a milestone exactly (by hand: shape and scale of the Weibull)', () => {
    const fit = fitPoints(
      [
        { time: 10, survival: 0.5 },
        { time: 24, survival: 0.25 },
      ],
      200,
    );
    // ln(-ln S) is a line in ln t: shape = ln(ln 0.25 / ln 0.5) / ln(2.4) = ln 2 / ln 2.4.
    expect(fit?.worst).toBeLessThan(1e-6);
    if (fit?.curve.family === 'weibull') expect(fit.curve.parameters[1]).toBeCloseTo(Math.log(2) / Math.log(2.4), 4);
  });
  it('is exponential through one point: rate ln 2 / median', () => {
    const fit = fitPoints([{ time: 14, survival: 0.5 }], 100);
    expect(fit?.curve.family).toBe('exponential');
    expect(fit?.curve.parameters[0]).toBeCloseTo(Math.log(2) / 14, 8);
  });
  it('is not there when no point lies between 0 and 1', () => {
    expect(fitPoints([{ time: 12, survival: 1 }], 100)).toBeUndefined();
  });
});
