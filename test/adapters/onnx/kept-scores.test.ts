// Rows asked before are not asked again, each row once, in the order of the rows; and no more than so many answers are kept.
import { expect, test } from 'vitest';
import { KeptScores } from '../../../src/adapters/onnx/kept-scores.js';
import type { Score, ScoreRow } from '../../../src/domain/outcome.js';

const row = (age: number): ScoreRow => ({ network: 'n', features: { age }, eligible: ['a'], comparator: 'a' });

function model() {
  const asked: number[] = [];
  const answer = async (rows: readonly ScoreRow[]): Promise<readonly Score[]> => {
    asked.push(...rows.map((r) => r.features.age ?? -1));
    return rows.map((r) => ({ a: { gain: r.features.age } }) as unknown as Score);
  };
  return { asked, answer };
}

const gains = (scores: readonly Score[]) => scores.map((s) => s.a?.gain);

test('asks a row once, in one call and over calls, and answers in order', async () => {
  const kept = new KeptScores();
  const { asked, answer } = model();
  expect(gains(await kept.answers([row(3), row(1), row(3), row(2)], answer))).toEqual([3, 1, 3, 2]);
  expect(gains(await kept.answers([row(2), row(4), row(3)], answer))).toEqual([2, 4, 3]);
  expect(asked).toEqual([3, 1, 2, 4]);
});

test('keeps a bounded number of answers, the latest', async () => {
  const kept = new KeptScores();
  const { asked, answer } = model();
  for (let age = 0; age < 5_000; age += 100)
    await kept.answers(
      Array.from({ length: 100 }, (_, i) => row(age + i)),
      answer,
    );
  expect(asked).toHaveLength(5_000);
  await kept.answers([row(4_999), row(3_100)], answer);
  expect(asked).toHaveLength(5_000);
  expect(gains(await kept.answers([row(0)], answer))).toEqual([0]);
  expect(asked).toHaveLength(5_001);
});

test('a model that answers too few is no answer', async () => {
  await expect(new KeptScores().answers([row(1)], async () => [])).rejects.toThrow(RangeError);
});
