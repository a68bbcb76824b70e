// The golden patients: histories that a hospital could send, with what an oncologist expects. Written from medicine, not from output.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { buildModel } from '../../src/app/build-model.js';
import { createRecommender, type Recommender } from '../../src/app/recommend.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { caseFaults, ExpectedCase } from '../../src/evidence/gate/golden-case.js';
import { referenceScorer } from '../reference-scorer.js';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((cancer) => readdirSync(join(import.meta.dirname, cancer.name)).map((slug) => `${cancer.name}/${slug}`))
  .filter((slug) => existsSync(join(import.meta.dirname, slug, 'expected.json')));

let recommender: Recommender;

beforeAll(() => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
  const model = buildModel(corpus, { id: 'golden', version: '0', seed: 1 });
  recommender = createRecommender({ corpus, scorer: referenceScorer(model), codeVersion: 'test', today: '2026-06-01' });
});

const file = (slug: string, name: string) => readFileSync(join(import.meta.dirname, slug, name), 'utf8');

describe('golden patients', () => {
  test.each(folders)('%s', async (slug) => {
    const expected = ExpectedCase.parse(JSON.parse(file(slug, 'expected.json')));
    const { histories, faults } = readBundleText(file(slug, 'history.json'), { case: slug });
    expect(faults).toEqual([]);
    const [history] = histories;
    if (history === undefined) throw new Error(`${slug}: no patient in history.json`);
    const record = await recommender.recommend(history, expected.asOf === undefined ? {} : { asOf: expected.asOf });
    expect(caseFaults(record, expected), summary(record)).toEqual([]);
  });

  test('say in their notes, with the place, what the reader left out', async () => {
    const bundle = JSON.parse(file('nsclc/squamous-first-line', 'history.json')) as { entry: unknown[] };
    bundle.entry.push({
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'a laboratory value' },
        subject: { reference: 'Patient/nobody' },
      },
    });
    const { histories } = readBundleText(JSON.stringify(bundle), { case: 'left out' });
    const [history] = histories;
    if (history === undefined) throw new Error('the history is readable but for one entry');
    const { notes } = await recommender.recommend(history);
    expect(notes).toContainEqual(
      expect.stringMatching(new RegExp(`^When reading: entry\\[${bundle.entry.length - 1}\\]`)),
    );
  });
});

const summary = (record: Recommendation): string =>
  [
    `${record.status} ${record.reason?.code ?? ''} in ${record.patient.setting}`,
    ...record.options.map(
      (o) => `${o.decision} ${o.rank ?? '-'} ${o.band}${o.provisional ? ' (provisional)' : ''} ${o.regimen.id}`,
    ),
  ].join('\n');
