// CPU time of eligibility and model a patient against the number of indications of the corpus: the released corpus with every second or
// fourth indication left, of every cancer alike.
import { readRelease } from '../../src/adapters/files/release.js';
import { openScorer } from '../../src/adapters/onnx/onnx-scorer.js';
import { modelsDirectory } from '../../src/cli/project.js';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { prepare } from '../../src/core/prepare.js';
import { median } from '../batch/printed.js';
import { patientsOf } from '../scoring/patients.js';

export interface CorpusPoint {
  readonly share: number;
  readonly indications: number;
  readonly msEach: number;
}

const PATIENTS = 1_000;
const ROUNDS = 5;

export async function corpusSeries(shares: readonly number[]): Promise<readonly CorpusPoint[]> {
  const { corpus, directory } = readRelease(modelsDirectory);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const patients = patientsOf(corpus)(0, PATIENTS);
  const points: CorpusPoint[] = [];
  for (const share of shares) {
    const step = Math.max(1, Math.round(1 / share));
    const cancers = corpus.cancers.map((folder) => ({
      ...folder,
      indications: folder.indications.filter((_, i) => i % step === 0),
    }));
    const index = indexCorpus({ ...corpus, cancers });
    const round = async (): Promise<number> => {
      const before = process.cpuUsage();
      const rows = patients.flatMap((patient) => prepare(patient, index, scorer.info, { tryMissing: false }).rows);
      await scorer.score(rows);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / patients.length;
    };
    await round();
    const rounds: number[] = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await round());
    points.push({
      share: 1 / step,
      indications: cancers.reduce((sum, { indications }) => sum + indications.length, 0),
      msEach: median(rounds),
    });
  }
  await scorer.close();
  return points;
}
