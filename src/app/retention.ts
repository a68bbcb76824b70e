// How long things are kept: who has expired, erased person by person, and a signature that tells nothing of a patient.
import type { Erased, ErasureStore, Expired, Signed } from './erasure-ports.js';

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
/** Persons of one transaction: traces outside their own rows are looked for once for all of them. */
const AT_ONCE = 200;

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
    for (let at = 0; at < page.rows.length; at += AT_ONCE) {
      const some = page.rows.slice(at, at + AT_ONCE);
      for (const person of signed === undefined ? some : await eraseSome(store, some, signed, erased)) {
        persons++;
        records += person.records.length;
        if (oldest === null || person.last < oldest) oldest = person.last;
      }
    }
    after = page.next;
  }
  return { persons, records, oldest, erased };
}

/** Those who are gone: all at once, or where that is refused one by one. Held or merged since they were listed, they wait for the next run. */
async function eraseSome(
  store: ErasureStore,
  some: readonly Expired[],
  signed: Signed,
  erased: Record<string, number>,
): Promise<readonly Expired[]> {
  const done = await store.erase(
    some.flatMap((person) => person.records),
    signed,
  );
  if ('erased' in done) {
    for (const [what, n] of Object.entries(done.erased)) erased[what] = (erased[what] ?? 0) + n;
    return some;
  }
  if (some.length === 1) return [];
  const gone: Expired[] = [];
  for (const person of some) gone.push(...(await eraseSome(store, [person], signed, erased)));
  return gone;
}
