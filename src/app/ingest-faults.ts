// Faults of ingested documents: where they are, in words for the reader and in parts for the report.
import type { Fault } from '../domain/faults.js';
import type { Document, InputFault, Unreadable } from './ingest-ports.js';

/** The fault with its file, line and path. The reader names a line as "line 12, entry[0]"; of a document of its own it is a line in it. */
export function placed(document: Document | Unreadable, { place, message }: Fault): InputFault {
  const { file } = document;
  const said = /^line (\d+)(?:, |$)/.exec(place);
  const path = said === null ? place : place.slice(said[0].length);
  if ('text' in document && document.assembled === true) {
    const named = inAssembled(document.text ?? '', path);
    return fault(file, null, named, `${baseName(file)} ${named}`, message);
  }
  const line = said !== null ? Number(said[1]) : 'text' in document ? (document.line ?? null) : null;
  const words = `${baseName(file)} ${line === null ? '' : `line ${line}${path === '' ? '' : ', '}`}${path}`;
  return fault(file, line, path, words, message);
}

const fault = (file: string, line: number | null, path: string, place: string, message: string): InputFault => ({
  file: storable(file),
  line,
  path: storable(path),
  place: storable(place.trimEnd()),
  message: storable(message),
});

/** "entry[4].resource.code" of a Bundle that we made is the code of "Observation/o-4", which the user can look for. */
function inAssembled(text: string, path: string): string {
  const entry = /^entry\[(\d+)\](?:\.resource)?/.exec(path);
  const bundle = JSON.parse(text) as {
    readonly id?: string;
    readonly entry?: readonly { readonly resource: { readonly resourceType?: unknown; readonly id?: unknown } }[];
  }; // our own work: see files/bulk-assembly.ts
  const resource = entry === null ? undefined : bundle.entry?.[Number(entry[1])]?.resource;
  if (entry === null || resource === undefined) return `Patient/${bundle.id ?? ''}: ${path}`;
  return `${String(resource.resourceType)}/${String(resource.id ?? '?')}${path.slice(entry[0].length)}`;
}

/** Without the folders. */
export const baseName = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

/** PostgreSQL text holds every character but NUL. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').slice(0, 2_000);
