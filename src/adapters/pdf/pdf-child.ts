// The child process that opens one PDF, given on standard input, and sends back its pages. It holds nothing worth stealing and may be
// killed at any time: pdf.js is large, its input comes from anywhere.
import { PDFParse } from 'pdf-parse';
import { watchChild } from '../process/watch-child.js';
import type { PdfCaps } from './pdf-caps.js';

export type PdfAnswer =
  | { readonly kind: 'pages'; readonly pages: readonly string[]; readonly hasImages: boolean }
  | { readonly kind: 'too-many-pages'; readonly pages: number }
  | { readonly kind: 'too-much-text'; readonly pages: number }
  | { readonly kind: 'refused'; readonly name: string; readonly message: string };

const caps = JSON.parse(process.argv[2] ?? '') as PdfCaps;
watchChild(caps.memoryMb);
const answer = await read(caps).catch(
  (error: unknown): PdfAnswer =>
    error instanceof Error
      ? { kind: 'refused', name: error.name, message: error.message }
      : { kind: 'refused', name: 'Error', message: String(error) },
);
process.send?.(answer, () => process.exit(0));

async function read(limits: PdfCaps): Promise<PdfAnswer> {
  const blocks: Buffer[] = [];
  for await (const block of process.stdin as AsyncIterable<Buffer>) blocks.push(block);
  const bytes = Buffer.concat(blocks);
  // Picture streams cannot lie inside compressed object streams, so their dictionaries are in plain sight.
  const hasImages = /\/Subtype\s*\/Image\b/.test(bytes.toString('latin1'));
  const parser = new PDFParse({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    verbosity: 0,
  });
  const total = (await parser.getText({ partial: [0] })).total;
  if (total > limits.pages) return { kind: 'too-many-pages', pages: total };
  const pages: string[] = [];
  let characters = 0;
  for (let number = 1; number <= total; number++) {
    const { pages: found } = await parser.getText({ partial: [number] });
    const text = found[0]?.text ?? '';
    characters += text.length;
    if (characters > limits.characters) return { kind: 'too-much-text', pages: total };
    pages.push(text);
  }
  return { kind: 'pages', pages, hasImages };
}
