// Why a job failed, in words that may stand in a log and in the list of dead letters: never what a library quoted of the input.
import { FaultyInput } from '../src/domain/faults.js';

/** Errors of ours, whose messages are written without values (src/adapters/*-error.ts). */
const OURS = new Set([
  'QueueError',
  'WrongRelease',
  'TriageError',
  'EmbeddedError',
  'CompileFailed',
  'FileChanged',
  'DiskFull',
]);

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown failure';
  if (error instanceof FaultyInput) return error.message.slice(0, 2_000);
  if (OURS.has(error.name)) return error.message;
  // PostgreSQL quotes the value that it refuses.
  if (error.name === 'StoreError') return error.message.replace(/"[^"]*"|'[^']*'/g, '"..."');
  if (/stalled more than/.test(error.message)) return 'its workers died with it, again and again';
  // A system call names the path and no content.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return `SQLSTATE ${code}`;
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return `${code}${'path' in error ? ` ${String(error.path)}` : ''}`;
  return `${error.name} at ${placeOf(error)}`;
}

/** What the queue keeps of a failure until the next try: the reason, and not the message of a library. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
  }
}

/** The line of ours that threw; the message is not told: "Unexpected token in JSON" quotes the document. */
function placeOf({ stack }: Error): string {
  const lines = stack?.split('\n').filter((text) => /^\s+at /.test(text) && !text.includes('node:')) ?? [];
  const line = lines.find((text) => !text.includes('node_modules')) ?? lines[0];
  return line === undefined
    ? 'an unknown place'
    : line
        .trim()
        .replace(/^at /, '')
        .replace(/file:\/\/\S*\/(?=(?:src|workers|dist)\/)/, '');
}

/** A database or queue that does not answer is no fault of the job. */
export const serverIsAway = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;
