// Figures and names that a translation has in place of those of the English text; ATC codes of the wrong form or group.
import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../../src/domain/corpus/corpus.js';
import { Drug, DrugClass } from '../../../src/domain/corpus/drug.js';
import { checkAtc } from '../../../src/evidence/check/atc.js';
import { differences } from '../../../src/evidence/check/translations.js';

describe('translations', () => {
  it('are silent when figures and names agree, a decimal comma included', () => {
    expect(differences({ en: 'HR 1.40 (LACE)', ru: 'HR 1,40 (LACE)', kk: 'HR 1,40 (LACE)' })).toEqual([]);
  });
  it('are silent when a number is spelt out or left out', () => {
    expect(differences({ en: 'two of 10', ru: 'двое из десяти' })).toEqual([]);
  });
  it('are asked about when a figure became another', () => {
    expect(differences({ en: '83 % at 5 years', ru: '38 % за 5 лет' })).toEqual([
      'the rationale in ru has 38 where the English one has 83',
    ]);
  });
  it('are asked about when a trial became another', () => {
    expect(differences({ en: 'longer (KEYNOTE-671)', kk: 'ұзағырақ (AEGEAN-671)' })).toEqual([
      'the rationale in kk has AEGEAN where the English one has KEYNOTE',
    ]);
  });
});

describe('ATC codes', () => {
  const classes = [
    DrugClass.parse({ id: 'BCR-ABL-TKI', name: 'x' }),
    DrugClass.parse({ id: 'young', name: 'x', parents: ['BCR-ABL-TKI'] }),
  ];
  const found = (...drugs: readonly object[]) =>
    checkAtc({ classes, drugs: drugs.map((d) => Drug.parse(d)) } as unknown as Corpus).map(
      (f) => `${f.level}: ${f.message}`,
    );
  it('agree with the class or one above it', () => {
    expect(found({ inn: 'a', atc: ['L01EA01'], classes: ['young'] })).toEqual([]);
  });
  it('of another group are asked about', () => {
    expect(found({ inn: 'a', atc: ['L01EB01'], classes: ['young'] })[0]).toMatch(/^warning: ATC L01EB01 is of a group/);
  });
  it('of no form are errors', () => {
    expect(found({ inn: 'a', atc: ['L01EA1'], classes: ['young'] })[0]).toMatch(/^error/);
  });
  it('that two cancer drugs share are asked about', () => {
    const drug = (inn: string) => ({ inn, atc: ['L01EA01'], classes: ['young'] });
    expect(found(drug('a'), drug('b'))).toEqual(['warning: has the ATC code L01EA01 of a']);
  });
});
