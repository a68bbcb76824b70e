// Progress on stderr: one line rewritten on a terminal, a line every few seconds elsewhere (logs, CI).
import { type Pace, progressLine } from '../app/progress.js';
import type { Phase, PhaseProgress, RunState } from '../app/store-ports.js';

export interface ProgressDisplay {
  readonly report: (phase: Phase, progress: PhaseProgress, state?: RunState) => void;
  /** Patients and seconds of this session by phase. */
  readonly times: () => readonly { readonly phase: Phase; readonly patients: number; readonly seconds: number }[];
}

const EVERY_MS = 5_000;

export function progressDisplay(out: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  const begun = new Map<Phase, { at: number; done: number; last: number; doneNow: number; shown: number }>();
  return {
    report: (phase, progress, runState) => {
      const now = performance.now();
      const { done, total } = progress.patients;
      const state = begun.get(phase) ?? { at: now, done, last: now, doneNow: done, shown: -EVERY_MS };
      begun.set(phase, state);
      if (done > state.doneNow) state.last = now;
      state.doneNow = done;
      const pace: Pace = { doneAtStart: state.done, elapsedMs: now - state.at };
      const finished = done >= total;
      if (out.isTTY) {
        const width = out.columns ?? 100;
        out.write(
          `\r\x1b[2K${progressLine(phase, progress, pace, runState).slice(0, width - 1)}${finished ? '\n' : ''}`,
        );
      } else if (finished || now - state.shown >= EVERY_MS) {
        state.shown = now;
        out.write(`${progressLine(phase, progress, pace, runState)}\n`);
      }
    },
    times: () =>
      [...begun].flatMap(([phase, { at, last, done, doneNow }]) =>
        doneNow > done ? [{ phase, patients: doneNow - done, seconds: (last - at) / 1000 }] : [],
      ),
  };
}
