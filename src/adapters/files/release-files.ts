// The files of releases: models/<id>/<version>/{gate,release}.json, models/released.json (moved in one step), models/history.jsonl.
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appended,
  type GateReport,
  type Model,
  nameOf,
  type ReleaseEntry,
  readLog,
  sha256,
  signedCard,
} from '../../app/release-log.js';

export const folderOf = (models: string, { id, version }: Model): string => join(models, id, version);

/** "shipa-outcomes@0.2.0", or a version of `shipa-outcomes`. @throws Error when the folder is not there. */
export function findModel(models: string, name: string): Model {
  const at = name.lastIndexOf('@');
  const model =
    at > 0 ? { id: name.slice(0, at), version: name.slice(at + 1) } : { id: 'shipa-outcomes', version: name };
  const plain = [model.id, model.version].every((part) => /^[\w.-]+$/.test(part) && !part.startsWith('.'));
  if (!plain || !existsSync(join(folderOf(models, model), 'manifest.json')))
    throw new Error(`there is no model ${nameOf(model)} under ${models}; "shipa corpus build" makes one`);
  return model;
}

export function readPointer(models: string): Model | null {
  const path = join(models, 'released.json');
  if (!existsSync(path)) return null;
  const { id, version } = JSON.parse(readFileSync(path, 'utf8')) as Model;
  return { id, version };
}

/** Readers see the old pointer or the new one, never half of one. */
export function movePointer(models: string, { id, version }: Model): void {
  const path = join(models, 'released.json');
  writeFileSync(`${path}.new`, `${JSON.stringify({ id, version }, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

/** Files whose bytes are the model. The card is text about it and takes the signature. */
const JUDGED = ['model.onnx', 'manifest.json', 'golden.jsonl', 'corpus.json.gz'];

export const hashModel = (folder: string): Record<string, string> =>
  Object.fromEntries(JUDGED.map((file) => [file, sha256(readFileSync(join(folder, file)))]));

export const isSigned = (folder: string): boolean => existsSync(join(folder, 'release.json'));

export function readGate(folder: string): { report: GateReport; hash: string } {
  const path = join(folder, 'gate.json');
  if (!existsSync(path)) throw new Error(`${path} is not there; "shipa corpus gate" writes it`);
  const bytes = readFileSync(path);
  return { report: JSON.parse(bytes.toString('utf8')) as GateReport, hash: sha256(bytes) };
}

const logPath = (models: string): string => join(models, 'history.jsonl');
const readText = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

export const readHistory = (models: string): readonly ReleaseEntry[] => readLog(readText(logPath(models)));

/** Writes the entry behind the others, the signature beside the model and in its card, and then moves the pointer. */
export function recordRelease(models: string, entry: Omit<ReleaseEntry, 'previous'>): ReleaseEntry {
  const before = readText(logPath(models));
  const line = appended(before, entry).slice(before.length);
  const written = JSON.parse(line) as ReleaseEntry;
  const folder = folderOf(models, entry.model);
  if (entry.action === 'release') {
    writeFileSync(
      join(folder, 'release.json'),
      `${JSON.stringify({ ...written, files: hashModel(folder) }, null, 2)}\n`,
    );
    const card = join(folder, 'card.md');
    writeFileSync(card, signedCard(readText(card), written));
  }
  appendFileSync(logPath(models), line);
  movePointer(models, entry.model);
  return written;
}

/** Corpus and features that a model was built for, unchecked: an old model may be of features that this code no longer arranges. */
export function readHashes(folder: string): { readonly corpusHash: string; readonly featuresHash: string } {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    corpusHash: string;
    featuresHash: string;
  };
}

/** Every outcome model with its corpus, for replay: an old record names its corpus. */
export function allModels(models: string): readonly Model[] {
  if (!existsSync(models)) return [];
  const folders = (path: string) => readdirSync(path, { withFileTypes: true }).filter((e) => e.isDirectory());
  return folders(models).flatMap(({ name: id }) =>
    folders(join(models, id))
      .map(({ name: version }) => ({ id, version }))
      .filter((model) => existsSync(join(folderOf(models, model), 'corpus.json.gz'))),
  );
}
