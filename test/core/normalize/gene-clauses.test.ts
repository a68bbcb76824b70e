import { describe, expect, it } from 'vitest';
import { biomarkerReadings, settleBiomarkers } from '../../../src/core/normalize/biomarkers.js';
import { observation, said, silent, terms } from './record.js';

const settled = (name: string, value: string) => {
  const [marker] = settleBiomarkers(
    biomarkerReadings(observation(name, said(value), '2026-05-01'), terms),
    terms,
    silent,
  );
  const result = marker?.result.known ? marker.result.value : undefined;
  return [result, ...(marker?.alterations ?? []).map((a) => a.protein ?? `exon ${a.exon} ${a.kind}`)];
};

describe('a result that says several things', () => {
  it.each([
    ['EGFR', 'Exon 19 deletion detected; T790M not detected', ['positive', 'exon 19 deletion']],
    ['EGFR', 'L858R positive, T790M negative', ['positive', 'L858R']],
    ['EGFR', 'мутация в 19 экзоне не обнаружена, L858R обнаружена', ['positive', 'L858R']],
    ['EGFR', 'Exon 19 deletion and T790M detected', ['positive', 'exon 19 deletion', 'T790M']],
    ['EGFR', 'Exon 19 deletion: not detected; L858R: not detected; T790M: not detected', ['negative']],
    ['EGFR', 'Exon 19 deletion, L858R and T790M not detected', ['negative']],
    ['EGFR', 'T790M not detected; C797S not detected', [undefined]],
    ['EGFR', 'Wild-type (exons 18, 19, 20, 21)', ['negative']],
    ['KRAS', 'G12C not detected; G12D detected', ['positive', 'G12D']],
    ['EGFR', 'amplification, copy number 8', ['negative', 'exon undefined amplification']],
    ['MET', 'amplification, copy number 12', ['positive', 'exon undefined amplification']],
    ['EGFR exon 19', 'Deletion', ['positive', 'exon 19 deletion']],
    ['ALK IHC (D5F3)', '3+', ['positive']],
    ['MET', 'No exon 14 skipping, amplification not detected', ['negative']],
  ])('reads of %s "%s" %j', (name, value, expected) => {
    expect(settled(name, value)).toEqual(expected);
  });
});

it('keeps the scores of PD-L1 apart', () => {
  const readings = biomarkerReadings(observation('PD-L1', said('TPS 60%, CPS 65'), '2026-05-01'), terms);
  expect(readings.map((r) => r.number)).toMatchObject([
    { fact: 'pd-l1-tps', value: 60 },
    { fact: 'pd-l1-cps', value: 65 },
  ]);
});
