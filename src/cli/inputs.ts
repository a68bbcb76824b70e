// The FILE arguments of a command as a stream of inputs: a Bundle in a .json file, a Bundle or a note in a line of .ndjson, a note in a
// .txt or .pdf file, in input order.
import { basename, extname } from 'node:path';
import { withPdfTexts } from '../adapters/fhir/inline-pdf.js';
import { readBundleText } from '../adapters/fhir/read-bundle-text.js';
import { readLines, readText, type Text } from '../adapters/files/text-file.js';
import { pdfTextOf } from '../adapters/pdf/pdf-text-of.js';
import { readPdfFile } from '../adapters/pdf/read-pdf.js';
import { documentFaults, noteOf } from '../app/note.js';
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';
import type { Note } from '../domain/note.js';

export type Input =
  | { readonly kind: 'bundle'; readonly case: string; readonly text: string; readonly line?: number }
  | { readonly kind: 'note'; readonly case: string; readonly text: string }
  | { readonly kind: 'unreadable'; readonly case: string; readonly faults: readonly Fault[] };

/** Files that cannot be opened, and kinds of file that this version does not read, come as faults; the others go on. */
export async function* readInputs(files: readonly string[]): AsyncGenerator<Input> {
  for (const file of files) {
    const name = basename(file);
    try {
      const kind = extname(file).toLowerCase();
      if (kind === '.pdf') yield await pdfInput(name, file);
      else if (kind === '.txt' || kind === '.md') yield noteInput(name, file, await readText(file));
      else if (kind === '.ndjson' || kind === '.jsonl')
        for await (const { line, ...text } of readLines(file))
          yield await asInput(text, { case: `${name}:${line}`, line }, `line ${line}`);
      else yield await asInput(await readText(file), { case: name }, file);
    } catch (error) {
      yield unreadable(name, file, whyNotOpened(error));
    }
  }
}

const noteInput = (name: string, file: string, text: Text): Input =>
  'fault' in text ? unreadable(name, file, text.fault) : { kind: 'note', case: name, text: text.text };

async function pdfInput(name: string, file: string): Promise<Input> {
  const read = await readPdfFile(file);
  return 'fault' in read ? unreadable(name, file, read.fault.message) : { kind: 'note', case: name, text: read.text };
}

async function asInput(text: Text, named: { case: string; line?: number }, place: string): Promise<Input> {
  if ('fault' in text) return unreadable(named.case, place, text.fault);
  return { kind: 'bundle', ...named, text: await withPdfTexts(text.text, pdfTextOf) };
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

/** @param readNote a clinical text as a history */
export function readHistories(input: Input, readNote: (note: Note) => History): Reading {
  if (input.kind === 'unreadable') return { case: input.case, histories: [], faults: input.faults };
  if (input.kind === 'note') return noteReading({ id: input.case, text: input.text }, 'text', readNote);
  const json = jsonIn(input.text);
  const note = noteOf(json, input.case);
  if (note !== undefined) return noteReading(note, placeOf(input.line, 'text'), readNote);
  const faults = documentFaults(json);
  if (faults.length === 0) return readBundleText(input.text, input);
  return {
    case: input.case,
    histories: [],
    faults: faults.map(({ place, message }) => ({ place: placeOf(input.line, place), message })),
  };
}

function noteReading(note: Note, place: string, readNote: (note: Note) => History): Reading {
  return note.text.trim() === ''
    ? { case: note.id, histories: [], faults: [{ place, message: 'the text is empty' }] }
    : { case: note.id, histories: [readNote(note)], faults: [] };
}

const placeOf = (line: number | undefined, place: string): string =>
  line === undefined ? place : `line ${line}, ${place}`;

/** Undefined for what is not JSON: the reader of Bundles says where it breaks. */
function jsonIn(text: string): unknown {
  if (!/"(?:text|documents)"/.test(text) || /"resourceType"/.test(text.slice(0, 4000))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
