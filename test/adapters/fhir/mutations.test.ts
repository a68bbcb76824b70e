// 2,000 broken Bundles: no exception, no hang, every fault placed, nothing half-done.
import { expect, test } from 'vitest';
import { readBundleText } from '../../../src/adapters/fhir/read-bundle-text.js';
import { mutateBundle, seeded } from './mutate.js';
import { examples, sampleBundle } from './sample-bundle.js';

const COUNT = 2000;

test('answers every one of 2,000 mutated Bundles with histories or with placed faults', () => {
  const texts = [JSON.stringify(sampleBundle()), ...examples().map(([, text]) => text)];
  const random = seeded(20260601);
  let faulty = 0;
  for (let i = 0; i < COUNT; i++) {
    const broken = mutateBundle(texts[i % texts.length] ?? '', random);
    const line = i % 2 === 0 ? { line: i + 1 } : {};
    const { histories, faults } = readBundleText(broken, { case: `m${i}`, ...line });
    expect(histories.length > 0 || faults.length > 0).toBe(true);
    if (faults.length > 0) {
      faulty++;
      expect(histories).toEqual([]);
    }
    for (const { place, message } of [...faults, ...histories.flatMap((h) => h.warnings)]) {
      expect(place).not.toBe('');
      expect(message).not.toBe('');
      if (line.line !== undefined) expect(place).toMatch(/^line \d+, /);
    }
  }
  // Both kinds of answer are there: the test would be worth little otherwise.
  expect(faulty).toBeGreaterThan(COUNT / 10);
  expect(faulty).toBeLessThan(COUNT);
});
