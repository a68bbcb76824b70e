// What the normaliser has to say while it reads: remarks for the reader, and what it did not understand.

import type { Source } from '../../domain/fact.js';
import type { Concept, Entry } from '../../domain/history.js';

export interface ReadingLog {
  readonly remark: (text: string) => void;
  readonly misread: (text: string, source: Source) => void;
}

export const placeOf = (source: Source): string =>
  source.kind === 'resource'
    ? (source.reference ?? source.place)
    : source.kind === 'text'
      ? `${source.document}:${source.start}-${source.end}`
      : source.from;

/** The words of a concept for a reader: its text, else a display, else its codes. */
export const conceptText = (concept: Concept): string =>
  concept.text ??
  concept.codings.find((c) => c.display !== undefined)?.display ??
  concept.codings.map((c) => c.code ?? '').join(', ');

/** All texts of a concept, free text first. */
export const conceptTexts = (concept: Concept | undefined): readonly string[] =>
  concept === undefined
    ? []
    : [concept.text, ...concept.codings.map((c) => c.display)].filter((t): t is string => t !== undefined);

export const entryText = (entry: Entry): string => conceptText(entry.code);
