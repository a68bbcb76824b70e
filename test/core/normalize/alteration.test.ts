import { describe, expect, it } from 'vitest';
import { parseAlteration, parseAlterations } from '../../../src/core/normalize/alteration.js';
import { terms } from './record.js';

const gene = (name: string) => {
  const term = terms.term('biomarker', name);
  if (term === undefined) throw new Error(name);
  return term;
};
const rows: readonly [string, string, object][] = [
  ['EGFR', 'p.Leu858Arg', { kind: 'missense', protein: 'L858R', codon: 858, exon: 21 }],
  ['EGFR', 'NP_005219.2:p.(Leu858Arg)', { kind: 'missense', protein: 'L858R', codon: 858, exon: 21 }],
  ['EGFR', 'Exon 21 L858R mutation', { kind: 'missense', protein: 'L858R', exon: 21 }],
  ['EGFR', 'T790M', { kind: 'missense', protein: 'T790M', exon: 20 }],
  ['EGFR', 'G719X', { kind: 'missense', codon: 719, exon: 18 }],
  ['EGFR', 'Exon 19 deletion detected', { kind: 'deletion', exon: 19 }],
  ['EGFR', 'Ex19del', { kind: 'deletion', exon: 19 }],
  ['EGFR', 'делеция в 19 экзоне', { kind: 'deletion', exon: 19 }],
  ['EGFR', 'p.E746_A750del', { kind: 'deletion', protein: 'E746_A750del', codon: 746, exon: 19 }],
  ['EGFR', 'p.Leu747_Pro753delinsSer', { kind: 'delins', protein: 'L747_P753delinsS', exon: 19 }],
  ['EGFR', '19del', { kind: 'deletion', exon: 19 }],
  ['EGFR', 'del E746-A750', { kind: 'deletion', protein: 'E746_A750del', exon: 19 }],
  ['EGFR', 'E746-A750 deletion', { kind: 'deletion', protein: 'E746_A750del', exon: 19 }],
  ['EGFR', 'exon 20 insertion', { kind: 'insertion', exon: 20 }],
  ['EGFR', 'инсерция в 20 экзоне', { kind: 'insertion', exon: 20 }],
  ['EGFR', 'p.Ala767_Val769dup', { kind: 'duplication', protein: 'A767_V769dup', exon: 20 }],
  ['EGFR', 'p.Asp770_Asn771insSerValAsp', { kind: 'insertion', protein: 'D770_N771insSVD', exon: 20 }],
  ['KRAS', 'KRAS c.34G>T (p.Gly12Cys)', { kind: 'missense', protein: 'G12C', coding: 'c.34G>T', codon: 12 }],
  ['BRAF', 'V600E/K', { kind: 'missense', codon: 600 }],
  ['MET', 'MET exon 14 skipping', { kind: 'splice', exon: 14 }],
  ['MET', 'METex14', { kind: 'splice', exon: 14 }],
  ['MET', 'c.3028+1G>T', { kind: 'splice', exon: 14 }],
  ['MET', 'амплификация MET', { kind: 'amplification' }],
  ['ALK', 'EML4-ALK fusion', { kind: 'fusion', partner: 'EML4' }],
  ['ALK', 'EML4::ALK', { kind: 'fusion', partner: 'EML4' }],
  ['ALK', 'реаранжировка гена ALK', { kind: 'fusion' }],
  ['BRCA1', 'c.5266dupC (p.Gln1756Profs*74)', { kind: 'frameshift', codon: 1756 }],
  ['PALB2', 'NM_024675.3(PALB2):c.3549C>A (p.Tyr1183Ter)', { kind: 'nonsense', protein: 'Y1183*' }],
];

describe('parseAlteration', () => {
  it.each(rows)('reads of %s: %s', (name, text, expected) => {
    expect(parseAlteration(text, gene(name))).toMatchObject(expected);
  });
  it('reads two variants of one text', () => {
    expect(parseAlterations('L858R and T790M', gene('EGFR')).map((a) => a.protein)).toEqual(['L858R', 'T790M']);
  });
  it.each(['HER2 3+', 'T1N0M0', 'PD-L1 22C3', 'Mutation detected', 'HbA1c 6.1', 'not detected'])(
    'finds nothing in "%s"',
    (text) => {
      expect(parseAlteration(text)).toBeUndefined();
    },
  );
  it('keeps a germline origin', () => {
    expect(parseAlteration('germline c.68_69delAG', gene('BRCA1'))).toMatchObject({
      origin: 'germline',
      kind: 'deletion',
    });
  });
});

describe('FLT3, whose mutations are named by kind', () => {
  const flt3 = { name: 'FLT3', exons: {} };
  it.each([
    ['FLT3-ITD detected', [{ kind: 'duplication' }]],
    ['internal tandem duplication', [{ kind: 'duplication' }]],
    ['FLT3-TKD', [{ kind: 'missense', exon: 20 }]],
    ['FLT3-ITD and FLT3-TKD', [{ kind: 'duplication' }, { kind: 'missense', exon: 20 }]],
  ])('%s', (text, found) => {
    expect(parseAlterations(text, flt3)).toMatchObject(found);
  });
});

describe('significance in words', () => {
  it.each([
    ['p.A320V, variant of uncertain significance', 'uncertain'],
    ['c.7976+5G>T - вариант неопределённого значения (VUS)', 'uncertain'],
    ['p.I157T (likely benign)', 'benign'],
    ['p.V2424G: likely pathogenic', 'pathogenic'],
    ['p.V2424G: патогенный', 'pathogenic'],
    ['p.V600E', 'unstated'],
    ['L858R pathogenic and A289V of uncertain significance', 'unstated'],
  ])('reads %j as %s', (text, expected) => {
    expect(parseAlteration(text)?.significance).toBe(expected);
  });
});
