// A golden patient whose history was recorded in two hospitals: put together, the two answer as the whole did.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { buildModel } from '../../src/app/build-model.js';
import { createRecommender, type Recommender } from '../../src/app/recommend.js';
import { combineHistories } from '../../src/core/identity/combine-histories.js';
import type { History } from '../../src/domain/history.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { ExpectedCase } from '../../src/evidence/gate/golden-case.js';
import { seededRandom } from '../../src/stats/random.js';
import { referenceScorer } from '../reference-scorer.js';

/** Every fifth: the law is of the combining, not of the cancers. */
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((cancer) => readdirSync(join(import.meta.dirname, cancer.name)).map((slug) => `${cancer.name}/${slug}`))
  .filter((slug) => existsSync(join(import.meta.dirname, slug, 'expected.json')))
  .filter((_slug, i) => i % 5 === 0);

let recommender: Recommender;
beforeAll(() => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
  const model = buildModel(corpus, { id: 'golden', version: '0', seed: 1 });
  recommender = createRecommender({ corpus, scorer: referenceScorer(model), codeVersion: 'test', today: '2026-06-01' });
});

type Json = Record<string, unknown> & { readonly resourceType?: string; readonly hasMember?: unknown };
interface Bundle {
  readonly entry: readonly { readonly resource: Json }[];
}

const file = (slug: string, name: string) => readFileSync(join(import.meta.dirname, slug, name), 'utf8');

/** Patient, diagnoses and what others point at in both; each other resource in one of the two, or in both as a repeated statement. */
function cut(bundle: Bundle, seed: number): readonly [Bundle, Bundle] {
  const random = seededRandom(seed);
  const text = JSON.stringify(bundle);
  const parts = bundle.entry.map((entry) => {
    const { resourceType, id } = entry.resource;
    const loose =
      resourceType === 'Observation' || resourceType === 'MedicationStatement' || resourceType === 'Procedure';
    const pointedAt = typeof id === 'string' && text.includes(`/${id}"`) && text.split(`/${id}"`).length > 2;
    return !loose || pointedAt || entry.resource.hasMember !== undefined ? 2 : Math.floor(random.uniform() * 3);
  });
  const half = (own: number): Bundle => ({
    ...bundle,
    entry: bundle.entry.filter((_e, i) => parts[i] === 2 || parts[i] === own),
  });
  return [half(0), half(1)];
}

function read(bundle: Bundle, slug: string): History {
  const [history] = readBundleText(JSON.stringify(bundle), { case: slug }).histories;
  if (history === undefined) throw new Error(`${slug}: no history`);
  return history;
}

/** What the patient is told, without the places of the sources. */
const answer = (record: Recommendation) => ({
  status: record.status,
  reason: record.reason?.code,
  patient: record.patient,
  options: record.options.map((o) => [o.rank, o.band, o.decision, o.regimen.id, o.utility, o.provisional]),
  missing: record.missing.map((m) => m.item),
});

describe('one person in two records', () => {
  test.each(folders)('%s', async (slug) => {
    const bundle = JSON.parse(file(slug, 'history.json')) as Bundle;
    const { asOf } = ExpectedCase.parse(JSON.parse(file(slug, 'expected.json')));
    const options = asOf === undefined ? {} : { asOf };
    const whole = await recommender.recommend(read(bundle, slug), options);
    const [a, b] = cut(bundle, slug.length);
    const records = [
      { record: 'astana', history: read(a, slug) },
      { record: 'almaty', history: read(b, slug) },
    ] as const;
    const combined = await recommender.recommend(combineHistories([records[0], records[1]]), options);
    expect(answer(combined)).toEqual(answer(whole));
    const other = await recommender.recommend(combineHistories([records[1], records[0]]), options);
    expect(answer(other)).toEqual(answer(whole));
    expect(combined.notes.join('\n')).toContain('read from 2 records: astana, almaty');
  });
});
