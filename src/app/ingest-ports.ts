// What ingestion needs from outside: documents in files, and a reader that turns a document into histories.
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';

/** What one document holds: one history for each patient in it, or its faults. Never throws for bad input. */
export type ReadDocument = (
  text: string,
  options: { readonly case: string; readonly line?: number },
) => { readonly case: string; readonly histories: readonly History[]; readonly faults: readonly Fault[] };

/** A piece of an NDJSON file that begins and ends at line boundaries. Lines count from 1. */
export interface LineRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lines: number;
}

/** Files that hold one document each. */
export interface DocumentGroup {
  readonly documents: readonly string[];
}

export interface HistoryFiles {
  /** Every .json and .ndjson file of the paths, folders searched, in order. @throws FaultyInput for a path that is not there. */
  list(
    paths: readonly string[],
  ): Promise<readonly { readonly file: string; readonly bytes: number; readonly changed: number }[]>;
  /** Cuts NDJSON files into ranges and gathers single documents into groups. */
  cut(files: readonly string[]): AsyncIterable<LineRange | DocumentGroup>;
  read(file: string, start?: number, end?: number): Promise<Buffer>;
  /** Writes lines to a file that appears only when it is whole. */
  write(file: string, lines: Iterable<string>): Promise<void>;
}
