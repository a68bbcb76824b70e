// What a worker computes with: the recommender of the released model, the reader of documents, and the versions that results carry.
import { readBundleText } from '../src/adapters/fhir/read-bundle-text.js';
import type { ReadDocument } from '../src/app/ingest-ports.js';
import type { Recommender } from '../src/app/recommend.js';
import type { Release } from '../src/app/store-ports.js';
import { openEngine } from '../src/cli/engine.js';
import { codeVersion } from '../src/cli/project.js';
import type { Corpus } from '../src/domain/corpus/corpus.js';

export interface Engine {
  readonly corpus: Corpus;
  readonly recommender: Recommender;
  readonly readDocument: ReadDocument;
  readonly release: Release;
  readonly close: () => Promise<void>;
}

export async function loadEngine(): Promise<Engine> {
  const { corpus, model, recommender, close } = await openEngine();
  return {
    corpus,
    recommender,
    readDocument: readBundleText,
    release: { corpus: corpus.hash, model: model.id, features: model.featuresHash, code: codeVersion() },
    close,
  };
}
