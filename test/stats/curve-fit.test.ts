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
  const two = [
    { time: 10, survival: 0.5 },
    { time: 24, survival: 0.25 },
  ];
  it('meets a median and a milestone exactly when enough patients stand behind them (shape by hand)', () => {
    const fit = fitPoints(two, 20_000);
    expect(fit?.curve.family).not.toBe('exponential');
    expect(fit?.worst).toBeLessThan(1e-6);
    // ln(-ln S) is a line in ln t: shape = ln(ln 0.25 / ln 0.5) / ln 2.4 = ln 2 / ln 2.4.
    if (fit?.curve.family === 'weibull') expect(fit.curve.parameters[1]).toBeCloseTo(Math.log(2) / Math.log(2.4), 4);
  });
  it('stays exponential while the misfit is within the noise of few patients', () => {
    expect(fitPoints(two, 100)?.curve.family).toBe('exponential');
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
