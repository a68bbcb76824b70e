// What a stored recommendation is stamped with: the corpus, model and code of the engine that made it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Release } from '../app/store-ports.js';
import type { Stop } from '../domain/stop.js';
import type { Engine } from './engine.js';
import { codeVersion } from './project.js';

export const releaseOf = ({ corpus, model, stops }: Engine): Release => ({
  corpus: corpus.hash,
  model: model.id,
  features: model.featuresHash,
  code: `${codeVersion()}+${codeHash()}${stopped(stops.now())}`,
});

/** What is stopped changes what is answered: patients are scored again when something was stopped or lifted. */
function stopped(stops: readonly Stop[]): string {
  if (stops.length === 0) return '';
  return `+stops.${createHash('sha256').update(JSON.stringify(stops)).digest('hex').slice(0, 12)}`;
}

export function releaseLine(engine: Engine): string {
  const { corpus, model, code } = releaseOf(engine);
  return `corpus ${corpus.slice(0, 12)}, model ${model}, code ${code}`;
}

/** Everything between a stored history and its record. The version alone stays the same over a day's work on these. */
const CLINICAL = ['domain', 'stats', 'core', 'app/recommend', 'adapters/fhir', 'adapters/onnx', 'evidence/compile'];

let cached: string | undefined;

/** First digits of the SHA-256 of the running clinical code: patients are scored again when it changed. */
function codeHash(): string {
  if (cached !== undefined) return cached;
  const sources = dirname(dirname(fileURLToPath(import.meta.url)));
  const hash = createHash('sha256');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.[jt]s$/.test(file) && CLINICAL.some((part) => file.startsWith(part)));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(sources, file)));
  cached = hash.digest('hex').slice(0, 12);
  return cached;
}
