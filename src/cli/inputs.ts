// The FILE arguments of a command as a stream of inputs: one Bundle a .json file, one a line of .ndjson, in input order.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Fault } from '../domain/faults.js';

export type Input =
  | { readonly kind: 'bundle'; readonly case: string; readonly text: string; readonly line?: number }
  | { readonly kind: 'unreadable'; readonly case: string; readonly faults: readonly Fault[] };

/** Files that cannot be opened, and kinds of file that this version does not read, come as faults; the others go on. */
export async function* readInputs(files: readonly string[]): AsyncGenerator<Input> {
  for (const file of files) {
    const name = basename(file);
    try {
      if (file.endsWith('.ndjson')) yield* readLines(file, name);
      else if (file.endsWith('.json')) yield { kind: 'bundle', case: name, text: await readFile(file, 'utf8') };
      else
        yield unreadable(
          name,
          file,
          `files of the kind "${extname(file) || name}" are not read; give .json or .ndjson with FHIR Bundles`,
        );
    } catch (error) {
      yield unreadable(name, file, error instanceof Error ? error.message : String(error));
    }
  }
}

async function* readLines(file: string, name: string): AsyncGenerator<Input> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield { kind: 'bundle', case: `${name}:${line}`, text, line };
  }
}

const unreadable = (name: string, place: string, message: string): Input => ({
  kind: 'unreadable',
  case: name,
  faults: [{ place, message }],
});

/** Groups of up to `size`, in order: what is scored in one call. */
export async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
