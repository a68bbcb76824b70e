// Copies of what cannot be read again from the middle (gzip, standard input, downloads) as plain files, so that every piece of them has
// an offset and an interrupted ingestion goes on. A copy appears under its name only when it is whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { orDiskFull } from '../disk-full.js';

export interface Spooled {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
  /** Why the copy ends before the source does: a broken archive. What came before is good. */
  readonly fault?: string;
}

/** Writes the stream to the file. @param content gzip is unpacked; auto: when the first bytes say so */
export async function spool(
  source: AsyncIterable<Buffer | Uint8Array>,
  file: string,
  content: 'plain' | 'gzip' | 'auto' = 'plain',
): Promise<Spooled> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}.part`;
  const handle = await open(beside, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let fault: string | undefined;
  try {
    for await (const block of await unpacked(source, content)) {
      await handle.write(block);
      hash.update(block);
      bytes += block.length;
    }
  } catch (error) {
    fault = archiveFault(error);
    if (fault === undefined) {
      await handle.close();
      await rm(beside, { force: true });
      throw orDiskFull(error, file);
    }
  }
  await handle.sync();
  await handle.close();
  await rename(beside, file);
  return { hash: hash.digest('hex'), bytes, ...(fault === undefined ? {} : { fault }) };
}

/** Copies that a process was making when it was killed: nobody goes on with them, and they are patients' data. */
export async function sweepSpool(folder: string, isAlive: (pid: number) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = /\.(\d+)\.part$|^arriving-(\d+)$/.exec(name)?.slice(1).find(Boolean);
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** The bytes of a file, unpacked when they are gzip whatever its name. */
export const fileBytes = (file: string): Promise<AsyncIterable<Buffer>> =>
  unpacked(createReadStream(file, { highWaterMark: 1 << 20 }), 'auto');

async function unpacked(
  source: AsyncIterable<Buffer | Uint8Array>,
  content: 'plain' | 'gzip' | 'auto',
): Promise<AsyncIterable<Buffer>> {
  const blocks = buffers(source);
  if (content === 'plain') return blocks;
  const first = await blocks.next();
  const all = rejoined(first, blocks);
  const zipped = content === 'gzip' || (first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b);
  return zipped ? gunzipped(all) : all;
}

async function* buffers(source: AsyncIterable<Buffer | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source)
    if (chunk.byteLength > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

async function* rejoined(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

/** A source that fails (a download, standard input) must fail the copy: only faults of the archive itself are told apart. */
async function* gunzipped(source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const input = Readable.from(source, { objectMode: false, highWaterMark: 1 << 20 });
  input.on('error', (error) => gunzip.destroy(error));
  yield* input.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** zlib's codes: https://nodejs.org/api/zlib.html, "Error codes". */
function archiveFault(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return 'the compressed file ends in the middle; what came before was read';
  return code === 'Z_DATA_ERROR' ? 'the compressed file is broken; what came before was read' : undefined;
}
