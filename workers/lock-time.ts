// How long a worker may be silent before its chunk is given to another.

const LOCK_SECONDS = 20;

/** Lock time by SHIPA_LOCK_SECONDS; the same for every worker of an installation. */
export function lockMsOf(environment: Readonly<Record<string, string | undefined>>): number {
  const seconds = Number(environment.SHIPA_LOCK_SECONDS ?? LOCK_SECONDS);
  return (Number.isFinite(seconds) && seconds >= 1 ? seconds : LOCK_SECONDS) * 1000;
}
