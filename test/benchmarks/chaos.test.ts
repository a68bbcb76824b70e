import { expect, it } from 'vitest';
import { sharesOf, unfit } from '../../benchmarks/chaos/outcome.js';

const of = (statuses: Record<string, number>) => ({
  statuses,
  recommendations: Object.values(statuses).reduce((sum, n) => sum + n, 0),
});

it('takes a run of answers for one that others can be compared with, and tells what it is made of', () => {
  expect(unfit(of({ ranked: 379, abstained: 121 }))).toEqual([]);
  expect(sharesOf(of({ ranked: 379, abstained: 121 }))).toBe('75.8 % ranked, 24.2 % abstained, 0.0 % error');
});

it('takes no run of errors, of abstentions or of nothing for one: equal errors are equal in every run', () => {
  expect(unfit(of({ error: 500 }))).toEqual([
    'only 0.0 % of the records have ranked options',
    '100.0 % of the records are errors',
  ]);
  expect(unfit(of({ ranked: 100, abstained: 400 }))).toHaveLength(1);
  expect(unfit(of({ ranked: 480, abstained: 10, error: 10 }))).toEqual(['2.0 % of the records are errors']);
  expect(unfit(of({}))).toHaveLength(1);
});
