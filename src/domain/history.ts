// A history as it was recorded, whatever the source format: dated, coded statements in the source's own words.
// Adapters (FHIR, CSV, notes) make it; `core/normalize` turns it into a Patient. Nothing is interpreted yet.

import type { Source } from './fact.js';
import type { Fault } from './faults.js';
import type { ClinicalDocument } from './note.js';
import type { PartialDate } from './partial-date.js';
import type { TextReading } from './text-reading.js';

export interface Coding {
  /** Canonical URI of the code system, as recorded. */
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

/** A concept as recorded: zero or more codings and the free text. */
export interface Concept {
  readonly codings: readonly Coding[];
  readonly text?: string;
}

export interface RawQuantity {
  readonly value: number;
  /** UCUM code if given, else the printed unit. */
  readonly unit?: string;
  readonly comparator?: '<' | '<=' | '>' | '>=';
}

export type RawValue =
  | { readonly kind: 'concept'; readonly concept: Concept }
  | { readonly kind: 'quantity'; readonly quantity: RawQuantity }
  | { readonly kind: 'ratio'; readonly numerator: RawQuantity; readonly denominator: RawQuantity }
  | { readonly kind: 'range'; readonly low?: RawQuantity; readonly high?: RawQuantity }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly date: PartialDate };

interface EntryBase {
  readonly source: Source;
  /** Local id inside the history ("Condition/123"), used by references between entries. */
  readonly id?: string;
  /** Status word as recorded (final, entered-in-error, active, stopped ...). Entries in error are dropped by the adapter. */
  readonly status?: string;
  /** Clinically relevant date: effective, onset, performed or authored; the start of a period. */
  readonly date?: PartialDate;
  readonly end?: PartialDate;
  /**
   * Present when `date` or `end` was not told and is only a place in the order of events (narrative text): other days that would do as
   * well. What comes out otherwise by them is not known.
   */
  readonly placed?: { readonly date?: PartialDate; readonly end?: PartialDate };
  /** Ids of the entries that this one is about (focus, reasonReference, condition). */
  readonly about?: readonly string[];
  readonly notes?: readonly string[];
  /** Not told but concluded by a rule of the reader, in words. */
  readonly inferred?: string;
}

export interface ConditionEntry extends EntryBase {
  readonly kind: 'condition';
  readonly code: Concept;
  readonly role: 'primary-cancer' | 'secondary-cancer' | 'other' | 'unstated';
  readonly clinicalStatus?: string;
  readonly verification?: string;
  readonly bodySites: readonly Concept[];
  readonly laterality?: Concept;
  readonly morphology?: Concept;
  readonly stages: readonly Concept[];
  readonly recordedDate?: PartialDate;
}

export interface ObservationEntry extends EntryBase {
  readonly kind: 'observation';
  readonly code: Concept;
  readonly value?: RawValue;
  /** dataAbsentReason code when the value is missing. */
  readonly absent?: string;
  readonly interpretations: readonly Concept[];
  readonly method?: Concept;
  readonly specimen?: Concept;
  readonly bodySite?: Concept;
  readonly referenceRange?: { readonly low?: RawQuantity; readonly high?: RawQuantity };
  readonly components: readonly {
    readonly code: Concept;
    readonly value?: RawValue;
    readonly absent?: string;
    readonly interpretations: readonly Concept[];
  }[];
}

export interface MedicationEntry extends EntryBase {
  readonly kind: 'medication';
  readonly event: 'request' | 'statement' | 'administration' | 'dispense';
  readonly code: Concept;
  readonly statusReason?: Concept;
  readonly intent?: Concept;
  readonly reasons: readonly Concept[];
  readonly dose?: RawQuantity;
  readonly route?: Concept;
  /** False for "did not take / do not give". */
  readonly given: boolean;
}

export interface ProcedureEntry extends EntryBase {
  readonly kind: 'procedure';
  readonly code: Concept;
  readonly category?: Concept;
  readonly intent?: Concept;
  readonly reasons: readonly Concept[];
  readonly bodySites: readonly Concept[];
  readonly modality?: Concept;
  readonly dose?: RawQuantity;
  readonly outcome?: Concept;
}

export interface AllergyEntry extends EntryBase {
  readonly kind: 'allergy';
  readonly code: Concept;
  readonly reactions: readonly Concept[];
  readonly severity?: string;
}

export interface ReportEntry extends EntryBase {
  readonly kind: 'report';
  readonly code: Concept;
  readonly conclusions: readonly Concept[];
  readonly text?: string;
}

export type Entry = ConditionEntry | ObservationEntry | MedicationEntry | ProcedureEntry | AllergyEntry | ReportEntry;

export interface Person {
  readonly id: string;
  readonly birthDate?: PartialDate;
  readonly sex?: 'female' | 'male' | 'other';
  readonly deceased: false | { readonly date?: PartialDate };
  /** Region and managing organisation for cohort strata; codes or names, never a street. */
  readonly region?: string;
  readonly organization?: string;
  readonly source: Source;
}

export interface History {
  /** `case` of the record: the bundle's id, the note's id or the file's name. */
  readonly id: string;
  readonly asOf?: PartialDate;
  readonly person: Person;
  readonly entries: readonly Entry[];
  /** Places that could not be used though the rest could (shown in the record's notes). */
  readonly warnings: readonly Fault[];
  /** True when it says nothing of earlier treatment, neither some nor none: a list of treatments is not complete then. */
  readonly treatmentUntold?: boolean;
  /** What was read in texts, for the doctor to verify. */
  readonly reading?: TextReading;
  /** Prose that came with the structured entries (attachments, conclusions), not read yet. */
  readonly documents?: readonly ClinicalDocument[];
}
