// A cohort run keeps answers without words. What it stores must be what the whole record says, to the byte: the hash of the one is
// checked against the other when a stored recommendation is explained again.
import { expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import { compact, hashOfRecord, toScoredPatient } from '../../src/app/score-batch-record.js';
import { goldenTexts, openRecommender, simulatedTexts } from '../property/patients.js';

const recommender = openRecommender();
const WEIGHTS = { benefit: 1, harm: 0.2, cost: 0 };

test('says of every patient what the whole record says', { timeout: 600_000 }, async () => {
  const texts = [...goldenTexts(250), ...simulatedTexts(150, 23)];
  const histories = texts.flatMap(([name, text]) => readBundleText(text, { case: name }).histories);
  const seen = { ranked: 0, abstained: 0 };
  for (let at = 0; at < histories.length; at += 25) {
    const some = histories.slice(at, at + 25);
    for (const options of [{ tryMissing: false }, { tryMissing: false, weights: WEIGHTS, lang: 'ru' as const }]) {
      const whole = await recommender.recommendMany(some, options);
      const brief = await recommender.recommendBriefly(some, options);
      expect(brief.map(compact)).toEqual(whole.map(compact));
      brief.forEach((answer, i) => {
        const row = { patientId: i, patient: 'p', caseId: answer.case, hash: Buffer.alloc(32) };
        const stored = toScoredPatient(row, answer, '2026-06-01');
        const again = whole[i];
        if (again === undefined) throw new Error('a record for every answer');
        expect(stored).toEqual(toScoredPatient(row, again, '2026-06-01'));
        expect(hashOfRecord(again).equals(stored.recordHash)).toBe(true);
        seen[answer.status]++;
      });
    }
  }
  expect(seen.ranked).toBeGreaterThan(300);
  expect(seen.abstained).toBeGreaterThan(20);
});

test('the last bits of a number, which the machine decides, do not move the hash', async () => {
  const histories = goldenTexts(40).flatMap(([name, text]) => readBundleText(text, { case: name }).histories);
  const moved = (x: number | null, by: number) => (x === null ? null : x + by);
  let numbers = 0;
  for (const answer of await recommender.recommendBriefly(histories)) {
    const options = answer.options.map((o) => {
      if (o.utility !== null) numbers++;
      const benefit = o.benefit && { gainMonths: moved(o.benefit.gainMonths, 2e-9) };
      return { ...o, utility: moved(o.utility, 3e-11), benefit };
    });
    expect(hashOfRecord({ ...answer, options }).equals(hashOfRecord(answer))).toBe(true);
  }
  expect(numbers).toBeGreaterThan(20);
});

test('an answer that differs in one place of one option has another hash', async () => {
  const [[name, text] = ['', '']] = goldenTexts(1);
  const [answer] = await recommender.recommendBriefly(readBundleText(text, { case: name }).histories);
  const [first, ...others] = answer?.options ?? [];
  if (answer === undefined || first === undefined) throw new Error('a golden patient has an option');
  const other = { ...answer, options: [{ ...first, provisional: !first.provisional }, ...others] };
  expect(hashOfRecord(other).equals(hashOfRecord(answer))).toBe(false);
});
