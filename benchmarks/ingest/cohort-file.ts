// Histories of a simulated cohort as an NDJSON file. Some thousand are simulated; more of them are these under other names, as simulating
// takes longer than ingesting.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { loadRegistry } from '../../src/cli/commands/simulate.js';
import { simulateLine } from '../../src/simulation/simulate.js';

export interface CohortFile {
  readonly file: string;
  readonly histories: number;
  readonly resources: number;
}

const SIMULATED = 5_000;

/**
 * Lines `from` up to, without, `to` of the cohort.
 * @param lines what was simulated of it already, for several files of one cohort
 */
export async function writeCohort(
  folder: string,
  seed: number,
  from: number,
  to: number,
  lines: string[] = [],
): Promise<CohortFile> {
  const registry = loadRegistry();
  const file = join(folder, `cohort-${seed}-${from}.ndjson`);
  const out = createWriteStream(file);
  let resources = 0;
  for (let index = from; index < to; index++) {
    const base = index % SIMULATED;
    const line = lines[base] ?? simulateLine(registry, seed, base);
    lines[base] = line;
    resources += line.split('"resourceType"').length - 2;
    const id = /"id":"(kz-[^"]+)"/.exec(line)?.[1];
    const named =
      id === undefined || index < SIMULATED ? line : line.replaceAll(id, `${id}x${Math.floor(index / SIMULATED)}`);
    if (!out.write(`${named}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  return { file, histories: to - from, resources };
}
