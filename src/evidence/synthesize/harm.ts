// Grade >= 3 harm of each node: the trials' proportions pooled by numbers of patients.
import type { Network } from '../../domain/corpus/network.js';
import type { Study } from '../../domain/corpus/study.js';

export interface PooledHarm {
  readonly harm: number | null;
  readonly patients: number;
}

/** Sum of n p over sum of n; an arm without n counts as 100 patients so that it is neither lost nor dominant. */
export function pooledHarm(network: Network, studies: readonly Study[], node: string): PooledHarm {
  let weighted = 0;
  let patients = 0;
  for (const trial of network.trials) {
    const study = studies.find((s) => s.id === trial.study);
    if (study === undefined || study.retracted) continue;
    for (const h of study.harm) {
      const arm = study.arms.find((a) => a.id === h.arm);
      if ((trial.nodes?.[h.arm] ?? arm?.regimen) !== node) continue;
      const n = arm?.n ?? 100;
      weighted += n * h.grade3Plus;
      patients += n;
    }
  }
  return { harm: patients > 0 ? weighted / patients : null, patients };
}
