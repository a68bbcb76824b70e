// Loaded before everything in the processes of a site: their clock (Date) goes wrong as a file says. Timers and performance.now() are
// monotonic on a real machine too.
import { readFileSync } from 'node:fs';

const file = process.env.SHIPA_CHAOS_CLOCK ?? '';
const isWorker = process.env.SHIPA_WORKER_CHILD === '1';
const TrueDate = Date;
let offset = 0;

function look(): void {
  try {
    const clock: { workers?: number; others?: number } = JSON.parse(readFileSync(file, 'utf8'));
    offset = (isWorker ? clock.workers : clock.others) ?? 0;
  } catch {
    // Half written: at the next look.
  }
}

class WrongDate extends TrueDate {
  constructor(...args: [] | [number | string | Date] | [number, number, number?, number?, number?, number?, number?]) {
    if (args.length === 0) super(TrueDate.now() + offset);
    else if (args.length === 1) super(args[0]);
    else super(...args);
  }
  static override now(): number {
    return TrueDate.now() + offset;
  }
}

look();
setInterval(look, 100).unref();
globalThis.Date = WrongDate as DateConstructor; // Called without `new`, which nobody here does, it would throw.
