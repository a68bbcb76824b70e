// A cohort file written by a process of its own: what simulating leaves in memory must not count for the run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CohortFile, writeCohort } from '../ingest/cohort-file.js';

export async function cohortFile(folder: string, seed: number, from: number, to: number): Promise<CohortFile> {
  const child = fork(fileURLToPath(import.meta.url), ['cohort', folder, `${seed}`, `${from}`, `${to}`]);
  const ended = new Promise<never>((_, fail) =>
    child.once('exit', (code) => fail(new Error(`writing the cohort ended with ${code}`))),
  );
  const [file] = (await Promise.race([once(child, 'message'), ended])) as [CohortFile];
  return file;
}

const [, , asked, folder, seed, from, to] = process.argv;
if (process.send !== undefined && asked === 'cohort' && folder !== undefined) {
  process.once('disconnect', () => process.exit(1));
  process.send(await writeCohort(folder, Number(seed), Number(from), Number(to)), () => process.exit(0));
}
