// A patient whom scoring was given up for: left out of later plans until somebody asks, the history changes, or other code is there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
import { planScoring, scoreChunk } from '../../../src/app/score-batch.js';
import type { Release, Store } from '../../../src/app/store-ports.js';
import { bundleLine, fakeRecommender } from '../../integration/samples.js';
import { findPostgres } from '../../integration/servers.js';
import { type OwnStore, openOwnStore, ref, release } from './own-store.js';

const here = await findPostgres();

describe.runIf('server' in here)('a patient given up', () => {
  let own: OwnStore;
  let store: Store;
  beforeAll(async () => {
    if (!('server' in here)) return;
    own = await openOwnStore(here.server.url);
    store = own.store;
  });
  afterAll(async () => {
    await own.close();
    if ('server' in here) await here.server.close();
  });

  const files = historyFiles();
  const ingest = async (run: string, lines: readonly string[]): Promise<void> => {
    const file = join(own.folder, `${run}.ndjson`);
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(run, 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending(run, 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, ref(run, 'ingest', ordinal));
  };
  /** A run of scoring, planned: how many it would score. */
  const plan = async (run: string, wanted: Release = release): Promise<number> => {
    await store.openRun({ id: run, kind: 'score', params: {} });
    await store.planPhase(run, 'score', await planScoring(store, wanted));
    return (await store.progress(run, 'score')).patients.total;
  };
  const score = (run: string) =>
    scoreChunk(
      { store, recommender: fakeRecommender(release), readDocument: readBundleText, release },
      ref(run, 'score', 0),
    );
  /** Workers die with the only chunk of the run until it is given up. */
  const die = async (run: string): Promise<void> => {
    for (let i = 0; i < 12; i++) await store.beginChunk(ref(run, 'score', 0));
  };

  it('is in no plan of the same history and code, is counted, and stays in the list', async () => {
    await ingest('first', [bundleLine('bad')]);
    expect(await plan('dies')).toBe(1);
    await die('dies');
    expect(await plan('next')).toBe(0);
    expect(await store.givenUp()).toBe(1);
    expect((await store.deadLetters(10)).first).toMatchObject([{ run: 'dies', phase: 'score', patients: 1 }]);
    // The command given again is nobody's wish to kill workers anew; nor are another corpus or a stop.
    expect(await store.retryFailed('dies', 'score')).toBe(0);
    expect(await plan('corpus', { ...release, corpus: 'c2', code: `${release.code}+stops.abc` })).toBe(0);
  });

  it('costs no neighbour its place in the plan', async () => {
    await ingest('neighbour', [bundleLine('good')]);
    expect(await plan('beside')).toBe(1);
    await score('beside');
    expect(await store.recommendation('good')).toBeDefined();
    expect(await store.recommendation('bad')).toBeUndefined();
  });

  it('stays a dead letter when its phase is planned anew', async () => {
    await store.forgetPhase('dies', 'score');
    expect((await store.deadLetters(10)).total).toBe(1);
    await ingest('third', [bundleLine('late')]);
    await store.planPhase('dies', 'score', await planScoring(store, release));
    expect((await store.progress('dies', 'score')).chunks).toEqual({ total: 2, done: 0, failed: 1 });
    expect(await store.plannedRelease('dies')).toBe(await store.releaseId(release));
    await scoreChunk(
      { store, recommender: fakeRecommender(release), readDocument: readBundleText, release },
      ref('dies', 'score', 1),
    );
    expect(await store.recommendation('late')).toBeDefined();
  });

  it('is planned again with other code', async () => {
    expect(await plan('mended', { ...release, code: 'mended' })).toBe(3);
  });

  it('is planned again when its history changes', async () => {
    await ingest('newer', [bundleLine('bad', '2026-09-01')]);
    expect(await store.givenUp()).toBe(0);
    expect(await plan('changed')).toBe(1);
    await die('changed');
    expect(await plan('changed-next')).toBe(0);
  });

  it('is tried again when somebody asks, and forgotten once it has an answer', async () => {
    await store.forgive('changed');
    expect(await store.retryFailed('changed', 'score')).toBe(1);
    await score('changed');
    expect(await store.recommendation('bad')).toMatchObject({ current: true });
    expect(await store.givenUp()).toBe(0);
    // Made stale, it is planned like any other.
    await ingest('newest', [bundleLine('bad', '2026-10-01')]);
    expect(await plan('as-usual')).toBe(1);
  });

  it('is not given up for what is no fault of its own', async () => {
    await store.failChunk(ref('as-usual', 'score', 0), 'the disk is full', 'others');
    expect(await plan('after-disk')).toBe(1);
    await store.failChunk(ref('after-disk', 'score', 0), 'SQLSTATE 22P05', 'its patients');
    expect(await plan('after-fault')).toBe(0);
  });
});
