// `shipa COMMAND` as a process, as a person gives it.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/cli/project.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly args: readonly string[];
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Enough of what it says to tell why it ended. */
const KEPT = 20_000;

export function give(args: readonly string[], environment: Readonly<Record<string, string>>): Given {
  const entry = `file://${join(projectRoot, 'dist', 'src', 'cli', 'main.js')}`;
  const script = `import(${JSON.stringify(entry)}).then(async ({ main }) => { process.exitCode = await main(process.argv.slice(1)) })`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out = (out + text).slice(-KEPT)));
  child.stderr.on('data', (text: Buffer) => (err = (err + text).slice(-KEPT)));
  const ended = new Promise<Ended>((done) => {
    child.on('error', (error) => done({ code: null, signal: null, out, err: error.message }));
    // Workers that outlive it hold its standard error: `exit`, not `close`.
    child.on('exit', (code, signal) => setTimeout(() => done({ code, signal, out, err }), 50));
  });
  return { args, child, ended };
}
