// Log hazard ratios by each route that a publication may allow.
import { describe, expect, it } from 'vitest';
import { StudyResult } from '../../../src/domain/corpus/study.js';
import { trialEffect } from '../../../src/evidence/synthesize/trial-effect.js';

const result = (more: object): StudyResult => StudyResult.parse({ outcome: 'OS', arms: ['a', 'b'], ...more });

describe('trialEffect', () => {
  it('takes the standard error from the interval', () => {
    const effect = trialEffect(result({ effect: { measure: 'HR', value: 0.6, low: 0.5, high: 0.72 } }));
    expect(effect?.effect).toBeCloseTo(Math.log(0.6), 12);
    expect(effect?.se).toBeCloseTo((Math.log(0.72) - Math.log(0.5)) / 3.919927969, 8);
    expect(effect).toMatchObject({ derived: false, remarks: [] });
  });
  it('respects an interval of another level', () => {
    const effect = trialEffect(result({ effect: { measure: 'HR', value: 0.6, low: 0.5, high: 0.72, level: 0.99 } }));
    expect(effect?.se).toBeCloseTo((Math.log(0.72) - Math.log(0.5)) / (2 * 2.5758293035), 8);
  });
  it('takes the standard error from p when there is no interval', () => {
    const effect = trialEffect(result({ effect: { measure: 'HR', value: 0.7, p: '0.01' } }));
    expect(effect?.se).toBeCloseTo(-Math.log(0.7) / 2.5758293035, 8);
    expect(effect?.remarks).toEqual(['standard error from p = 0.01']);
  });
  it('says that an inequality only bounds the standard error', () => {
    const effect = trialEffect(result({ effect: { measure: 'HR', value: 0.7, p: 'p < 0.001' } }));
    expect(effect?.remarks).toEqual(['standard error from p < 0.001 (an upper limit of it)']);
  });
  it('derives the ratio from medians and events, flagged', () => {
    const effect = trialEffect(
      result({ medians: { a: { months: 20 }, b: { months: 10 } }, events: { a: 100, b: 100 } }),
    );
    expect(effect?.effect).toBeCloseTo(Math.log(0.5), 12);
    expect(effect?.se).toBeCloseTo(Math.sqrt(0.02), 12);
    expect(effect?.derived).toBe(true);
  });
  it('derives the ratio from survival at the latest common milestone', () => {
    const milestones = [
      { arm: 'a', months: 24, proportion: 0.6 },
      { arm: 'b', months: 24, proportion: 0.4 },
    ];
    const effect = trialEffect(result({ milestones, n: { a: 100, b: 100 } }));
    expect(effect?.effect).toBeCloseTo(Math.log(Math.log(0.6) / Math.log(0.4)), 12);
  });
  it('gives nothing from an odds ratio alone', () => {
    expect(trialEffect(result({ effect: { measure: 'OR', value: 0.6, low: 0.5, high: 0.72 } }))).toBeUndefined();
  });
});
