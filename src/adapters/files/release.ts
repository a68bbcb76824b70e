// The released model and the corpus that it carries: models/released.json -> models/<id>/<version>/{corpus.json.gz, ...}.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Corpus } from '../../domain/corpus/corpus.js';

const Pointer = z.object({ id: z.string(), version: z.string() }).loose();

export interface ReleaseFolder {
  readonly directory: string;
  readonly corpus: Corpus;
}

/** @throws Error that says what to run when there is no released model. */
export function readRelease(modelsDirectory: string): ReleaseFolder {
  const pointer = join(modelsDirectory, 'released.json');
  if (!existsSync(pointer)) throw new Error(`${pointer} is not there; "shipa corpus build" makes the first model`);
  const { id, version } = Pointer.parse(JSON.parse(readFileSync(pointer, 'utf8')));
  return readModelFolder(join(modelsDirectory, id, version));
}

/** The corpus that a model carries. */
export function readModelFolder(directory: string): ReleaseFolder {
  // Written by our own build, which checked it against the schemas; its hash is checked when the scorer opens.
  const corpus = JSON.parse(gunzipSync(readFileSync(join(directory, 'corpus.json.gz'))).toString('utf8')) as Corpus;
  return { directory, corpus };
}
