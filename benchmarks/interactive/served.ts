// `shipa serve` in a process of its own that ends with its parent, however that ends.
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.js';
import { pidsHere } from '../batch/watch-processes.js';

export interface Served {
  readonly url: string;
  /** Of the processes that answer: the one that listens and its answering children, not the workers. */
  readonly pids: () => readonly number[];
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 60_000;

export async function serve(data: string, port: number, options: readonly string[]): Promise<Served> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', '--data', data, '--port', `${port}`, ...options], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    pids: () => answering(child.pid ?? 0),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answering(parent: number): readonly number[] {
  const children = pidsHere().filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      return Number(stat?.[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('answer-main');
    } catch {
      return false; // It has ended.
    }
  });
  return [parent, ...children];
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGTERM');
  throw new Error('serve did not get ready');
}

if (process.send !== undefined && process.argv[2] === 'serve') {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.exitCode = await main(process.argv.slice(2));
}
