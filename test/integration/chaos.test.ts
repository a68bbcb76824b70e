// One run of `npm run chaos` that loses one process of each kind, as small as can be struck in its midst, so that the script does not rot. The
// whole is for people: docs/chaos.md.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { absent } from './processes.js';

const missing = absent ?? (process.platform === 'linux' ? undefined : 'processes are looked up in /proc');

it.skipIf(missing !== undefined)(
  `a killed command, worker, PostgreSQL and backend lose nobody${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  async () => {
    const size = ['--patients', '100', '--times', '4', '--workers', '1'];
    const args = [...size, '--only', 'kill-any', '--mode', 'embedded', '--json'];
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
      { fault: 'kill-any', verdict: 'holds', wrong: [] },
      { summary: true, green: true, rounds: 1, held: 2, lost: 0, notTried: 0, skipped: 0 },
    ]);
    for (const kind of ['1 worker', '1 supervisor', '1 postgres', '1 backend'])
      expect(lines[1]).toMatchObject({ done: expect.stringContaining(kind) });
    expect(code).toBe(0);
  },
  240_000,
);
