// Commands on one store at the same time.
import type { Fault } from '../fault.js';

export const sameFile: Fault = {
  name: 'same-file-twice',
  does: 'the same file is ingested by two commands at once',
  holds: 'every history is there once, both commands end with 0',
  modes: ['embedded', 'cluster'],
  by: 'steps',
  masters: ['ingest'],
  disturb: async () => 'ingested by two',
};

export const twoMasters: Fault = {
  name: 'two-masters',
  does: 'two commands ingest, and two score, at once; one of each two is killed in the middle',
  holds: 'the other goes on to the end by itself',
  modes: ['embedded', 'cluster'],
  by: 'steps',
  masters: ['ingest', 'score'],
  disturb: async ({ site, reached }) => {
    for (const share of [0.2, 0.7]) {
      await reached(share);
      const [first] = site.pids('supervisor');
      if (first !== undefined) await site.kill('supervisor', first);
    }
    return 'two killed of four';
  },
};
