// Histories in files: finds them, cuts NDJSON at line boundaries without parsing it, reads pieces, writes whole files.
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DocumentGroup, HistoryFiles, LineRange } from '../../app/ingest-ports.js';
import { FaultyInput } from '../../domain/faults.js';

/** Some hundred patients a chunk make the queue's cost vanish (design, section 6); the byte limit bounds a worker's memory. */
const LINES = 250;
const BYTES = 8 * 1024 * 1024;
const DOCUMENTS = 100;

export function historyFiles(): HistoryFiles {
  return { list, cut, read, write };
}

async function list(paths: readonly string[]): ReturnType<HistoryFiles['list']> {
  const found: { file: string; bytes: number; changed: number }[] = [];
  const faults: { place: string; message: string }[] = [];
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined);
    if (info === undefined) faults.push({ place: path, message: 'there is no such file or folder' });
    else if (info.isDirectory()) found.push(...(await listFolder(resolve(path))));
    else found.push({ file: resolve(path), bytes: info.size, changed: info.mtimeMs });
  }
  if (faults.length > 0) throw new FaultyInput(faults);
  return found;
}

async function listFolder(folder: string): Promise<{ file: string; bytes: number; changed: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return listFolder(path);
        if (!/\.(json|ndjson|jsonl)$/i.test(entry.name)) return [];
        const info = await stat(path);
        return [{ file: path, bytes: info.size, changed: info.mtimeMs }];
      }),
  );
  return lists.flat();
}

async function* cut(files: readonly string[]): AsyncGenerator<LineRange | DocumentGroup> {
  let documents: string[] = [];
  for (const file of files) {
    if (!/\.json$/i.test(file)) {
      yield* cutLines(file);
      continue;
    }
    documents.push(file);
    if (documents.length === DOCUMENTS) {
      yield { documents };
      documents = [];
    }
  }
  if (documents.length > 0) yield { documents };
}

async function* cutLines(file: string): AsyncGenerator<LineRange> {
  let position = 0;
  let start = 0;
  let firstLine = 1;
  let lines = 0;
  for await (const block of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) {
      const end = position + at + 1;
      lines++;
      if (lines < LINES && end - start < BYTES) continue;
      yield { file, start, end, firstLine, lines };
      start = end;
      firstLine += lines;
      lines = 0;
    }
    position += block.length;
  }
  if (position > start) yield { file, start, end: position, firstLine, lines: Math.max(1, lines) };
}

async function read(file: string, start = 0, end?: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const length = (end ?? (await handle.stat()).size) - start;
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
      if (bytesRead === 0) throw new Error(`${file} is shorter than when it was planned; plan the ingestion again`);
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

async function write(file: string, lines: Iterable<string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.part`;
  const handle = await open(beside, 'w', 0o600);
  try {
    let buffer: string[] = [];
    let size = 0;
    for (const line of lines) {
      buffer.push(line);
      size += line.length + 1;
      if (size < BYTES) continue;
      await handle.write(`${buffer.join('\n')}\n`);
      buffer = [];
      size = 0;
    }
    if (buffer.length > 0) await handle.write(`${buffer.join('\n')}\n`);
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}
