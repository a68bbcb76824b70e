// The 64 spread draws against 10,000 plain ones: limits of the 90 % interval, as a share of its width.
import { expect, it } from 'vitest';
import { compileNetwork } from '../../../src/evidence/compile/compile-network.js';
import { randomRows } from '../../../src/evidence/compile/random-rows.js';
import { quantile, scoreReference } from '../../../src/evidence/compile/reference.js';
import { fitNetwork } from '../../../src/evidence/synthesize/fit-network.js';
import { network, studies } from '../small-network.js';

it('has interval limits like those of 10,000 draws', () => {
  const synthesis = fitNetwork(network, studies);
  if (!('fitted' in synthesis)) throw new Error(synthesis.refused.reasons.join('; '));
  const few = { draws: 64, networks: [compileNetwork(synthesis.fitted, { seed: 1 })] };
  const many = {
    draws: 10_000,
    networks: [compileNetwork(synthesis.fitted, { seed: 99, draws: 10_000, sampling: 'random' })],
  };
  const rows = randomRows(few, 8, 5);
  const ours = scoreReference(few, rows);
  const theirs = scoreReference(many, rows, (gains) => ({ low: quantile(gains, 0.05), high: quantile(gains, 0.95) }));
  const errors = ours
    .flatMap((score, i) =>
      Object.entries(score).flatMap(([node, a]) => {
        const b = theirs[i]?.[node];
        if (!b || a.low === null || a.high === null || b.low === null || b.high === null) return [];
        const width = b.high - b.low;
        return width < 1e-9 ? [] : [Math.abs(a.low - b.low) / width, Math.abs(a.high - b.high) / width];
      }),
    )
    .sort((x, y) => x - y);
  const at = (p: number): number => errors[Math.floor(p * (errors.length - 1))] ?? NaN;
  // The quantiles of 10,000 draws have themselves a standard error of 0.65 % of the width.
  expect(at(0.5)).toBeLessThan(0.01);
  expect(at(0.9)).toBeLessThan(0.02);
  // The worst: an unknown strong modifier, a mixture of two populations, which three moments describe less well.
  expect(at(1)).toBeLessThan(0.07);
});
