import { describe, expect, test } from 'vitest';
import { sentencesOf } from '../../../src/core/reading/sentence.js';
import { headedSignificance } from '../../../src/core/reading/significance.js';

const classes = (text: string) => {
  const sentences = sentencesOf(text);
  const headed = headedSignificance(sentences);
  return sentences.map((s, i) => [s.text.trim(), headed[i]]);
};

describe('headedSignificance', () => {
  test('holds for the lines under a heading, until the next heading', () => {
    expect(
      classes('KRAS p.G12C\nVariants of uncertain significance\n  BRAF p.A320V; MET p.T1010I\nNo alteration in: EGFR'),
    ).toEqual([
      ['KRAS p.G12C', undefined],
      ['Variants of uncertain significance', 'variant of uncertain significance'],
      ['BRAF p.A320V;', 'variant of uncertain significance'],
      ['MET p.T1010I', 'variant of uncertain significance'],
      ['No alteration in: EGFR', undefined],
    ]);
  });

  test('reads the heading in Russian and in one line with its variants', () => {
    expect(classes('Варианты неопределённого значения: BRCA2 c.5723T>C\nПатогенные: нет')[0]?.[1]).toBe(
      'variant of uncertain significance',
    );
    expect(classes('VUS: ATM p.V410A')[0]?.[1]).toBe('variant of uncertain significance');
  });

  test('says nothing where a class is only mentioned', () => {
    expect(classes('BRCA2: no variants of uncertain significance were reported')[0]?.[1]).toBeUndefined();
  });
});
