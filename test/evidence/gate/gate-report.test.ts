// The gate: what stops a release, and what a reviewer is shown.
import { describe, expect, it } from 'vitest';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { describeNetwork, PORTS } from '../../../src/evidence/compile/describe-model.js';
import { type Manifest, MODEL_FORMAT } from '../../../src/evidence/compile/manifest.js';
import { gateReport } from '../../../src/evidence/gate/gate-report.js';
import type { ScoreDifference } from '../../../src/evidence/gate/score-difference.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import { network, plain, studies } from '../small-network.js';

function manifest(version: string, networks = [network, plain], from = studies): Manifest {
  const described = networks.map((n) => {
    const synthesis = fitNetwork(n, from);
    if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
    return describeNetwork(synthesis.fitted, compileNetwork(synthesis.fitted, { seed: 1 }), () => undefined);
  });
  return {
    format: MODEL_FORMAT,
    id: 'test',
    version,
    code: '0',
    seed: 1,
    corpusHash: '',
    featuresHash: '',
    featuresEdition: 1,
    opset: 17,
    irVersion: 8,
    draws: 64,
    tableErrorMonths: 1e-5,
    inputs: [...PORTS.inputs],
    outputs: [...PORTS.outputs],
    networks: described,
    leftOut: [],
  };
}

const agrees: ScoreDifference = { rows: 10, probability: 1e-6, months: 1e-5, missing: 0, places: [] };
const input = { candidate: manifest('2'), released: manifest('1'), parity: agrees, golden: agrees, reasons: {} };

describe('gateReport', () => {
  it('passes a model that changes nothing', () => {
    expect(gateReport(input)).toMatchObject({ passed: true, changes: [], against: 'test@1' });
  });
  it('stops when the graph and the reference disagree', () => {
    const report = gateReport({ ...input, parity: { ...agrees, probability: 2e-5 } });
    expect(report.checks.filter((c) => !c.passed).map((c) => c.name)).toEqual(['parity']);
  });
  it('stops when one side has a number that the other has not', () => {
    expect(gateReport({ ...input, golden: { ...agrees, missing: 1, places: ['row 1, new, rmst'] } }).passed).toBe(
      false,
    );
  });
  it('stops when a network is lost, until a reason is recorded', () => {
    const lost = { ...input, candidate: manifest('2', [network]) };
    expect(gateReport(lost).passed).toBe(false);
    expect(gateReport({ ...lost, reasons: { 'a-plain-network': 'merged into test-network' } }).passed).toBe(true);
  });
  it('names the trial behind an effect that moved', () => {
    const without = { ...network, trials: network.trials.filter((t) => t.study !== 'two') };
    const report = gateReport({ ...input, candidate: manifest('2', [without, plain]) });
    expect(report.changes.find((c) => c.where === 'test-network/new')?.what).toMatch(
      /hazard ratio 0\.77 -> 0\.70 \(-two\)/,
    );
  });
});
