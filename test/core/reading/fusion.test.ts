import { describe, expect, test } from 'vitest';
import { fusionPairs } from '../../../src/core/reading/fusion.js';

const found = (text: string, denied = false) => fusionPairs(text, () => denied).map((m) => [m.name, m.value]);

describe('fusionPairs', () => {
  test.each([
    ['KIF5B-RET', 'RET'],
    ['EML4::ALK (v3)', 'ALK'],
    ['ETV6-NTRK3', 'NTRK3'],
    ['FGFR2-BICC1', 'FGFR2'],
  ])('reads %j as a fusion of %s', (text, gene) => {
    expect(found(text)).toEqual([[gene, `${text.split(' ')[0]} fusion detected`]]);
  });

  test('reads no fusion from a list of genes, a hyphenated word or a denied pair', () => {
    expect(found('EGFR/ALK/ROS1 negative')).toEqual([]);
    expect(found('RET-positive, ALK-rearranged')).toEqual([]);
    expect(found('KIF5B-RET', true)).toEqual([]);
  });
});
