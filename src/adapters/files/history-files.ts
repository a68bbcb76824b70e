// Histories in files: cuts NDJSON at line boundaries without parsing it, reads pieces, writes whole files.
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import zlib from 'node:zlib';
import {
  type Document,
  type DocumentGroup,
  FileChanged,
  type HistoryFile,
  type HistoryFiles,
  type LineRange,
  type Unreadable,
} from '../../app/ingest-ports.js';
import { readPdf } from '../pdf/read-pdf.js';
import { listFiles } from './list-files.js';

/** Some hundred patients a chunk make the queue's cost vanish (design, section 6); the byte limit bounds a worker's memory. */
const LINES = 250;
const BYTES = 8 * 1024 * 1024;
const DOCUMENTS = 100;

export function historyFiles(): HistoryFiles {
  return { list: listFiles, cut, documents, write };
}

async function* cut(files: readonly (string | HistoryFile)[]): AsyncGenerator<LineRange | DocumentGroup> {
  let documents: HistoryFile[] = [];
  for (const given of files) {
    const file = typeof given === 'string' ? { file: given } : given;
    if (!ONE_DOCUMENT.test(file.file)) {
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

/** Files that hold one history; any other holds one a line. */
const ONE_DOCUMENT = /\.(?:json|txt|md|pdf)$/i;
const NOTE = /\.(?:txt|md|pdf)$/i;

/** Of Node.js 20.15 and 22.2 or later; without it a change of the file between plan and work is found by its length only. */
const crc32 = zlib.crc32 as typeof zlib.crc32 | undefined;

async function* cutLines(file: HistoryFile): AsyncGenerator<LineRange> {
  let position = 0;
  let start = 0;
  let firstLine = 1;
  let lines = 0;
  let sum = 0;
  const piece = (end: number, count: number): LineRange => {
    const range = { ...file, start, end, firstLine, lines: count, ...(crc32 === undefined ? {} : { crc32: sum }) };
    start = end;
    firstLine += count;
    lines = 0;
    sum = 0;
    return range;
  };
  for await (const block of createReadStream(file.file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let summed = 0;
    const add = (to: number): void => {
      sum = crc32?.(block.subarray(summed, to), sum) ?? 0;
      summed = to;
    };
    for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) {
      const end = position + at + 1;
      lines++;
      if (lines < LINES && end - start < BYTES) continue;
      add(at + 1);
      yield piece(end, lines);
    }
    add(block.length);
    position += block.length;
  }
  if (position > start) yield piece(position, Math.max(1, lines));
}

async function* documents(piece: LineRange | DocumentGroup): AsyncGenerator<Document | Unreadable> {
  if ('documents' in piece) yield* wholeFiles(piece);
  else yield* linesOf(piece, await readRange(piece));
}

async function* wholeFiles(group: DocumentGroup): AsyncGenerator<Document | Unreadable> {
  for (const given of group.documents) {
    const { file, name = file } = typeof given === 'string' ? { file: given } : given;
    try {
      const bytes = await readFile(file);
      if (/\.pdf$/i.test(file)) yield await pdfNote(bytes, name);
      else yield { bytes, text: decode(bytes), file: name, ...(NOTE.test(file) ? { note: true } : {}) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!UNREADABLE.has(code)) throw error;
      yield { file: name, fault: `cannot be read (${code === 'ENOENT' ? 'there is no such file any more' : code})` };
    }
  }
}

async function pdfNote(bytes: Buffer, file: string): Promise<Document | Unreadable> {
  const read = await readPdf(bytes);
  return 'fault' in read ? { file, fault: read.fault.message } : { bytes, text: read.text, file, note: true };
}

/** Codes of a file that is not there or not for us; anything else (no more file handles) is our trouble, to be tried again. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EISDIR',
  'ENOTDIR',
  'ERR_FS_FILE_TOO_LARGE',
]);

function* linesOf({ file, name = file, assembled, firstLine }: LineRange, bytes: Buffer): Generator<Document> {
  let line = firstLine;
  for (let at = 0; at < bytes.length; line++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.subarray(at, end);
    at = end + 1;
    if (!isBlank(text))
      yield { bytes: text, text: decode(text), file: name, line, ...(assembled === true ? { assembled } : {}) };
  }
}

const isBlank = (text: Buffer): boolean => text.length === 0 || (text.length < 16 && text.toString().trim() === '');

/** Undefined for what is not UTF-8, as a lost letter may be a lost gene. A byte order mark is no part of the text. */
function decode(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes).toString('utf8');
}

async function readRange(range: LineRange): Promise<Buffer> {
  const { file, name = file, start, end, firstLine, lines } = range;
  const where = `lines ${firstLine} to ${firstLine + lines - 1}`;
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new FileChanged(name, 'it is gone');
    throw error;
  });
  try {
    const length = end - start;
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
      if (bytesRead === 0) throw new FileChanged(name, `${where}: it is shorter`);
      filled += bytesRead;
    }
    if (range.crc32 !== undefined && crc32 !== undefined && crc32(bytes) !== range.crc32)
      throw new FileChanged(name, where);
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
