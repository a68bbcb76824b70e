// Judges what came out of a PDF's pages: a text layer, a scan that has none, or letters that no font table explains.
import { PdfError } from './pdf-error.js';

export interface PdfText {
  /** Pages in order, a form feed between them; lines as set, cells of a row apart by blanks. */
  readonly text: string;
  readonly pages: number;
  /** Numbers, from 1, of pages without any letter: blank, or pictures among pages of text. */
  readonly pagesWithoutText: readonly number[];
}

export const PAGE_BREAK = '\n\f\n';

/** A page that a scanner labels ("Scanned with ...", a page number) has a few letters; a page of a report has hundreds. */
const LETTERS_OF_A_LABEL = 40;
/** Above this share of the characters, the fonts lack a table to Unicode and the words cannot be trusted. */
const UNREADABLE_SHARE = 0.2;

/** @param hasImages whether the file holds pictures: text that short is then a scanner's label */
export function judgeTextLayer(pages: readonly string[], hasImages: boolean): PdfText | PdfError {
  const letters = pages.map((page) => count(page, /[\p{L}\p{N}]/gu));
  const total = letters.reduce((sum, n) => sum + n, 0);
  const unreadable = pages.reduce((sum, page) => sum + count(page, /[\p{Co}\uFFFD\p{Cn}]|(?![\t\n\f\r])\p{Cc}/gu), 0);
  if (unreadable > UNREADABLE_SHARE * (unreadable + total))
    return new PdfError(
      'not-readable',
      `its fonts do not say which letters they draw (${inPages(pages.length)}): print it again to PDF, or run text recognition (OCR)`,
      { pages: pages.length },
    );
  if (total === 0 || (hasImages && total < LETTERS_OF_A_LABEL * pages.length))
    return new PdfError(
      'no-text-layer',
      `${hasImages ? 'is a scan without a text layer' : 'has no text'} (${inPages(pages.length)}): run text recognition (OCR), or give the text`,
      { pages: pages.length },
    );
  return {
    text: pages.map(tidyLines).join(PAGE_BREAK),
    pages: pages.length,
    pagesWithoutText: letters.flatMap((n, i) => (n === 0 ? [i + 1] : [])),
  };
}

const inPages = (pages: number): string => `${pages} ${pages === 1 ? 'page' : 'pages'}`;

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** Soft hyphens and blanks at the ends of lines are the setter's, not the author's. */
const tidyLines = (page: string): string =>
  page
    .replace(/\u00AD\n?/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
