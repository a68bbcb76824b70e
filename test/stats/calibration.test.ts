// Calibration, Brier, decision curve, bootstrap: against scipy 1.x optimisers and numpy least squares on a made-up set, hand calculation
// where marked, and exact identities.
import { describe, expect, it } from 'vitest';
import { bootstrap, optimism } from '../../src/stats/bootstrap.js';
import { brier, brierCensored, censoringWeights } from '../../src/stats/brier.js';
import { calibration, pseudoValues, survivalCalibration } from '../../src/stats/calibration.js';
import { decisionCurve, survivalDecisionCurve } from '../../src/stats/decision-curve.js';
import { loess } from '../../src/stats/loess.js';
import { seededRandom } from '../../src/stats/random.js';

const n = 60;
const predicted = Array.from({ length: n }, (_, i) => (((7 * i + 3) % n) + 0.5) / n);
const outcome = predicted.map((p, i) => (((i * 37 + 11) % 101) / 101 < 0.8 * p + 0.05 ? 1 : 0));

describe('calibration of probabilities', () => {
  const fit = calibration(predicted, outcome);
  it('has the slope and intercept of a general optimiser', () => {
    expect(fit.slope.estimate).toBeCloseTo(0.9409091087392294, 7);
    expect(fit.intercept.estimate).toBeCloseTo(-0.5041600570678716, 7);
  });
  it('has the ICI of a local quadratic computed with least squares elsewhere', () => {
    expect(fit.ici).toBeCloseTo(0.08071017558969752, 8);
    expect(fit.e50).toBeCloseTo(0.08056248699385787, 8);
    expect(fit.e90).toBeCloseTo(0.11145886781169059, 8);
    expect(fit.eMax).toBeCloseTo(0.11485717597959955, 8);
  });
  it('is perfect when the outcome is drawn from the prediction, and not when the prediction is halved', () => {
    const random = seededRandom(3);
    const p = Array.from({ length: 3000 }, () => 0.05 + 0.9 * random.uniform());
    const y = p.map((x) => (random.uniform() < x ? 1 : 0));
    const right = calibration(p, y);
    expect(Math.abs(right.slope.estimate - 1)).toBeLessThan(3 * right.slope.se);
    expect(Math.abs(right.intercept.estimate)).toBeLessThan(3 * right.intercept.se);
    expect(right.ici).toBeLessThan(0.03);
    const half = calibration(
      p.map((x) => x / 2),
      y,
    );
    expect(half.expectedToObserved).toBeCloseTo(right.expectedToObserved / 2, 10);
    expect(half.ici).toBeGreaterThan(0.2);
  });
  it('says so when a prediction is no probability or the classes are separated', () => {
    expect(() => calibration([0.1, 1.2, 0.3], [0, 1, 0])).toThrow(/prediction 2 \(1.2\)/);
    expect(() => calibration([0.1, 0.2, 0.9, 0.95], [0, 0, 1, 1])).toThrow(/separated/);
  });
  it('reproduces a quadratic exactly by local regression', () => {
    const x = Array.from({ length: 20 }, (_, i) => i / 10);
    const y = x.map((v) => 1 - 2 * v + 3 * v * v);
    for (const [i, v] of loess(x, y, x).entries()) expect(v).toBeCloseTo(y[i] ?? NaN, 9);
  });
});

describe('calibration of survival', () => {
  const random = seededRandom(11);
  const subjects = Array.from({ length: 2000 }, () => {
    const hazard = 0.05 * Math.exp(random.normal());
    const event = -Math.log(random.uniform()) / hazard;
    const censored = 30 * random.uniform();
    return { hazard, time: Math.min(event, censored), event: event <= censored };
  });
  it('finds a true model calibrated in spite of censoring', () => {
    const fit = survivalCalibration(
      subjects.map((s) => 1 - Math.exp(-12 * s.hazard)),
      subjects,
      12,
    );
    expect(Math.abs(fit.slope.estimate - 1)).toBeLessThan(3 * fit.slope.se);
    expect(Math.abs(fit.intercept.estimate)).toBeLessThan(3 * fit.intercept.se + 0.02);
    expect(fit.ici).toBeLessThan(0.035);
  });
  it('has pseudo-values that are the outcomes without censoring and average to the Kaplan-Meier risk with it', () => {
    const whole = [3, 5, 8, 13].map((time) => ({ time, event: true }));
    expect(pseudoValues(whole, 6).map((v) => Math.round(v * 1e9) / 1e9)).toEqual([1, 1, 0, 0]);
    const values = pseudoValues(
      [
        { time: 1, event: true },
        { time: 2, event: false },
        { time: 3, event: true },
        { time: 4, event: false },
      ],
      3.5,
    );
    // By hand: F = 1 - 3/4 * 1/2 = 0.625; leaving out in turn gives 0.5, 2/3, 1/3, 1 (with n = 4): 4 F - 3 F(i).
    expect(values[0]).toBeCloseTo(4 * 0.625 - 3 * 0.5, 12);
    expect(values[1]).toBeCloseTo(4 * 0.625 - 3 * (2 / 3), 12);
    expect(values[2]).toBeCloseTo(4 * 0.625 - 3 * (1 / 3), 12);
    expect(values[3]).toBeCloseTo(4 * 0.625 - 3 * 1, 12);
  });
});

describe('Brier score', () => {
  it('is the mean squared distance, and its reference p (1 - p)', () => {
    const b = brier(predicted, outcome);
    expect(b.score).toBeCloseTo(0.1769212962962963, 12);
    expect(b.reference).toBeCloseTo(0.4166666666666667 * (1 - 0.4166666666666667), 12);
  });
  it('weights by the inverse probability of censoring (by hand)', () => {
    const data = [
      { time: 1, event: true },
      { time: 2, event: false },
      { time: 3, event: true },
      { time: 5, event: false },
    ];
    // G: 1 until 2, then 2/3. Horizon 4: event at 1 weighs 1, censored at 2 weighs 0, event at 3 and the survivor weigh 3/2.
    const weights = censoringWeights(data, 4);
    for (const [i, w] of [1, 0, 1.5, 1.5].entries()) expect(weights[i]).toBeCloseTo(w, 12);
    const score = brierCensored([0.8, 0.5, 0.6, 0.3], data, 4)?.score;
    expect(score).toBeCloseTo((0.2 ** 2 + 1.5 * 0.4 ** 2 + 1.5 * 0.3 ** 2) / 4, 12);
  });
  it('equals the plain score without censoring', () => {
    const data = [2, 4, 6, 8].map((time) => ({ time, event: true }));
    expect(brierCensored([0.9, 0.6, 0.2, 0.1], data, 5)?.score).toBeCloseTo(
      brier([0.9, 0.6, 0.2, 0.1], [1, 1, 0, 0]).score,
      12,
    );
  });
});

describe('decision curve', () => {
  it('counts true and weighted false positives (by hand)', () => {
    const [at] = decisionCurve([0.1, 0.3, 0.6, 0.8], [0, 1, 0, 1], [0.25]);
    expect(at?.model).toBeCloseTo(2 / 4 - (1 / 4) * (0.25 / 0.75), 12);
    expect(at?.all).toBeCloseTo(2 / 4 - (2 / 4) * (0.25 / 0.75), 12);
  });
  it('is the same from uncensored times', () => {
    const times = [9, 2, 9, 3].map((time) => ({ time, event: true }));
    const [a] = survivalDecisionCurve([0.1, 0.3, 0.6, 0.8], times, 5, [0.25]);
    const [b] = decisionCurve([0.1, 0.3, 0.6, 0.8], [0, 1, 0, 1], [0.25]);
    expect(a?.model).toBeCloseTo(b?.model ?? NaN, 12);
  });
  it('refuses a threshold of 1', () => {
    expect(() => decisionCurve([0.5], [1], [1])).toThrow(/threshold 1/);
  });
});

describe('bootstrap', () => {
  const rows = Array.from({ length: 200 }, (_, i) => (i * 71) % 100);
  const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
  it('gives the same limits for the same seed and others for another', () => {
    const once = bootstrap(rows, mean, { seed: 5, resamples: 300 });
    expect(bootstrap(rows, mean, { seed: 5, resamples: 300 })).toEqual(once);
    expect(bootstrap(rows, mean, { seed: 6, resamples: 300 }).low).not.toBe(once.low);
  });
  it('has the standard error of the mean', () => {
    const variance = mean(rows.map((v) => (v - mean(rows)) ** 2));
    expect(bootstrap(rows, mean, { seed: 5, resamples: 4000 }).se / Math.sqrt(variance / rows.length)).toBeCloseTo(
      1,
      1,
    );
  });
  it('finds the optimism of a mean squared error fitted to its own sample', () => {
    const gap = optimism(rows, mean, (m, r) => mean(r.map((v) => (v - m) ** 2)), { seed: 9, resamples: 2000 });
    const variance = mean(rows.map((v) => (v - mean(rows)) ** 2));
    // Expectation: -2 variance / n.
    expect(gap / ((-2 * variance) / rows.length)).toBeGreaterThan(0.3);
    expect(gap / ((-2 * variance) / rows.length)).toBeLessThan(1.7);
  });
});
