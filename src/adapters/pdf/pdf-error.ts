// What can go wrong with a PDF, in words for the person who gave it. The message holds no text of the document.

export type PdfErrorCode =
  | 'not-a-pdf'
  | 'malformed'
  | 'encrypted'
  | 'too-large'
  | 'too-slow'
  | 'too-much-memory'
  | 'no-text-layer'
  | 'not-readable'
  | 'reader-failed';

export class PdfError extends Error {
  override readonly name = 'PdfError';
  readonly code: PdfErrorCode;
  /** True when the same file may be read a moment later: a busy machine, a reader that could not be started. */
  readonly retryable: boolean;
  /** Pages counted before the fault, where it came that far. */
  readonly pages?: number;
  constructor(code: PdfErrorCode, message: string, options: { cause?: unknown; pages?: number } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = code === 'too-slow' || code === 'reader-failed';
    if (options.pages !== undefined) this.pages = options.pages;
  }
}
