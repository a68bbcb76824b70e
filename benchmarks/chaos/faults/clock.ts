// Clocks that jump, of all processes and of some.
import { setClock } from '../base-site.js';
import type { Fault } from '../fault.js';

const HOUR = 3_600_000;

export const clockJump: Fault = {
  name: 'clock-jump',
  does: 'the clock of all processes jumps 3 hours on, that of workers a day back, that of the command a day on, and back again',
  holds: 'the run ends by itself, and no answer depends on the clock',
  modes: ['embedded', 'cluster'],
  hook: 'clock',
  disturb: async ({ site, reached }) => {
    const jumps = [
      [0.1, { workers: 3 * HOUR, others: 3 * HOUR }],
      [0.3, { workers: -24 * HOUR, others: 3 * HOUR }],
      [0.5, { workers: -24 * HOUR, others: 24 * HOUR }],
      [0.7, { workers: 400 * 24 * HOUR, others: -HOUR }],
      [0.85, {}],
    ] as const;
    for (const [share, clock] of jumps) {
      await reached(share);
      setClock(site.folder, clock);
    }
    return 'five jumps';
  },
};
