// What a process needs to read documents: the names of outcomes, and the released classifier.
import { join } from 'node:path';
import { readRelease } from '../../../adapters/files/release.js';
import { openTriage, type TriageRunner } from '../../../adapters/onnx/triage-runner.js';
import { loadOutcomeLexicon } from '../../outcome-lexicon.js';
import { modelsDirectory } from '../../project.js';
import type { Readers } from './extract-line.js';

export interface ReadersWanted {
  readonly corpus: string;
  readonly triage: boolean;
}

export interface OpenReaders extends Readers {
  close(): Promise<void>;
}

/** @param tell is told why there is no triage, where there is none */
export async function openReaders(
  { corpus, triage }: ReadersWanted,
  tell: (why: string) => void,
): Promise<OpenReaders> {
  const classifier = triage ? await openClassifier(tell) : undefined;
  return { lexicon: loadOutcomeLexicon(corpus), classifier, close: async () => classifier?.close() };
}

async function openClassifier(tell: (why: string) => void): Promise<TriageRunner | undefined> {
  try {
    return await openTriage(join(modelsDirectory, 'triage'), readRelease(modelsDirectory).corpus);
  } catch (error) {
    tell(`no triage: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
