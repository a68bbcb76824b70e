// PDFs given inline in a Bundle -> their text, before the Bundle is read: readBundle is pure and synchronous, opening a PDF is neither. Each
// attachment of application/pdf becomes one of text/plain; one that cannot be read becomes its fault, which is a warning of the reading.
import { PDF_FAULT } from './read-texts.js';

/** The text of a PDF, or why it could not be read. */
export type PdfTextOf = (bytes: Uint8Array) => Promise<{ readonly text: string } | { readonly fault: string }>;

/** One after the other: each is opened in a child process of its own. */
const MOST_PDFS = 20;

/**
 * @param text a Bundle as received
 * @returns the same Bundle with the text of its PDFs; the very same string where it holds none or is no JSON
 */
export async function withPdfTexts(text: string, pdfTextOf: PdfTextOf): Promise<string> {
  if (!/"application\/pdf/i.test(text)) return text;
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch {
    // The reader of Bundles says where it breaks.
    return text;
  }
  const attachments = attachmentsIn(bundle);
  for (const [i, attachment] of attachments.entries()) {
    const read =
      i < MOST_PDFS
        ? await pdfTextOf(Buffer.from(attachment.data, 'base64'))
        : { fault: `only the first ${MOST_PDFS} PDFs of a Bundle are read` };
    attachment.contentType = 'text' in read ? 'text/plain' : PDF_FAULT;
    attachment.data = Buffer.from('text' in read ? read.text : read.fault, 'utf8').toString('base64');
  }
  return attachments.length === 0 ? text : JSON.stringify(bundle);
}

interface PdfAttachment {
  contentType: string;
  data: string;
}

const isPdfAttachment = (value: object): value is PdfAttachment =>
  'contentType' in value &&
  typeof value.contentType === 'string' &&
  /^application\/pdf/i.test(value.contentType) &&
  'data' in value &&
  typeof value.data === 'string';

function attachmentsIn(value: unknown): readonly PdfAttachment[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isPdfAttachment(value)) return [value];
  return Object.values(value).flatMap(attachmentsIn);
}
