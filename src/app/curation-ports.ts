// What curation needs of the outside: the logs and texts, and the files of the corpus that accepted studies are written to.
import type { CurationEvent } from '../evidence/curate/event.js';
import type { WrittenStudy } from '../evidence/curate/study-record.js';

export interface CurationStore {
  ids(): readonly string[];
  /** Empty for an id that is not there. @throws FaultyInput */
  events(id: string): readonly CurationEvent[];
  append(id: string, events: readonly CurationEvent[]): void;
  /** Keeps a text on this machine; answers its hash. */
  keepText(text: string): string;
  text(hash: string): string | undefined;
}

export interface StudyFiles {
  /** Adds a study to its cancer's folder; answers the file. */
  addStudy(study: WrittenStudy): string;
  /** Adds results to a study and marks those that they replace; answers the file. */
  addResults(study: string, results: NonNullable<WrittenStudy['results']>, replaced: readonly number[]): string;
  retract(study: string, retracted: { readonly on: string; readonly why: string }): string;
  /** Adds the study to the trials of a network. */
  joinNetwork(network: string, study: string): string;
  /** Adds the study to those an indication cites. */
  cite(indication: string, study: string): string;
}

/** Who decides, why, and when (ISO instant). */
export interface Decision {
  readonly by: string;
  readonly why: string;
  readonly at: string;
}
