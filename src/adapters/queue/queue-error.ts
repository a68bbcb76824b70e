// Failures of the queue's server, in words; the message never holds a payload.

export type QueueErrorCode = 'disk-full' | 'unreachable' | 'failed';

export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly code: QueueErrorCode;
  readonly retryable: boolean;
  constructor(code: QueueErrorCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.retryable = code === 'unreachable';
  }
}

export function toQueueError(error: unknown): QueueError {
  if (error instanceof QueueError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // PostgreSQL out of disk, Redis out of memory under noeviction.
  if (/No space left on device|OOM command not allowed|MISCONF/.test(message))
    return new QueueError('disk-full', "The queue's server has no space left. Free some, then repeat.", error);
  // SQLSTATE 53300: it has no connection left; 57P0x: it stops or starts; 08xxx: connection exceptions (PostgreSQL manual, appendix A);
  // 25P03: silent in a transaction for too long.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (
    /^(53300|57P0[123]|25P03|08\w{3}|ECONN\w+)$/.test(code) ||
    /ECONN|ETIMEDOUT|ENOTFOUND|EPIPE|Connection (terminated|is closed)|is not queryable|timeout exceeded when trying to connect/.test(
      message,
    )
  )
    return new QueueError('unreachable', 'The queue does not answer. Is its server running?', error);
  return new QueueError('failed', `The queue refused a job: ${message}`, error);
}
