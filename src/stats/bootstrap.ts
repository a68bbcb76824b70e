// Bootstrap (Efron 1979, Ann Stat 7:1) with a seed: the same seed gives the same limits on every machine. Percentile limits, quantiles by
// R's type 7; `optimism` for internal validation of a fitted model (Harrell 1996, Stat Med 15:361).
import { seededRandom } from './random.js';

export interface BootstrapInterval {
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Resamples whose statistic was a number. */
  readonly used: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
}

/** A statistic of rows with percentile limits. A resample on which it is NaN (or throws RangeError) is left out and not counted. */
export function bootstrap<T>(
  rows: readonly T[],
  statistic: (rows: readonly T[]) => number,
  { seed, resamples = 1000, level = 0.95 }: BootstrapOptions,
): BootstrapInterval {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let b = 0; b < resamples; b++) {
    const sample = Array.from({ length: rows.length }, () => rows[random.below(rows.length)] as T);
    const value = orNaN(() => statistic(sample));
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1);
  const tail = (1 - level) / 2;
  return {
    estimate: statistic(rows),
    se: Math.sqrt(variance),
    low: quantile(values, tail),
    high: quantile(values, 1 - tail),
    used: values.length,
  };
}

/** Mean over resamples of (statistic of the model fitted to the resample, on the resample) - (the same model on the original rows). */
export function optimism<T, M>(
  rows: readonly T[],
  fit: (rows: readonly T[]) => M,
  statistic: (model: M, rows: readonly T[]) => number,
  { seed, resamples = 200 }: BootstrapOptions,
): number {
  const random = seededRandom(seed);
  let [sum, used] = [0, 0];
  for (let b = 0; b < resamples; b++) {
    const sample = Array.from({ length: rows.length }, () => rows[random.below(rows.length)] as T);
    const gap = orNaN(() => {
      const model = fit(sample);
      return statistic(model, sample) - statistic(model, rows);
    });
    if (!Number.isFinite(gap)) continue;
    sum += gap;
    used++;
  }
  return sum / used;
}

function orNaN(f: () => number): number {
  try {
    return f();
  } catch (error) {
    if (error instanceof RangeError) return NaN;
    throw error;
  }
}

function quantile(sorted: readonly number[], p: number): number {
  const position = p * (sorted.length - 1);
  const low = Math.floor(position);
  const a = sorted[low] ?? NaN;
  return a + (position - low) * ((sorted[low + 1] ?? a) - a);
}
