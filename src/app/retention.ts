// How long things are kept: who has expired, erased person by person, and a signature that tells nothing of a patient.
import type { Erased, ErasureStore, Signed } from './erasure-ports.js';

/** The day before which something is older than "10y", "18m" or "90d"; undefined when that is no age. */
export function dayBefore(age: string, today: string): string | undefined {
  const [, count, unit] = /^(\d{1,4})([ymd])$/.exec(age) ?? [];
  if (count === undefined || Number(count) === 0) return undefined;
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const n = Number(count);
  if (unit === 'd') return new Date(Date.UTC(year, month - 1, day - n)).toISOString().slice(0, 10);
  const months = unit === 'y' ? 12 * n : n;
  // The last day of a shorter month, never the first of the next: nothing expires a day early.
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** What is wrong with a signature: it stays for good beside a hash, so it must not name the patient. */
export function signedFaults({ by, why }: Signed, patients: readonly string[]): readonly string[] {
  return [
    ...(by.trim() === '' ? ['--by wants the name of who does it'] : []),
    ...(why.trim() === '' ? ['--reason is kept with it'] : []),
    ...(patients.some((id) => id.length > 2 && `${by} ${why}`.includes(id))
      ? ['--reason must not name the patient: the line stays when the patient is gone']
      : []),
  ];
}

const PAGE = 1_000;

export interface RetentionResult {
  readonly persons: number;
  readonly records: number;
  /** Last sign of the person who is longest gone. */
  readonly oldest: string | null;
  readonly erased: Erased;
}

/** Goes through all persons that expired before the day; erases them when `signed` is given, else only counts. */
export async function applyRetention(
  store: ErasureStore,
  before: string,
  signed: Signed | undefined,
): Promise<RetentionResult> {
  let [persons, records, oldest] = [0, 0, null as string | null];
  const erased: Record<string, number> = {};
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<ErasureStore['expired']>> = await store.expired(before, after, PAGE);
    for (const person of page.rows) {
      if (signed !== undefined) {
        const done = await store.erase(person.records, signed);
        // Held or merged since it was listed: the next run sees it as it is then.
        if (!('erased' in done)) continue;
        for (const [what, n] of Object.entries(done.erased)) erased[what] = (erased[what] ?? 0) + n;
      }
      persons++;
      records += person.records.length;
      if (oldest === null || person.last < oldest) oldest = person.last;
    }
    after = page.next;
  }
  return { persons, records, oldest, erased };
}
