// The baseline of the patient with average covariates, from the published curve of the arm, which is an average over patients.
// Published: S(t) = E[exp(-H0(t) exp(lp))] over the arm's covariates; H0(t) is solved for each t, so that averaging the model over
// that arm returns the published curve (non-collapsibility: Daniel 2021, Biom J 63:528).
import type { Network } from '../../domain/corpus/network.js';
import { root } from '../../stats/one-dimensional.js';
import { type Curve, survival } from '../../stats/parametric-survival.js';

/** Discrete distribution of the linear predictor. */
type Distribution = readonly { readonly value: number; readonly weight: number }[];

/** Standard normal in 21 equal slices, each by its mean score, scaled to variance 1. */
const SLICES = 21;

/** Covariates taken as independent; numbers normal, words Bernoulli. */
export function predictorDistribution(
  covariates: Network['covariates'],
  normalScore: (p: number) => number,
): Distribution {
  let distribution: Distribution = [{ value: 0, weight: 1 }];
  for (const c of covariates) {
    const steps =
      c.is === undefined
        ? normalSteps(c.logHr * (c.sd ?? 0), normalScore)
        : [
            { value: c.logHr * (1 - c.mean), weight: c.mean },
            { value: -c.logHr * c.mean, weight: 1 - c.mean },
          ];
    distribution = merge(
      distribution.flatMap((a) => steps.map((b) => ({ value: a.value + b.value, weight: a.weight * b.weight }))),
    );
  }
  return distribution;
}

function normalSteps(sd: number, normalScore: (p: number) => number): Distribution {
  if (sd === 0) return [{ value: 0, weight: 1 }];
  const scores = Array.from({ length: SLICES }, (_, i) => normalScore((i + 0.5) / SLICES));
  const variance = scores.reduce((s, x) => s + x * x, 0) / SLICES;
  return scores.map((x) => ({ value: (sd * x) / Math.sqrt(variance), weight: 1 / SLICES }));
}

/** Values closer than 0.01 are one: keeps the distribution small whatever the number of covariates. */
function merge(distribution: Distribution): Distribution {
  const bins = new Map<number, { sum: number; weight: number }>();
  for (const { value, weight } of distribution) {
    const bin = bins.get(Math.round(value * 100)) ?? { sum: 0, weight: 0 };
    bins.set(Math.round(value * 100), { sum: bin.sum + value * weight, weight: bin.weight + weight });
  }
  return [...bins.values()].filter((b) => b.weight > 0).map((b) => ({ value: b.sum / b.weight, weight: b.weight }));
}

/** H0(t) with E[exp(-H0 exp(lp))] = S(t). */
export function solveHazard(curve: Curve, t: number, distribution: Distribution): number {
  const target = survival(curve, t);
  if (t <= 0 || target >= 1) return 0;
  const mean = (logH: number): number =>
    distribution.reduce((s, { value, weight }) => s + weight * Math.exp(-Math.exp(logH + value)), 0);
  return Math.exp(root((logH) => mean(logH) - target, -30, 12));
}
