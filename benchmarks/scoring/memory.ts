// What a long-lived worker holds: resident and heap megabytes before and after so many batches of the same patients in one process.
import { readRelease } from '../../src/adapters/files/release.js';
import { openScorer } from '../../src/adapters/onnx/onnx-scorer.js';
import { modelsDirectory } from '../../src/cli/project.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { prepare } from '../../src/core/prepare.js';
import { patientsOf } from './patients.js';

export interface MemoryRun {
  readonly batches: number;
  readonly rssBeforeMb: number;
  readonly rssAfterMb: number;
}

const PATIENTS_A_BATCH = 64;
const WARM_UP = 200;

export async function memoryOver(batches: number): Promise<MemoryRun> {
  const { corpus, directory } = readRelease(modelsDirectory);
  const index = indexCorpus(corpus);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const patients = patientsOf(corpus)(0, 4 * PATIENTS_A_BATCH);
  const run = async (count: number): Promise<number> => {
    for (let b = 0; b < count; b++) {
      const at = (b % 4) * PATIENTS_A_BATCH;
      const rows = patients
        .slice(at, at + PATIENTS_A_BATCH)
        .flatMap((patient) => prepare({ ...patient }, index, scorer.info, { tryMissing: false }).rows);
      await scorer.score(rows);
    }
    return process.memoryUsage().rss / 2 ** 20;
  };
  const rssBeforeMb = await run(WARM_UP);
  const rssAfterMb = await run(batches);
  await scorer.close();
  return { batches, rssBeforeMb, rssAfterMb };
}

if (process.send !== undefined && process.argv[2] === 'memory') {
  process.send(await memoryOver(Number(process.argv[3])));
  process.disconnect();
}
