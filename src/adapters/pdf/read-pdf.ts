// The text of a PDF: opened by pdf-parse in a child process under caps of time and memory, so that no file can hurt the one who asks.
// What cannot be read comes back as a PdfError that says why; nothing is thrown, a batch goes on.
import { type ChildProcess, fork } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PDF_CAPS, type PdfCaps } from './pdf-caps.js';
import type { PdfAnswer } from './pdf-child.js';
import { PdfError } from './pdf-error.js';
import { judgeTextLayer, type PdfText } from './text-layer.js';

export type PdfReading = PdfText | { readonly fault: PdfError };

/** A PDF in memory. Reads about one a second; the time goes into starting the child. */
export async function readPdf(bytes: Uint8Array, caps: Partial<PdfCaps> = {}): Promise<PdfReading> {
  const limits = { ...PDF_CAPS, ...caps };
  if (bytes.length > limits.bytes) return { fault: tooLarge(bytes.length, limits) };
  if (!isPdf(bytes)) return { fault: notPdf() };
  return judge(await ask(Readable.from([bytes]), limits));
}

/** A PDF on disk, never whole in the memory of this process. Errors of the file system (no such file ...) are thrown. */
export async function readPdfFile(path: string, caps: Partial<PdfCaps> = {}): Promise<PdfReading> {
  const limits = { ...PDF_CAPS, ...caps };
  const { size } = await stat(path);
  if (size > limits.bytes) return { fault: tooLarge(size, limits) };
  const head: Buffer[] = [];
  for await (const block of createReadStream(path, { end: HEAD - 1 }) as AsyncIterable<Buffer>) head.push(block);
  if (!isPdf(Buffer.concat(head))) return { fault: notPdf() };
  return judge(await ask(createReadStream(path), limits));
}

/** Viewers look for the header in the first kilobyte (Adobe PDF Reference 1.7, appendix H). */
const HEAD = 1024;
const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD)).includes('%PDF-');

function judge(answer: PdfAnswer | PdfError): PdfReading {
  if (answer instanceof PdfError) return { fault: answer };
  if (answer.kind !== 'pages') return { fault: toPdfError(answer) };
  const judged = judgeTextLayer(answer.pages, answer.hasImages);
  return judged instanceof PdfError ? { fault: judged } : judged;
}

async function ask(bytes: Readable, caps: PdfCaps): Promise<PdfAnswer | PdfError> {
  const child = fork(CHILD, [JSON.stringify(caps)], {
    execArgv: [`--max-old-space-size=${caps.memoryMb}`, '--disallow-code-generation-from-strings'],
    // Nothing of ours, passwords of databases above all, is at hand there.
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  // A child that died early is told by its end, not by the pipe that broke.
  if (child.stdin !== null) pipeline(bytes, child.stdin).catch(() => {});
  return outcome(child, caps);
}

/** Beside the sources, as in tests, there is only TypeScript: the child is then the built one. */
const CHILD = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '../../../dist/src/adapters/pdf/pdf-child.js')
  : join(import.meta.dirname, 'pdf-child.js');

function outcome(child: ChildProcess, caps: PdfCaps): Promise<PdfAnswer | PdfError> {
  return new Promise((resolve) => {
    let late = false;
    let answer: PdfAnswer | undefined;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, caps.milliseconds);
    child.on('message', (message) => {
      answer = message as PdfAnswer;
    });
    child.on('error', (cause) => {
      clearTimeout(timer);
      resolve(new PdfError('reader-failed', 'the reader of PDFs could not be started', { cause }));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (answer !== undefined) resolve(answer);
      else if (late)
        resolve(new PdfError('too-slow', `was not read within ${caps.milliseconds / 1000} s: broken or malicious`));
      else if (signal !== null || code === OUT_OF_HEAP)
        resolve(
          new PdfError(
            'too-much-memory',
            `needs more than ${caps.memoryMb} MB of memory to unpack: a decompression bomb, or far too large for a report`,
          ),
        );
      else resolve(new PdfError('reader-failed', `the reader of PDFs ended with exit code ${code}`));
    });
  });
}

/** Exit status of Node.js after SIGABRT where the signal is not told (Windows, shells): V8 ran out of heap. */
const OUT_OF_HEAP = 134;

function toPdfError(answer: Exclude<PdfAnswer, { kind: 'pages' }>): PdfError {
  switch (answer.kind) {
    case 'too-many-pages':
      return new PdfError('too-large', `has ${answer.pages} pages: give the pages that matter`, answer);
    case 'too-much-text':
      return new PdfError('too-large', 'holds more text than any report or paper: give the part that matters', answer);
    case 'refused':
      return answer.name === 'PasswordException'
        ? new PdfError('encrypted', 'is protected by a password: save it without one', { cause: answer.message })
        : new PdfError('malformed', 'is damaged: it cannot be read as a PDF (truncated, or not written properly)', {
            cause: answer.message,
          });
  }
}

const tooLarge = (bytes: number, caps: PdfCaps): PdfError =>
  new PdfError('too-large', `has ${megabytes(bytes)} MB, more than the ${megabytes(caps.bytes)} MB that are read`);

const notPdf = (): PdfError => new PdfError('not-a-pdf', 'is not a PDF, whatever its name says (no %PDF header)');

const megabytes = (bytes: number): number => Math.ceil(bytes / (1024 * 1024));
