// Golden patients stored, scored in a batch, and explained again on reading: the answer made again has the hash of the stored one.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { loadCorpus } from '../../src/adapters/files/corpus-files.js';
import { historyFiles } from '../../src/adapters/files/history-files.js';
import { openStore } from '../../src/adapters/postgres/store.js';
import { createApi } from '../../src/api/app.js';
import { createMetrics } from '../../src/api/metrics.js';
import { buildModel } from '../../src/app/build-model.js';
import { ingestChunk, planIngest } from '../../src/app/ingest.js';
import { createRecommender, type Recommender } from '../../src/app/recommend.js';
import { planScoring, scoreChunk } from '../../src/app/score-batch.js';
import { scorePersons } from '../../src/app/score-persons.js';
import type { Release, Store } from '../../src/app/store-ports.js';
import { referenceScorer } from '../reference-scorer.js';
import { findPostgres } from './servers.js';

const here = await findPostgres();
const release: Release = { corpus: 'golden', model: 'golden@0', features: 'f', code: 'test' };
const token = 'a-token-of-the-test-0123456789abcdef';
const cases = join(import.meta.dirname, '../cases');
const slugs = ['breast', 'nsclc', 'colorectal', 'myeloma'].flatMap((cancer) =>
  readdirSync(join(cases, cancer))
    .slice(0, 5)
    .map((slug) => `${cancer}/${slug}`),
);

describe.runIf('server' in here)('stored recommendations', () => {
  let store: Store;
  let recommender: Recommender;
  let folder: string;
  const ids: string[] = [];
  const server = createServer();
  let base: string;

  beforeAll(async () => {
    if (!('server' in here)) return;
    store = await openStore(here.server.url);
    folder = await mkdtemp(join(tmpdir(), 'shipa-again-'));
    const corpus = loadCorpus(join(import.meta.dirname, '../../corpus'));
    const model = buildModel(corpus, { id: 'golden', version: '0', seed: 1 });
    recommender = createRecommender({
      corpus,
      scorer: referenceScorer(model),
      codeVersion: 'test',
      today: '2026-06-01',
    });
    const lines = slugs.map((slug, i) => {
      // Golden patients share names of ids ("p1"): each gets its own.
      const text = readFileSync(join(cases, slug, 'history.json'), 'utf8');
      const old = /"resourceType":\s*"Patient",\s*"id":\s*"([^"]+)"/.exec(text)?.[1] ?? '';
      ids.push(`golden-${i}`);
      return JSON.stringify(
        JSON.parse(text.replaceAll(`"${old}"`, `"golden-${i}"`).replaceAll(`Patient/${old}"`, `Patient/golden-${i}"`)),
      );
    });
    const file = join(folder, 'golden.ndjson');
    await writeFile(file, `${lines.join('\n')}\n`);
    const files = historyFiles();
    await store.openRun({ id: 'r', kind: 'ingest', params: {} });
    await store.planPhase('r', 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending('r', 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, { run: 'r', phase: 'ingest', ordinal });
    await store.planPhase('r', 'score', await planScoring(store, release));
    for (const ordinal of await store.pending('r', 'score'))
      await scoreChunk(
        { store, recommender, readDocument: readBundleText, release },
        { run: 'r', phase: 'score', ordinal },
      );
    const { registry, ...metrics } = createMetrics(async () => ({}));
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const dependencies = {
      queries: store,
      recommender,
      readDocument: readBundleText,
      corpus,
      release,
      token,
      loopback: true,
      log,
    };
    server.on('request', createApi({ ...dependencies, metrics: registry }, metrics));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/patients`;
  }, 120_000);
  afterAll(async () => {
    server.close();
    await store.close();
    if ('server' in here) await here.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Answer {
    readonly stored: { readonly identical: boolean; readonly current: boolean };
    readonly options: readonly unknown[];
    readonly person: { readonly records: readonly string[]; readonly decisions: readonly { readonly by: string }[] };
    readonly records: readonly string[];
    readonly events: readonly { readonly place: string | null }[];
  }
  const get = async (path: string): Promise<Answer> =>
    (await (await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${token}` } })).json()) as Answer;

  it('are explained again as they were stored, every one of them', async () => {
    for (const id of ids) {
      const { stored } = await get(`${id}/recommendation`);
      expect([id, stored]).toEqual([id, expect.objectContaining({ identical: true, current: true })]);
    }
  });

  it('of a merged person are explained again from the histories of all records, under any id', async () => {
    const [a = '', b = ''] = ids;
    const signed = { by: 'Dr Test', why: 'a test', automatic: false, evidence: [] };
    const [first, second] = [await get(`${a}/timeline`), await get(`${b}/timeline`)];
    await store.decide({ action: 'merge', a, b, ...signed });
    expect((await get(`${a}/recommendation`)).stored.current).toBe(false);
    const person = await store.person(a);
    await scorePersons({ store, recommender, readDocument: readBundleText, release }, [person?.lead ?? 0]);
    for (const id of [a, b]) {
      expect((await get(`${id}/recommendation`)).stored).toMatchObject({ identical: true, current: true });
      expect((await get(id)).person).toMatchObject({ records: [a, b], decisions: [{ by: 'Dr Test' }] });
      const { records, events } = await get(`${id}/timeline`);
      expect(records).toEqual([a, b]);
      for (const record of [a, b]) expect(events.some((e) => e.place?.startsWith(`${record}: `))).toBe(true);
      expect(events.length).toBeGreaterThan(Math.max(first.events.length, second.events.length));
    }
    await store.decide({ action: 'unmerge', a, b, ...signed });
    for (const id of [a, b])
      expect((await get(`${id}/recommendation`)).stored).toMatchObject({ identical: true, current: true });
    expect([await get(`${a}/timeline`), await get(`${b}/timeline`)]).toEqual([first, second]);
  });
});

if ('reason' in here) it.skip(`stored recommendations are not tested: ${here.reason}`, () => {});
