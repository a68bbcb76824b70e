// Failures of the database, told apart by what a caller can do about them.

export type StoreErrorCode = 'unreachable' | 'disk-full' | 'too-old' | 'schema-newer' | 'query-failed';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly retryable: boolean;
  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.retryable = code === 'unreachable';
  }
}

// SQLSTATE classes: PostgreSQL manual, appendix A. 53100 disk_full; 53300 too_many_connections; 57P0x shutdown and start-up; 08 connection
// exceptions; 25P03: we were silent in a transaction for too long, and the server ended the connection.
const UNREACHABLE = /^(53300|57P0[123]|25P03|08\w{3}|ECONN\w+|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN)$/;

/** Wraps a failure of node-postgres. The message never holds values: they may be a patient's. */
export function toStoreError(error: unknown): Error {
  // Of another adapter, which failed while a transaction of ours was open (a plan that copies its input to a full disk).
  if (error instanceof Error && 'retryable' in error) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (code === '53100' || /No space left on device/.test(message))
    return new StoreError('disk-full', 'The disk of the database is full. Free some space, then repeat.', error);
  if (
    UNREACHABLE.test(code) ||
    /Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(message)
  )
    return new StoreError('unreachable', `The database does not answer (${code || message}).`, error);
  return new StoreError('query-failed', `The database refused a statement (${code}): ${message}`, error);
}
