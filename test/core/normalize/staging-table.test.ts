import { expect, it } from 'vitest';
import { metastaticByGroup } from '../../../src/core/normalize/staging-table.js';
import type { Vocabulary } from '../../../src/domain/corpus/vocabulary.js';
import { terms } from './record.js';

const row = (group: string, m: string, t = '*') => ({ t: [t], n: ['*'], m: [m], group });
const larynx: Vocabulary = {
  ...terms.vocabulary,
  staging: [
    {
      id: 'larynx-8',
      cancers: ['LXSC'],
      edition: '8',
      kind: 'any',
      source: 'made up for the test',
      rows: [
        row('IVC', 'M1'),
        row('IVB', 'M0', 'T4b'),
        row('IVA', 'M0', 'T4a'),
        row('III', 'M0'),
        row('I', 'M0', 'T1'),
      ],
    },
  ],
};

it.each([
  ['LXSC', 'IVC', 'yes'],
  ['LXSC', 'IVA', 'no'],
  ['LXSC', 'IV', 'unclear'],
  ['LXSC', 'III', 'no'],
  ['LXSC', 'I', 'no'],
  ['IDC', 'IV', 'yes'],
  ['IDC', 'II', 'no'],
])('stage group of %s: does %s mean distant metastases? %s', (cancer, group, expected) => {
  expect(metastaticByGroup(cancer, group, larynx)).toBe(expected);
});

it('takes a group that one of two tables has by this very name for that one', () => {
  const row = (group: string, m: string) => ({ t: ['*'], n: ['*'], m: [m], group });
  const table = { cancers: ['LXSC'], edition: '8', kind: 'clinical' as const, source: 'test' };
  const staging = [
    { ...table, id: 'clinical', rows: [row('IVA', 'M0'), row('IVB', 'M1')] },
    { ...table, id: 'pathologic', rows: [row('IV', 'M1')] },
  ];
  expect(metastaticByGroup('LXSC', 'IV', { ...larynx, staging })).toBe('yes');
  expect(metastaticByGroup('LXSC', 'IVA', { ...larynx, staging })).toBe('no');
});

it('knows no table: only IV means metastases', () => {
  expect(metastaticByGroup('ACC', 'IV', { ...larynx, staging: [] })).toBe('yes');
  expect(metastaticByGroup(undefined, 'III', larynx)).toBe('no');
});
