// A text as given -> a document. Offsets count in the text itself, so nothing is trimmed; a title is the first line when it reads like one.
import type { LiteratureDocument } from '../../domain/literature.js';

export function plainDocument(
  document: string,
  text: string,
  known: Partial<LiteratureDocument> = {},
): LiteratureDocument {
  const [, pmid] = /\bPMID:?\s*(\d{5,9})\b/.exec(text) ?? [];
  return {
    document,
    pmid: pmid ?? null,
    text,
    titleLength: titleLength(text),
    publicationTypes: [],
    registry: [],
    faults: [],
    ...known,
  };
}

/** A first line that ends where a title would: short, not a heading, and with more text after it. */
function titleLength(text: string): number {
  const end = text.indexOf('\n');
  if (end < 15 || end > 400 || text.slice(end).trim() === '') return 0;
  const line = text.slice(0, end).trimEnd();
  if (/^[A-Z][A-Za-z ]{2,30}:/.test(line) && !/\b(?:trial|study|versus|randomi[sz]ed)\b/i.test(line)) return 0;
  const sentences = line.split(/[.!?]\s+[A-Z]/).length;
  return sentences > 2 ? 0 : end;
}
