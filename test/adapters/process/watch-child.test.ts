// A child in an endless step must not outlive a parent that was killed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'shipa-watch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const watch = join(import.meta.dirname, '../../../dist/src/adapters/process/watch-child.js');
const child = join(folder, 'child.mjs');
const parent = join(folder, 'parent.mjs');
writeFileSync(
  child,
  `import { watchChild } from ${JSON.stringify(watch)};
   watchChild();
   process.send(process.pid);
   setTimeout(() => { for (;;); }, 200);`,
);
writeFileSync(
  parent,
  `import { fork } from 'node:child_process';
   fork(${JSON.stringify(child)}).on('message', (pid) => process.stdout.write(String(pid)));
   setInterval(() => {}, 1000);`,
);

it('ends the child when its parent is killed', { timeout: 60_000 }, async () => {
  const started = spawn(process.execPath, [parent]);
  const pid = Number(await new Promise((told) => started.stdout.once('data', (data) => told(String(data)))));
  expect(isAlive(pid)).toBe(true);
  await new Promise((done) => setTimeout(done, 400)); // the endless step has begun
  started.kill('SIGKILL');
  for (let waited = 0; isAlive(pid) && waited < 300; waited++) await new Promise((done) => setTimeout(done, 100));
  expect(isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
