// Files that jobs make: written beside and renamed, so that a kill in the middle leaves the old one.
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MadeFile, ResultFiles } from '../../app/result-files.js';
import { orDiskFull } from './disk-full.js';

const BUFFER = 256 * 1024;

export const resultFiles = (): ResultFiles => ({ write });

async function write(file: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<MadeFile> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.part`;
  // Recommendations are a patient's: nobody else on the machine reads them.
  const handle = await open(beside, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const block = Buffer.from(waiting.join(''));
    waiting = [];
    length = 0;
    hash.update(block);
    bytes += block.length;
    await handle.writeFile(block);
  };
  try {
    for await (const piece of pieces) {
      waiting.push(piece);
      length += piece.length;
      if (length >= BUFFER) await flush();
    }
    await flush();
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(beside, { force: true });
    throw orDiskFull(error, file);
  }
  return { file, bytes, sha256: hash.digest('hex') };
}
