import { describe, expect, it } from 'vitest';
import { histologyIn } from '../../../src/core/normalize/histology-said.js';
import type { ReportEntry } from '../../../src/domain/history.js';
import { observation, said, source, terms } from './record.js';

const report = (text: string): ReportEntry => ({
  kind: 'report',
  code: { codings: [], text: 'Pathology report' },
  conclusions: [],
  text,
  source,
});

describe('histology said in words', () => {
  it.each([
    [
      'Lung biopsy: squamous cell carcinoma, keratinizing. p40 positive.',
      'Lung biopsy: squamous cell carcinoma, keratinizing',
    ],
    ['Мелкоклеточный рак лёгкого', 'Мелкоклеточный рак лёгкого'],
    ['No small cell carcinoma seen', undefined],
    ['Suspicious for adenocarcinoma', undefined],
    ['Adenocarcinoma versus squamous cell carcinoma', undefined],
  ])('takes of the report "%s" %s', (text, expected) => {
    expect(histologyIn(report(text), terms)[0]?.text).toBe(expected);
  });

  it('reads a morphology number in a text', () => {
    const [found] = histologyIn(observation('Morphology', said('M8070/3'), '2026-04-20'), terms);
    expect(found?.codings).toMatchObject([{ code: '8070/3' }]);
  });
});
