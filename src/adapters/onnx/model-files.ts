// The files of a model: read, checked against the code and the corpus that are to be used with it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES_EDITION, featuresText, Manifest, MODEL_FORMAT } from '../../evidence/compile/manifest.js';

export type ScorerErrorCode =
  | 'unreadable'
  | 'format-mismatch'
  | 'features-mismatch'
  | 'corpus-mismatch'
  | 'unknown-network'
  | 'closed';

/** The outcome model cannot be used; nothing about it gets better by trying again. */
export class ScorerError extends Error {
  override readonly name = 'ScorerError';
  readonly code: ScorerErrorCode;
  readonly retryable = false;
  constructor(code: ScorerErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Reads manifest.json. Refuses a model of another format, whose features this code would arrange differently, or of another corpus. */
export function readManifest(directory: string, corpusHash?: string): Manifest {
  const manifest = parse(join(directory, 'manifest.json'));
  const hash = createHash('sha256').update(featuresText(manifest.networks, FEATURES_EDITION)).digest('hex');
  if (hash !== manifest.featuresHash)
    throw new ScorerError(
      'features-mismatch',
      `${directory}: the model was built for features ${manifest.featuresHash.slice(0, 12)}, this code arranges ${hash.slice(0, 12)}; build the model again`,
    );
  if (corpusHash !== undefined && corpusHash !== manifest.corpusHash)
    throw new ScorerError(
      'corpus-mismatch',
      `${directory}: the model was built from corpus ${manifest.corpusHash.slice(0, 12)}, not from ${corpusHash.slice(0, 12)}; use its own corpus.json.gz or build the model again`,
    );
  return manifest;
}

function parse(path: string): Manifest {
  const unreadable = (cause?: unknown) =>
    new ScorerError('unreadable', `${path} is not a manifest of a model`, { cause });
  let written: { readonly format?: unknown };
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw unreadable(cause);
  }
  if (typeof written?.format === 'number' && written.format !== MODEL_FORMAT)
    throw new ScorerError(
      'format-mismatch',
      `${path} is of format ${written.format} and this version of Shipa reads ${MODEL_FORMAT}: build the model again ("shipa corpus build"), or use it with the version that built it`,
    );
  const read = Manifest.safeParse(written);
  if (!read.success) throw unreadable(read.error);
  return read.data;
}
