// corpus/calibration.yaml and its mapping: what was observed is what the rebuilt times say, and the mapping names what exists.
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hasRebuiltTrials,
  readCalibration,
  readCalibrationTrials,
  readRebuiltTrial,
} from '../../../src/adapters/files/calibration-file.js';
import { observeTrial } from '../../../src/evidence/calibrate/observe-trial.js';

const root = resolve(import.meta.dirname, '../../..');
const corpus = join(root, 'corpus');
const data = resolve(root, process.env.SHIPA_DATA ?? '../shared/data', 'kmdata');

describe('the committed calibration', () => {
  const file = readCalibration(corpus);
  const trials = readCalibrationTrials(corpus);
  it('has a summary of held-out tests, with date, model and corpus', () => {
    expect(file?.summary.points).toBeGreaterThan(0);
    expect(file?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(file?.corpusHash).toMatch(/^[0-9a-f]{64}$/);
    expect(file?.tested.length).toBeGreaterThan(0);
  });
  it('observes every trial of the mapping', () => {
    expect(file?.observed.map((o) => o.trial)).toEqual(trials.map((t) => t.trial));
  });
  it.skipIf(!hasRebuiltTrials(data))('holds what the rebuilt times say (skipped without SHIPA_DATA)', () => {
    for (const [i, trial] of trials.entries()) {
      const { patients, outcome, pmid } = readRebuiltTrial(data, trial.trial);
      expect(file?.observed[i]).toEqual(observeTrial(trial, patients, { outcome, pmid }));
    }
  });
});
