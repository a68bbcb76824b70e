// A disk of this machine that is full, told by its name and not by that of whoever happened to be waiting for the write.
import { dirname } from 'node:path';

export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly code = 'disk-full';
  readonly retryable = false;
  constructor(file: string, cause: unknown) {
    super(`The disk of ${dirname(file)} is full. Free some space, then repeat the command.`, { cause });
  }
}

/** The error as it is, or what it means when it says that there is no space. */
export const orDiskFull = (error: unknown, file: string): unknown =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? new DiskFull(file, error) : error;
