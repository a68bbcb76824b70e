// A note as it comes in JSON: {"id","text"}.
import type { Note } from '../domain/note.js';

/** The note, or undefined when the value is something else (a Bundle). An id that is left out is the given name. */
export function noteOf(json: unknown, name: string): Note | undefined {
  if (typeof json !== 'object' || json === null || !('text' in json) || 'resourceType' in json) return undefined;
  if (typeof json.text !== 'string') return undefined;
  const id = 'id' in json && (typeof json.id === 'string' || typeof json.id === 'number') ? String(json.id) : name;
  return { id, text: json.text };
}
