// A network without the trials that it is about to be tested on. When the baseline goes with them, another trial's arm of the reference
// regimen takes its place: the largest with published points.
import type { Network } from '../../domain/corpus/network.js';
import type { Study } from '../../domain/corpus/study.js';
import { armPoints } from '../synthesize/baseline.js';

export type LeftOut = { readonly network: Network } | { readonly why: string };

export function withoutStudies(network: Network, studies: readonly Study[], out: readonly string[]): LeftOut {
  const trials = network.trials.filter((t) => !out.includes(t.study));
  if (trials.length === 0) return { why: `nothing of ${network.id} is left without ${out.join(', ')}` };
  if (!out.includes(network.baseline.study)) return { network: { ...network, trials } };
  const candidates = trials.flatMap((trial) => {
    const study = studies.find((s) => s.id === trial.study);
    return (study?.arms ?? [])
      .filter((arm) => (trial.nodes?.[arm.id] ?? arm.regimen) === network.reference)
      .flatMap((arm) => {
        const population = trial.population ?? 'ITT';
        const points = study === undefined ? [] : armPoints(study, network.outcome, population, arm.id);
        return points.length === 0 ? [] : [{ study: trial.study, arm: arm.id, population, n: arm.n ?? 0 }];
      });
  });
  const [best] = candidates.sort((a, b) => b.n - a.n);
  if (best === undefined)
    return { why: `without ${out.join(', ')} no published curve of ${network.reference} is left in ${network.id}` };
  return {
    network: { ...network, trials, baseline: { study: best.study, arm: best.arm, population: best.population } },
  };
}
