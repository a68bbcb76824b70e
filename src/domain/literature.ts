// What goes into the reading of the literature and what comes out: one document, one line of results (docs/literature.md).
import type { Fault } from './faults.js';

/** Effect measures between two arms, then figures of one arm. MD is a mean difference, standardised ones included. */
export type Measure = 'HR' | 'OR' | 'RR' | 'MD' | 'median' | 'rate';

/** Of the outcome as named, intervention against comparator. */
export type Direction = 'increased' | 'decreased' | 'no-difference';

/** UTF-16 offsets into the document's text, end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A document as given. `text` is what spans count in; for PubMed records it is title and abstract joined by a newline. */
export interface LiteratureDocument {
  /** Name of the file, with its place in it where it holds several. */
  readonly document: string;
  readonly pmid: string | null;
  readonly text: string;
  /** Length of the title at the start of `text`; 0 where there is none or it is not known. */
  readonly titleLength: number;
  readonly publicationTypes: readonly string[];
  /** Registry numbers that the record itself carries beside its text. */
  readonly registry: readonly string[];
  readonly faults: readonly Fault[];
}

export interface ExtractedResult {
  readonly measure: Measure;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Percent, as written with the interval; null where the text does not say. */
  readonly level: number | null;
  /** As published, "=" left out: "0.03", "<0.001", "NS". */
  readonly p: string | null;
  /** An id of the lexicon ("PFS") or the text's own words; null when it could not be told. */
  readonly outcome: string | null;
  /** Years or months at which a survival rate holds ("5-year"), as written. */
  readonly at: string | null;
  /** months, weeks, ...; "%" of rates; null for ratios. */
  readonly unit: string | null;
  /** For a median or a rate: the arm that it is of. */
  readonly intervention: string | null;
  readonly comparator: string | null;
  readonly direction: Direction | null;
  /** The subgroup that the sentence names; null means all patients. */
  readonly subgroup: string | null;
  readonly span: Span;
}

/** A comparison told in words. */
export interface Statement {
  readonly outcome: string;
  readonly intervention: string | null;
  readonly comparator: string | null;
  readonly direction: Direction;
  readonly span: Span;
}

export interface TrialFacts {
  readonly name: string | null;
  readonly nct: readonly string[];
  readonly phase: string | null;
  /** Patients randomised, else enrolled. */
  readonly n: number | null;
  readonly population: string | null;
  readonly arms: readonly string[];
  readonly medianFollowUp: { readonly value: number; readonly unit: string; readonly span: Span } | null;
}
