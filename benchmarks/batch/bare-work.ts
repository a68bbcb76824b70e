// The bound of a whole run: the three things that cannot be left out, alone and in as many processes: JSON.parse of the lines, COPY of the
// rows into a table without index, and eligibility with the model (`prepare` and its scores) for the patients. Measured on some thousand.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareCopy } from '../ingest/bare-copy.js';
import { bareParse } from '../ingest/bare-parse.js';
import type { CohortFile } from '../ingest/cohort-file.js';
import type { CohortShare } from '../scoring/cohort.js';

export interface BareWork {
  /** Wall milliseconds a patient of all processes together. */
  readonly parseMs: number;
  readonly copyMs: number;
  readonly coreMs: number;
  readonly boundMs: number;
}

const SCORED = 3_000;

export async function bareWork(
  sample: CohortFile,
  databaseUrl: string,
  run: string,
  processes: number,
): Promise<BareWork> {
  const parsed = await bareParse(sample.file, processes);
  const copied = await bareCopy(databaseUrl, processes, run);
  const core = await bareCore(SCORED, processes);
  const parseMs = (1000 * parsed.seconds) / sample.histories;
  const copyMs = (1000 * copied.seconds) / copied.histories;
  return { parseMs, copyMs, coreMs: core, boundMs: parseMs + copyMs + core };
}

async function bareCore(patients: number, processes: number): Promise<number> {
  const script = fileURLToPath(new URL('../scoring/cohort.js', import.meta.url));
  const each = Math.ceil(patients / processes);
  const shares = await Promise.all(
    Array.from({ length: processes }, async (_, i) => {
      const child = fork(script, ['share', `${i * each}`, `${(i + 1) * each}`]);
      const [share] = (await once(child, 'message')) as [CohortShare];
      return share;
    }),
  );
  const scored = shares.reduce((sum, share) => sum + share.patients, 0);
  return Math.max(...shares.map((share) => share.wallMs)) / scored;
}
