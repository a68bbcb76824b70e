// Cohort files written by a process of its own: what simulating leaves in memory must not count for the run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CohortFile, writeCohort } from '../ingest/cohort-file.js';

/** Lines `from` up to, without, `to` of the cohort in files of `size` lines. */
export async function cohortFiles(
  folder: string,
  seed: number,
  from: number,
  to: number,
  size: number,
): Promise<readonly CohortFile[]> {
  const numbers = [seed, from, to, size].map(String);
  const child = fork(fileURLToPath(import.meta.url), ['cohort', folder, ...numbers]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`writing the cohort ended with ${code}`);
  });
  const [files] = (await Promise.race([once(child, 'message'), ended])) as [readonly CohortFile[]];
  ended.catch(() => {}); // It ends after its message.
  return files;
}

export async function cohortFile(folder: string, seed: number, from: number, to: number): Promise<CohortFile> {
  const [file] = await cohortFiles(folder, seed, from, to, to - from);
  if (file === undefined) throw new Error('an empty cohort');
  return file;
}

async function write(folder: string, seed: number, from: number, to: number, size: number): Promise<CohortFile[]> {
  const lines: string[] = [];
  const files: CohortFile[] = [];
  for (let at = from; at < to; at += size)
    files.push(await writeCohort(folder, seed, at, Math.min(at + size, to), lines));
  return files;
}

const [, , asked, folder, ...numbers] = process.argv;
if (process.send !== undefined && asked === 'cohort' && folder !== undefined) {
  process.once('disconnect', () => process.exit(1));
  const [seed = 0, from = 0, to = 0, size = 0] = numbers.map(Number);
  process.send(await write(folder, seed, from, to, size), () => process.exit(0));
}
