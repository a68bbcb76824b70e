// Histories to try laws on: the golden patients, simulated ones and the public examples, as texts of Bundles; and a recommender
// with the reference model, so that the whole path runs in this process.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { readRecord } from '../../src/adapters/files/yaml-records.js';
import { buildModel } from '../../src/app/build-model.js';
import { createRecommender, type Recommender } from '../../src/app/recommend.js';
import { Registry } from '../../src/simulation/registry.js';
import { simulateLine } from '../../src/simulation/simulate.js';
import { referenceScorer } from '../reference-scorer.js';

const root = join(import.meta.dirname, '../..');

export function openRecommender(): Recommender {
  const corpus = loadCorpus(join(root, 'corpus'));
  const model = buildModel(corpus, { id: 'property', version: '0', seed: 1 });
  return createRecommender({ corpus, scorer: referenceScorer(model), codeVersion: 'test', today: '2026-06-01' });
}

export type Named = readonly [name: string, text: string];

/** Golden patients, at most so many, spread evenly over the cancers: laws are tried on a sample, expectations on all. */
export function goldenTexts(most = 90): readonly Named[] {
  const all = goldenFiles();
  const step = Math.max(1, all.length / most);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function goldenFiles(): readonly Named[] {
  const cases = join(root, 'test/cases');
  return readdirSync(cases, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('history.json') && existsSync(join(cases, file)))
    .sort()
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(cases, file), 'utf8')]);
}

export function simulatedTexts(count: number, seed: number): readonly Named[] {
  const registry = readRecord(join(root, 'corpus/registry/kazakhstan.yaml'), 'registry', Registry, []);
  if (registry === undefined) throw new Error('the registry of the simulation cannot be read');
  return Array.from({ length: count }, (_, i) => [`simulated ${i}`, simulateLine(registry.value, seed, i)]);
}
