// The model in use: it opens with its own corpus, and answers its golden file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openScorer } from '../../../src/adapters/onnx/onnx-scorer.js';
import type { Score, ScoreRow } from '../../../src/domain/outcome.js';
import { PARITY_BOUND } from '../../../src/evidence/gate/gate-report.js';
import { scoreDifference } from '../../../src/evidence/gate/score-difference.js';

const models = join(import.meta.dirname, '../../../models');
const { id, version } = JSON.parse(readFileSync(join(models, 'released.json'), 'utf8')) as {
  id: string;
  version: string;
};
const directory = join(models, id, version);

it('answers the golden file of the released model', async () => {
  const snapshot = JSON.parse(gunzipSync(readFileSync(join(directory, 'corpus.json.gz'))).toString()) as {
    hash: string;
  };
  const scorer = await openScorer(directory, { corpusHash: snapshot.hash });
  const golden = readFileSync(join(directory, 'golden.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { row: ScoreRow; score: Score });
  const answers = await scorer.score(golden.map((g) => g.row));
  await scorer.close();
  const difference = scoreDifference(
    golden.map((g) => g.score),
    answers,
  );
  expect(difference.missing).toBe(0);
  expect(difference.probability).toBeLessThan(PARITY_BOUND.probability);
  expect(difference.months).toBeLessThan(PARITY_BOUND.months);
});
