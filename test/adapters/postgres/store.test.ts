// The store on a real PostgreSQL: idempotence, versions, one current recommendation, chunks done once.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { openDatabase } from '../../../src/adapters/postgres/database.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
import { type BatchRecommender, planScoring, scoreChunk, scoreRows } from '../../../src/app/score-batch.js';
import { readCompact } from '../../../src/app/score-batch-record.js';
import type { Release, Store } from '../../../src/app/store-ports.js';
import { bundleLine, fakeRecommender } from '../../integration/samples.js';
import { findPostgres } from '../../integration/servers.js';
import { type OwnStore, openOwnStore, ref, release } from './own-store.js';

const here = await findPostgres();

describe.runIf('server' in here)('store on PostgreSQL', () => {
  let own: OwnStore;
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    if (!('server' in here)) return;
    own = await openOwnStore(here.server.url);
    ({ store, folder } = own);
  });
  afterAll(async () => {
    await own.close();
    if ('server' in here) await here.server.close();
  });

  const files = historyFiles();

  const ingest = async (run: string, lines: readonly string[]) => {
    const file = join(folder, `${run}.ndjson`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(run, 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending(run, 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, ref(run, 'ingest', ordinal));
    return (await store.progress(run, 'ingest')).counts;
  };

  const score = async (run: string, by: Release = release) => {
    await store.openRun({ id: run, kind: 'score', params: {} });
    await store.planPhase(run, 'score', await planScoring(store, by));
    const dependencies = { store, recommender: fakeRecommender(by), readDocument: readBundleText, release: by };
    for (const ordinal of await store.pending(run, 'score')) await scoreChunk(dependencies, ref(run, 'score', ordinal));
    return (await store.progress(run, 'score')).counts;
  };

  it('ingests the good lines of a file and places the faults of the bad ones', async () => {
    const counts = await ingest('first', [
      bundleLine('p1'),
      '{"resourceType":"Bundle"',
      bundleLine('p2'),
      '',
      '[]',
      bundleLine('p3'),
    ]);
    expect(counts).toEqual({ ingested: 3, superseding: 0, unchanged: 0, faulty: 2 });
    const faults = await store.faults('first', 10);
    expect(faults.first.map((f) => f.place)).toEqual([
      expect.stringMatching(/^first\.ndjson line 2, /),
      expect.stringMatching(/^first\.ndjson line 5, /),
    ]);
  });

  it('changes nothing when the same histories come again', async () => {
    const counts = await ingest('again', [bundleLine('p1'), bundleLine('p2'), bundleLine('p2')]);
    expect(counts).toEqual({ ingested: 0, superseding: 0, unchanged: 3, faulty: 0 });
  });

  it('puts a newer history in force, keeps the older, and does not go back to an older one', async () => {
    expect(await ingest('newer', [bundleLine('p1', '2026-09-01')])).toMatchObject({ ingested: 1, superseding: 1 });
    expect(await ingest('older', [bundleLine('p1', '2020-01-01')])).toMatchObject({ ingested: 1, superseding: 1 });
    const patient = await store.patient('p1');
    expect(patient?.versions.map((v) => v.asOf)).toEqual(['2026-06-01', '2026-09-01', '2020-01-01']);
    expect(patient?.caseId).toBe('case-p1-2026-09-01');
  });

  it('scores what is new, once, and nothing when nothing changed', async () => {
    expect(await score('s1')).toEqual({ scored: 3, ranked: 2, abstained: 1, 'band recommended': 2 });
    expect(await score('s2')).toEqual({});
    const stored = await store.recommendation('p1');
    expect(stored).toMatchObject({ asOf: '2026-09-01', release, current: true });
  });

  it('scores only the patients whose history changed, and all with another release', async () => {
    await ingest('p2-newer', [bundleLine('p2', '2026-10-01')]);
    expect((await store.recommendation('p2'))?.current).toBe(false);
    expect(await score('s3')).toMatchObject({ scored: 1 });
    const other = { ...release, corpus: 'c2' };
    expect(await score('s4', other)).toMatchObject({ scored: 3 });
    expect((await store.recommendation('p2'))?.release.corpus).toBe('c2');
  });

  it('refuses to score with another release than the run was planned for', async () => {
    await store.openRun({ id: 's5', kind: 'score', params: {} });
    await store.planPhase('s5', 'score', await planScoring(store, { ...release, corpus: 'c3' }));
    const dependencies = { store, recommender: fakeRecommender(release), readDocument: readBundleText, release };
    await expect(scoreChunk(dependencies, ref('s5', 'score', 0))).rejects.toThrow(/the run wants others/);
  });

  it('counts a chunk once when two workers do it', async () => {
    const file = join(folder, 'twice.ndjson');
    await writeFile(file, `${bundleLine('p9')}\n`);
    await store.openRun({ id: 'twice', kind: 'ingest', params: {} });
    await store.planPhase('twice', 'ingest', await planIngest(files, [file]));
    const one = () => ingestChunk({ store, files, readDocument: readBundleText }, ref('twice', 'ingest', 0));
    await Promise.all([one(), one(), one()]);
    expect((await store.progress('twice', 'ingest')).counts).toMatchObject({ ingested: 1, unchanged: 0 });
  });

  it('gives up a chunk that was begun again and again without an end', async () => {
    await store.openRun({ id: 'poison', kind: 'ingest', params: {} });
    await store.planPhase('poison', 'ingest', [{ task: { documents: [] }, patients: 1 }]);
    for (let i = 0; i < 12; i++) await store.beginChunk(ref('poison', 'ingest', 0));
    expect(await store.failures('poison')).toMatchObject([{ ordinal: 0, error: expect.stringContaining('died') }]);
    expect(await store.retryFailed('poison', 'ingest')).toBe(1);
    expect(await store.beginChunk(ref('poison', 'ingest', 0))).toBeDefined();
  });

  it('pages and filters patients and sums the cohort', async () => {
    const first = await store.patients({}, 2, 0);
    expect(first.rows.map((r) => r.id)).toEqual(['p1', 'p2']);
    const rest = await store.patients({}, 2, first.next ?? 0);
    expect(rest.rows.map((r) => r.id)).toEqual(['p3', 'p9']);
    expect(rest.next).toBeNull();
    expect(
      (await store.patients({ cancers: ['IDC'], stage: 'II', region: 'Almaty' }, 10, 0)).rows.map((r) => r.id),
    ).toEqual(['p1', 'p2']);
    expect((await store.patients({ stage: 'I' }, 10, 0)).rows).toEqual([]);
    expect(await store.summary({})).toMatchObject({
      patients: 4,
      scored: 3,
      ranked: 2,
      abstained: [{ reason: 'not-covered', patients: 1 }],
      bands: [{ cancer: 'IDC', recommended: 2, consider: 0 }, { cancer: 'GIST' }],
    });
  });

  it('stores documents that a database could choke on: NUL, monstrous ids, the year 0', async () => {
    const odd = [
      bundleLine('nul').replaceAll('Almaty', 'Al\\u0000maty'),
      bundleLine('x'.repeat(5_000)),
      bundleLine('zero', '2026-06-01').replaceAll('2026-06-01T', '0000-06-01T'),
      '{"resourceType":"Bundle","id":"\\u0000","entry":[{"resource":{"resourceType":"Patient","id":"\\u0000"}}]}',
    ];
    const counts = await ingest('odd', odd);
    expect((counts.ingested ?? 0) + (counts.faulty ?? 0)).toBe(4);
    await score('odd-scores');
  });

  it('costs a defect of the engine one patient, and gives up when it fails for all', async () => {
    await ingest('defect', [bundleLine('d1'), bundleLine('d2'), bundleLine('d3')]);
    const good = fakeRecommender(release);
    const breaking = (bad: RegExp): BatchRecommender => ({
      recommendBriefly: async (histories, options) => {
        if (histories.some((history) => bad.test(history.person.id))) throw new TypeError('a secret of the patient');
        return good.recommendBriefly(histories, options);
      },
    });
    await store.openRun({ id: 'defects', kind: 'score', params: {} });
    await store.planPhase('defects', 'score', await planScoring(store, release));
    const using = (recommender: BatchRecommender) => ({ store, recommender, readDocument: readBundleText, release });
    await expect(scoreChunk(using(breaking(/./)), ref('defects', 'score', 0))).rejects.toThrow(TypeError);
    await scoreChunk(using(breaking(/^d2$/)), ref('defects', 'score', 0));
    expect((await store.progress('defects', 'score')).counts).toMatchObject({ error: 1 });
    const stored = await store.recommendation('d2');
    expect(stored && JSON.stringify(readCompact(stored.record))).not.toContain('secret');
    expect((await store.patient('d2'))?.status).toBe('error');
    expect((await store.patient('d1'))?.status).toBe('ranked');
  });

  it('keeps no second answer when two runs that overlap score the same patients', async () => {
    if (!('server' in here)) return;
    await ingest('overlap', [bundleLine('overlap1'), bundleLine('overlap2')]);
    const releaseId = await store.releaseId(release);
    const dependencies = { recommender: fakeRecommender(release), readDocument: readBundleText };
    for (const run of ['overlap-a', 'overlap-b']) {
      await store.openRun({ id: run, kind: 'score', params: {} });
      await store.planPhase(run, 'score', await planScoring(store, release));
    }
    // Both have read their patients before either stores what it found.
    const scored = await scoreRows(
      dependencies,
      (await store.toScore(releaseId, 0, 2 ** 31 - 1)).filter(({ patient }) => patient.startsWith('overlap')),
    );
    for (const run of ['overlap-a', 'overlap-b'])
      expect(await store.scoreChunk(ref(run, 'score', 0), releaseId, scored, {})).toBe('done');
    const client = new pg.Client({ connectionString: here.server.url });
    await client.connect();
    const ids = scored.map((row) => row.patientId);
    const count = async (table: string): Promise<unknown> =>
      (await client.query(`select count(*)::int as n from ${table} where patient_id = any($1)`, [ids])).rows[0]?.n;
    expect(await count('recommendation')).toBe(2);
    expect(await count('recommendation_past')).toBe(0);
    await client.end();
  });

  it('frees what a frozen process has locked: silent in a transaction for too long, it is ended, and told to try again', async () => {
    if (!('server' in here)) return;
    const frozen = openDatabase(here.server.url, { connections: 1, silentInTransactionMs: 300 });
    const other = openDatabase(here.server.url, { connections: 1 });
    let locked = (): void => {};
    const isLocked = new Promise<void>((done) => {
      locked = done;
    });
    let freed = (): void => {};
    const isFreed = new Promise<void>((done) => {
      freed = done;
    });
    const holding = frozen.transaction(async (client) => {
      await client.query('select pg_advisory_xact_lock(4711)');
      locked();
      await isFreed; // Nothing of ours ends the transaction.
      await client.query('select 1');
    });
    const failed = expect(holding).rejects.toMatchObject({ name: 'StoreError', retryable: true });
    await isLocked;
    await other.transaction((client) => client.query('select pg_advisory_xact_lock(4711)'));
    freed();
    await failed;
    await frozen.close();
    await other.close();
  });

  it('outlives a connection that is ended in the middle of a transaction', async () => {
    if (!('server' in here)) return;
    const db = openDatabase(here.server.url, { connections: 2 });
    const cut = db.transaction(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await new Promise((done) => setTimeout(done, 200)); // An error that nobody hears would end the process here.
      await client.query('select 1');
    });
    await expect(cut).rejects.toMatchObject({ name: 'StoreError', retryable: true });
    expect((await db.query<{ n: number }>('select 1 as n')).rows[0]?.n).toBe(1);
    await db.close();
  });
});

if ('reason' in here) it.skip(`the store is not tested: ${here.reason}`, () => {});
