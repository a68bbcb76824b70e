// Calibration on a made-up network whose truth is known: what is tested never takes part in the prediction, and misses are counted.
import { describe, expect, it } from 'vitest';
import type { ObservedTrial } from '../../../src/domain/corpus/calibration.js';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import { Study } from '../../../src/domain/corpus/study.js';
import { calibrationOf } from '../../../src/evidence/calibrate/calibration-of.js';
import { calibrationReport } from '../../../src/evidence/calibrate/calibration-report.js';
import { withoutStudies } from '../../../src/evidence/calibrate/leave-out.js';
import { observeTrial } from '../../../src/evidence/calibrate/observe-trial.js';
import { predictedSurvival } from '../../../src/evidence/calibrate/predict-survival.js';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import { survival } from '../../../src/stats/parametric-survival.js';
import { plain, studies } from '../small-network.js';

const corpus = (all: readonly Study[], network = plain): Corpus => ({
  hash: 'made-up',
  cancers: [{ profile: { id: 'TEST' } as never, studies: all, regimens: [], indications: [], networks: [network] }],
  drugs: [],
  classes: [],
  safety: [],
  screening: [],
  protocols: [],
  vocabulary: {} as never,
});

const seen = (node: string, months: number, share: number): ObservedTrial['observed'][number] => ({
  node,
  n: 100,
  events: 50,
  milestones: [{ months, survival: share, se: 0.05, atRisk: 40 }],
});

const trial = (more: Partial<ObservedTrial>): ObservedTrial => ({
  trial: 'SEEN_1',
  without: [],
  network: plain.id,
  arms: {},
  outcome: 'OS',
  observed: [],
  ...more,
});

describe('predicted survival', () => {
  const synthesis = fitNetwork(plain, studies);
  if (!('fitted' in synthesis)) throw new Error('not fitted');
  const compiled = compileNetwork(synthesis.fitted, { seed: 1 });
  it('is the baseline curve at any month, averaged over its uncertainty', () => {
    for (const months of [7, 12, 24, 36]) {
      const predicted = predictedSurvival(compiled, 'old', months);
      expect(Math.abs((predicted ?? NaN) - survival(synthesis.fitted.baseline.curve, months))).toBeLessThan(0.005);
    }
  });
  it('is null beyond the horizon and for a regimen that is not there', () => {
    expect(predictedSurvival(compiled, 'old', compiled.horizonMonths + 1)).toBeNull();
    expect(predictedSurvival(compiled, 'elsewhere', 12)).toBeNull();
  });
});

describe('leaving a trial out', () => {
  it('takes its baseline from another trial, the largest with published points', () => {
    const other = Study.parse({
      ...studies.find((s) => s.id === 'two'),
      results: [
        {
          outcome: 'OS',
          arms: ['new', 'old'],
          effect: { measure: 'HR', value: 0.85, low: 0.68, high: 1.06 },
          medians: { old: { months: 20 } },
          followUpMonths: 66,
        },
      ],
    });
    const network = { ...plain, trials: [{ study: 'one' }, { study: 'two' }] };
    const left = withoutStudies(network, [...studies.filter((s) => s.id !== 'two'), other], ['one']);
    expect(left).toMatchObject({ network: { trials: [{ study: 'two' }], baseline: { study: 'two', arm: 'old' } } });
  });
  it('says so when nothing is left', () => {
    const only = { ...plain, trials: [{ study: plain.baseline.study }] };
    expect(withoutStudies(only, studies, [plain.baseline.study])).toMatchObject({
      why: expect.stringContaining('nothing'),
    });
  });
});

describe('calibration', () => {
  it('measures the distance, whether the interval holds it, and the sign of the effect', () => {
    const fit = fitNetwork(plain, studies);
    if (!('fitted' in fit)) throw new Error('not fitted');
    const truth = predictedSurvival(compileNetwork(fit.fitted, { seed: 1 }), 'old', 12) ?? NaN;
    const c = calibrationOf(corpus(studies), [
      trial({ trial: 'NEAR_1', observed: [seen('old', 12, truth + 0.02)] }),
      trial({ trial: 'FAR_1', observed: [seen('old', 12, truth - 0.3)] }),
      trial({
        trial: 'WRONG_1',
        near: 'made up',
        observed: [],
        effect: { node: 'new', against: 'old', logHr: 0.2, se: 0.1 },
      }),
    ]);
    expect(c.ici12).toBeCloseTo(0.16, 5);
    expect(c.bias).toBeCloseTo(0.14, 5);
    expect([c.covered, c.points]).toEqual([1, 2]);
    expect([c.signRight, c.signTested]).toEqual([0, 1]);
    expect(c.exact.signTested).toBe(0);
    expect(c.ici24).toBeNull();
  });
  it('never lets a trial predict itself', () => {
    const network = { ...plain, trials: [{ study: 'one' }, { study: 'two' }] };
    const moved = (value: number): readonly Study[] =>
      studies.map((s) =>
        s.id === 'two'
          ? Study.parse({
              ...s,
              results: [
                {
                  outcome: 'OS',
                  arms: ['new', 'old'],
                  effect: { measure: 'HR', value, low: value * 0.9, high: value * 1.1 },
                  followUpMonths: 66,
                },
              ],
            })
          : s,
      );
    const of = (value: number) =>
      calibrationOf(corpus(moved(value), network), [
        trial({
          study: 'two',
          observed: [seen('new', 12, 0.8)],
          effect: { node: 'new', against: 'old', logHr: -0.1, se: 0.1 },
        }),
      ]);
    expect(of(0.5).rows).toEqual(of(1.5).rows);
    expect(of(0.5).rows.survival).toHaveLength(1);
    expect(of(0.5).reproduced).not.toEqual(of(1.5).reproduced);
  });
  it('lists what cannot be tested with the reason', () => {
    const c = calibrationOf(corpus(studies), [
      trial({ trial: 'A', network: 'elsewhere' }),
      trial({ trial: 'B', observed: [seen('unheard-of', 12, 0.5)] }),
    ]);
    expect(c.notTested.map((n) => n.why)).toEqual([
      'the corpus has no network elsewhere',
      'only this trial knows the regimen',
    ]);
    expect(c.ici12).toBeNull();
    expect(
      calibrationReport(c, { date: '2026-11-29', model: 'm@1', corpusHash: 'made-up', observed: [], plot: 'p.svg' }),
    ).toContain('- B, `unheard-of`: only this trial knows the regimen');
  });
});

describe('observing a trial', () => {
  const patients = Array.from({ length: 60 }, (_, i) => ({
    months: i + 1,
    event: i % 3 !== 0,
    arm: i % 2 === 0 ? 'x' : 'y',
  }));
  const mapping = { trial: 'T', network: 'n', without: [], arms: { x: 'new', y: 'old' } };
  it('tells survival while ten are at risk, and the log hazard ratio of the first arm against the second', () => {
    const seenTrial = observeTrial(mapping, patients, { outcome: 'OS' });
    expect(seenTrial.observed.map((o) => o.milestones.map((m) => m.months))).toEqual([
      [12, 24, 36],
      [12, 24, 36],
    ]);
    const turned = observeTrial({ ...mapping, arms: { y: 'old', x: 'new' } }, patients, { outcome: 'OS' });
    expect(seenTrial.effect?.logHr).toBeCloseTo(-(turned.effect?.logHr ?? NaN), 6);
    const few = observeTrial(mapping, patients.slice(0, 30), { outcome: 'OS' });
    expect(few.observed[0]?.milestones.map((m) => m.months)).toEqual([]);
  });
  it('names the arm that is not there', () => {
    expect(() => observeTrial({ ...mapping, arms: { z: 'new' } }, patients, { outcome: 'OS' })).toThrow(/no arm z/);
  });
});
