// Erasure, retention and legal hold, as the use cases see them.

/** Rows that went, by what they were. */
export type Erased = Readonly<Record<string, number>>;

export interface Signed {
  readonly by: string;
  readonly why: string;
}

export type AuditAction = 'erase' | 'hold' | 'lift' | 'prune';

export interface AuditEntry extends Signed {
  readonly seq: number;
  readonly action: AuditAction;
  /** HMAC of the patient's id, hexadecimal; null for what is of no single patient. */
  readonly subject: string | null;
  readonly counts: Erased;
  readonly at: string;
}

export interface Hold extends Signed {
  readonly patient: string;
  readonly at: string;
}

/** A person whose last sign of life in the store is older than the day asked for. */
export interface Expired {
  readonly records: readonly string[];
  readonly last: string;
}

export interface HoldStore {
  /** Holds every record that the person has now; "nothing" when all are held already. */
  hold(record: string, signed: Signed): Promise<{ readonly records: readonly string[] } | 'unknown' | 'nothing'>;
  /** Lifts the hold of the record, and what was put on other records of the person with it; "nothing" when it is not held. */
  lift(record: string, signed: Signed): Promise<{ readonly records: readonly string[] } | 'unknown' | 'nothing'>;
  holds(): Promise<readonly Hold[]>;
}

export interface ErasureStore extends HoldStore {
  /**
   * Removes all that is kept of the persons of these records, whole persons only, in one transaction, and appends one audit line a record.
   * Of records that are gone already their traces elsewhere go.
   * @returns what went, no record for who is unknown and left no trace; or the records that are held, or the other records of a person that were not named, and then nothing was done
   */
  erase(
    records: readonly string[],
    signed: Signed,
  ): Promise<
    | { readonly erased: Erased; readonly records: readonly string[] }
    | { readonly held: readonly string[] }
    | { readonly others: readonly string[] }
  >;
  /** Persons who are not held, with nothing dated or decided since the day; by page after a key. */
  expired(
    before: string,
    after: number,
    limit: number,
  ): Promise<{ readonly rows: readonly Expired[]; readonly next: number | null }>;
  /** Versions of histories and recommendations that were superseded before the day and that nothing in force or decided rests on. */
  prunable(before: string): Promise<Erased>;
  prune(before: string, signed: Signed): Promise<Erased>;
  audit(limit: number): Promise<readonly AuditEntry[]>;
  /** Ids of records whose subject is among these. */
  bySubject(subjects: readonly string[]): Promise<readonly string[]>;
  /** Gives the space of removed rows back to be written over. */
  vacuum(): Promise<void>;
}
