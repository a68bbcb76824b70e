// A clinical text as it came: a dictated note, a letter, a question, a report; or several of one patient.
import type { PartialDate } from './partial-date.js';

export interface ClinicalDocument {
  readonly id: string;
  /** Day that it is of, where the source says so. */
  readonly date?: PartialDate;
  readonly text: string;
}

export interface Note {
  /** `case` of the record: the note's id, else the file's name. */
  readonly id: string;
  /** The text; of several documents all of it. */
  readonly text: string;
  /** Present when the patient has several; in any order. */
  readonly documents?: readonly ClinicalDocument[];
}
