// From trials to a fitted network: what is used, what is left out and why, certainty, horizon.
import { describe, expect, it } from 'vitest';
import type { Study } from '../../../src/domain/corpus/study.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import type { FittedNetwork } from '../../../src/evidence/synthesize/outcome-network.js';
import { network, plain, studies } from '../small-network.js';

function fitted(from: readonly Study[] = studies, of = network): FittedNetwork {
  const synthesis = fitNetwork(of, from);
  if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
  return synthesis.fitted;
}

const node = (of: FittedNetwork, id: string) => of.nodes.find((n) => n.id === id);

const changed = (id: string, change: (s: Study) => Study): Study[] => studies.map((s) => (s.id === id ? change(s) : s));

describe('fitNetwork', () => {
  it('pools two trials of the same pair by inverse variance when they agree', () => {
    const of = fitted(studies, { ...network, trials: [{ study: 'one' }, { study: 'two' }] });
    const [a, b] = [Math.log(0.7), Math.log(0.85)];
    const se = (low: number, high: number): number => Math.log(high / low) / 3.919927969;
    const [v, w] = [se(0.56, 0.88) ** 2 + of.tau2, se(0.68, 1.06) ** 2 + of.tau2];
    expect(node(of, 'new')?.effect).toBeCloseTo((a / v + b / w) / (1 / v + 1 / w), 6);
  });
  it('says about how many events stand behind an interval when they are not published', () => {
    // HR 0.70 (0.56-0.88): se = ln(0.88 / 0.56) / 3.92 = 0.1153, 4 / se^2 = 301. The three arms of "four": 3 x mean of 2 / se^2.
    const trials = fitted().trials;
    const implied = (id: string): number | null | undefined => trials.find((t) => t.study === id)?.impliedEvents;
    expect(implied('one')).toBe(301);
    const se = (low: number, high: number): number => Math.log(high / low) / 3.919927969;
    const byArm = [se(0.65, 0.98), se(0.78, 1.16)].map((x) => 2 / x ** 2);
    expect(implied('four')).toBe(Math.round((3 * ((byArm[0] ?? 0) + (byArm[1] ?? 0))) / 2));
    expect(trials.find((t) => t.study === 'one')?.events).toBeNull();
  });
  it('takes strata of one trial as trials of their own, and never the whole beside a stratum', () => {
    const split = changed('two', (s) => ({
      ...s,
      results: ['with', 'without'].flatMap((population) => s.results.map((r) => ({ ...r, population }))),
    }));
    const strata = [
      { study: 'one' },
      { study: 'two', population: 'with' },
      { study: 'two', population: 'without', nodes: { new: 'newer', old: 'old' } },
    ];
    const of = fitted(split, { ...network, trials: strata });
    expect(of.nodes.map((n) => n.id)).toEqual(['new', 'newer', 'old']);
    expect(node(of, 'newer')?.effect).toBeCloseTo(Math.log(0.85), 6);
    const whole = [{ study: 'one' }, { study: 'two' }, { study: 'two', population: 'with' }];
    const both = changed('two', (s) => ({
      ...s,
      results: [...s.results, ...s.results.map((r) => ({ ...r, population: 'with' }))],
    }));
    expect(fitNetwork({ ...network, trials: whole }, both)).toMatchObject({
      refused: { reasons: expect.arrayContaining([expect.stringContaining('given more than once')]) },
    });
  });
  it('leaves out a retracted trial and says so', () => {
    const of = fitted(changed('two', (s) => ({ ...s, retracted: { on: '2021-01-01', why: 'invented' } })));
    expect(of.remarks).toContain('two left out: retracted on 2021-01-01: invented');
    expect(of.trials.map((t) => t.study)).not.toContain('two');
  });
  it('leaves out a trial without figures and keeps the others', () => {
    expect(fitted().remarks.join()).toContain('empty left out: no usable hazard ratio');
  });
  it('refuses when the baseline arm has no published figure', () => {
    const bare = changed('one', (s) => ({
      ...s,
      results: s.results.map(({ medians: _medians, milestones: _milestones, ...r }) => r),
    }));
    expect(fitNetwork(plain, bare)).toMatchObject({ refused: { id: 'a-plain-network' } });
  });
  it('marks a node that only reaches the reference through another as indirect', () => {
    const newest = node(fitted(), 'newest');
    expect(newest?.direct).toBe(false);
    expect(newest?.reasons.join()).toContain('indirectness: no trial compares it with the reference itself');
  });
  it('uses the arms own curves where hazards cross, and withholds numbers where they are not recorded', () => {
    const of = fitted();
    expect(node(of, 'immune')?.shape).toBeDefined();
    expect(node(of, 'immune-two')?.withheld).toContain('DARK');
  });
  it('gives correlated effects to the arms of one trial', () => {
    const of = fitted();
    const [i, j] = ['triple-a', 'triple-b'].map((id) => of.nodes.findIndex((n) => n.id === id));
    expect(of.covariance[i ?? -1]?.[j ?? -1]).toBeGreaterThan(0);
  });
  it('cuts the horizon to the shortest follow-up', () => {
    const short = changed('three', (s) => ({
      ...s,
      results: s.results.map((r) => ({ ...r, followUpMonths: 20.9 })),
    }));
    expect(fitted(short).horizonMonths).toBe(20);
  });
  it('pools harm by patients', () => {
    expect(node(fitted(), 'new')).toMatchObject({ harm: 0.4, harmPatients: 200 });
    expect(node(fitted(), 'triple-a')?.harm).toBeNull();
  });
  it('lowers the certainty of an open trial whose outcome an observer judges', () => {
    const progression = studies.map((s) => ({
      ...s,
      results: s.results.map((r) => ({ ...r, outcome: 'PFS' as const })),
    }));
    const of = fitted(progression, { ...plain, outcome: 'PFS' });
    expect(node(of, 'new')).toMatchObject({ certainty: 'moderate' });
  });
});
