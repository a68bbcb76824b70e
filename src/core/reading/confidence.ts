// How sure the reading of each entry is, by how it was read. What is read with low confidence is no fact: it is left out, stays unknown, and
// is suggested to the doctor. The rule's precision is printed by `npm run bench -- reading`.
import type { Entry } from '../../domain/history.js';
import type { Confidence } from '../../domain/text-reading.js';

export interface CorrectedWord {
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly read: string;
  /** Letters that differ. */
  readonly letters: number;
}

export interface Judged {
  readonly confidence: Confidence;
  readonly why?: string;
}

/** "Вероятно HER2 позитивный", "likely stage III" in the same clause. */
const DOUBTED_BEFORE =
  /(?:\b(?:suspect\w*|possibl[ey]|probabl[ey]|presumabl[ey]|presumed|likely|cannot exclude|query|equivocal for)\b|(?<!\p{L})(?:подозр\p{L}*|вероятн\p{L}*|предположительн\p{L}*|возможно|под вопросом|не исключ\p{L}*|мүмкін)(?!\p{L}))[^,;:.]{0,30}$/u;
/** "HER2 3+ (?)", "ECOG 1?, ..." but not the end of a question. */
const DOUBTED_AFTER = /^\s?(?:\(\s?\?{1,3}\s?\)|\?{1,3}\s?[,;(])/;

/**
 * @param text the document that the entry was read from
 * @param corrections slips that were put right in it
 */
export function confidenceOf(entry: Entry, text: string, corrections: readonly CorrectedWord[]): Judged {
  const { source } = entry;
  if (source.kind !== 'text') return { confidence: 'high' };
  const own = corrections.filter((c) => c.document === source.document && c.start < source.end && c.end > source.start);
  const far = own.find((c) => c.letters > 1 && (c.written.length < 12 || c.written[0]?.toLowerCase() !== c.read[0]));
  if (far !== undefined) return { confidence: 'low', why: `"${far.written}" may be meant as "${far.read}"` };
  if (entry.kind === 'observation' && doubted(text, source.start, source.end))
    return { confidence: 'low', why: 'the text itself doubts it' };
  if (entry.inferred !== undefined) return { confidence: 'medium', why: entry.inferred };
  const [slip] = own;
  return slip === undefined
    ? { confidence: 'high' }
    : { confidence: 'medium', why: `"${slip.written}" is read as "${slip.read}"` };
}

function doubted(text: string, start: number, end: number): boolean {
  const before = text
    .slice(Math.max(0, start - 70), start)
    .toLowerCase()
    .replaceAll('ё', 'е');
  const words = text.slice(start, end);
  return DOUBTED_BEFORE.test(before) || DOUBTED_AFTER.test(text.slice(start + words.trimEnd().length, end + 6));
}
