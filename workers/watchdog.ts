// A worker whose event loop stands still has lost its job to another already and will never give up by itself: a history that makes a
// regular expression run for ever would hold one worker after the other. A thread of its own sees that and ends the process, as a
// crash would; the chunk then counts a death and is split around the history (run-chunk.ts).
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const BEAT_MS = 250;
/** Loading a model on a busy machine may take this long. */
const LEAST_MS = 10_000;

/** The thread counts its own looks, not the clock: a laptop that slept has not hung. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const beats = new Int32Array(workerData.shared);
let last = -1;
let still = 0;
parentPort.postMessage('looking');
const timer = setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < workerData.looks) return;
  writeSync(2, JSON.stringify({ level: 50, pid: process.pid, event: 'hung', ms: still * workerData.beatMs }) + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.beatMs);
parentPort.on('message', () => { clearInterval(timer); parentPort.close(); });
`;

export interface Watchdog {
  readonly stop: () => void;
}

/**
 * Ends this process by SIGKILL when its event loop has stood still for one and a half lock times. Wait for it before taking the first job: the
 * thread needs this one to begin, and a first history that hangs would never be ended.
 */
export async function startWatchdog(lockMs: number, leastMs = LEAST_MS): Promise<Watchdog> {
  const shared = new SharedArrayBuffer(4);
  const beats = new Int32Array(shared);
  const looks = Math.ceil(Math.max(leastMs, lockMs * 1.5) / BEAT_MS);
  const beating = setInterval(() => void Atomics.add(beats, 0, 1), BEAT_MS);
  beating.unref();
  const thread = new Worker(THREAD, {
    eval: true,
    // Options of this process (`--input-type=module`) would read it otherwise.
    execArgv: [],
    workerData: { shared, looks, beatMs: BEAT_MS },
    // It needs next to nothing.
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  await once(thread, 'message');
  thread.unref();
  return {
    stop: () => {
      clearInterval(beating);
      thread.postMessage('stop');
    },
  };
}
