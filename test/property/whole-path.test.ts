// 2,000 broken Bundles through the whole path: read, normalise, prepare, score, decide, print. No exception, no hang, every fault
// placed, and every record that comes out keeps the laws: see test/cli/record-schema.ts.
import { beforeAll, expect, test } from 'vitest';
import { readBundleText } from '../../src/adapters/fhir/read-bundle-text.js';
import type { Recommender } from '../../src/app/recommend.js';
import type { CaseRecord } from '../../src/domain/recommendation.js';
import { renderHtml } from '../../src/report/html/record.js';
import { renderText } from '../../src/report/text.js';
import { mutateBundle, seeded } from '../adapters/fhir/mutate.js';
import { examples, sampleBundle } from '../adapters/fhir/sample-bundle.js';
import { breaches, CaseRecord as Promised } from '../cli/record-schema.js';
import { goldenTexts, openRecommender, simulatedTexts } from './patients.js';

const COUNT = 2000;
/** Far above any real time (tens of milliseconds), far below a hang. */
const SLOWEST_MS = 10_000;

let recommender: Recommender;
beforeAll(() => {
  recommender = openRecommender();
});

function keepsThePromise(record: CaseRecord, what: string): void {
  const { success, error, data } = Promised.safeParse(record);
  expect(success ? '' : `${what}: ${error.message}`).toBe('');
  if (data !== undefined) expect(breaches(data), what).toEqual([]);
  expect(JSON.stringify(record), what).not.toMatch(/\bNaN\b|\bInfinity\b/);
  for (const page of [renderText(record), renderHtml(record)]) {
    expect(page).not.toBe('');
    expect(page, what).not.toMatch(/\b(undefined|NaN|Infinity)\b|\[object /);
  }
}

test('answers every one of 2,000 mutated Bundles with lawful records or with placed faults', {
  timeout: 180_000,
}, async () => {
  const texts = [
    ['sample', JSON.stringify(sampleBundle())] as const,
    ...goldenTexts(),
    ...simulatedTexts(40, 11),
    ...examples(),
  ];
  const random = seeded(20260602);
  const answers = { error: 0, ranked: 0, abstained: 0 };
  for (let i = 0; i < COUNT; i++) {
    const [name = '', text = ''] = texts[i % texts.length] ?? [];
    const what = `mutation ${i} of ${name}`;
    const begun = performance.now();
    const { histories, faults } = readBundleText(damaged(text, random), { case: `m${i}` });
    expect(histories.length > 0 || faults.length > 0, what).toBe(true);
    const records: CaseRecord[] = [];
    try {
      if (faults.length > 0) records.push({ case: `m${i}`, status: 'error', faults });
      else records.push(...(await recommender.recommendMany(histories, { tryMissing: i % 10 === 0 })));
    } catch (error) {
      throw new Error(`${what} was not answered`, { cause: error });
    }
    for (const record of records) {
      answers[record.status]++;
      keepsThePromise(record, what);
    }
    expect(performance.now() - begun, what).toBeLessThan(SLOWEST_MS);
  }
  // All kinds of answer are there: the test would be worth little otherwise.
  expect(answers.error).toBeGreaterThan(COUNT / 20);
  expect(answers.ranked).toBeGreaterThan(COUNT / 10);
  expect(answers.abstained).toBeGreaterThan(COUNT / 50);
});

/** Lines that the simulation itself has cut off cannot be mutated as JSON; they are broken enough. */
function damaged(text: string, random: () => number): string {
  try {
    return mutateBundle(text, random);
  } catch {
    return text;
  }
}

test('keeps the laws for golden and simulated patients, every question asked', { timeout: 120_000 }, async () => {
  for (const [name, text] of [...goldenTexts(), ...simulatedTexts(150, 5)]) {
    const { histories, faults } = readBundleText(text, { case: name });
    if (faults.length > 0) continue;
    for (const record of await recommender.recommendMany(histories)) keepsThePromise(record, name);
  }
});
