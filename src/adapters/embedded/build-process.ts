// `corpus build` as a process of its own, for the job `compile`: minutes of computing would cost a worker its locks.
import { spawn } from 'node:child_process';

export class CompileFailed extends Error {
  override readonly name = 'CompileFailed';
  readonly retryable = false;
}

const KEPT = 20_000;

/** Runs `node SCRIPT corpus build ...` to its end; what it printed is the result. @throws CompileFailed with the end of what it said */
export function buildModelProcess(
  script: string,
  { dir, id, version }: { readonly dir?: string | undefined; readonly id: string; readonly version: string },
): Promise<{ readonly model: string; readonly said: readonly string[] }> {
  const args = ['corpus', 'build', '--id', id, '--version', version, ...(dir === undefined ? [] : ['--dir', dir])];
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out = `${out}${text}`.slice(-KEPT)));
  child.stderr.on('data', (text: Buffer) => (err = `${err}${text}`.slice(-KEPT)));
  // A worker that is told to stop, or dies, takes its build along: another will begin it again.
  const stop = (): void => void child.kill('SIGTERM');
  process.once('exit', stop);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      process.off('exit', stop);
      if (code === 0) done({ model: `${id}@${version}`, said: out.trim().split('\n') });
      else fail(new CompileFailed(`corpus build ended with ${code}: ${err.trim().slice(-1_000)}`));
    });
  });
}
