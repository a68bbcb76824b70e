// The simulation of the queue against what queueing theory says, the plans made of it, and the fits.
import { expect, it } from 'vitest';
import { fitLine, fitPower } from '../../benchmarks/batch/least-squares.js';
import { arrivals } from '../../benchmarks/interactive/open-loop.js';
import { planFor } from '../../benchmarks/scaling/plan.js';
import { simulateQueue } from '../../benchmarks/scaling/simulate-queue.js';

/** Means of some thousand draws: three standard errors are below this. */
const NEAR = 0.05;
const within = (value: number, expected: number, share = NEAR): void =>
  expect(Math.abs(value / expected - 1)).toBeLessThan(share);

it('takes the sum of the stages when one worker does one chunk after the other', () => {
  const run = simulateQueue(2_000, { waitMs: 10, computeMs: 70, storeMs: 20 }, { workers: 1, workerCores: 1 });
  within(run.seconds, 200);
  within(run.workerLoad, 0.7);
});

it('is bound by the cores when more workers than cores compute', () => {
  const times = { waitMs: 0, computeMs: 80, storeMs: 20 };
  within(simulateQueue(2_000, times, { workers: 8, workerCores: 2 }).seconds, 100);
  // The store on cores of its own takes its part away.
  within(simulateQueue(2_000, times, { workers: 8, workerCores: 2, storeCores: 4 }).seconds, 80);
});

it('is bound by the store when workers are many', () => {
  const run = simulateQueue(
    4_000,
    { waitMs: 0, computeMs: 100, storeMs: 10 },
    { workers: 64, workerCores: 64, storeCores: 2 },
  );
  within(run.seconds, 20);
  expect(run.storeLoad).toBeGreaterThan(0.95);
  expect(run.workerLoad).toBeLessThan(0.5);
});

it('keeps a chunk as long as M/M/1 does', () => {
  // Mean stay 1 / (mu - lambda) with exponential service (shape 1) of 10 ms and 70 arrivals a second (Kleinrock 1975, 3.2).
  const run = simulateQueue(
    200_000,
    { waitMs: 0, computeMs: 10, storeMs: 0 },
    { workers: 1, workerCores: 1 },
    { arrivalsPerSecond: 70, shape: 1, seed: 3 },
  );
  within(run.meanStay, 1 / (100 - 70));
  within(run.workerLoad, 0.7);
});

it('plans in proportion, keeps the time, and shards a store that would be too busy', () => {
  const figures = { workerMs: 1, storeMs: 0.1, waitMs: 0.05, storeBytes: 3_000 };
  const wish = { hours: 1, storeCores: 4, coreHour: 0.05 };
  const small = planFor(figures, { ...wish, patients: 1e6 });
  expect(small.simulatedHours).toBeLessThanOrEqual(1.05);
  expect(small).toMatchObject({ stores: 1, bottleneck: 'workers', storeBytes: 3e9 });
  const large = planFor(figures, { ...wish, patients: 1e9 });
  expect(large.stores).toBe(Math.ceil((1e9 * 0.1) / 3.6e6 / (4 * 0.7)));
  // Planned for 0.7 over the whole time; the workers, planned for nine tenths of it, are done earlier.
  expect(large.storeLoad).toBeLessThan((1.05 * 0.7) / 0.9);
  // Whole workers and whole stores are rounded up.
  within(large.workers / planFor(figures, { ...wish, patients: 1e8 }).workers, 10);
});

it('finds the line and the power that points were made of', () => {
  const line = fitLine([1, 2, 3, 5].map((x) => ({ x, y: 4 + 3 * x })));
  expect(line.intercept).toBeCloseTo(4, 9);
  expect(line.slope).toBeCloseTo(3, 9);
  expect(line.r2).toBeCloseTo(1, 9);
  const power = fitPower([1, 2, 4, 8].map((x) => ({ x, y: 5 * x ** 1.5 })));
  expect(power.factor).toBeCloseTo(5, 9);
  expect(power.exponent).toBeCloseTo(1.5, 9);
  // Anscombe 1973, first set: y = 3.0001 + 0.5001 x, R2 0.6665.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const anscombe = fitLine(x.map((value, i) => ({ x: value, y: y[i] ?? Number.NaN })));
  expect(anscombe.intercept).toBeCloseTo(3.0001, 4);
  expect(anscombe.slope).toBeCloseTo(0.5001, 4);
  expect(anscombe.r2).toBeCloseTo(0.6665, 4);
  expect(() => fitLine([{ x: 1, y: 1 }])).toThrow(RangeError);
});

it('asks at times fixed beforehand, as many as wished on average', () => {
  const times = arrivals(200, 50, 1);
  within(times.length, 10_000);
  expect(arrivals(200, 50, 1)).toEqual(times);
  expect(times.every((at, i) => at > (times[i - 1] ?? 0))).toBe(true);
});
