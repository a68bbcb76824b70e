// A note as it comes in JSON: {"id","text"}, or several documents of one patient: {"id","documents":[{"id","date"?,"text"}]}.
import type { Fault } from '../domain/faults.js';
import type { ClinicalDocument, Note } from '../domain/note.js';

/** The note, or undefined when the value is something else (a Bundle). An id that is left out is the given name. */
export function noteOf(json: unknown, name: string): Note | undefined {
  if (typeof json !== 'object' || json === null || 'resourceType' in json) return undefined;
  const id = idIn(json) ?? name;
  if ('documents' in json && Array.isArray(json.documents)) {
    const documents = json.documents.map((d: unknown, i) => documentOf(d, `${id}/${i + 1}`));
    if (documents.some((d) => d === undefined)) return undefined;
    const read = documents.flatMap((d) => d ?? []);
    return { id, text: read.map((d) => d.text).join('\n\n'), documents: read };
  }
  return 'text' in json && typeof json.text === 'string' ? { id, text: json.text } : undefined;
}

function documentOf(json: unknown, name: string): ClinicalDocument | undefined {
  if (typeof json !== 'object' || json === null || !('text' in json) || typeof json.text !== 'string') return undefined;
  const date = 'date' in json && typeof json.date === 'string' ? DATE.exec(json.date)?.[0] : undefined;
  if ('date' in json && date === undefined) return undefined;
  return { id: idIn(json) ?? name, text: json.text, ...(date === undefined ? {} : { date }) };
}

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=T|$)/;

const idIn = (json: object): string | undefined =>
  'id' in json && (typeof json.id === 'string' || typeof json.id === 'number') ? String(json.id) : undefined;

/** What is wrong with a list of documents that noteOf does not read, each with its place; [] when the value has no such list. */
export function documentFaults(json: unknown): readonly Fault[] {
  if (typeof json !== 'object' || json === null || 'resourceType' in json || !('documents' in json)) return [];
  if (!Array.isArray(json.documents))
    return [{ place: 'documents', message: 'expected a list of {"id","date","text"}' }];
  return json.documents.flatMap((d: unknown, i): Fault[] => {
    const place = `documents[${i}]`;
    if (documentOf(d, place) !== undefined) return [];
    if (typeof d !== 'object' || d === null) return [{ place, message: 'expected an object with "text"' }];
    if (!('text' in d) || typeof d.text !== 'string') return [{ place: `${place}.text`, message: 'expected text' }];
    return [{ place: `${place}.date`, message: 'expected a date, such as 2026-05-31' }];
  });
}
