// GRADE by fixed rules: where it starts, every reason down, and the one up.
import { describe, expect, it } from 'vitest';
import { type Evidence, grade } from '../../../src/evidence/synthesize/certainty.js';
import type { UsedResult } from '../../../src/evidence/synthesize/trial-contrasts.js';
import { studies } from '../small-network.js';

const [study] = studies;
const [result] = study?.results ?? [];
if (study === undefined || result === undefined) throw new Error('the small network has trials with results');

/** A blinded randomised trial with a published hazard ratio of survival. */
const trial = (of: Partial<typeof study> = {}, more: Partial<UsedResult> = {}): UsedResult =>
  ({
    study: { ...study, design: 'randomised', blinded: true, ...of },
    result: { ...result, outcome: 'OS' },
    derived: false,
    ...more,
  }) as UsedResult;
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  effect: Math.log(0.7),
  se: 0.1,
  direct: [trial()],
  path: [],
  i2: 0,
  heterogeneityP: 1,
  inconsistencyP: 1,
  ...more,
});
const seen = { study: { design: 'cohort' } } as const;

describe('certainty', () => {
  it.each<[string, Partial<Evidence>, string, RegExp | null]>([
    ['stays high where nothing speaks against it', {}, 'high', null],
    [
      'falls where an observer who knows the arm judges the outcome',
      { direct: [trial({ blinded: false }, { result: { ...result, outcome: 'PFS' } } as Partial<UsedResult>)] },
      'moderate',
      /risk of bias: .* not known to be blinded/,
    ],
    [
      'falls for a ratio that was derived',
      { direct: [trial({}, { derived: true })] },
      'moderate',
      /derived, not published/,
    ],
    [
      'falls by one when the interval holds no effect',
      { effect: Math.log(0.85), se: 0.12 },
      'moderate',
      /includes no effect/,
    ],
    ['falls by two when it holds benefit and harm', { effect: 0, se: 0.3 }, 'low', /benefit and appreciable harm/],
    ['falls for heterogeneity', { i2: 0.6, heterogeneityP: 0.05 }, 'moderate', /inconsistency: I2 60 %/],
    ['falls when direct and indirect evidence disagree', { inconsistencyP: 0.05 }, 'moderate', /incoherence/],
    ['falls without a direct comparison', { direct: [], path: [trial()] }, 'moderate', /indirectness: no trial/],
    [
      'falls where hazards are not proportional',
      {
        direct: [
          trial({}, { result: { ...result, outcome: 'OS', nonProportional: 'crossing' } } as Partial<UsedResult>),
        ],
      },
      'moderate',
      /hazards not proportional/,
    ],
    ['starts low without randomisation', { direct: [trial(seen.study)] }, 'low', /starts low/],
    [
      'rises by one for a large effect seen without randomisation',
      { direct: [trial(seen.study)], effect: Math.log(0.45) },
      'moderate',
      /\+1 large effect/,
    ],
    [
      'rises by two for a very large one',
      { direct: [trial(seen.study)], effect: Math.log(6) },
      'high',
      /\+2 very large effect/,
    ],
    [
      'does not rise where something speaks against it',
      { direct: [trial(seen.study)], effect: Math.log(0.45), inconsistencyP: 0.01 },
      'very low',
      /incoherence/,
    ],
    [
      'does not rise for a large effect in trials',
      { effect: Math.log(0.3), i2: 0.9, heterogeneityP: 0.001 },
      'moderate',
      /inconsistency/,
    ],
  ])('%s', (_name, more, certainty, reason) => {
    const graded = grade(evidence(more));
    expect(graded.certainty).toBe(certainty);
    if (reason === null) expect(graded.reasons).toEqual([]);
    else expect(graded.reasons.join('; ')).toMatch(reason);
  });
});
