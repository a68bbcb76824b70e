// Runs and their progress over a store in memory: planned once, filled again when the queue forgets, stopped when asked.
import { describe, expect, it, vi } from 'vitest';
import { duration, progressLine, summaryText } from '../../src/app/progress.js';
import { Cancelled, Interrupted, type RunDependencies, runPhase } from '../../src/app/run-pilot.js';
import type { PhaseProgress, Plan, RunState, RunStore } from '../../src/app/store-ports.js';

interface Memory {
  readonly dependencies: RunDependencies;
  readonly enqueued: number[][];
  readonly done: Set<number>;
  plans: number;
  state: RunState;
}

/** Chunks of 10 patients; `work` is called at every look and may finish some. */
function memory(
  chunks: number,
  work: (memory: Memory, look: number) => void,
  signal = new AbortController().signal,
): Memory {
  let planned = false;
  let look = 0;
  const done = new Set<number>();
  const enqueued: number[][] = [];
  const progress = (): PhaseProgress => ({
    chunks: { total: chunks, done: done.size, failed: 0 },
    patients: { total: chunks * 10, done: done.size * 10 },
    counts: {},
  });
  const store = {
    isPlanned: async () => planned,
    planPhase: async (_run: string, _phase: string, plan: Plan) => {
      if (typeof plan === 'function') await plan();
      planned = true;
    },
    retryFailed: async () => 0,
    runState: async () => self.state,
    settled: async (_run: string, _phase: string, ordinals: readonly number[]) => ordinals.filter((i) => done.has(i)),
    pending: async (_run: string, _phase: string, page?: { after: number; limit: number }) =>
      Array.from({ length: chunks }, (_, i) => i)
        .filter((i) => !done.has(i) && i > (page?.after ?? -1))
        .slice(0, page?.limit),
    progress: async () => progress(),
  } as unknown as RunStore; // what runPhase asks of it, and no more
  const self: Memory = {
    plans: 0,
    state: 'running',
    done,
    enqueued,
    dependencies: {
      store,
      enqueue: async (_phase, _run, ordinals) => void enqueued.push([...ordinals]),
      report: () => {},
      check: async () => {},
      signal,
      sleep: async () => work(self, ++look),
    },
  };
  return self;
}

const run = (m: Memory): Promise<PhaseProgress> =>
  runPhase(m.dependencies, 'r', 'score', async () => {
    m.plans++;
    return [];
  });

describe('a phase', () => {
  it('is planned once, put on the queue once, and ends when every chunk is done', async () => {
    const m = memory(3, ({ done }, look) => void done.add(look - 1));
    expect((await run(m)).chunks.done).toBe(3);
    await run(m);
    expect(m.plans).toBe(1);
    expect(m.enqueued).toEqual([[0, 1, 2]]);
  });

  it('is put on the queue again when nothing happens for long', async () => {
    const m = memory(2, ({ done, enqueued }) => {
      if (enqueued.length > 1) done.add(0).add(1);
    });
    await run(m);
    expect(m.enqueued).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('looks again soon after a look that waited for a database that was away', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const slept: number[] = [];
    const m = memory(1, ({ done }, look) => void (look === 2 && done.add(0)));
    const { progress } = m.dependencies.store;
    m.dependencies.store.progress = (...args) => {
      now += slept.length === 0 ? 30_000 : 500;
      return progress(...args);
    };
    const sleep = (ms: number): Promise<void> => {
      slept.push(ms);
      return m.dependencies.sleep(ms);
    };
    await runPhase({ ...m.dependencies, sleep }, 'r', 'score', () => []);
    clock.mockRestore();
    expect(slept).toEqual([5_000, 2_000]);
  });

  it('keeps no more chunks on the queue than it may, and gives out each once', async () => {
    let most = 0;
    const m = memory(40, ({ done, enqueued }) => {
      const out = enqueued.flat().filter((ordinal) => !done.has(ordinal));
      most = Math.max(most, out.length);
      for (const ordinal of out.slice(0, 3)) done.add(ordinal);
    });
    await runPhase({ ...m.dependencies, ahead: 8 }, 'r', 'score', () => []);
    expect(most).toBe(8);
    expect(m.enqueued.flat()).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('gives out nothing while it is paused, and everything again when it goes on', async () => {
    const m = memory(3, (self, look) => {
      if (look === 1) self.state = 'paused';
      if (look === 5) self.state = 'running';
      if (look > 6) for (const i of [0, 1, 2]) self.done.add(i);
    });
    await run(m);
    expect(m.enqueued).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('takes up chunks that another command wants tried again', async () => {
    const m = memory(3, ({ done }, look) => {
      if (look === 1) for (const i of [0, 1, 2]) done.add(i);
      if (look === 1) done.delete(0);
      if (look > 3) done.add(0);
    });
    expect((await run(m)).chunks.done).toBe(3);
  });

  it('ends by its own error when somebody cancels the run', async () => {
    const m = memory(2, (self) => {
      self.state = 'cancelled';
    });
    await expect(run(m)).rejects.toBeInstanceOf(Cancelled);
  });

  it('stops when asked and says so by its own error', async () => {
    const controller = new AbortController();
    await expect(run(memory(2, () => controller.abort(), controller.signal))).rejects.toBeInstanceOf(Interrupted);
  });

  it('ends with the reason when going on is pointless', async () => {
    const m = memory(2, () => {});
    const check = async (): Promise<void> => {
      throw new Error('the disk is full');
    };
    await expect(runPhase({ ...m.dependencies, check }, 'r', 'score', async () => [])).rejects.toThrow(
      'the disk is full',
    );
  });
});

describe('progress', () => {
  const progress: PhaseProgress = {
    chunks: { total: 40, done: 10, failed: 1 },
    patients: { total: 10_000, done: 2_500 },
    counts: { abstained: 700, faulty: 3 },
  };

  it('shows share, rate, time left and what is unusual', () => {
    const line = progressLine('score', progress, { doneAtStart: 500, elapsedMs: 10_000 });
    expect(line).toContain(' 25 %  2,500 of 10,000  200/s  38 s left  3 with faults  700 abstained  1 chunks failed');
  });

  it('shows no rate before there is one', () => {
    expect(progressLine('score', progress, { doneAtStart: 2_500, elapsedMs: 0 })).not.toContain('/s');
  });

  it.each([
    [3.21, '3.2 s'],
    [75, '75 s'],
    [600, '10 min 0 s'],
    [9_000, '2.5 h'],
  ])('writes %s seconds as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('sums up what was stored, scored and refused', () => {
    const text = summaryText({
      cohort: {
        patients: 10,
        scored: 10,
        ranked: 6,
        abstained: [{ reason: 'not-covered', patients: 4 }],
        errors: 0,
        bands: [
          { cancer: 'IDC', name: 'Breast', recommended: 5, consider: 1, notRecommended: 0, abstained: 0 },
          { cancer: 'GIST', name: 'GIST', recommended: 0, consider: 0, notRecommended: 0, abstained: 4 },
        ],
      },
      ingested: { ingested: 10, faulty: 1 },
      faults: { total: 1, first: [{ place: 'a line 1', message: 'not JSON' }] },
      failures: [],
      times: [{ phase: 'score', patients: 10, seconds: 2 }],
      release: 'corpus c',
    });
    expect(text).toContain('stored      10 patients; this run ingested 10, unchanged 0, 1 documents with faults');
    expect(text).toMatch(/Breast \(IDC\) +5 +1 +0 +0/);
    expect(text).toMatch(/1 other cancers, no options +4/);
    expect(text).toContain('a line 1: not JSON');
    expect(text).toContain('5 a second');
  });
});
