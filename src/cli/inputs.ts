// The FILE arguments of a command as a stream of inputs: one Bundle a .json file, one a line of .ndjson, in input order.
import { basename, extname } from 'node:path';
import { readBundleText } from '../adapters/fhir/read-bundle-text.js';
import { readLines, readText, type Text } from '../adapters/files/text-file.js';
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';

export type Input =
  | { readonly kind: 'bundle'; readonly case: string; readonly text: string; readonly line?: number }
  | { readonly kind: 'unreadable'; readonly case: string; readonly faults: readonly Fault[] };

/** Files that cannot be opened, and kinds of file that this version does not read, come as faults; the others go on. */
export async function* readInputs(files: readonly string[]): AsyncGenerator<Input> {
  for (const file of files) {
    const name = basename(file);
    try {
      const kind = extname(file).toLowerCase();
      if (NOT_READ[kind] !== undefined) yield unreadable(name, file, NOT_READ[kind]);
      else if (kind === '.ndjson' || kind === '.jsonl')
        for await (const { line, ...text } of readLines(file))
          yield asInput(text, { case: `${name}:${line}`, line }, `line ${line}`);
      else yield asInput(await readText(file), { case: name }, file);
    } catch (error) {
      yield unreadable(name, file, whyNotOpened(error));
    }
  }
}

const ONLY_FHIR = 'give FHIR R4 Bundles (.json, or .ndjson with one a line)';
const NOT_READ: Readonly<Record<string, string>> = {
  '.txt': `notes in plain text are not read by this version: ${ONLY_FHIR}`,
  '.pdf': `PDF reports are not read by this version: ${ONLY_FHIR}`,
};

function asInput(text: Text, named: { case: string; line?: number }, place: string): Input {
  return 'fault' in text ? unreadable(named.case, place, text.fault) : { kind: 'bundle', ...named, text: text.text };
}

function whyNotOpened(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder: name the files in it';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return error instanceof Error ? error.message : String(error);
}

const unreadable = (name: string, place: string, message: string): Input => ({
  kind: 'unreadable',
  case: name,
  faults: [{ place, message }],
});

export interface Reading {
  readonly case: string;
  /** Empty when there is a fault. */
  readonly histories: readonly History[];
  readonly faults: readonly Fault[];
}

export function readHistories(input: Input): Reading {
  if (input.kind === 'unreadable') return { case: input.case, histories: [], faults: input.faults };
  const reading = readBundleText(input.text, input);
  return reading.faults.length > 0 && isNote(input.text)
    ? {
        ...reading,
        faults: [{ place: placeOf(input.line, 'text'), message: `notes are not read by this version: ${ONLY_FHIR}` }],
      }
    : reading;
}

const placeOf = (line: number | undefined, place: string): string =>
  line === undefined ? place : `line ${line}, ${place}`;

/** `{"id","text"}`: a note in words, not FHIR. */
function isNote(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'text' in json && !('resourceType' in json);
  } catch {
    return false;
  }
}

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
