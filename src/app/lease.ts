// One leader for one piece of work: two commands on one store share it, the second waits and watches, and takes over when the
// first is gone. Everything below is idempotent, so a lost lease costs work done twice and nothing else.

export interface LeaseStore {
  /** Takes or keeps the lease; answers who has it now. A holder that is silent for `expireSeconds`, or is `gone`, loses it. */
  takeLease(lease: {
    readonly name: string;
    readonly holder: string;
    readonly expireSeconds: number;
    readonly gone?: string;
  }): Promise<string>;
  dropLease(name: string, holder: string): Promise<void>;
}

export interface LeadDependencies {
  readonly store: LeaseStore;
  /** Names this process among all that may lead. */
  readonly holder: string;
  /** True when that holder is a process of this machine that has ended: there is nothing to wait for. */
  readonly isGone: (holder: string) => boolean;
  /** Another leads: called at every look while we wait. */
  readonly onWait: (holder: string) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Throws when waiting is to end. */
  readonly check: () => Promise<void>;
}

const EXPIRE_SECONDS = 10;
const RENEW_MS = 2_000;
const LOOK_MS = 500;

/** Does the work as its only leader, as soon as no other leads. */
export async function lead<T>(dependencies: LeadDependencies, name: string, work: () => Promise<T>): Promise<T> {
  const { store, holder, isGone, onWait, sleep, check } = dependencies;
  const ask = (gone?: string): Promise<string> =>
    store.takeLease({ name, holder, expireSeconds: EXPIRE_SECONDS, ...(gone === undefined ? {} : { gone }) });
  for (let other = await ask(); other !== holder; ) {
    if (isGone(other)) {
      other = await ask(other);
      continue;
    }
    await check();
    await onWait(other);
    await sleep(LOOK_MS);
    other = await ask();
  }
  // A renewal that fails is tried again at the next; a store that is away for long is reported by the work itself.
  const renewing = setInterval(() => void ask().catch(() => {}), RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await store.dropLease(name, holder).catch(() => {}); // It expires by itself.
  }
}
