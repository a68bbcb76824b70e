// The recommender with the released model and its corpus, loaded once a process. Wiring only: commands, API and workers share it.
import { readModelFolder, readRelease } from '../adapters/files/release.js';
import { findModel, folderOf } from '../adapters/files/release-files.js';
import { type StopSwitch, stopSwitch } from '../adapters/files/stop-file.js';
import { openScorer } from '../adapters/onnx/onnx-scorer.js';
import { createRecommender, type Recommender } from '../app/recommend.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import type { ModelInfo } from '../domain/outcome.js';
import type { Stop } from '../domain/stop.js';
import { codeVersion, modelsDirectory } from './project.js';

export interface Engine {
  readonly corpus: Corpus;
  readonly model: ModelInfo;
  readonly recommender: Recommender;
  /** The kill switch of this process. */
  readonly stops: StopSwitch;
  close(): Promise<void>;
}

/** A candidate beside the released model, for `withShadow`. What is stopped is stopped for both: else the kill switch would look like a difference. */
export async function openShadow(
  name: string,
  stops: () => readonly Stop[],
): Promise<{ model: string; recommender: Recommender; close(): Promise<void> }> {
  const directory = folderOf(modelsDirectory, findModel(modelsDirectory, name));
  const { corpus } = readModelFolder(directory);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const today = new Date().toISOString().slice(0, 10);
  const recommender = createRecommender({ corpus, scorer, codeVersion: codeVersion(), today, stops });
  return { model: scorer.info.id, recommender, close: () => scorer.close() };
}

export async function openEngine(): Promise<Engine> {
  const { corpus, directory } = readRelease(modelsDirectory);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const today = new Date().toISOString().slice(0, 10);
  const stops = stopSwitch(modelsDirectory);
  stops.now();
  return {
    corpus,
    model: scorer.info,
    recommender: createRecommender({ corpus, scorer, codeVersion: codeVersion(), today, stops: stops.now }),
    stops,
    close: () => scorer.close(),
  };
}
