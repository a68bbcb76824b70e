// The disk of the database fills up, by something else that lies on it.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fault } from '../fault.js';
import type { Site } from '../site.js';

const LONGEST_MS = 15_000;

export const diskFull: Fault = {
  name: 'disk-full',
  does: 'the disk under the database is full to the last byte, until the command gives up or 15 s have passed; twice',
  holds: 'a command that ends says so in words; given again it goes on',
  modes: ['embedded', 'cluster'],
  // As much as `pilot` wants to see free, and some.
  disk: (patients) => patients * 45_000 + 600e6,
  disturb: async ({ site, reached, sleep }) => {
    for (const share of [0.3, 0.7]) {
      await reached(share);
      const before = site.given.size === 0 ? undefined : [...site.given][0];
      fill(site);
      try {
        for (let waited = 0; waited < LONGEST_MS && before !== undefined && site.given.has(before); waited += 100)
          await sleep(100);
      } finally {
        rmSync(filler(site), { force: true });
      }
    }
    return 'full twice';
  },
  failed: async ({ err }) =>
    /disk .*is full|MiB free|no space left|stopped in the middle/i.test(err) ? 'again' : 'lost',
};

const filler = (site: Site): string => join(dirname(site.folder), 'disk', 'filler');

function fill(site: Site): void {
  const file = openSync(filler(site), 'w');
  for (const size of [2 ** 24, 4096, 1]) {
    const block = Buffer.alloc(size, 1);
    for (;;) {
      try {
        if (writeSync(file, block) < size) break;
      } catch {
        break; // ENOSPC
      }
    }
  }
  closeSync(file);
}
