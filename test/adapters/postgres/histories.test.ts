// Histories into a real PostgreSQL: versions in any order, in one chunk and in chunks at the same moment.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../../src/adapters/files/history-files.js';
import { openStore } from '../../../src/adapters/postgres/store.js';
import { ingestChunk, planIngest } from '../../../src/app/ingest.js';
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

  const ingest = async (run: string, lines: readonly string[]) => {
    const file = join(folder, `${run}.ndjson`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await store.openRun({ id: run, kind: 'ingest', params: {} });
    await store.planPhase(run, 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending(run, 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, { run, phase: 'ingest', ordinal });
    return (await store.progress(run, 'ingest')).counts;
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
});

if ('reason' in here) it.skip(`histories are not tested: ${here.reason}`, () => {});
