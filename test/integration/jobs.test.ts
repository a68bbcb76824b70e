// The table of jobs, and what becomes of one chunk, without a queue.
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/adapters/postgres/store-error.js';
import { WrongRelease } from '../../src/app/score-batch.js';
import type { Chunk, ChunkRef, Phase, RunStore, Store } from '../../src/app/store-ports.js';
import { FaultyInput } from '../../src/domain/faults.js';
import { inPieces, type JobType, QUEUE_TABLE, type WorkerContext } from '../../workers/job-type.js';
import { chunkJobs, JOBS, QUEUES } from '../../workers/jobs.js';
import { reasonOf } from '../../workers/reason.js';
import { giveUp, runChunk } from '../../workers/run-chunk.js';
import { ratesOf, workerSettings } from '../../workers/settings.js';
import { soloGate } from '../../workers/solo.js';

const TASKS: Readonly<Record<Phase, Chunk['task']>> = {
  simulate: { seed: 1, from: 0, count: 1, file: '/x' },
  ingest: { documents: [] },
  normalise: { from: 1, to: 2 },
  score: { from: 1, to: 2, releaseId: 1 },
  rescore: { patients: [1] },
  cohort: { filter: {} },
  extract: { file: '/x.xml', out: '/y' },
  synthesize: { file: '/x.csv', method: 'DL', smallValues: 'desirable' },
  compile: { id: 'm', version: '1' },
  export: { file: '/x', format: 'csv', filter: {} },
};

interface Seen {
  readonly begun: ChunkRef[];
  readonly left: number[];
  readonly failed: [number, string][];
  readonly split: { readonly ref: ChunkRef; readonly pieces: readonly Pick<Chunk, 'task' | 'patients'>[] }[];
}

const nothingSeen = (): Seen => ({ begun: [], left: [], failed: [], split: [] });

/** A worker over a store that has one chunk; what handlers ask of it beyond beginning the chunk is not there. */
function contextWith(
  seen: Seen,
  chunk: (Chunk & { deaths: number; suspect: boolean }) | undefined,
  more: Partial<Store> = {},
) {
  const store: Partial<RunStore> = {
    chunkOf: async () => chunk,
    beginChunk: async (ref) => void seen.begun.push(ref),
    leaveChunk: async ({ ordinal }) => void seen.left.push(ordinal),
    failChunk: async ({ ordinal }, error) => void seen.failed.push([ordinal, error]),
    splitChunk: async (ref, pieces) => {
      seen.split.push({ ref, pieces });
      return true;
    },
  };
  return { store: { ...store, ...more } } as unknown as WorkerContext; // a handler that reached further would fail
}

const chunkOf = (phase: Phase, patients: number, suspect = false, task = TASKS[phase]) => ({
  run: 'r',
  phase,
  ordinal: 3,
  task,
  patients,
  deaths: suspect ? 2 : 0,
  suspect,
});

const typeOf = (phase: Phase): JobType => {
  const found = JOBS.find((job) => job.name === phase);
  if (found === undefined) throw new Error(phase);
  return found;
};

const failing = (error: Error): JobType => ({ ...typeOf('ingest'), handle: async () => Promise.reject(error) });
const payload = { run: 'r', ordinal: 3 };

describe('the table of jobs', () => {
  it('names every kind of work once, each on a known queue', () => {
    expect(JOBS.map((job) => job.name).sort()).toEqual(Object.keys(TASKS).sort());
    expect(JOBS.every((job) => QUEUES.includes(job.queue))).toBe(true);
    expect(JOBS.every((job) => job.attempts >= 2 && job.backoffMs > 0 && job.does !== '')).toBe(true);
  });

  it('puts a chunk on its queue with the run and its number, nothing else, under an id that is the same each time', () => {
    const { queue, jobs } = chunkJobs('score', 'r1', [0, 1]);
    expect(queue).toBe('score');
    expect(jobs.map((job) => job.id)).toEqual(['r1-score-0', 'r1-score-1']);
    expect(jobs[1]?.payload).toEqual({ run: 'r1', ordinal: 1 });
    expect(jobs.every((job) => !job.id.includes(':'))).toBe(true);
  });

  it('lets named patients pass the batch on the same queue', () => {
    expect(typeOf('rescore').queue).toBe(typeOf('score').queue);
    expect(typeOf('rescore').priority).toBeLessThan(typeOf('score').priority);
  });

  it.each(JOBS.map((job) => [job.name, job] as const))(
    '%s begins its chunk and does nothing when it is done',
    async (name, job) => {
      const seen = nothingSeen();
      expect(await runChunk(job, payload, contextWith(seen, chunkOf(name, 1)))).toBe('done');
      expect(seen.begun).toEqual([{ run: 'r', phase: name, ordinal: 3 }]);
    },
  );

  it.each(JOBS.map((job) => [job.name, job] as const))(
    '%s refuses a payload or a task of another shape',
    async (name, job) => {
      const seen = nothingSeen();
      const context = contextWith(seen, chunkOf(name, 1, false, { from: 'x', part: 1, patients: 'all' }));
      await expect(runChunk(job, payload, context)).rejects.toThrow();
      await expect(runChunk(job, { run: '', ordinal: -1, patient: 'x' }, context)).rejects.toThrow();
      expect(seen.begun).toEqual([]);
    },
  );
});

describe('one chunk', () => {
  it('that was forgotten is nothing to do', async () => {
    expect(await runChunk(typeOf('score'), payload, contextWith(nothingSeen(), undefined))).toBe('gone');
  });

  it('that fails in order counts no death', async () => {
    const seen = nothingSeen();
    await expect(runChunk(failing(new Error('no')), payload, contextWith(seen, chunkOf('ingest', 5)))).rejects.toThrow(
      'no',
    );
    expect(seen.left).toEqual([3]);
  });

  it('that killed its workers is split before it is tried again, in pieces that are the whole', async () => {
    const seen = nothingSeen();
    const task = { file: '/a.ndjson', start: 0, end: 9, firstLine: 1, lines: 250 };
    const context = contextWith(seen, chunkOf('ingest', 250, true, task));
    expect(await runChunk(typeOf('ingest'), payload, context)).toBe('split');
    const { pieces } = seen.split[0] ?? { pieces: [] };
    expect(seen.begun).toEqual([]);
    expect(pieces.length).toBe(16);
    expect(pieces.reduce((sum, piece) => sum + piece.patients, 0)).toBe(250);
    const parts = pieces.map((piece) => (piece.task as { part: { from: number; to: number } }).part);
    expect(parts[0]?.from).toBe(0);
    expect(parts.at(-1)?.to).toBe(250);
    expect(parts.slice(1).every((part, i) => part.from === parts[i]?.to)).toBe(true);
  });

  it('that is a piece is split within its part', async () => {
    const seen = nothingSeen();
    const task = { documents: ['/a'], part: { from: 32, to: 48 } };
    await runChunk(typeOf('ingest'), payload, contextWith(seen, chunkOf('ingest', 16, true, task)));
    expect(seen.split[0]?.pieces.map((piece) => piece.task.part)).toEqual(
      Array.from({ length: 16 }, (_, i) => ({ from: 32 + i, to: 33 + i })),
    );
  });

  it('of patients is split by who is still to be scored', async () => {
    const seen = nothingSeen();
    const rows = [4, 9, 11].map((patientId) => ({
      patientId,
      patient: '',
      caseId: '',
      hash: Buffer.of(),
      raw: Buffer.of(),
    }));
    const context = {
      ...contextWith(seen, chunkOf('score', 250, true), { releaseId: async () => 1, toScore: async () => rows }),
      release: { corpus: 'c', model: 'm', features: 'f', code: '1' },
    };
    await runChunk(typeOf('score'), payload, context);
    expect(seen.split[0]?.pieces.map((piece) => piece.task)).toEqual(
      [4, 9, 11].map((id) => ({ from: id, to: id, releaseId: 1 })),
    );
  });

  it('whose tries are used up is split, and one patient alone becomes a dead letter with the reason', async () => {
    const many = nothingSeen();
    await giveUp(
      typeOf('rescore'),
      payload,
      new Error('x'),
      contextWith(many, chunkOf('rescore', 2, false, { patients: [1, 2] })),
    );
    expect(many.split.length).toBe(1);
    expect(many.failed).toEqual([]);
    const one = nothingSeen();
    const stalled = new Error('job stalled more than allowable limit');
    await giveUp(typeOf('rescore'), payload, stalled, contextWith(one, chunkOf('rescore', 1)));
    expect(one.failed).toEqual([[3, 'its workers died with it, again and again']]);
  });

  it('stays to be done when only a server was away', async () => {
    const seen = nothingSeen();
    await giveUp(
      typeOf('score'),
      payload,
      new StoreError('unreachable', 'away'),
      contextWith(seen, chunkOf('score', 9)),
    );
    expect([seen.failed, seen.split]).toEqual([[], []]);
  });

  it('is given up whole when its patients are not what is wrong', async () => {
    for (const error of [new WrongRelease('others'), new StoreError('disk-full', 'full')]) {
      const seen = nothingSeen();
      await giveUp(typeOf('score'), payload, error, contextWith(seen, chunkOf('score', 250)));
      expect(seen.failed).toEqual([[3, error.message]]);
      expect(seen.split).toEqual([]);
    }
  });

  it.each([1, 2, 15, 16, 17, 250, 1000])('of %d is dealt into at most sixteen runs, none lost', (n) => {
    const all = Array.from({ length: n }, (_, i) => i);
    const pieces = inPieces(all);
    expect(pieces.length).toBeLessThanOrEqual(16);
    expect(pieces.flat()).toEqual(all);
  });
});

describe('a chunk that a worker died with', () => {
  it('is done alone: it waits for what runs, and what comes meanwhile waits for it', async () => {
    const gate = soloGate();
    const said: string[] = [];
    const work = (name: string, ms: number) => async () => {
      said.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, ms));
      said.push(`${name} ends`);
    };
    await Promise.all([
      gate.beside(work('a', 30)),
      gate.beside(work('b', 10)),
      gate.alone(work('S', 10)),
      gate.beside(work('c', 10)),
      gate.alone(work('T', 5)),
      gate.beside(async () => Promise.reject(new Error('x'))).catch(() => {}),
    ]);
    const at = (word: string): number => said.indexOf(word);
    expect(at('S begins')).toBeGreaterThan(Math.max(at('a ends'), at('b ends')));
    for (const name of ['S', 'T']) expect(at(`${name} ends`)).toBe(at(`${name} begins`) + 1);
    expect(said.length).toBe(10);
    await gate.alone(work('U', 1));
    expect(said.length).toBe(12);
  });
});

describe('the reason of a failure', () => {
  it.each([
    ['a parser', new SyntaxError('Unexpected token "Aliya Serikova" in JSON')],
    [
      'PostgreSQL',
      new StoreError('query-failed', 'The database refused (22P02): invalid input syntax: "Aliya Serikova"'),
    ],
    ['anything else', new TypeError("cannot read 'Aliya Serikova'")],
  ])('from %s never holds what the library quoted', (_from, error) => {
    expect(reasonOf(error)).not.toMatch(/Aliya|Serikova/);
    expect(reasonOf(error)).not.toBe('');
  });

  it('keeps the words that we wrote ourselves, and places', () => {
    expect(reasonOf(new FaultyInput([{ place: 'a.csv, line 2', message: 'not a number' }]))).toBe(
      'a.csv, line 2: not a number',
    );
    expect(reasonOf(Object.assign(new Error('x'), { code: 'ENOENT', path: '/a.ndjson' }))).toBe('ENOENT /a.ndjson');
    expect(reasonOf(new RangeError('x'))).toMatch(/^RangeError at .*jobs\.test\.ts/);
  });
});

describe('settings of workers', () => {
  it('are the defaults where the environment says nothing or nonsense', () => {
    const { lockMs, nice } = workerSettings({});
    expect([lockMs, nice]).toEqual([20_000, 10]);
    expect(workerSettings({ SHIPA_LOCK_SECONDS: 'soon', SHIPA_NICE: '-5' })).toMatchObject({ lockMs, nice });
    expect(workerSettings({ SHIPA_LOCK_SECONDS: '3' }).lockMs).toBe(3_000);
  });

  it('read rates by the second, also below one', () => {
    expect(ratesOf('score=20, desk=0.5')).toEqual({
      score: { most: 20, everyMs: 1_000 },
      desk: { most: 1, everyMs: 2_000 },
    });
    expect(() => ratesOf('nothing=1')).toThrow(/QUEUE=/);
    expect(() => ratesOf('score=fast')).toThrow(/QUEUE=/);
  });

  it('know every queue of the table', () => expect(QUEUES).toEqual(Object.keys(QUEUE_TABLE)));
});
