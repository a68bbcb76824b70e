// A PDF in memory as its text or as the words of its fault: what the preparation of a Bundle asks for (adapters/fhir/inline-pdf).
import { readPdf } from './read-pdf.js';

export async function pdfTextOf(bytes: Uint8Array): Promise<{ readonly text: string } | { readonly fault: string }> {
  const read = await readPdf(bytes);
  return 'fault' in read ? { fault: read.fault.message } : { text: read.text };
}
