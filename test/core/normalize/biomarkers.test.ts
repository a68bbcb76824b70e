import { describe, expect, it } from 'vitest';
import type { Entry, ObservationEntry } from '../../../src/domain/history.js';
import { coded, loinc, observation, quantity, read, said, snomed, text, value } from './record.js';

const day = '2025-06-01';
const marker = (entries: readonly Entry[], name: string) =>
  read({ stage: 'IIA' }, entries, '2025-07-01').biomarkers.find((b) => b.name === name);
const result = (entries: readonly Entry[], name: string): unknown => {
  const found = marker(entries, name);
  if (found === undefined) return undefined;
  return found.result.known ? found.result.value : `?${found.result.reason}`;
};
const positive = coded(snomed('10828004', 'Positive'));
const negative = coded(snomed('260385009', 'Negative'));

describe('HER2', () => {
  const ihc = (score: string, date = day) => observation('HER2 IHC', said(score), date);
  const ish = (words: string) =>
    observation(loinc('85318-4', 'HER2 [Presence] in Breast cancer specimen by FISH'), said(words), day);
  it.each([
    [[ihc('3+')], 'positive'],
    [[ihc('2+')], 'equivocal'],
    [[ihc('2+'), ish('amplified')], 'positive'],
    [[ihc('2+'), ish('not amplified')], 'low'],
    [[ihc('2+'), ish('1.4')], 'low'],
    [[ihc('2+'), ish('2.0')], 'positive'],
    [[ihc('1+')], 'low'],
    [[ihc('0')], 'zero'],
    [[ihc('0, faint staining in 5 % of cells')], 'ultralow'],
    [[observation(loinc('48676-1'), negative, day)], 'negative'],
    [[observation(loinc('48676-1'), negative, day), ihc('1+')], 'low'],
    [[observation(loinc('85319-2'), negative, day), ish('less than 1.8')], 'negative'],
    [[ihc('3+', '2020-01-01'), ihc('1+')], 'low'],
  ])('%#: is %s', (entries, expected) => {
    expect(result(entries, 'HER2')).toBe(expected);
  });
});

describe('hormone receptors', () => {
  it.each([
    [quantity(0, '%'), 'negative'],
    [quantity(1, '%'), 'positive'],
    [said('<1%'), 'negative'],
    [said('positive, 90 %'), 'positive'],
    [said('отрицательный'), 'negative'],
  ])('ER %o is %s', (v, expected) => {
    expect(result([observation(loinc('85337-4'), v, day)], 'ER')).toBe(expected);
  });
  it('keeps the percentage', () => {
    expect(value(read({}, [observation('ER', said('positive, 90 %'), day)], '2025-07-01'), 'er-percent')).toBe(90);
  });
  it('reads one negative result for both receptors as both, a positive as ER with PR open', () => {
    const joint = (v: typeof positive) => [observation(loinc('10480-2', 'Estrogen+Progesterone receptor Ag'), v, day)];
    expect([result(joint(negative), 'ER'), result(joint(negative), 'PR')]).toEqual(['negative', 'negative']);
    expect([result(joint(positive), 'ER'), result(joint(positive), 'PR')]).toEqual(['positive', undefined]);
  });
});

describe('genes', () => {
  const variant = (
    gene: string,
    hgvs: string,
    more: Partial<ObservationEntry> = {},
    extra: ObservationEntry['components'] = [],
  ) =>
    observation(loinc('69548-6', 'Genetic variant assessment'), coded(loinc('LA9633-4', 'Present')), day, {
      components: [
        {
          code: loinc('48018-6'),
          value: coded({ codings: [{ system: 'http://www.genenames.org/geneId', code: gene }] }),
          interpretations: [],
        },
        {
          code: loinc('48005-3'),
          value: coded({ codings: [{ system: 'http://varnomen.hgvs.org', code: hgvs }] }),
          interpretations: [],
        },
        ...extra,
      ],
      ...more,
    });
  it('reads a variant by its components', () => {
    expect(marker([variant('HGNC:3236', 'p.Leu858Arg')], 'EGFR')).toMatchObject({
      result: { value: 'positive' },
      alterations: [{ protein: 'L858R', exon: 21 }],
    });
  });
  it('does not let a variant of uncertain significance make a gene positive', () => {
    const significance = {
      code: loinc('53037-8'),
      value: coded(loinc('LA26333-7', 'Uncertain significance')),
      interpretations: [],
    };
    expect(result([variant('HGNC:1100', 'p.Arg1699Trp', {}, [significance])], 'BRCA1')).toBe('negative');
  });
  it('reads two genes of one variant as a fusion', () => {
    const gene = (code: string) => ({
      code: loinc('48018-6'),
      value: coded({ codings: [{ system: 'http://www.genenames.org/geneId', code }] }),
      interpretations: [],
    });
    const fusion = observation(loinc('69548-6'), coded(loinc('LA9633-4')), day, {
      components: [gene('HGNC:1316'), gene('HGNC:427')],
    });
    expect(marker([fusion], 'ALK')).toMatchObject({ alterations: [{ kind: 'fusion', partner: 'EML4' }] });
  });
  it('does not call a gene negative because a panel looked at it', () => {
    const panel = observation(loinc('53041-0'), undefined, day, {
      components: [
        {
          code: loinc('48018-6'),
          value: coded({ codings: [{ system: 'http://www.genenames.org', code: '1100', display: 'BRCA1' }] }),
          interpretations: [],
        },
      ],
    });
    expect(result([panel], 'BRCA1')).toBeUndefined();
  });
  it.each([
    ['EGFR gene mutation analysis', 'Exon 19 deletion detected', 'EGFR', 'positive'],
    ['EGFR', 'wild type', 'EGFR', 'negative'],
    ['EGFR', 'No mutation detected', 'EGFR', 'negative'],
    ['EGFR', 'не выявлено', 'EGFR', 'negative'],
    ['EGFR', 'делеция в 19 экзоне выявлена', 'EGFR', 'positive'],
    ['ALK gene rearrangement', 'not detected', 'ALK', 'negative'],
    ['ALK (FISH)', 'перестройка обнаружена', 'ALK', 'positive'],
    ['KRAS', 'p.Gly12Cys', 'KRAS', 'positive'],
    ['BRAF V600E', 'Negative', 'BRAF', 'negative'],
    ['EGFR T790M', 'Negative', 'EGFR', '?not-recorded'],
    ['PIK3CA H1047R', 'Negative', 'PIK3CA', '?not-recorded'],
    ['EGFR', 'insufficient tissue', 'EGFR', '?not-recorded'],
    ['MSI', 'MSI-H', 'MSI', 'positive'],
    ['Mismatch repair', 'dMMR', 'MSI', 'positive'],
    ['Microsatellite instability', 'MSS', 'MSI', 'negative'],
  ])('%s: %s', (name, words, gene, expected) => {
    expect(result([observation(name, said(words), day)], gene)).toBe(expected);
  });
  it('does not take antigen by immune stain for a mutation', () => {
    expect(
      result(
        [observation(loinc('39004-7', 'Epidermal growth factor receptor Ag [Presence] in Tissue'), positive, day)],
        'EGFR',
      ),
    ).toBeUndefined();
  });
  it('keeps a tissue positive beside a later plasma negative, not beside a later tissue negative', () => {
    const tissue = observation('EGFR', said('L858R'), '2025-01-01', { specimen: text('Lung biopsy') });
    const later = (specimen: string) => observation('EGFR', said('not detected'), day, { specimen: text(specimen) });
    expect(result([tissue, later('plasma')], 'EGFR')).toBe('positive');
    expect(result([tissue, later('tumour biopsy')], 'EGFR')).toBe('negative');
  });
  it('takes a disagreement of one day as unknown', () => {
    expect(
      result([observation('EGFR', said('positive'), day), observation('EGFR', said('negative'), day)], 'EGFR'),
    ).toBe('?conflict');
  });
});

describe('PD-L1', () => {
  const tps = (words: string, name = 'PD-L1 TPS') =>
    value(read({}, [observation(name, said(words), day)], '2025-07-01'), 'pd-l1-tps');
  it.each([
    ['60%', 60],
    ['TPS 60%', 60],
    ['TPS 1-49%', 25],
    ['negative', 0],
    ['<1%', 0.99],
    ['>=50%', 50],
  ])('%s', (words, expected) => {
    expect(tps(words)).toBe(expected);
  });
  it('tells the combined score from the proportion score', () => {
    const c = read({}, [observation('PD-L1 CPS', quantity(12), day)], '2025-07-01');
    expect([value(c, 'pd-l1-cps'), value(c, 'pd-l1-tps')]).toEqual([12, undefined]);
  });
});

describe('words of a result', () => {
  it.each([
    ['pathogenic mutation', 'positive'],
    ['Pathogenic variant c.68_69del', 'positive'],
    ['germline pathogenic variant', 'positive'],
    ['патогенный вариант выявлен', 'positive'],
    ['патогенная мутация', 'positive'],
    ['no pathogenic mutation', 'negative'],
    ['pathogenic variant not detected', 'negative'],
    ['germline mutation: none found', 'negative'],
    ['патогенных мутаций не выявлено', 'negative'],
  ])('%s: %s', (words, expected) => {
    expect(result([observation('BRCA2', said(words), day)], 'BRCA2')).toBe(expected);
  });
});

describe('genes tested apart', () => {
  const apart = (kras: string, nras: string) => [
    observation('KRAS', said(kras), day),
    observation('NRAS', said(nras), day),
  ];
  it('says the joint test when each of its genes is negative', () => {
    expect(result(apart('wild type', 'wild type'), 'RAS')).toBe('negative');
    expect(
      result([observation('BRCA1', said('negative'), day), observation('BRCA2', said('negative'), day)], 'BRCA'),
    ).toBe('negative');
  });
  it('leaves the joint test open when one gene is missing or mutated', () => {
    expect(result(apart('wild type', 'Q61K'), 'RAS')).toBeUndefined();
    expect(result([observation('KRAS', said('wild type'), day)], 'RAS')).toBeUndefined();
  });
});
