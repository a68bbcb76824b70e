// Processes of one chaos run, found by a mark in their environment or by the folder that they work in; never anything else.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';
import { isAlive } from '../../src/adapters/embedded/process-table.js';

export const MARK = 'SHIPA_CHAOS';

export interface Marked {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly isWorker: boolean;
}

/** Living processes that have the mark, or work inside the folder (PostgreSQL and Redis do). */
export function marked(mark: string, folder: string): readonly Marked[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const pid = Number(name);
      const environment = read(`/proc/${pid}/environ`).split('\0');
      if (!environment.includes(`${MARK}=${mark}`) && !within(pid, folder)) return [];
      if (!isAlive(pid)) return [];
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      return [{ pid, parent: parentOf(pid), command, isWorker: environment.includes('SHIPA_WORKER_CHILD=1') }];
    });
}

/** Ends them all, and those that they start meanwhile. */
export function killMarked(mark: string, folder: string): void {
  for (let round = 0; round < 20; round++) {
    const found = marked(mark, folder);
    if (found.length === 0) return;
    for (const { pid } of found) kill(pid);
  }
}

export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // It was quicker.
  }
}

/** Children of a process: of a postmaster its backends. */
export const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
    .map(Number);

function within(pid: number, folder: string): boolean {
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)}${sep}`.startsWith(`${folder}${sep}`);
  } catch {
    return false;
  }
}

function parentOf(pid: number): number {
  const text = read(`/proc/${pid}/stat`);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // Gone, or of another user.
  }
}
