// Histories into a real PostgreSQL: versions in any order, in one chunk and in chunks at the same moment.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { openStore } from '../../../src/adapters/postgres/store.js';
import { type IngestDependencies, ingestChunk, planIngest } from '../../../src/app/ingest.js';
import type { InputFault } from '../../../src/app/ingest-ports.js';
import type { Store } from '../../../src/app/store-ports.js';
import { bundleLine } from '../../integration/samples.js';
import { findPostgres } from '../../integration/servers.js';

const here = await findPostgres();

describe.runIf('server' in here)('histories on PostgreSQL', () => {
  let store: Store;
  let folder: string;
  const files = historyFiles();
  beforeAll(async () => {
    if (!('server' in here)) return;
    store = await openStore(here.server.url, { connections: 8 });
    folder = await mkdtemp(join(tmpdir(), 'shipa-histories-'));
  });
  afterAll(async () => {
    await store.close();
    if ('server' in here) await here.server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const plan = async (run: string, lines: readonly string[], faults: readonly InputFault[] = []) => {
    const file = join(folder, `${run}.ndjson`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(run, 'ingest', planIngest(files, [file], faults));
    return file;
  };
  const work = async (run: string, findUnknownCodes: IngestDependencies['findUnknownCodes'] = () => []) => {
    for (const ordinal of await store.pending(run, 'ingest'))
      await ingestChunk(
        { store, files, readDocument: readBundleText, findUnknownCodes },
        { run, phase: 'ingest', ordinal },
      );
    return (await store.progress(run, 'ingest')).counts;
  };
  const ingest = async (run: string, lines: readonly string[]) => {
    await plan(run, lines);
    return work(run);
  };

  it('puts the newest of several versions in force when one chunk holds them in any order', async () => {
    const versions = ['2021-01-01', '2022-01-01', '2020-01-01', '2021-01-01'].map((day) => bundleLine('v1', day));
    expect(await ingest('versions', versions)).toMatchObject({ ingested: 3, superseding: 2, unchanged: 1 });
    expect((await store.patient('v1'))?.caseId).toBe('case-v1-2022-01-01');
  });

  it('puts the one received later in force when two of one date differ, and not one that came again', async () => {
    const line = bundleLine('v2');
    await ingest('same-day', [line, `${line} `, line]);
    const raw = (await store.patient('v2'))?.raw;
    expect(raw && inflateRawSync(raw).toString()).toBe(`${line} `);
  });

  it('ends with the newest in force when versions of the same patients come in at the same moment', async () => {
    const days = ['2020-01-01', '2023-01-01', '2021-01-01', '2022-01-01'];
    const people = Array.from({ length: 40 }, (_, i) => `race${i}`);
    await Promise.all(
      days.map((day, i) => {
        const lines = people.map((id) => bundleLine(id, day));
        return ingest(`race-${day}`, i % 2 === 0 ? lines : lines.reverse());
      }),
    );
    for (const id of people) {
      const patient = await store.patient(id);
      expect(patient?.versions).toHaveLength(days.length);
      expect(patient?.caseId).toBe(`case-${id}-2023-01-01`);
    }
  });

  it('keeps every history once when the same file comes in twice at the same moment', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => bundleLine(`twin${i}`));
    const [a, b] = await Promise.all([ingest('twins-a', lines), ingest('twins-b', [...lines].reverse())]);
    expect((a?.ingested ?? 0) + (b?.ingested ?? 0)).toBe(60);
    expect((a?.unchanged ?? 0) + (b?.unchanged ?? 0)).toBe(60);
    expect((a?.superseding ?? 0) + (b?.superseding ?? 0)).toBe(0);
    expect((await store.patient('twin7'))?.versions).toHaveLength(1);
  });

  it('tells every fault with its file, line and path, those of the source first, in the order of the input', async () => {
    const source = { file: '/a.gz', line: null, path: '', place: 'a.gz', message: 'is broken' };
    const many = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? bundleLine(`f${i}`) : '{"resourceType":'));
    const file = await plan('faults', [...many, '{"resourceType":"Bundle","entry":[{"resource":7}]}'], [source]);
    expect(await work('faults')).toMatchObject({ ingested: 300, faulty: 302 });
    const faults = [];
    for await (const fault of store.inputFaults('faults')) faults.push(fault);
    expect(faults[0]).toMatchObject(source);
    expect(faults.slice(1, 301).map((f) => [f.file, f.line])).toEqual(
      many.flatMap((_, i) => (i % 2 === 0 ? [] : [[file, i + 1]])),
    );
    expect(faults[301]).toMatchObject({ file, line: 601, path: 'entry[0].resource' });
  });

  it('counts unknown codes once, whoever does the chunk twice, and sums them over runs', async () => {
    const code = { place: 'observation', system: 'urn:x', code: 'A', byWords: false } as const;
    const find = () => [code, { ...code, code: 'B', byWords: true }];
    for (const run of ['codes-1', 'codes-2']) {
      await plan(
        run,
        [...Array(300).keys()].map((i) => bundleLine(`k${i}`)),
      );
      await Promise.all([work(run, find), work(run, find)]);
    }
    expect(await store.unknownCodes('codes-1')).toEqual([
      { ...code, n: 300 },
      { ...code, code: 'B', byWords: true, n: 300 },
    ]);
    expect(await store.unknownCodes()).toMatchObject([{ n: 600 }, { n: 600 }]);
  });

  it('fails the piece of a file that changed since it was planned, and stores the others', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => bundleLine(`changed${i}`));
    const file = await plan('changed', lines);
    await writeFile(
      file,
      `${lines.map((line, i) => (i === 300 ? line.replace('C50.4', 'C50.9') : line)).join('\n')}\n`,
    );
    expect(await work('changed')).toMatchObject({ ingested: 250 });
    expect(await store.failures('changed')).toMatchObject([
      { ordinal: 1, error: expect.stringMatching(/lines 251 to 400/) },
    ]);
  });
});

if ('reason' in here) it.skip(`histories are not tested: ${here.reason}`, () => {});
