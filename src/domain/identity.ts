// What tells who a person is, read from a history only where two records are compared. It never reaches the clinical core.
import type { PartialDate } from './partial-date.js';

export interface Identifier {
  /** iin: Kazakhstan's number, form and checksum right. national: another country's, or one that could not be checked. local: a hospital's. */
  readonly kind: 'iin' | 'national' | 'local';
  /** Code system of the number; '' when the source gives none. */
  readonly system: string;
  readonly value: string;
}

export interface IdentityHints {
  readonly identifiers: readonly Identifier[];
  /** Each a name as written: family, given and patronymic in any order. */
  readonly names: readonly string[];
  readonly birthDate?: PartialDate;
  readonly sex?: 'female' | 'male';
}

export interface IdentityEvidence {
  readonly what: 'number' | 'birth-date' | 'sex' | 'name';
  readonly agrees: boolean;
  /** Without the number or the name itself. */
  readonly text: string;
}

/** same: one valid national number and nothing against it. candidate: for a person to look at. different: something speaks against it. */
export interface IdentityVerdict {
  readonly verdict: 'same' | 'candidate' | 'different';
  readonly evidence: readonly IdentityEvidence[];
}
