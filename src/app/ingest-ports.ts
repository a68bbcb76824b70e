// What ingestion needs from outside: documents in files, and a reader that turns a document into histories.
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';

/** What one document holds: one history for each patient in it, or its faults. Never throws for bad input. */
export type ReadDocument = (
  text: string,
  options: { readonly case: string; readonly line?: number },
) => { readonly case: string; readonly histories: readonly History[]; readonly faults: readonly Fault[] };

/** A fault of an input with its file, line and path for the report; `place` says the same in words. */
export interface InputFault extends Fault {
  readonly file: string;
  /** Null where the file has no lines (one document), or none is to blame. */
  readonly line: number | null;
  readonly path: string;
}

/** A file to ingest. */
export interface HistoryFile {
  /** Where the bytes are. */
  readonly file: string;
  /** What the user calls it, where the bytes are a copy (unpacked, downloaded, taken from standard input). */
  readonly name?: string;
  /** Its lines are Bundles that we put together from resources in other files: a line number would mean nothing to the user. */
  readonly assembled?: boolean;
}

/** Only these documents of a piece, counted from 0: what is left of it when it was split around one that kills its workers. */
export interface Part {
  readonly part?: { readonly from: number; readonly to: number };
}

/** A piece of an NDJSON file that begins and ends at line boundaries. Lines count from 1. */
export interface LineRange extends HistoryFile, Part {
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lines: number;
  /** Of the bytes when they were planned: others are not ingested. Absent where this Node.js cannot tell. */
  readonly crc32?: number;
}

/** Files that hold one document each. */
export interface DocumentGroup extends Part {
  readonly documents: readonly (string | HistoryFile)[];
}

/** What could not be read of a source before it was cut: the end of a broken archive, a resource of nobody. */
export interface SourceFaults {
  readonly faults: readonly InputFault[];
}

export type IngestTask = LineRange | DocumentGroup | SourceFaults;

/** One document as received. */
export interface Document {
  readonly bytes: Buffer;
  /** Undefined when the bytes are not UTF-8. */
  readonly text: string | undefined;
  /** As the user knows it. */
  readonly file: string;
  readonly line?: number;
  readonly assembled?: boolean;
  /** True for clinical text as such; JSON says itself what it is. */
  readonly note?: boolean;
}

/** A document that cannot be fetched (the file is gone). */
export interface Unreadable {
  readonly file: string;
  readonly fault: string;
}

/** The file is not what it was when its pieces were planned. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
  constructor(file: string, where: string) {
    super(`${file} has changed since the ingestion was planned (${where}); give the command again`);
  }
}

/** A file that was found; with a fault one that cannot be read, which stops none of the others. */
export interface ListedFile {
  readonly file: string;
  readonly bytes: number;
  readonly changed: number;
  readonly fault?: string;
}

export interface HistoryFiles {
  /** Every .json and .ndjson file of the paths, plain or .gz, folders searched, in order. @throws FaultyInput for a path that is not there. */
  list(paths: readonly string[]): Promise<readonly ListedFile[]>;
  /** Cuts NDJSON files into ranges and gathers single documents into groups. */
  cut(files: readonly (string | HistoryFile)[]): AsyncIterable<LineRange | DocumentGroup>;
  /** The documents of a piece, in order. @throws FileChanged */
  documents(piece: LineRange | DocumentGroup): AsyncIterable<Document | Unreadable>;
  /** Writes lines to a file that appears only when it is whole. */
  write(file: string, lines: Iterable<string>): Promise<void>;
}
