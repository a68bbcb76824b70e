// A process whose event loop stands still, from its first moment on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const watchdog = join(process.cwd(), 'dist', 'workers', 'watchdog.js');

it.skipIf(!existsSync(watchdog))(
  'ends a process that hangs as soon as it is watched',
  async () => {
    const script = `const { startWatchdog } = await import(${JSON.stringify(`file://${watchdog}`)});
    await startWatchdog(1000, 1000);
    for (;;);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    expect(await new Promise((done) => child.once('exit', (_, signal) => done(signal)))).toBe('SIGKILL');
  },
  60_000,
);

it.skipIf(!existsSync(watchdog))(
  'leaves one alone that works, and lets it end by itself',
  async () => {
    const script = `const { startWatchdog } = await import(${JSON.stringify(`file://${watchdog}`)});
    const { stop } = await startWatchdog(1000, 1000);
    for (let i = 0; i < 20; i++) await new Promise((done) => setTimeout(done, 100));
    stop();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    expect(await new Promise((done) => child.once('exit', (code) => done(code)))).toBe(0);
  },
  60_000,
);
