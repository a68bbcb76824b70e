// From what extraction read to the values of a draft, and from settled values to a record.
import { describe, expect, test } from 'vitest';
import type { ExtractedResult } from '../../../src/domain/literature.js';
import { doubts } from '../../../src/evidence/curate/doubts.js';
import type { DraftValue } from '../../../src/evidence/curate/draft-state.js';
import { monthsOf, propose, type ReadDocument } from '../../../src/evidence/curate/propose.js';
import { newStudy } from '../../../src/evidence/curate/study-record.js';

const result = (given: Partial<ExtractedResult>): ExtractedResult => ({
  measure: 'HR',
  value: 1,
  low: null,
  high: null,
  level: null,
  p: null,
  outcome: 'OS',
  at: null,
  unit: null,
  intervention: 'drug X',
  comparator: 'placebo',
  direction: null,
  subgroup: null,
  span: { start: 10, end: 20 },
  ...given,
});

const read = (results: readonly ExtractedResult[]): ReadDocument => ({
  document: {
    document: 'x.txt',
    pmid: '123',
    text: 'A trial of X\nAbstract',
    titleLength: 12,
    publicationTypes: [],
    registry: [],
    faults: [],
  },
  trial: {
    name: 'TRIAL-1',
    nct: ['NCT00000001'],
    phase: '3',
    n: 300,
    population: 'adults with cancer',
    arms: ['Drug X', 'placebo'],
    medianFollowUp: null,
  },
  results,
  triage: {
    design: 'randomised',
    randomised: true,
    oncology: true,
    cancers: ['nsclc'],
    oncotree: ['NSCLC'],
    comparesTreatments: true,
    probability: { design: 0.9, randomised: 0.9, oncology: 1, comparesTreatments: 1 },
    basis: 'text',
    doubtful: false,
  },
});
const values = (results: readonly ExtractedResult[]) =>
  Object.fromEntries(propose(read(results), () => undefined).values.map((v) => [v.field, v.value]));

describe('propose', () => {
  test('puts every number at its field, with its span', () => {
    const found = propose(
      read([
        result({ value: 0.57, low: 0.44, high: 0.75, level: 95, p: '<0.001' }),
        result({ measure: 'median', value: 18.9, unit: 'months', outcome: 'PFS', intervention: 'drug X' }),
        result({ measure: 'median', value: 1.5, unit: 'years', outcome: 'PFS', intervention: 'placebo' }),
        result({ measure: 'rate', value: 71, unit: '%', at: '2-year', intervention: 'the placebo group' }),
        result({ measure: 'rate', value: 45, unit: '%', outcome: 'ORR' }),
        result({ measure: 'rate', value: 30, unit: '%', outcome: 'grade 3-5 adverse events' }),
        result({ value: 0.4, subgroup: 'PD-L1 high' }),
      ]),
      (arm) => (arm === 'Drug X' ? 'drug-x' : undefined),
    );
    const byField = Object.fromEntries(found.values.map((v) => [v.field, v]));
    expect(byField['OS.effect']).toMatchObject({
      value: 'HR 0.57 (0.44 to 0.75) p <0.001',
      span: { start: 10, end: 20 },
    });
    expect(byField['PFS.median.a']).toMatchObject({ value: '18.9' });
    expect(byField['PFS.median.b']).toMatchObject({ value: '18', note: '1.5 years in the text' });
    expect(byField['OS.at.24.b']).toMatchObject({ value: '71%' });
    expect(byField['ORR.rate.a']).toMatchObject({ value: '45%' });
    expect(byField['harm.a']).toMatchObject({ value: '30%' });
    expect(byField['OS/PD-L1 high.effect']).toMatchObject({ value: 'HR 0.4' });
    expect(byField['arm.a.regimen']).toMatchObject({ value: 'drug-x' });
    expect(byField).toMatchObject({
      name: { value: 'TRIAL-1' },
      nct: { value: 'NCT00000001' },
      pmid: { value: '123' },
      cancer: { value: 'nsclc' },
      phase: { value: '3' },
    });
    expect(found.leftOut).toEqual([]);
  });

  test('leaves out with the reason what it cannot place, and never turns an effect round', () => {
    const { values: kept, leftOut } = propose(
      read([
        result({ outcome: null }),
        result({ outcome: 'quality of life' }),
        result({ intervention: 'placebo', comparator: 'drug X' }),
        result({ measure: 'median', value: 3, unit: 'cycles' }),
        result({ measure: 'rate', value: 20, unit: '%', at: null }),
        result({ value: 0.8 }),
        result({ value: 0.7 }),
      ]),
      () => undefined,
    );
    expect(kept.filter(({ field }) => field === 'OS.effect').map(({ value }) => value)).toEqual(['HR 0.8']);
    expect(leftOut.map(({ why }) => why)).toEqual([
      'which outcome it is of could not be told',
      '"quality of life" is no outcome of a study record',
      'it compares the arms the other way round; enter it by hand if it is to be kept',
      'a median in "cycles"',
      'at which time it holds could not be told',
      'OS.effect was read before',
    ]);
  });

  test('words taken for a third arm are dropped unless a figure is of it', () => {
    const odd = result({
      measure: 'rate',
      value: 80,
      unit: '%',
      outcome: null,
      intervention: 'reported no pain',
      comparator: null,
    });
    expect(values([odd])).not.toHaveProperty('arm.c');
    expect(values([{ ...odd, outcome: 'ORR' }])).toMatchObject({ 'arm.c': 'reported no pain', 'ORR.rate.c': '80%' });
  });

  test('a text with one treatment has one arm', () => {
    const { trial, ...rest } = read([
      result({ measure: 'rate', value: 45, unit: '%', outcome: 'ORR', intervention: null, comparator: null }),
    ]);
    const found = propose({ ...rest, trial: { ...trial, arms: [] } }, () => undefined);
    expect(found.values).toContainEqual(expect.objectContaining({ field: 'arm.a', value: 'all patients' }));
    expect(found.values).toContainEqual(expect.objectContaining({ field: 'ORR.rate.a', value: '45%' }));
  });

  test('times are months', () => {
    expect([monthsOf('5-year'), monthsOf('18 months'), monthsOf('24 weeks'), monthsOf(null)]).toEqual([
      60,
      18,
      5.5,
      undefined,
    ]);
  });
});

describe('new study', () => {
  const settled = (given: Record<string, string>): DraftValue[] =>
    Object.entries(given).map(([field, value]) => ({ field, value, proposed: undefined, verdict: 'accepted' }));
  const checked = { how: 'read', where: 'PubMed 123', on: '2026-11-29' };
  const whole = {
    ...values([
      result({ value: 0.57, low: 0.44, high: 0.75, level: 95 }),
      result({ measure: 'rate', value: 71.3, low: 60, high: 80, unit: '%', at: '2-year' }),
    ]),
    year: '2024',
    journal: 'J Test',
    'arm.a.n': '150',
    'harm.b': '12%',
  };

  test('is a record that fits the schema', () => {
    expect(newStudy(settled(whole), 'trial-1', checked)).toEqual({
      made: {
        id: 'trial-1',
        name: 'TRIAL-1',
        title: 'A trial of X',
        year: 2024,
        journal: 'J Test',
        nct: 'NCT00000001',
        pmid: '123',
        phase: '3',
        design: 'randomised',
        cancer: 'nsclc',
        population: 'adults with cancer',
        verified: checked,
        arms: [
          { id: 'drug-x', name: 'Drug X', n: 150 },
          { id: 'placebo', name: 'placebo' },
        ],
        results: [
          {
            outcome: 'OS',
            arms: ['drug-x', 'placebo'],
            effect: { measure: 'HR', value: 0.57, low: 0.44, high: 0.75 },
            milestones: [{ arm: 'drug-x', months: 24, proportion: 0.713, low: 0.6, high: 0.8 }],
          },
        ],
        harm: [{ arm: 'placebo', grade3Plus: 0.12 }],
      },
    });
  });

  test('names everything that is missing at once', () => {
    const { year: _, journal: __, 'arm.b': ___, ...less }: Record<string, string> = whole;
    const made = newStudy(settled(less), 'trial-1', checked);
    expect('faults' in made && made.faults.map(({ place }) => place)).toEqual(['year', 'journal', 'arm.b']);
  });
});

describe('doubts', () => {
  const pending = (field: string, value: string): DraftValue => ({
    field,
    value,
    proposed: undefined,
    verdict: 'pending',
  });

  test('are raised when ratio and medians contradict each other, and only then', () => {
    const wrong = [pending('OS.effect', 'HR 0.75'), pending('OS.median.a', '9'), pending('OS.median.b', '12')];
    expect(doubts(wrong)).toEqual([expect.stringContaining('wrong way round')]);
    expect(doubts([pending('OS.effect', 'HR 1.3'), ...wrong.slice(1)])).toEqual([]);
    expect(doubts([pending('PFS.effect', 'HR 0.75'), ...wrong.slice(1)])).toEqual([]);
    expect(doubts(wrong.map((v) => (v.field === 'OS.effect' ? { ...v, verdict: 'rejected' as const } : v)))).toEqual(
      [],
    );
  });
});
