// Text out of files: whole, or line by line with flat memory. Lines end at LF alone: a CR is blank to JSON, and U+2028, at which
// node:readline cuts too, may stand inside a JSON string. Broken UTF-8 is refused, since a lost letter may be a lost gene.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

export type Text = { readonly text: string } | { readonly fault: string };

const LF = 10;
const strict = new TextDecoder('utf-8', { fatal: true });

export async function readText(path: string): Promise<Text> {
  return decode(await readFile(path));
}

/** The lines of a file, from 1, with their numbers; blank ones are left out. */
export async function* readLines(path: string): AsyncGenerator<Text & { readonly line: number }> {
  let line = 0;
  let begun: Buffer[] = [];
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = block.indexOf(LF); end !== -1; end = block.indexOf(LF, start)) {
      const bytes = Buffer.concat([...begun, block.subarray(start, end)]);
      begun = [];
      start = end + 1;
      line++;
      if (!isBlank(bytes)) yield { ...decode(bytes), line };
    }
    if (start < block.length) begun.push(block.subarray(start));
  }
  const last = Buffer.concat(begun);
  if (!isBlank(last)) yield { ...decode(last), line: line + 1 };
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);

function decode(bytes: Buffer): Text {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { fault: 'is compressed with gzip: unpack it first' };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { fault: 'is UTF-16 text: save it as UTF-8' };
  try {
    return { text: strict.decode(bytes) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { fault: 'is not UTF-8 text: save it as UTF-8 (bytes of another encoding would be lost letters)' };
    return { fault: `is too long for one text (${bytes.length} bytes): give NDJSON, one Bundle a line` };
  }
}
