// The triage classifier on onnxruntime: texts in, answers out in the same order. One session a process, like the outcome model.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { createTerminology } from '../../core/normalize/terminology.js';
import type { Corpus } from '../../domain/corpus/corpus.js';
import { cancerReader } from '../../evidence/triage/cancers-named.js';
import { TRIAGE_FEATURES, triageColumns } from '../../evidence/triage/feature-row.js';
import { DESIGNS, readTriage, type Triage, type TriageText } from '../../evidence/triage/triage.js';
import { TriageManifest } from '../../evidence/triage/triage-manifest.js';
import { HEADS, scoreOf } from '../../evidence/triage/weights.js';

export type TriageErrorCode = 'unreadable' | 'features-mismatch' | 'closed';

/** The classifier cannot be used; trying again does not help. */
export class TriageError extends Error {
  override readonly name = 'TriageError';
  readonly retryable = false;
  readonly code: TriageErrorCode;
  constructor(code: TriageErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface TriageRunner {
  readonly version: string;
  /** Answers in the order of the texts. */
  triage(texts: readonly TriageText[]): Promise<readonly Triage[]>;
  close(): Promise<void>;
}

/** Texts in one run. */
const BATCH = 256;

/** @param directory models/triage (its newest version is taken) or one version of it. @throws TriageError */
export async function openTriage(directory: string, corpus: Corpus): Promise<TriageRunner> {
  const folder = versionFolder(directory);
  const manifest = readManifest(join(folder, 'manifest.json'));
  const columns = triageColumns(manifest);
  const cancers = cancerReader(createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes), corpus.cancers);
  let session: ort.InferenceSession | undefined = await open(join(folder, 'model.onnx'));
  const width = columns.names.length;

  async function run(texts: readonly TriageText[]): Promise<Triage[]> {
    if (session === undefined) throw new TriageError('closed', 'the triage classifier is closed');
    const cells = new Float32Array(texts.length * width);
    const named = texts.map(cancers.named);
    texts.forEach((text, row) => {
      // A text that names no cancer has no sentence that does.
      const namesCancer = named[row]?.oncotree.length === 0 ? () => false : cancers.namesCancer;
      for (const column of columns.read(text, namesCancer)) cells[row * width + column] = 1;
    });
    const { design, yes } = await session.run({ columns: new ort.Tensor('float32', cells, [texts.length, width]) });
    if (!(design?.data instanceof Float32Array) || !(yes?.data instanceof Float32Array))
      throw new TriageError('unreadable', `${folder}: the graph has no outputs design and yes`);
    const [designs, answers] = [design.data, yes.data];
    const yesNo = HEADS.length - DESIGNS.length;
    return texts.map((text, row) => {
      const score = scoreOf([
        ...designs.subarray(row * DESIGNS.length, (row + 1) * DESIGNS.length),
        ...answers.subarray(row * yesNo, (row + 1) * yesNo),
      ]);
      return readTriage(text, score, named[row] ?? { folders: [], oncotree: [] });
    });
  }

  return {
    version: manifest.version,
    async triage(texts) {
      const answers: Triage[] = [];
      for (let start = 0; start < texts.length; start += BATCH)
        answers.push(...(await run(texts.slice(start, start + BATCH))));
      return answers;
    },
    async close() {
      const open = session;
      session = undefined;
      await open?.release();
    },
  };
}

async function open(path: string): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(path, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionProviders: ['cpu'],
    });
  } catch (cause) {
    throw new TriageError('unreadable', `${path} cannot be run`, { cause });
  }
}

/** The folder itself when it holds a manifest, else its newest version. */
function versionFolder(directory: string): string {
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  const versions = existsSync(directory)
    ? readdirSync(directory).filter((name) => statSync(join(directory, name)).isDirectory())
    : [];
  const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined)
    throw new TriageError('unreadable', `${directory} holds no triage model; "shipa corpus train-triage" makes one`);
  return join(directory, newest);
}

function readManifest(path: string): TriageManifest {
  let manifest: TriageManifest;
  try {
    manifest = TriageManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new TriageError('unreadable', `${path} is not a manifest of a triage model`, { cause });
  }
  if (manifest.features !== TRIAGE_FEATURES)
    throw new TriageError(
      'features-mismatch',
      `${path}: made for reading ${manifest.features}, this code reads by ${TRIAGE_FEATURES}; "shipa corpus train-triage" makes a new one`,
    );
  return manifest;
}
