// The watch over a child process that does one dangerous thing: a thread of its own, so that it sees even while the process is in one
// long step. It ends the process when its parent is gone (killed before it could clean up) or when it takes too much memory.
import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 50;

/** @param memoryMb resident set that ends the process; no bound when left out (streams are unpacked outside of the heap's own bound) */
export function watchChild(memoryMb = Number.POSITIVE_INFINITY): void {
  const watch = `const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || process.memoryUsage.rss() > ${memoryMb} * 1024 * 1024) process.kill(process.pid, 'SIGKILL');
  }, ${LOOK_EVERY_MS})`;
  new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
