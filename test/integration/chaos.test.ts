// Two faults of `npm run chaos`, small, so that the script does not rot. The whole is for people: docs/chaos.md.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { absent } from './processes.js';

const missing = absent ?? (process.platform === 'linux' ? undefined : 'processes are looked up in /proc');

it.skipIf(missing !== undefined)(
  `a killed command and killed workers lose nobody${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  async () => {
    const args = [
      '--patients',
      '600',
      '--times',
      '2',
      '--only',
      'kill-worker,kill-supervisor',
      '--mode',
      'embedded',
      '--json',
    ];
    const child = spawn(process.execPath, [join(process.cwd(), 'bin', 'chaos.mjs'), ...args]);
    let out = '';
    child.stdout.on('data', (text: Buffer) => (out += text));
    const code = await new Promise((done) => child.on('close', done));
    const lines = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { fault: 'undisturbed', verdict: 'holds', wrong: [] },
      { fault: 'kill-worker', verdict: 'holds', done: '2 worker', wrong: [], given: 1 },
      { fault: 'kill-supervisor', verdict: 'holds', done: '2 supervisor', wrong: [], given: 3 },
      { summary: true, green: true, rounds: 1, held: 3, lost: 0, notTried: 0, skipped: 0 },
    ]);
    expect(code).toBe(0);
  },
  240_000,
);
