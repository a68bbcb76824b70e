// New figures against stored ones, and which trial a document is of.
import { describe, expect, test } from 'vitest';
import { Study } from '../../../src/domain/corpus/study.js';
import { compareResults } from '../../../src/evidence/curate/compare-results.js';
import { knownStudies, samePublication } from '../../../src/evidence/curate/known-studies.js';

const study = Study.parse({
  id: 'trial-1',
  name: 'TRIAL-1',
  year: 2020,
  journal: 'J',
  nct: 'NCT00000001',
  pmid: '111',
  verified: { unverified: 'test' },
  phase: '3',
  design: 'randomised',
  cancer: 'nsclc',
  population: 'all',
  arms: [
    { id: 'x', name: 'X' },
    { id: 'p', name: 'P' },
  ],
  results: [
    {
      outcome: 'OS',
      arms: ['x', 'p'],
      effect: { measure: 'HR', value: 0.8, low: 0.6, high: 1 },
      medians: { x: { months: 20 }, p: { months: 15 } },
    },
    { outcome: 'PFS', arms: ['x', 'p'], effect: { measure: 'HR', value: 0.5 }, source: { pmid: '222' } },
    { outcome: 'OS', arms: ['x', 'p'], state: 'superseded', effect: { measure: 'HR', value: 0.9 } },
  ],
});

describe('compare results', () => {
  test('shows a later cut as a conflict with the current figure of the same question', () => {
    const [os] = compareResults(study, [
      { outcome: 'OS', arms: ['x', 'p'], effect: { measure: 'HR', value: 0.75, low: 0.6, high: 0.94 } },
    ]);
    expect(os).toMatchObject({
      stored: 0,
      same: false,
      conflicts: [
        { at: 'effect', stored: 'HR 0.8 (0.6 to 1), x against p', found: 'HR 0.75 (0.6 to 0.94), x against p' },
      ],
    });
  });

  test('knows the same figures again, though fewer', () => {
    const [os, pfs] = compareResults(study, [
      { outcome: 'OS', arms: ['x', 'p'], medians: { x: { months: 20 } } },
      { outcome: 'PFS', arms: ['x', 'p'], effect: { measure: 'HR', value: 0.5 } },
    ]);
    expect([os?.same, pfs?.same]).toEqual([true, true]);
  });

  test('calls a ratio of the arms turned round another figure, and a subgroup a new question', () => {
    const [turned, subgroup] = compareResults(study, [
      { outcome: 'PFS', arms: ['p', 'x'], effect: { measure: 'HR', value: 0.5 } },
      {
        outcome: 'OS',
        population: 'PD-L1 high',
        arms: ['x', 'p'],
        effect: { measure: 'HR', value: 0.8, low: 0.6, high: 1 },
      },
    ]);
    expect(turned?.conflicts).toHaveLength(1);
    expect(subgroup).toMatchObject({ stored: undefined, same: false });
  });
});

describe('known studies', () => {
  const corpus = {
    cancers: [
      {
        studies: [study, { ...study, id: 'other', name: 'KEYNOTE-189', nct: 'NCT00000002', pmid: '333', results: [] }],
      },
    ],
  } as never;

  test('are found by registry number, by PMID of the study or of a result, and by name as a hint', () => {
    expect(knownStudies(corpus, { pmid: null, nct: ['NCT00000001'], name: null })).toEqual([
      { study: 'trial-1', by: 'nct NCT00000001' },
    ]);
    expect(knownStudies(corpus, { pmid: '222', nct: [], name: null })).toEqual([{ study: 'trial-1', by: 'pmid 222' }]);
    expect(knownStudies(corpus, { pmid: null, nct: [], name: 'Keynote 189' })).toEqual([
      { study: 'other', by: 'name KEYNOTE-189, 2020' },
    ]);
    expect(knownStudies(corpus, { pmid: '999', nct: ['NCT99999999'], name: 'X' })).toEqual([]);
  });

  test('give the strongest clue once, and a name of another age is another trial', () => {
    expect(knownStudies(corpus, { pmid: '111', nct: ['NCT00000001'], name: 'TRIAL 1' })).toEqual([
      { study: 'trial-1', by: 'pmid 111' },
    ]);
    expect(knownStudies(corpus, { pmid: null, nct: [], name: 'TRIAL-1', year: 1990 })).toEqual([]);
  });

  test('the very publication is told from the trial', () => {
    expect(samePublication(corpus, '222')?.id).toBe('trial-1');
    expect(samePublication(corpus, '999')).toBeUndefined();
    expect(samePublication(corpus, null)).toBeUndefined();
  });
});
