// Lines of a stream as bytes, with flat memory: cut at LF alone, as a line may be in any encoding until it is read.

/** Longer lines are not one history: a file that is no NDJSON, or a broken one. */
export const LONGEST_LINE = 256 * 1024 * 1024;

export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
  constructor(line: number) {
    super(`line ${line} is longer than ${LONGEST_LINE / 2 ** 20} MiB: is this NDJSON?`);
  }
}

/** The lines without their LF, blank ones left out; numbers count from 1. */
export async function* byteLines(
  stream: AsyncIterable<Buffer | Uint8Array>,
): AsyncGenerator<{ readonly bytes: Buffer; readonly line: number }> {
  let begun: Buffer[] = [];
  let held = 0;
  let line = 0;
  for await (const chunk of stream) {
    const block = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, start)) {
      const piece = block.subarray(start, end);
      const bytes = begun.length === 0 ? piece : Buffer.concat([...begun, piece]);
      begun = [];
      held = 0;
      start = end + 1;
      line++;
      if (!isBlank(bytes)) yield { bytes, line };
    }
    if (start === block.length) continue;
    begun.push(block.subarray(start));
    held += block.length - start;
    if (held > LONGEST_LINE) throw new LineTooLong(line + 1);
  }
  const last = Buffer.concat(begun);
  if (!isBlank(last)) yield { bytes: last, line: line + 1 };
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
