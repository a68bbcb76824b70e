// What a stored recommendation is stamped with: the corpus, model and code of the engine that made it.
import type { Release } from '../app/store-ports.js';
import type { Engine } from './engine.js';
import { codeVersion } from './project.js';

export const releaseOf = ({ corpus, model }: Engine): Release => ({
  corpus: corpus.hash,
  model: model.id,
  features: model.featuresHash,
  code: codeVersion(),
});

export function releaseLine(engine: Engine): string {
  const { corpus, model, code } = releaseOf(engine);
  return `corpus ${corpus.slice(0, 12)}, model ${model}, code ${code}`;
}
