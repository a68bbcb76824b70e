// Chunks that a worker has died with are done alone in their process: who dies with them again then died of them, and a bystander is
// never taken for poison.

export interface SoloGate {
  /** Runs beside others, unless one is alone. */
  readonly beside: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits until nothing else runs, and lets nothing begin meanwhile. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

export function soloGate(): SoloGate {
  /** First come, first served: one that must be alone is not passed for ever by those that need not. */
  const waiting: { readonly alone: boolean; readonly start: () => void }[] = [];
  let running = 0;
  let solo = false;
  const admit = (): void => {
    for (let first = waiting[0]; first !== undefined && !solo; first = waiting[0]) {
      if (first.alone && running > 0) return;
      waiting.shift();
      running++;
      solo = first.alone;
      first.start();
    }
  };
  const pass = async <T>(alone: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((start) => {
      waiting.push({ alone, start });
      admit();
    });
    try {
      return await work();
    } finally {
      running--;
      solo = false;
      admit();
    }
  };
  return { beside: (work) => pass(false, work), alone: (work) => pass(true, work) };
}
