// One person in several records, as the use cases see it.
import type { IdentityEvidence } from '../domain/identity.js';

/** A record of the store with the document in force: what hints are read from. */
export interface RecordDocument {
  readonly key: number;
  readonly id: string;
  readonly caseId: string;
  readonly hash: Buffer;
  readonly raw: Buffer;
}

export interface RecordKeys {
  readonly key: number;
  readonly hash: Buffer;
  /** SHA-256 of each key, cut to 16 bytes. */
  readonly keys: readonly Buffer[];
}

export interface RecordPair {
  readonly a: number;
  readonly b: number;
}

export type IdentityAction = 'merge' | 'unmerge' | 'apart';

export interface IdentityDecision {
  readonly action: IdentityAction;
  /** Ids of the two records. */
  readonly a: string;
  readonly b: string;
  readonly by: string;
  readonly why: string;
  readonly automatic: boolean;
  readonly evidence: readonly IdentityEvidence[];
}

export interface IdentityRecord extends IdentityDecision {
  readonly seq: number;
  readonly at: string;
}

export interface Person {
  /** Key of the leading record. */
  readonly lead: number;
  /** Ids of all records, the leading one first. */
  readonly records: readonly string[];
  readonly decisions: readonly IdentityRecord[];
}

export interface IdentityStore {
  /** Records whose keys were not read from the document in force, by page. */
  unread(limit: number): Promise<readonly RecordDocument[]>;
  /** How many those are. */
  unreadCount(): Promise<number>;
  storeKeys(rows: readonly RecordKeys[]): Promise<void>;
  /** Pairs with a key in common, not of one person already and with no word of a person on them; after the pair given, in order. */
  pairs(after: RecordPair, limit: number): Promise<readonly RecordPair[]>;
  documents(keys: readonly number[]): Promise<readonly RecordDocument[]>;
  documentsById(ids: readonly string[]): Promise<readonly RecordDocument[]>;
  /**
   * Appends the decision and settles who leads and which recommendation is in force, all or nothing.
   * "unknown": a record is not in the store. "nothing": merged already, or, for unmerge, not merged by a decision on this very pair.
   */
  decide(decision: IdentityDecision): Promise<'done' | 'unknown' | 'nothing'>;
  /** The person of a record: all its records, the leading one first, and every decision on them; undefined for an unknown record. */
  person(id: string): Promise<Person | undefined>;
  decisions(limit: number): Promise<readonly IdentityRecord[]>;
}
