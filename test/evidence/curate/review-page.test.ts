// The page of a draft.
import { expect, test } from 'vitest';
import { draftOf } from '../../../src/evidence/curate/draft-state.js';
import { markedText, reviewPage } from '../../../src/evidence/curate/review-page.js';

const who = { at: '2026-11-29T07:00:00Z', by: 'A', why: 'w' };
const text = 'Median OS was 12 v 9 months (HR 0.75).';
const draft = draftOf('d', [
  {
    event: 'found',
    ...who,
    document: 'x.txt',
    pmid: null,
    text: 'h',
    triage: { design: 'randomised', oncology: true, cancers: ['glioma'], doubtful: true },
  },
  {
    event: 'extracted',
    ...who,
    values: [
      { field: 'OS.median.a', value: '12', span: { start: 14, end: 16 } },
      { field: 'OS.median.b', value: '9', span: { start: 19, end: 20 } },
      { field: 'OS.effect', value: 'HR 0.75', span: { start: 29, end: 36 } },
      { field: 'cancer', value: 'glioma' },
    ],
    leftOut: [{ what: 'rate 20%', why: 'no arm' }],
    known: [{ study: 's', by: 'nct NCT00000001' }],
    warnings: [],
  },
  { event: 'corrected', ...who, field: 'OS.median.b', value: '9.5' },
]);

test('marks every value in the text where it was read, by its number', () => {
  expect(markedText(text, draft.values)).toBe('Median OS was [1: 12] v [2: 9] months ([3: HR 0.75]).');
});

test('spans that overlap share a bracket, and one beyond the text marks nothing', () => {
  const value = (start: number, end: number) => ({
    field: 'f',
    value: 'v',
    verdict: 'pending' as const,
    proposed: { field: 'f', value: 'v', span: { start, end } },
  });
  expect(markedText('abcdef', [value(0, 3), value(2, 5), value(4, 99)])).toBe('[1,2: abcde]f');
});

test('shows verdicts, what was read before a correction, what is known and what is left over', () => {
  const page = reviewPage({ draft, text, doubts: ['odd'], comparisons: [] });
  expect(page).toContain('randomised (doubtful), oncology, glioma');
  expect(page).toMatch(/2 \* OS\.median\.b +9\.5 {3}\(read as 9\)/);
  expect(page).toMatch(/1 \? OS\.median\.a +12/);
  expect(page).toContain('s (nct NCT00000001)');
  expect(page).toContain('rate 20%: no arm');
  expect(page).toContain('odd');
});

test('says so when the text is not at hand', () => {
  expect(reviewPage({ draft, text: undefined, doubts: [], comparisons: [] })).toContain('not on this machine');
});
