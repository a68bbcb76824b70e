// One process's share of a cohort through eligibility and the outcome model: `prepare` as cohort runs ask it (case, setting, open
// questions, every indication of the folder, contraindications), its rows to the released ONNX model, numbers back. Simulating and
// normalising stand between the measurements and are not counted. As a program it is what scoring.ts starts on each core.
import { readRelease } from '../../src/adapters/files/release.js';
import { openScorer } from '../../src/adapters/onnx/onnx-scorer.js';
import { modelsDirectory } from '../../src/cli/project.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { prepare } from '../../src/core/prepare.js';
import type { Patient } from '../../src/domain/patient.js';
import { patientsOf } from './patients.js';

export interface CohortShare {
  readonly patients: number;
  readonly rows: number;
  /** Candidates with numbers, all rows together. */
  readonly scored: number;
  /** Patients of a batch, the best of those tried. */
  readonly batch: number;
  readonly wallMs: number;
  /** CPU of the whole process: collector and compiler included. */
  readonly cpuMs: number;
  /** Of the wall time. */
  readonly prepareMs: number;
  readonly scoreMs: number;
}

/** Patients kept at a time, and the sizes of batches tried on the first of them, which also warms up. */
const CHUNK = 2000;
const BATCHES = [250, 500, 1000, 2000];

export async function scoreShare(from: number, to: number): Promise<CohortShare> {
  const { corpus, directory } = readRelease(modelsDirectory);
  const index = indexCorpus(corpus);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const simulate = patientsOf(corpus);
  const run = (all: readonly Patient[], size: number) => batches(all, size, index, scorer);
  let sum = { patients: 0, rows: 0, scored: 0, wallMs: 0, cpuMs: 0, prepareMs: 0, scoreMs: 0 };
  let batch: number | undefined;
  for (let line = from; line < to; line += CHUNK) {
    const patients = simulate(line, Math.min(line + CHUNK, to));
    batch ??= await bestBatch(patients, run);
    const one = await run(patients, batch);
    sum = Object.fromEntries(
      Object.entries(sum).map(([name, value]) => [name, value + one[name as keyof typeof one]]),
    ) as typeof sum; // The same names.
  }
  await scorer.close();
  return { ...sum, batch: batch ?? CHUNK };
}

async function bestBatch(
  patients: readonly Patient[],
  run: (all: readonly Patient[], size: number) => Promise<{ readonly cpuMs: number }>,
): Promise<number> {
  await run(patients, CHUNK);
  let best = { size: CHUNK, cpuMs: Number.POSITIVE_INFINITY };
  for (const size of BATCHES) {
    const { cpuMs } = await run(patients, size);
    if (cpuMs < best.cpuMs) best = { size, cpuMs };
  }
  return best.size;
}

async function batches(
  all: readonly Patient[],
  size: number,
  index: ReturnType<typeof indexCorpus>,
  scorer: Awaited<ReturnType<typeof openScorer>>,
) {
  const cpu = process.cpuUsage();
  let [prepareMs, scoreMs, rows, scored] = [0, 0, 0, 0];
  for (let at = 0; at < all.length; at += size) {
    const start = performance.now();
    const asked = all
      .slice(at, at + size)
      .flatMap((patient) => prepare(patient, index, scorer.info, { tryMissing: false }).rows);
    const prepared = performance.now();
    const scores = await scorer.score(asked);
    scoreMs += performance.now() - prepared;
    prepareMs += prepared - start;
    rows += asked.length;
    for (const row of asked) scored += row.eligible.length;
    if (scores.length !== asked.length) throw new Error('a row without an answer');
  }
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000;
  return { patients: all.length, rows, scored, wallMs: prepareMs + scoreMs, cpuMs, prepareMs, scoreMs };
}

if (process.send !== undefined && process.argv[2] === 'share') {
  process.send(await scoreShare(Number(process.argv[3]), Number(process.argv[4])));
  process.disconnect();
}
