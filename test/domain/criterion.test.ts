// What may be written as a criterion, and what it is read as.
import { describe, expect, test } from 'vitest';
import { atoms, Criterion } from '../../src/domain/corpus/criterion.js';

describe('Criterion', () => {
  test('reads a bare number as exactly that and a bare word as a list of one', () => {
    expect(Criterion.parse({ line: 2 })).toEqual({ op: 'value', name: 'line', range: { min: 2, max: 2 } });
    expect(Criterion.parse({ menopause: 'post' })).toEqual({ op: 'value', name: 'menopause', is: ['post'] });
  });

  test('reads several keys of one mapping as all of them, and several biomarkers likewise', () => {
    expect(Criterion.parse({ ecog: { max: 2 }, biomarker: { ER: 'positive', HER2: 'negative' } })).toEqual({
      op: 'all',
      parts: [
        { op: 'value', name: 'ecog', range: { max: 2 } },
        { op: 'biomarker', name: 'ER', is: ['positive'] },
        { op: 'biomarker', name: 'HER2', is: ['negative'] },
      ],
    });
  });

  test('keeps nesting of not, unless, any and all', () => {
    const criterion = Criterion.parse({
      any: [{ not: { unless: { condition: 'pregnancy' } } }, { all: [{ stage: 'II' }] }],
    });
    expect(atoms(criterion).map((atom) => atom.op)).toEqual(['condition', 'stage']);
  });

  test.each([
    ['an empty criterion', {}],
    ['an empty list', { any: [] }],
    ['a therapy key that does not exist', { prior: { drugs: 'letrozole' } }],
    ['a range with a word in it', { ecog: { max: 'two' } }],
    ['a boolean', { metastatic: true }],
  ])('refuses %s', (_words, written) => {
    expect(Criterion.safeParse(written).success).toBe(false);
  });
});
