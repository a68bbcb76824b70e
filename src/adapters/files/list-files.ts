// Finds the files to ingest: those that are named, and in folders the Bundles (notes and PDFs only by name: a folder often holds other text). One of a
// folder that cannot be read is a fault of its own.
import { constants, type Stats } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ListedFile } from '../../app/ingest-ports.js';
import { FaultyInput } from '../../domain/faults.js';

/** @throws FaultyInput for a path that is not there or cannot be read: who named it should know before anything begins */
export async function listFiles(paths: readonly string[]): Promise<readonly ListedFile[]> {
  const found: ListedFile[] = [];
  const faults: { place: string; message: string }[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined) faults.push({ place: path, message: 'there is no such file or folder' });
    else if (info.isDirectory()) found.push(...(await inFolder(resolve(path), [])));
    else {
      const file = await listed(resolve(path), info);
      if (file.fault === undefined) found.push(file);
      else faults.push({ place: path, message: file.fault });
    }
  }
  if (faults.length > 0) throw new FaultyInput(faults);
  return found;
}

/** @param above real paths of the folders that it was reached through: a link back into one of them is not followed for ever */
async function inFolder(folder: string, above: readonly string[]): Promise<readonly ListedFile[]> {
  try {
    const real = await realpath(folder);
    if (above.includes(real)) return [];
    const entries = await readdir(folder, { withFileTypes: true });
    const lists = await Promise.all(
      entries
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(async (entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) return inFolder(path, [...above, real]);
          const isOurs = /\.(json|ndjson|jsonl)(\.gz)?$/i.test(entry.name);
          if (!isOurs && !entry.isSymbolicLink()) return [];
          const info = await stat(path).catch(() => undefined);
          if (info?.isDirectory() === true) return inFolder(path, [...above, real]);
          return isOurs ? [await listed(path, info)] : [];
        }),
    );
    return lists.flat();
  } catch (error) {
    return [unreadable(folder, `cannot be read (${codeOf(error)})`)];
  }
}

async function listed(file: string, info: Stats | undefined): Promise<ListedFile> {
  if (info === undefined) return unreadable(file, 'there is no such file: a link to nowhere');
  // A pipe is read once, by one process: workers could not.
  if (!info.isFile()) return unreadable(file, 'is no regular file; standard input ("-") takes a pipe');
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    return unreadable(file, `cannot be read (${codeOf(error)})`);
  }
  return { file, bytes: info.size, changed: info.mtimeMs };
}

const unreadable = (file: string, fault: string): ListedFile => ({ file, bytes: 0, changed: 0, fault });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
