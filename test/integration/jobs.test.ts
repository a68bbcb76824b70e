// The table of jobs and the handlers, without a queue.
import { describe, expect, it } from 'vitest';
import type { ChunkRef, Store } from '../../src/app/store-ports.js';
import type { WorkerContext } from '../../workers/job-type.js';
import { chunkJobs, JOBS, QUEUES } from '../../workers/jobs.js';

const unused = (): never => {
  throw new Error('not to be called');
};

/** A store that knows no chunk, and remembers what it was asked. */
function emptyContext(asked: ChunkRef[]): WorkerContext {
  const store = { beginChunk: async (ref: ChunkRef) => void asked.push(ref) } as unknown as Store; // no handler may reach further
  return {
    store,
    files: { list: unused, cut: unused, documents: unused, write: unused },
    readDocument: unused,
    recommender: { recommendBriefly: unused },
    release: { corpus: 'c', model: 'm', features: 'f', code: '1' },
    simulateLine: unused,
  };
}

describe('jobs', () => {
  it('have names of their own and are all on a known queue', () => {
    expect(new Set(JOBS.map((job) => job.name)).size).toBe(JOBS.length);
    expect(JOBS.every((job) => QUEUES.includes(job.queue))).toBe(true);
  });

  it('carry the run and the number of the chunk, nothing else, under an id that is the same each time', () => {
    const { queue, jobs } = chunkJobs('score', 'r1', [0, 1]);
    expect(queue).toBe('score');
    expect(jobs.map((job) => job.id)).toEqual(['r1-score-chunk-0', 'r1-score-chunk-1']);
    expect(jobs[1]?.payload).toEqual({ run: 'r1', ordinal: 1 });
    expect(jobs.every((job) => !job.id.includes(':'))).toBe(true);
  });

  it.each(JOBS.map((job) => [job.name, job] as const))(
    '%s does nothing for a chunk that is done or gone',
    async (_name, job) => {
      const asked: ChunkRef[] = [];
      await job.handle({ run: 'r', ordinal: 3 }, emptyContext(asked));
      expect(asked).toEqual([{ run: 'r', ordinal: 3, phase: job.queue }]);
    },
  );

  it.each(JOBS.map((job) => [job.name, job] as const))('%s refuses a payload of another shape', async (_name, job) => {
    expect(() => job.handle({ run: '', ordinal: -1, patient: 'x' }, emptyContext([]))).toThrow();
  });

  it.each(JOBS.map((job) => [job.name, job] as const))('%s writes down why it was given up', async (_name, job) => {
    const failed: unknown[] = [];
    await job.giveUp({ run: 'r', ordinal: 1 }, new Error('why'), {
      failChunk: async (ref, error) => void failed.push([ref, error]),
    });
    expect(failed).toEqual([[{ run: 'r', ordinal: 1, phase: job.queue }, 'why']]);
  });
});
