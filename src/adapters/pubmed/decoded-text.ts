// Bytes of a file as text, block by block, with flat memory: gzip unpacked, the encoding taken from its mark or its XML declaration.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';

/** Why a file stopped being readable; what came before it has been given. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  readonly code: 'gzip-broken' | 'gzip-bomb' | 'encoding-unknown' | 'io';
  readonly retryable: boolean;
  constructor(code: UnreadableText['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.retryable = code === 'io';
  }
}

/** PubMed's own files unpack about tenfold; a thousandfold is an attack. */
const MOST_RATIO = 300;
const RATIO_FROM_BYTES = 64 * 1024 * 1024;
const BLOCK = 256 * 1024;

/** The first bytes, unpacked: enough to see what a file is. */
export async function firstBytes(path: string, length = 4096): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** @throws UnreadableText */
export async function* decodedText(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const block of unpacked(path)) {
    decoder ??= new TextDecoder(encodingOf(block));
    yield decoder.decode(block, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const head = await firstBytes(path, 2);
  const file = createReadStream(path, { highWaterMark: BLOCK });
  if (!isGzip(head)) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip({ chunkSize: BLOCK });
  file.on('error', (error) => gunzip.destroy(error));
  let given = 0;
  try {
    for await (const block of file.pipe(gunzip) as AsyncIterable<Buffer>) {
      given += block.length;
      if (given > RATIO_FROM_BYTES && given > MOST_RATIO * Math.max(1, file.bytesRead))
        throw new UnreadableText('gzip-bomb', `unpacks to more than ${MOST_RATIO} times its size: not read further`);
      yield block;
    }
  } catch (error) {
    if (error instanceof UnreadableText) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_')
      ? new UnreadableText(
          'gzip-broken',
          `the gzip data is cut or broken after ${given} unpacked bytes (${code})`,
          error,
        )
      : new UnreadableText('io', error instanceof Error ? error.message : String(error), error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

/** By byte order mark, else by the XML declaration, else UTF-8. */
function encodingOf(block: Buffer): string {
  if (block[0] === 0xff && block[1] === 0xfe) return 'utf-16le';
  if (block[0] === 0xfe && block[1] === 0xff) return 'utf-16be';
  const [, declared] =
    /^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([^"']{1,40})["']/.exec(block.subarray(0, 200).toString('latin1')) ?? [];
  if (declared === undefined) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch (error) {
    throw new UnreadableText('encoding-unknown', `declares the encoding "${declared}", which is not known`, error);
  }
}
