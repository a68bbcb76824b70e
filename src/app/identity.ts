// Who is who in the store: keys read from the histories, candidates for a person to look at, and the few merges that need nobody.
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { compareIdentity } from '../core/identity/compare-identity.js';
import { identityKeys } from '../core/identity/identity-keys.js';
import type { IdentityHints, IdentityVerdict } from '../domain/identity.js';
import type { IdentityRecord, IdentityStore, RecordDocument, RecordPair } from './identity-ports.js';

/** Hints out of a stored document; `patient` names the Patient meant where there are several. */
export type ReadHints = (document: string, patient: string) => IdentityHints;

export interface IdentityDependencies {
  readonly store: IdentityStore;
  readonly readHints: ReadHints;
}

export interface Candidate extends IdentityVerdict {
  readonly a: string;
  readonly b: string;
}

/** Who signs a merge that the number alone decided. */
export const AUTOMATIC = 'shipa (equal valid national number)';

const PAGE = 500;
const KEY_BYTES = 16;

/** Brings the keys up to date with the histories in force. Answers how many records were read. */
export async function readKeys({ store, readHints }: IdentityDependencies): Promise<number> {
  for (let read = 0; ; ) {
    const records = await store.unread(PAGE);
    if (records.length === 0) return read;
    await store.storeKeys(
      records.map((record) => ({
        key: record.key,
        hash: record.hash,
        keys: identityKeys(hintsOf(record, readHints)).map(hashed),
      })),
    );
    read += records.length;
    await new Promise(setImmediate);
  }
}

const hashed = (key: string): Buffer => createHash('sha256').update(key).digest().subarray(0, KEY_BYTES);

const hintsOf = (record: RecordDocument, readHints: ReadHints): IdentityHints =>
  readHints(inflateRawSync(record.raw).toString('utf8'), record.id);

/** Pairs of records that may be one person, of those that nobody has decided on. */
export async function* candidates({ store, readHints }: IdentityDependencies): AsyncGenerator<Candidate> {
  let after: RecordPair = { a: 0, b: 0 };
  for (;;) {
    const pairs = await store.pairs(after, PAGE);
    const last = pairs[pairs.length - 1];
    if (last === undefined) return;
    after = last;
    const records = await store.documents([...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
    const hints = new Map(records.map((record) => [record.key, { id: record.id, hints: hintsOf(record, readHints) }]));
    for (const pair of pairs) {
      const [a, b] = [hints.get(pair.a), hints.get(pair.b)];
      if (a === undefined || b === undefined) continue;
      const verdict = compareIdentity(a.hints, b.hints);
      if (verdict.verdict !== 'different') yield { a: a.id, b: b.id, ...verdict };
    }
  }
}

/**
 * Merges the pairs that a valid national number decides, each recorded and to be taken back like any other. Where either is one of several
 * records already, none of those may speak against any of the others.
 */
export async function mergeByNumber(dependencies: IdentityDependencies): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for await (const candidate of candidates(dependencies)) if (candidate.verdict === 'same') found.push(candidate);
  const merged: Candidate[] = [];
  for (const candidate of found) {
    const { a, b, evidence } = candidate;
    if (!(await nobodyObjects(dependencies, a, b))) continue;
    const why = evidence.map((e) => e.text).join('; ');
    const done = await dependencies.store.decide({
      action: 'merge',
      a,
      b,
      by: AUTOMATIC,
      why,
      automatic: true,
      evidence,
    });
    if (done === 'done') merged.push(candidate);
  }
  return merged;
}

export interface Scan {
  /** Records whose keys were read now. */
  readonly read: number;
  readonly merged: readonly Candidate[];
  /** Pairs that may be one person, for somebody to look at. */
  readonly toLookAt: number;
}

/** Everything that needs nobody: keys of what is new, merges by number, and how many pairs are left for a person. */
export async function scanIdentities(dependencies: IdentityDependencies): Promise<Scan> {
  const read = await readKeys(dependencies);
  const merged = await mergeByNumber(dependencies);
  let toLookAt = 0;
  for await (const _ of candidates(dependencies)) toLookAt++;
  return { read, merged, toLookAt };
}

/**
 * Merges in force that today's histories speak against: one by number whose number, birth date, sex or name no longer agree, and any of
 * records that now carry valid numbers that differ. For a person to look at; nothing is taken apart here.
 */
export async function doubts({ store, readHints }: IdentityDependencies): Promise<readonly Candidate[]> {
  const last = new Map<string, IdentityRecord>();
  for (const decision of await store.decisions(Number.MAX_SAFE_INTEGER)) {
    const pair = [decision.a, decision.b].sort().join('\0');
    if (!last.has(pair)) last.set(pair, decision); // the newest comes first
  }
  const found: Candidate[] = [];
  for (const { a, b, action, automatic } of last.values()) {
    if (action !== 'merge') continue;
    const hints = (await store.documentsById([a, b])).map((record) => hintsOf(record, readHints));
    const [x, y] = hints;
    if (x === undefined || y === undefined) continue;
    const { verdict, evidence } = compareIdentity(x, y);
    const twoNumbers = evidence.some((e) => e.what === 'number' && !e.agrees);
    if (twoNumbers || (automatic && verdict !== 'same')) found.push({ a, b, verdict, evidence });
  }
  return found;
}

async function nobodyObjects({ store, readHints }: IdentityDependencies, a: string, b: string): Promise<boolean> {
  const [x, y] = [await store.person(a), await store.person(b)];
  if (x === undefined || y === undefined) return false;
  if (x.records.length === 1 && y.records.length === 1) return true;
  const read = async (ids: readonly string[]): Promise<readonly IdentityHints[]> =>
    (await store.documentsById(ids)).map((record) => hintsOf(record, readHints));
  const [left, right] = [await read(x.records), await read(y.records)];
  return left.every((one) => right.every((other) => compareIdentity(one, other).evidence.every((e) => e.agrees)));
}
