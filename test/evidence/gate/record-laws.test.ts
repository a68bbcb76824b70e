// The laws of safety that the gate counts breaches of: each is shown to find the breach that it is about.
import { describe, expect, it } from 'vitest';
import type { Option, Recommendation } from '../../../src/domain/recommendation.js';
import { clearedByForgetting, raised, recordBreaches } from '../../../src/evidence/gate/record-laws.js';
import { option, recordOf } from './records.js';

const laws = (o: Partial<Option>): readonly string[] => recordBreaches(recordOf([option(o)])).map((b) => b.law);
const barred = { verdict: 'contraindicated', rule: 'lvef-low', message: 'LVEF', sources: [] } as const;

describe('recordBreaches', () => {
  it('finds none when the option keeps the laws', () => {
    expect(laws({})).toEqual([]);
  });
  it('finds a contraindicated option above not-recommended', () => {
    expect(laws({ band: 'consider', safety: [barred] })).toEqual(['contraindicated-above-not-recommended']);
    expect(laws({ band: 'not-recommended', rank: null, safety: [barred] })).toEqual([]);
  });
  it('finds what is recommended on something unknown', () => {
    expect(laws({ criteria: [{ text: 'EGFR', state: 'unknown' }] })).toEqual(['unknown-recommended']);
    expect(laws({ safety: [{ ...barred, verdict: 'needs-data' }] })).toEqual(['needs-data-recommended']);
    expect(laws({ provisional: true })).toEqual(['provisional-recommended']);
  });
  it('finds evidence against, a wrong rank and a number outside its range', () => {
    expect(laws({ strength: 'weak-against' })).toEqual(['against-the-evidence-above-not-recommended']);
    expect(laws({ rank: 2 })).toEqual(['ranks-not-consecutive']);
    expect(laws({ band: 'not-recommended' })).toEqual(['rank-in-not-recommended']);
    expect(laws({ harm: { grade3Plus: 1.2 } })).toEqual(['number-out-of-range']);
  });
});

describe('laws that compare', () => {
  const whole: Recommendation = recordOf([option({ band: 'not-recommended', rank: null, safety: [barred] })]);
  it('find an option that safety rules lift', () => {
    expect(raised(whole, recordOf([option({})]), 'safety-promotes')).toHaveLength(1);
    expect(raised(recordOf([option({})]), whole, 'safety-promotes')).toEqual([]);
  });
  it('find a rule that asks and falls silent when its fact is forgotten', () => {
    const cleared = recordOf([option({})]);
    expect(clearedByForgetting(whole, cleared, 'lvef', () => true)).toMatchObject([{ law: 'unknown-clears' }]);
    expect(clearedByForgetting(whole, cleared, 'lvef', () => false)).toEqual([]);
    const asked = recordOf([option({ beforeFirstDose: ['LVEF'] })]);
    expect(clearedByForgetting(whole, asked, 'lvef', () => true)).toEqual([]);
  });
});
