// Waiting for a server that is away.
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/adapters/postgres/store-error.js';
import { type LastingOptions, lasting } from '../../src/app/lasting.js';

function away(times: number, error: Error = new StoreError('unreachable', 'away')) {
  const asked: number[] = [];
  return {
    asked,
    ask: async (n: number): Promise<number> => {
      asked.push(n);
      if (asked.length <= times) throw error;
      return n * 2;
    },
    stream: async function* (): AsyncGenerator<number> {
      yield 1;
    },
  };
}

const options = (waits: string[], more: Partial<LastingOptions> = {}): LastingOptions => ({
  sleep: async () => {},
  over: () => false,
  onWait: (error) => waits.push(error.message),
  withinMs: 10_000,
  ...more,
});

describe('a store that is asked again', () => {
  it('answers when its server is back, and says once that it waits', async () => {
    const waits: string[] = [];
    const store = away(4);
    expect(await lasting(store, options(waits)).ask(21)).toBe(42);
    expect(store.asked).toEqual([21, 21, 21, 21, 21]);
    expect(waits).toEqual(['away']);
  });

  it('asks once when it is answered', async () => {
    const store = away(0);
    await lasting(store, options([])).ask(1);
    expect(store.asked).toEqual([1]);
  });

  it.each([
    ['the failure is another', options([]), new StoreError('query-failed', 'no')],
    ['nobody waits any more', options([], { over: () => true }), undefined],
    ['it took too long', options([], { withinMs: 5_000 }), undefined],
  ])('fails when %s', async (_when, how, error) => {
    await expect(lasting(away(100, error), how).ask(1)).rejects.toBeInstanceOf(StoreError);
  });

  it('hands a stream on as it is', async () => {
    const seen = [];
    for await (const n of lasting(away(0), options([])).stream()) seen.push(n);
    expect(seen).toEqual([1]);
  });
});
