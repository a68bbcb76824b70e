// `shipa` as a process, as a person or a supervisor starts it. Needs the build and the released model; `npm test` builds first.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();
const main = join(root, 'dist', 'src', 'cli', 'main.js');
export const absent = [main, join(root, 'models', 'released.json')].find((path) => !existsSync(path));
if (absent !== undefined && process.env.CI === 'true') throw new Error(`CI needs ${absent}`);

const EMBEDDED = { DATABASE_URL: '', REDIS_URL: '' };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr or stdout holds the text. */
  readonly says: (text: string) => Promise<void>;
}

/** Starts `shipa` as a process; without `environment` in the embedded mode. */
export function shipa(args: readonly string[], environment: Readonly<Record<string, string>> = EMBEDDED): Started {
  const script = `import(${JSON.stringify(`file://${main}`)}).then(async ({ main }) => { process.exitCode = await main(process.argv.slice(1)) })`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
    env: { ...process.env, SHIPA_LOCK_SECONDS: '3', ...environment },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text));
  child.stderr.on('data', (text: Buffer) => (err += text));
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, out, err })));
  const says = async (text: string): Promise<void> => {
    while (!(out + err).includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without saying "${text}":\n${err}${out}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  return { child, ended, says };
}
