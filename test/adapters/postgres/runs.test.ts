// Runs on a real PostgreSQL: what becomes of chunks whose workers die, pause and cancel, leaders, and the jobs that work on what is stored.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { resultFiles } from '../../../src/adapters/files/result-files.js';
import { exportRecommendations } from '../../../src/app/export-recommendations.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
import { lead } from '../../../src/app/lease.js';
import { normaliseChunk, planNormalising } from '../../../src/app/normalise-stored.js';
import { planRescoring, rescoreChunk } from '../../../src/app/rescore.js';
import { planScoring, scoreChunk } from '../../../src/app/score-batch.js';
import type { Phase, Store } from '../../../src/app/store-ports.js';
import type { Patient } from '../../../src/domain/patient.js';
import { bundleLine, fakeRecommender } from '../../integration/samples.js';
import { findPostgres } from '../../integration/servers.js';
import { type OwnStore, openOwnStore, ref, release } from './own-store.js';

const here = await findPostgres();

describe.runIf('server' in here)('runs on PostgreSQL', () => {
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
  const open = async (run: string, patients: readonly number[], phase: Phase = 'ingest') => {
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(
      run,
      phase,
      patients.map((n, i) => ({ task: { i }, patients: n })),
    );
  };
  const die = async (run: string, ordinal: number, times: number) => {
    for (let i = 0; i < times; i++) await store.beginChunk(ref(run, 'ingest', ordinal));
  };
  const suspect = async (run: string, ordinal: number) => (await store.chunkOf(ref(run, 'ingest', ordinal)))?.suspect;

  it('suspects a chunk after two deaths, and not after failures that were orderly', async () => {
    await open('deaths', [250]);
    await die('deaths', 0, 1);
    expect(await suspect('deaths', 0)).toBe(false);
    await store.beginChunk(ref('deaths', 'ingest', 0));
    await store.leaveChunk(ref('deaths', 'ingest', 0));
    expect(await suspect('deaths', 0)).toBe(false);
    await die('deaths', 0, 1);
    expect(await suspect('deaths', 0)).toBe(true);
  });

  it('puts the pieces in place of a split chunk, and takes no result of the whole any more', async () => {
    await open('split', [250, 10]);
    await die('split', 0, 2);
    const pieces = [1, 2, 3].map((n) => ({ task: { n }, patients: n === 1 ? 1 : 100 }));
    expect(await store.splitChunk(ref('split', 'ingest', 0), pieces)).toBe(true);
    expect(await store.splitChunk(ref('split', 'ingest', 0), pieces)).toBe(false);
    expect(await store.pending('split', 'ingest')).toEqual([1, 2, 3, 4]);
    // A worker that was only slow comes to its end.
    expect(await store.ingestChunk(ref('split', 'ingest', 0), [], [])).toBe('done-before');
    expect(await store.progress('split', 'ingest')).toMatchObject({
      chunks: { total: 4, done: 0 },
      patients: { total: 211 },
    });
    expect(await suspect('split', 3)).toBe(false);
    await die('split', 3, 1);
    expect(await suspect('split', 3)).toBe(true);
  });

  it('gives up one patient after three more deaths, and names it among the dead letters until it is done', async () => {
    await open('alone', [250]);
    await store.splitChunk(ref('alone', 'ingest', 0), [
      { task: { file: '/a', part: { from: 7, to: 8 } }, patients: 1 },
    ]);
    await die('alone', 1, 4);
    expect(await store.beginChunk(ref('alone', 'ingest', 1))).toBeUndefined();
    const { first, total } = await store.deadLetters(10, 'alone');
    expect(total).toBe(1);
    expect(first[0]).toMatchObject({
      run: 'alone',
      phase: 'ingest',
      ordinal: 1,
      patients: 1,
      task: { part: { from: 7, to: 8 } },
    });
    expect(first[0]?.error).toMatch(/workers died/);
    expect(await store.retryFailed('alone', 'ingest')).toBe(1);
    expect(await store.beginChunk(ref('alone', 'ingest', 1))).toBeDefined();
    await store.finishChunk(ref('alone', 'ingest', 1), {});
    expect((await store.deadLetters(10, 'alone')).total).toBe(0);
  });

  it('stops splitting when so much is split that the fault lies elsewhere', async () => {
    await open(
      'all',
      Array.from({ length: 70 }, () => 2),
    );
    const pieces = [1, 2].map((n) => ({ task: { n }, patients: 1 }));
    let split = 0;
    for (let i = 0; i < 70; i++) if (await store.splitChunk(ref('all', 'ingest', i), pieces)) split++;
    expect(split).toBe(64);
  });

  it('begins nothing of a paused run, everything when it goes on, and nothing of a cancelled one but its running chunk', async () => {
    await open('words', [5, 5, 5]);
    expect(await store.pauseRun('words')).toBe(true);
    expect(await store.beginChunk(ref('words', 'ingest', 0))).toBeUndefined();
    expect(await store.pauseRun('words')).toBe(false);
    expect(await store.resumeRun('words')).toBe(true);
    expect(await store.beginChunk(ref('words', 'ingest', 0))).toBeDefined();
    expect(await store.cancelRun('words')).toBe(true);
    await store.finishChunk(ref('words', 'ingest', 0), { ingested: 5 });
    expect(await store.beginChunk(ref('words', 'ingest', 1))).toBeUndefined();
    expect(await store.run('words')).toMatchObject({
      state: 'cancelled',
      phases: [{ chunks: { done: 1, pending: 0 } }],
    });
    expect(await store.cancelRun('words')).toBe(false);
    // The same command again.
    await store.openRun({ id: 'words', kind: 'ingest', params: {} });
    expect(await store.retryFailed('words', 'ingest')).toBe(2);
    expect(await store.beginChunk(ref('words', 'ingest', 1))).toBeDefined();
  });

  it('takes a plan as it is made, in one piece or not at all', async () => {
    await store.openRun({ id: 'stream', kind: 'ingest', params: {} });
    async function* plan(until: number) {
      for (let i = 0; i < 5_000; i++) {
        if (i === until) throw new Error('the disk went away');
        yield { task: { i }, patients: 1 };
      }
    }
    await expect(store.planPhase('stream', 'ingest', () => plan(4_000))).rejects.toThrow();
    expect(await store.pending('stream', 'ingest')).toEqual([]);
    await store.planPhase('stream', 'ingest', () => plan(-1));
    expect(await store.pending('stream', 'ingest', { after: 2_998, limit: 3 })).toEqual([2_999, 3_000, 3_001]);
    expect((await store.progress('stream', 'ingest')).chunks.total).toBe(5_000);
  });

  it('has one leader at a time, and the second takes over when the first is silent or gone', async () => {
    const take = (holder: string, expireSeconds: number, gone?: string) =>
      store.takeLease({ name: 'l', holder, expireSeconds, ...(gone === undefined ? {} : { gone }) });
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(holder, 60)));
    expect(new Set(asked).size).toBe(1);
    const [leader = ''] = asked;
    expect(await take('other', 60)).toBe(leader);
    expect(await take('other', 60, leader)).toBe('other');
    await new Promise((done) => setTimeout(done, 1_200));
    expect(await take('third', 1)).toBe('third');
    await store.dropLease('l', 'other');
    expect(await take('fourth', 60)).toBe('third');
  });

  it('leads one after the other when two begin at once', async () => {
    let [inside, most, waited] = [0, 0, 0];
    const one = (holder: string) =>
      lead(
        {
          store,
          holder,
          isGone: () => false,
          onWait: async () => void waited++,
          sleep: (ms) => new Promise((done) => setTimeout(done, ms / 10)),
          check: async () => {},
        },
        'two masters',
        async () => {
          most = Math.max(most, ++inside);
          await new Promise((done) => setTimeout(done, 300));
          inside--;
        },
      );
    await Promise.all([one('x'), one('y')]);
    expect(most).toBe(1);
    expect(waited).toBeGreaterThan(0);
  });

  describe('on stored patients', () => {
    const recommender = fakeRecommender(release);
    beforeAll(async () => {
      const file = join(folder, 'some.ndjson');
      await writeFile(file, Array.from({ length: 600 }, (_, i) => `${bundleLine(`k${i}`)}\n`).join(''));
      await store.openRun({ id: 'in', kind: 'ingest', params: {} });
      await store.planPhase('in', 'ingest', () => planIngest(files, [file]));
      for (const ordinal of await store.pending('in', 'ingest'))
        await ingestChunk({ store, files, readDocument: readBundleText }, ref('in', 'ingest', ordinal));
      await store.openRun({ id: 'sc', kind: 'score', params: {} });
      await store.planPhase('sc', 'score', await planScoring(store, release));
      for (const ordinal of await store.pending('sc', 'score'))
        await scoreChunk({ store, recommender, readDocument: readBundleText, release }, ref('sc', 'score', ordinal));
    });

    it('ingests only the part of a chunk that a piece names', async () => {
      const file = join(folder, 'parts.ndjson');
      await writeFile(file, ['q0', 'q1', 'q2', 'q3'].map((id) => `${bundleLine(id)}\n`).join(''));
      await store.openRun({ id: 'parts', kind: 'ingest', params: {} });
      const whole = [];
      for await (const { task } of planIngest(files, [file])) whole.push({ ...task, part: { from: 1, to: 3 } });
      await store.planPhase(
        'parts',
        'ingest',
        whole.map((task) => ({ task, patients: 2 })),
      );
      await ingestChunk({ store, files, readDocument: readBundleText }, ref('parts', 'ingest', 0));
      const there = await Promise.all(['q0', 'q1', 'q2', 'q3'].map((id) => store.patient(id)));
      expect(there.map((patient) => patient !== undefined)).toEqual([false, true, true, false]);
    });

    it('normalises all of them and writes down what is not understood', async () => {
      await store.openRun({ id: 'norm', kind: 'normalise', params: {} });
      await store.planPhase('norm', 'normalise', () => planNormalising(store));
      const context = {
        store,
        readDocument: readBundleText,
        normalize: ({ person }: { person: { id: string } }) => {
          if (person.id === 'k7') throw new Error('a defect');
          const notUnderstood = person.id === 'k5' ? [{ text: 'XYZ', place: 'entry[1]' }] : [];
          return { id: person.id, notUnderstood } as unknown as Patient; // what the use case reads of it
        },
      };
      for (let i = 0; i < 2; i++)
        for (const ordinal of await store.pending('norm', 'normalise')) {
          const chunk = await store.chunkOf(ref('norm', 'normalise', ordinal));
          await normaliseChunk(context, ref('norm', 'normalise', ordinal), chunk?.task as { from: number; to: number });
        }
      expect((await store.progress('norm', 'normalise')).counts).toMatchObject({
        normalised: 602,
        unreadable: 1,
        'not understood': 1,
      });
      expect(await store.commonGaps(10)).toEqual(
        expect.arrayContaining([{ kind: 'not-understood', message: 'XYZ', patients: 1 }]),
      );
    });

    it('scores named patients again with another release, and nobody else', async () => {
      const other = { ...release, corpus: 'c9' };
      const numbers = await store.patientNumbers(['k1', 'k2', 'nobody']);
      expect(numbers.map((n) => n.id)).toEqual(['k1', 'k2']);
      await store.openRun({ id: 're', kind: 'rescore', params: {} });
      await store.planPhase('re', 'rescore', planRescoring(numbers.map((n) => n.number)));
      const context = { store, recommender: fakeRecommender(other), readDocument: readBundleText, release: other };
      const task = (await store.chunkOf(ref('re', 'rescore', 0)))?.task as { patients: number[] };
      await rescoreChunk(context, ref('re', 'rescore', 0), task);
      const corpora = await Promise.all(
        ['k1', 'k2', 'k4'].map(async (id) => (await store.recommendation(id))?.release.corpus),
      );
      expect(corpora).toEqual(['c9', 'c9', 'c1']);
    });

    it.each(['ndjson', 'csv'] as const)('exports every patient once as %s, known by its hash', async (format) => {
      const file = join(folder, `out.${format}`);
      const made = await exportRecommendations({ store, results: resultFiles() }, { file, format, filter: {} });
      const lines = (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/);
      expect(made.patients).toBe(602);
      expect(lines.length).toBe(format === 'csv' ? 603 : 602);
      const ids = lines.map((line) =>
        format === 'csv' ? line.split(',')[0] : (JSON.parse(line) as { id: string }).id,
      );
      expect(new Set(ids).size).toBe(lines.length);
      const again = await exportRecommendations(
        { store, results: resultFiles() },
        { file, format, filter: { status: 'abstained' } },
      );
      expect(again.patients).toBe(60);
      expect(again.sha256).not.toBe(made.sha256);
    });

    it('shows what is going on, for metrics and lists', async () => {
      const active = await store.activeRuns();
      const scored = active.find((run) => run.run === 'sc');
      expect(scored).toMatchObject({
        phase: 'score',
        chunks: { pending: 0, done: 3 },
        counts: { scored: 600, abstained: 60 },
      });
      const [latest] = await store.runs(1);
      expect(latest?.id).toBe('re');
      expect(await store.run('nothing')).toBeUndefined();
    });
  });
});
