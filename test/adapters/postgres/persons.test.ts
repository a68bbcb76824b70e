// One person in several records, on a real PostgreSQL: merged, one answer; taken back, exactly what was before.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { readHints } from '../../../src/adapters/fhir/read-hints.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { openStore } from '../../../src/adapters/postgres/store.js';
import { candidates, doubts, mergeByNumber, readKeys } from '../../../src/app/identity.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
import { planScoring, readStored, scoreChunk } from '../../../src/app/score-batch.js';
import { scorePersons } from '../../../src/app/score-persons.js';
import type { Release, Store } from '../../../src/app/store-ports.js';
import { bundleLine, fakeRecommender } from '../../integration/samples.js';
import { findPostgres } from '../../integration/servers.js';

const here = await findPostgres();
const release: Release = { corpus: 'c1', model: 'm@1', features: 'f1', code: '0.1.0' };

/** The line of samples.ts with hints of identity put into its Patient. */
function lineWith(id: string, hints: object, asOf?: string): string {
  const bundle = JSON.parse(bundleLine(id, asOf));
  Object.assign(bundle.entry[0].resource, hints);
  return JSON.stringify(bundle);
}

const iin = (value: string) => ({ identifier: [{ system: 'urn:kz:iin', value }] });

describe.runIf('server' in here)('persons', () => {
  let store: Store;
  let folder: string;
  let runs = 0;
  beforeAll(async () => {
    if (!('server' in here)) return;
    store = await openStore(here.server.url);
    folder = await mkdtemp(join(tmpdir(), 'shipa-persons-'));
  });
  afterAll(async () => {
    await store.close();
    if ('server' in here) await here.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const files = historyFiles();
  const ingest = async (...lines: readonly string[]): Promise<void> => {
    const run = `in-${runs++}`;
    const file = join(folder, `${run}.ndjson`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(run, 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending(run, 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, { run, phase: 'ingest', ordinal });
  };
  const score = async (): Promise<Readonly<Record<string, number>>> => {
    const run = `sc-${runs++}`;
    await store.openRun({ id: run, kind: 'score', params: {} });
    await store.planPhase(run, 'score', await planScoring(store, release));
    const dependencies = { store, recommender: fakeRecommender(release), readDocument: readBundleText, release };
    for (const ordinal of await store.pending(run, 'score'))
      await scoreChunk(dependencies, { run, phase: 'score', ordinal });
    return (await store.progress(run, 'score')).counts;
  };
  const decide = (action: 'merge' | 'unmerge' | 'apart', a: string, b: string) =>
    store.decide({ action, a, b, by: 'Dr Test', why: 'a test', automatic: false, evidence: [] });
  const listed = async (): Promise<readonly string[]> => (await store.patients({}, 100, 0)).rows.map((row) => row.id);

  it('answers a merged person by any of its ids, once in every list, with one recommendation from both histories', async () => {
    await ingest(bundleLine('a1'), bundleLine('b1', '2026-08-01'), bundleLine('c1'));
    await score();
    expect(await decide('merge', 'b1', 'a1')).toBe('done');
    expect(await listed()).toEqual(['a1', 'c1']);
    expect((await store.summary({})).patients).toBe(2);
    expect((await store.recommendation('a1'))?.current).toBe(false);
    expect(await score()).toMatchObject({ scored: 1 });
    const [a, b] = [await store.recommendation('a1'), await store.recommendation('b1')];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ patient: 'a1', current: true, asOf: '2026-08-01' });
    expect(a?.also?.map((text) => text.patient)).toEqual(['b1']);
    expect((await store.patient('b1'))?.versions.map((v) => [v.patient, v.inForce])).toEqual([
      ['a1', true],
      ['b1', true],
    ]);
    expect(await score()).toEqual({});
  });

  it('gives back exactly what was before when it is taken back, without scoring again', async () => {
    await ingest(bundleLine('a2'), bundleLine('b2'));
    await score();
    const before = [await store.recommendation('a2'), await store.recommendation('b2'), await store.patient('b2')];
    await decide('merge', 'a2', 'b2');
    await score();
    const merged = await store.recommendation('a2');
    expect(await decide('unmerge', 'b2', 'a2')).toBe('done');
    expect([await store.recommendation('a2'), await store.recommendation('b2'), await store.patient('b2')]).toEqual(
      before,
    );
    expect(await score()).toEqual({});
    await decide('merge', 'a2', 'b2');
    expect(await store.recommendation('b2')).toEqual(merged);
    await decide('unmerge', 'a2', 'b2');
    expect((await store.person('a2'))?.decisions.map((d) => d.action)).toEqual([
      'merge',
      'unmerge',
      'merge',
      'unmerge',
    ]);
  });

  it('leaves nobody with a recommendation made from the history of another, where there was none before the merge', async () => {
    await ingest(bundleLine('u1'), bundleLine('u2', '2026-08-01'));
    await decide('merge', 'u1', 'u2');
    await score();
    expect((await store.recommendation('u1'))?.also).toHaveLength(1);
    await ingest(bundleLine('u1', '2026-07-01'));
    await decide('unmerge', 'u1', 'u2');
    expect([await store.recommendation('u1'), await store.recommendation('u2')]).toEqual([undefined, undefined]);
    expect(await score()).toMatchObject({ scored: 2 });
    expect(await store.recommendation('u1')).toMatchObject({ asOf: '2026-07-01', current: true });
    expect((await store.recommendation('u1'))?.also).toBeUndefined();
  });

  it('scores a merged person again when any of its histories changes, and explains from the histories of then', async () => {
    await ingest(bundleLine('a4'), bundleLine('b4'));
    await decide('merge', 'a4', 'b4');
    await score();
    await ingest(bundleLine('b4', '2026-09-01'));
    const old = await store.recommendation('a4');
    expect(old).toMatchObject({ current: false, asOf: '2026-06-01' });
    const history = old && readStored(old, readBundleText);
    expect(history && 'entries' in history && history.asOf).toBe('2026-06-01');
    expect(await score()).toMatchObject({ scored: 1 });
    expect(await store.recommendation('b4')).toMatchObject({ current: true, asOf: '2026-09-01' });
  });

  it('keeps three records together whichever merge came first, and takes out the one that a decision joined', async () => {
    await ingest(bundleLine('a5'), bundleLine('b5'), bundleLine('d5'));
    await decide('merge', 'd5', 'b5');
    await decide('merge', 'b5', 'a5');
    expect((await store.person('d5'))?.records).toEqual(['a5', 'b5', 'd5']);
    expect(await decide('merge', 'a5', 'd5')).toBe('nothing');
    expect(await decide('unmerge', 'a5', 'd5')).toBe('nothing');
    await decide('unmerge', 'd5', 'b5');
    expect((await store.person('a5'))?.records).toEqual(['a5', 'b5']);
    expect((await store.person('d5'))?.records).toEqual(['d5']);
  });

  it('refuses what it does not know, and a patient with itself', async () => {
    expect(await decide('merge', 'a1', 'nobody')).toBe('unknown');
    expect(await decide('merge', 'a1', 'a1')).toBe('unknown');
    expect(await decide('unmerge', 'a1', 'c1')).toBe('nothing');
  });

  it('merges by an equal valid number alone, records it, and not again what a person took back', async () => {
    const male = { gender: 'male', birthDate: '1979-10-28' };
    await ingest(
      lineWith('n1', { ...iin('791028302728'), ...male, name: [{ family: 'Ахметов', given: ['Ерлан'] }] }),
      lineWith('n2', { ...iin('791028302728'), ...male, name: [{ text: 'Yerlan Akhmetov' }] }),
      lineWith('n3', { ...iin('791028302728'), ...male, birthDate: '1979-10-29' }),
      lineWith('n4', { ...male, name: [{ text: 'Erlan Ahmetov' }] }),
    );
    await readKeys({ store, readHints });
    const merged = await mergeByNumber({ store, readHints });
    expect(merged.map(({ a, b }) => [a, b])).toEqual([['n1', 'n2']]);
    const [decision] = (await store.person('n1'))?.decisions ?? [];
    expect(decision).toMatchObject({ automatic: true, action: 'merge', a: 'n1', b: 'n2' });
    const open = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const c of candidates({ store, readHints })) found.push(`${c.a} ${c.b} ${c.verdict}`);
      return found.filter((c) => c.startsWith('n'));
    };
    expect(await open()).toEqual(['n1 n3 candidate', 'n1 n4 candidate', 'n2 n3 candidate', 'n2 n4 candidate']);
    await decide('unmerge', 'n1', 'n2');
    await decide('apart', 'n1', 'n3');
    expect(await mergeByNumber({ store, readHints })).toEqual([]);
    expect((await open()).slice(0, 2)).toEqual(['n1 n4 candidate', 'n2 n3 candidate']);
  });

  it('reads keys of new and changed histories only, and keeps no number or name among them', async () => {
    expect(await readKeys({ store, readHints })).toBe(0);
    await ingest(lineWith('n4', { name: [{ text: 'Erlan Ahmetov' }], birthDate: '1979-10-28' }, '2026-10-01'));
    expect(await readKeys({ store, readHints })).toBe(1);
  });

  it('lists a merge by number when a newer history speaks against it, and takes nothing apart', async () => {
    const man = { ...iin('850615300012'), gender: 'male', birthDate: '1985-06-15' };
    await ingest(lineWith('q1', man), lineWith('q2', man));
    await readKeys({ store, readHints });
    const merged = await mergeByNumber({ store, readHints });
    expect(merged.map(({ a, b }) => `${a} ${b}`)).toEqual(['q1 q2']);
    expect((await doubts({ store, readHints })).filter((d) => d.a === 'q1')).toEqual([]);
    await ingest(lineWith('q2', { ...man, birthDate: '1958-06-15' }, '2026-11-01'));
    expect((await doubts({ store, readHints })).filter((d) => d.a === 'q1')).toMatchObject([{ a: 'q1', b: 'q2' }]);
    expect((await store.person('q2'))?.records).toEqual(['q1', 'q2']);
  });

  it('leaves one recommendation of a person whatever is scored and merged at the same moment', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `r${i}`);
    await ingest(...ids.map((id) => bundleLine(id)));
    const work = { store, recommender: fakeRecommender(release), readDocument: readBundleText, release };
    await Promise.all([
      score(),
      ...ids.slice(1).map((id) => decide('merge', 'r0', id)),
      scorePersons(work, []),
      score(),
    ]);
    await score();
    expect((await store.person('r7'))?.records).toHaveLength(20);
    expect((await store.recommendation('r7'))?.current).toBe(true);
    const { rows } = await store.patients({}, 500, 0);
    expect(rows.filter((row) => row.id.startsWith('r'))).toHaveLength(1);
    const summary = await store.summary({});
    expect(summary.scored).toBe(summary.patients);
  });
});

if ('reason' in here) it.skip(`persons are not tested: ${here.reason}`, () => {});
