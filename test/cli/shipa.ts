// Runs the real command line in a process of its own, as a user's script does.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'bin', 'shipa.mjs');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function shipa(...args: string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [bin, ...args],
      { cwd: root, maxBuffer: 1 << 30, encoding: 'utf8' },
      // In a checkout whose sources are newer than its build the first run says that it builds.
      (_, out, err) => done({ code: child.exitCode, out, err: err.replace(/^Building \.\.\.\n/, '') }),
    );
  });
}

/** One JSON value a line. */
export const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

export const publicData = resolve(root, process.env.SHIPA_DATA ?? '../shared/data');
export const hasPublicData = existsSync(publicData);
export const WHY_SKIPPED = 'skipped where SHIPA_DATA is absent';
