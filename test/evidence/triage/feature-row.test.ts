// What the classifier sees of a text.
import { expect, test } from 'vitest';
import { triageColumns } from '../../../src/evidence/triage/feature-row.js';
import { stemsOf } from '../../../src/evidence/triage/stems.js';

const columns = triageColumns({
  cues: ['randomized', 'non randomized', 'randomized trials', 'single arm', '2:1'],
  subject: ['tumor'],
  statements: { other: ['mice', 'in rats'] },
});
const seen = (title: string, abstract = ''): string[] =>
  columns.read({ title, abstract }, (text) => /cancer/i.test(text)).map((c) => columns.names[c] ?? '');

test('reads British and American spelling alike', () => {
  expect(stemsOf('Randomised tumours, leukaemia')).toEqual(stemsOf('randomized tumors, leukemia'));
  expect(seen('A randomised trial')).toEqual(seen('A randomized trial'));
});

test('takes the longest phrase alone, so that "non-randomised" is not randomised', () => {
  expect(seen('A non-randomised trial')).toEqual(['non randomized @ title', 'non randomized @ anywhere']);
});

test('keeps what should be done next apart from what was done', () => {
  const found = seen('Single-arm study', 'We treated 20 people. All did well. Randomised trials are needed.');
  expect(found).toContain('randomized trials @ outlook');
  expect(found).not.toContain('randomized trials @ anywhere');
  expect(found).toContain('single arm @ title');
});

test('keeps a ratio of allocation whole and names a cancer', () => {
  const found = seen('Lung cancer', 'Background. We went on. They were divided 2:1. It worked. No more. End of it.');
  expect(found).toContain('2:1 @ body');
  expect(found).toContain('a cancer of the vocabulary @ title');
});

test('keeps words of the subject apart from words of design', () => {
  const [tumor] = columns.read({ title: 'A tumour', abstract: '' }, () => false);
  const [design] = columns.read({ title: 'Single-arm', abstract: '' }, () => false);
  expect(tumor !== undefined && columns.ofSubject(tumor)).toBe(true);
  expect(design !== undefined && columns.ofSubject(design)).toBe(false);
  expect(columns.ofSubject(0)).toBe(false);
});

test('gives all phrases of a group one column', () => {
  expect(seen('Growth in rats')).toEqual(['says other @ title', 'says other @ anywhere']);
  expect(seen('Growth in mice')).toEqual(seen('Growth in rats'));
});

test('gives no column for an empty text', () => {
  expect(seen('', '')).toEqual([]);
});
