// What can go wrong with the embedded services, in words for the person at the terminal.

export type EmbeddedErrorCode =
  | 'in-use'
  | 'disk-full'
  | 'no-permission'
  | 'other-version'
  | 'port-taken'
  | 'no-binaries'
  | 'root-refused'
  | 'start-failed'
  | 'worker-failed';

/** Says what happened, where, and what to do. `retryable` is true when the same command may work a moment later. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly code: EmbeddedErrorCode;
  readonly retryable: boolean;
  constructor(code: EmbeddedErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The error for an operating-system failure on `path`, or the error itself when it is not one that we know. */
export function fromSystemError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new EmbeddedError('disk-full', `The disk is full: cannot write to ${path}. Free some space, then repeat.`, {
      cause: error,
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new EmbeddedError('no-permission', `No permission to write to ${path}. Choose another folder: --data DIR.`, {
      cause: error,
    });
  return error;
}

/** Reads the reason of a failed start out of PostgreSQL's own log; undefined when the log says nothing that we know. */
export function fromPostgresLog(log: string, dataDir: string): EmbeddedError | undefined {
  if (/No space left on device|Disk quota exceeded/.test(log))
    return new EmbeddedError(
      'disk-full',
      `The disk is full: PostgreSQL cannot write to ${dataDir}. Free some space, then repeat.`,
    );
  if (/Address already in use/.test(log))
    return new EmbeddedError('port-taken', "Another program took PostgreSQL's port in this moment.", {
      retryable: true,
    });
  if (/incompatible with server|database files are incompatible/.test(log))
    return new EmbeddedError('other-version', `The database in ${dataDir} was made by another version of PostgreSQL.`);
  if (/pre-existing shared memory block .* is still in use/.test(log))
    return new EmbeddedError('start-failed', 'The last PostgreSQL is still shutting down.', { retryable: true });
  if (/cannot be run as root/.test(log))
    return new EmbeddedError('root-refused', 'PostgreSQL refuses to run as root and no other user could be used.');
  if (/Permission denied/.test(log))
    return new EmbeddedError(
      'no-permission',
      `PostgreSQL has no permission to use ${dataDir}. Choose another folder: --data DIR.`,
    );
  if (/error while loading shared libraries/.test(log))
    return new EmbeddedError('no-binaries', 'The PostgreSQL package is incomplete: run `npm rebuild` and repeat.');
  return undefined;
}
