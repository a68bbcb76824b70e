import { describe, expect, it } from 'vitest';
import { toldStatus } from '../../../src/core/normalize/told-progression.js';
import type { ReportEntry } from '../../../src/domain/history.js';
import { observation, said, source, terms } from './record.js';

const report = (text: string): ReportEntry => ({
  kind: 'report',
  code: { codings: [], text: 'CT chest' },
  conclusions: [],
  text,
  source,
  date: '2026-04-10',
});

describe('progression told in words', () => {
  it.each([
    ['CT chest: disease progression, new liver metastases.', 'PD'],
    ['Compared with the prior CT: progressive disease.', 'PD'],
    ['No new lesions, disease progression in the liver', 'PD'],
    ['При КТ выявлено прогрессирование процесса', 'PD'],
    ['New liver lesions, increase of the primary tumour', 'PD'],
    ['КТ: отрицательная динамика', 'PD'],
    ['No new lesions.', undefined],
    ['No evidence of disease progression.', undefined],
    ['Без признаков прогрессирования', undefined],
    ['Pathological complete response', undefined],
    ['Stable disease', 'SD'],
    ['EGFR L858R; sent for disease progression', undefined],
  ])('reads of "%s" %s', (text, word) => {
    expect(toldStatus(report(text), terms)?.word).toBe(word);
  });

  it('leaves a finding alone that has a name of its own', () => {
    expect(
      toldStatus(observation('Pathologic response', said('partial response'), '2026-04-10'), terms),
    ).toBeUndefined();
    expect(toldStatus(observation('CT impression', said('Progressive disease'), '2026-04-10'), terms)?.word).toBe('PD');
  });
});
