// A release while workers run: each finishes its chunk, ends, comes back with the new model, and no job is lost. Beside it the store of
// oversight on a real PostgreSQL: kill switch, decisions, shadow, periods, leaning.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkerProcesses } from '../../src/adapters/embedded/worker-processes.js';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { historyFiles } from '../../src/adapters/files/history-files.js';
import { movePointer } from '../../src/adapters/files/release-files.js';
import { openStore } from '../../src/adapters/postgres/store.js';
import { openQueueBackend } from '../../src/adapters/queue/bullmq.js';
import { ingestChunk, planIngest } from '../../src/app/ingest.js';
import type { Release, Store } from '../../src/app/store-ports.js';
import { chunkJobs, QUEUES } from '../../workers/jobs.js';
import { workerSettings } from '../../workers/settings.js';
import { simulatedTexts } from '../property/patients.js';
import { findPostgres } from './servers.js';

const here = await findPostgres();
const root = join(import.meta.dirname, '../..');
const PATIENTS = 60;

describe.runIf('server' in here)('a release while workers run', () => {
  let store: Store;
  const folder = mkdtempSync(join(tmpdir(), 'shipa-release-'));
  const models = join(folder, 'models');
  const file = join(folder, 'patients.ndjson');
  const pointer = JSON.parse(readFileSync(join(root, 'models/released.json'), 'utf8')) as {
    id: string;
    version: string;
  };
  const next = { id: pointer.id, version: '99.0.0' };

  beforeAll(async () => {
    if (!('server' in here)) return;
    cpSync(join(root, 'models', pointer.id), join(models, pointer.id), { recursive: true });
    cpSync(join(models, pointer.id, pointer.version), join(models, next.id, next.version), { recursive: true });
    const manifest = join(models, next.id, next.version, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), version: next.version }));
    movePointer(models, pointer);
    writeFileSync(
      file,
      simulatedTexts(PATIENTS, 7)
        .map(([, text]) => `${text}\n`)
        .join(''),
    );
    store = await openStore(here.server.url);
    await store.openRun({ id: 'in', kind: 'ingest', params: {} });
    const files = historyFiles();
    await store.planPhase('in', 'ingest', await planIngest(files, [file]));
    for (const ordinal of await store.pending('in', 'ingest'))
      await ingestChunk({ store, files, readDocument: readBundleText }, { run: 'in', phase: 'ingest', ordinal });
  });
  afterAll(async () => {
    await store?.close();
    if ('server' in here) await here.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes the new model between two chunks and drops none', { timeout: 120_000 }, async () => {
    if (!('server' in here)) return;
    const { url } = here.server;
    const manifest = JSON.parse(readFileSync(join(models, pointer.id, pointer.version, 'manifest.json'), 'utf8'));
    const codeOfWorkers = await workerCode();
    const release: Release = {
      corpus: manifest.corpusHash,
      model: `${pointer.id}@${pointer.version}`,
      features: manifest.featuresHash,
      code: codeOfWorkers,
    };
    const releaseId = await store.releaseId(release);
    await store.openRun({ id: 'score', kind: 'score', params: {} });
    const ranges = await store.planScoring(releaseId, 2);
    expect(ranges.length).toBeGreaterThan(15);
    await store.planPhase(
      'score',
      'score',
      ranges.map(({ from, to, patients }) => ({ task: { from, to, releaseId }, patients })),
    );

    const connection = { kind: 'postgres', url, namespace: 'q_new_model' } as const;
    const backend = openQueueBackend(connection);
    const queue = backend.open('score');
    const ended: string[] = [];
    const config = {
      databaseUrl: url,
      queue: connection,
      queues: QUEUES,
      concurrency: 2,
      ...workerSettings({}),
      logLevel: 'warn',
    };
    const log = join(folder, 'workers.log');
    const workers = startWorkerProcesses({
      script: join(root, 'dist/workers/main.js'),
      log,
      count: 1,
      environment: () => ({ ...process.env, SHIPA_MODELS: models, SHIPA_WORKER: JSON.stringify(config) }),
      onExit: (_pid, reason) => ended.push(reason),
      onGivingUp: (error) => ended.push(error.message),
    });
    try {
      const { jobs } = chunkJobs(
        'score',
        'score',
        ranges.map((_, i) => i),
      );
      await queue.add(jobs.slice(0, 4));
      const done = async (): Promise<number> => (await store.progress('score', 'score')).chunks.done;
      await until(async () => (await done()) >= 2, log);
      movePointer(models, next);
      await queue.add(jobs.slice(4));
      await until(async () => (await done()) === ranges.length, log);
      expect(await store.failures('score')).toEqual([]);
      expect(ended).toEqual(['another model was released']);
      const page = await store.leaning(0, 1000);
      const by = (model: string) => page.rows.filter((r) => r.model === model).length;
      expect(by(release.model)).toBeGreaterThan(0);
      expect(by(`${next.id}@${next.version}`)).toBeGreaterThan(0);
      expect(page.rows.length).toBe((await store.summary({})).patients);
    } finally {
      await workers.stop();
      await queue.close();
    }
  });

  it('keeps decisions, stops, shadow cases and periods', async () => {
    const [row] = (await store.leaning(0, 1)).rows;
    if (row === undefined) throw new Error('a scored patient is needed');
    const taken = {
      decision: 'd',
      chosen: 'x',
      chosenBand: null,
      first: 'y',
      firstBand: 'recommended',
      overridden: true,
      reason: null,
      by: null,
    };
    expect(await store.addDecision(row.id, taken)).toBe(true);
    expect(await store.addDecision('nobody-here', taken)).toBe(false);
    const groups = (await store.subgroups()).filter((g) => g.by === 'cancer');
    expect(groups.reduce((sum, g) => sum + g.overridden, 0)).toBe(1);
    expect(groups.reduce((sum, g) => sum + g.patients, 0)).toBe((await store.summary({})).patients);

    const stop = {
      action: 'stop',
      kind: 'model',
      id: 'm@1',
      by: 'A B',
      why: 'why',
      at: '2026-06-01T00:00:00.000Z',
    } as const;
    await store.addStop(stop);
    expect(await store.stopEntries()).toEqual([stop]);

    const seen = { shadow: 'm@2', released: 'm@1', input: 'i1', asOf: '2026-06-01', cancer: 'LUAD', setting: 's' };
    const change = { kind: 'first', decision: 'd', before: 'a', after: 'b' };
    await store.addShadowCases([
      { ...seen, changes: [change] },
      { ...seen, input: 'i2', changes: [] },
    ]);
    await store.addShadowCases([{ ...seen, changes: [change] }]);
    const report = await store.shadowCases('m@2');
    expect(report.cases).toEqual([{ shadow: 'm@2', released: 'm@1', cases: 2, changed: 1 }]);
    expect(report.changes).toMatchObject([{ ...change, cases: 1, cancer: 'LUAD' }]);
    expect((await store.shadowCases('m@3')).cases).toEqual([]);

    const since = (await store.periods('2020-01-01')).filter((p) => p.variable === 'status');
    expect(since.every((p) => p.reference === 0)).toBe(true);
    expect(since.reduce((sum, p) => sum + p.recent, 0)).toBeGreaterThanOrEqual(PATIENTS / 2);
  });
});

/** The code stamp of the built workers, as their own module says it. */
async function workerCode(): Promise<string> {
  const { releaseOf } = (await import(
    join(root, 'dist/src/cli/release-of.js')
  )) as typeof import('../../src/cli/release-of.js');
  const none = { corpus: { hash: '' }, model: { id: '', featuresHash: '' }, stops: { now: () => [] } };
  return releaseOf(none as unknown as Parameters<typeof releaseOf>[0]).code;
}

async function until(holds: () => Promise<boolean>, log: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`it did not come about; the workers say: ${readFileSync(log, 'utf8').slice(-2000)}`);
}
