// A database or queue that does not answer for a while (a restart, a lost connection) ends no run: the question is asked again. Only for
// what may be asked twice; runs and chunks are written so.

export interface LastingOptions {
  readonly sleep: (ms: number) => Promise<void>;
  /** True when nobody waits for the answer any more. */
  readonly over: () => boolean;
  /** Called when the waiting begins. */
  readonly onWait: (error: Error) => void;
  /** How long before the failure is told after all. */
  readonly withinMs: number;
}

const FIRST_MS = 200;
const MOST_MS = 3_000;

/** The same object, whose methods wait for the server instead of failing when it is away. */
export function lasting<T extends object>(target: T, options: LastingOptions): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = (): unknown => Reflect.apply(value, object, args);
        const first = call();
        // A stream is handed on as it is: half of it may have been read when the server goes.
        if (!(first instanceof Promise)) return first;
        let asked: unknown = first;
        return again(() => {
          const answer = asked ?? call();
          asked = undefined;
          return answer;
        }, options);
      };
    },
  });
}

/** Calls until it answers or fails for another reason. */
export async function again<T>(ask: () => T, { sleep, over, onWait, withinMs }: LastingOptions): Promise<Awaited<T>> {
  let waited = 0;
  for (let pause = FIRST_MS; ; pause = Math.min(MOST_MS, pause * 2)) {
    try {
      return await ask();
    } catch (error) {
      const away = error instanceof Error && 'retryable' in error && error.retryable === true;
      if (!away || waited >= withinMs || over()) throw error;
      if (waited === 0) onWait(error);
      await sleep(pause);
      waited += pause;
    }
  }
}
