// How much one PDF may cost. A report has a few pages and a paper some dozen; what needs more than this is an accident or an attack.

export interface PdfCaps {
  /** Size of the file. */
  readonly bytes: number;
  /** Resident memory of the child that reads it. The bare reader takes about 120 MB. */
  readonly memoryMb: number;
  readonly milliseconds: number;
  readonly pages: number;
  /** Length of the text, in UTF-16 units. */
  readonly characters: number;
}

export const PDF_CAPS: PdfCaps = {
  bytes: 100 * 1024 * 1024,
  memoryMb: 1024,
  milliseconds: 60_000,
  pages: 2_000,
  characters: 10_000_000,
};
