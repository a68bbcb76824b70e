// Random patients for a model: every network, known and unknown features, values at and beyond the limits. Deterministic by seed.
import type { ScoreRow } from '../../domain/outcome.js';
import { seededRandom } from '../../stats/random.js';
import type { CompiledModel, CompiledNetwork } from './compiled-model.js';

export function randomRows(model: CompiledModel, count: number, seed: number): ScoreRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const network = model.networks[i % model.networks.length] as CompiledNetwork; // Index within the list.
    const ids = network.nodes.map((n) => n.id);
    const features: Record<string, number | null> = {};
    for (const column of network.columns) {
      if (random.uniform() < 0.25) features[column.feature] = null;
      else if (column.feature.includes('=')) features[column.feature] = random.uniform() < column.centre ? 1 : 0;
      else {
        const low = column.min ?? (column.kind === 'stratum' ? (column.lower ?? 0) - 10 : column.centre * 0.5);
        const high =
          column.max ?? (column.kind === 'stratum' ? (column.upper ?? column.lower ?? 0) + 10 : column.centre * 1.5);
        // One in twenty lies beyond the range of the trials.
        const stretch = random.uniform() < 0.05 ? 1.5 : 1;
        features[column.feature] = low + (high - low) * random.uniform() * stretch;
      }
    }
    const eligible = ids.filter(() => random.uniform() < 0.7);
    return { network: network.id, features, eligible, comparator: ids[random.below(ids.length)] ?? network.reference };
  });
}
