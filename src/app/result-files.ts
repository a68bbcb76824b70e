// Files that jobs make: whole or not at all, known by their hash.

export interface MadeFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ResultFiles {
  /** Writes the pieces as they come to a file that appears only when it is whole. */
  write(file: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<MadeFile>;
}
