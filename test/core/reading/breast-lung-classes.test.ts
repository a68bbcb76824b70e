// Classes of causes that a second reader's questions on breast, lung and chest showed; each is a rule, not a note.
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
const TODAY = '2026-09-10';
const read = (text: string) => normalize(readNote({ id: 'n', text }, parts, TODAY), parts.terms, TODAY);
const own = (text: string) => read(text).cases[0];
const found = (text: string): readonly string[] =>
  own(text)?.biomarkers.flatMap((b) =>
    b.result.known && b.result.value === 'positive'
      ? b.alterations.map((a) => `${b.name} ${a.exon ?? ''} ${a.kind}`)
      : [],
  ) ?? [];

describe('a note of breast or lung cancer', () => {
  test.each([
    ['Метастатическая аденокарцинома лёгкого, делеция 19 экзона EGFR, лечения не было.', 'EGFR 19 deletion'],
    ['НМРЛ IV стадии, делеция в 19 экзоне гена EGFR.', 'EGFR 19 deletion'],
    ['НМРЛ IV стадии, инсерция 20 экзона EGFR.', 'EGFR 20 insertion'],
    ['НМРЛ IV стадии, пропуск 14 экзона MET.', 'MET 14 splice'],
    ['НМРЛ IV стадии, инсерция 20 экзона HER2 (ERBB2), после карбоплатина.', 'ERBB2 20 insertion'],
    ['NSCLC stage IV, exon 14 skipping in MET.', 'MET 14 splice'],
  ])('reads a change and its exon before the gene: %s', (text, change) => {
    expect(found(text)).toContain(change);
  });

  test('does not give the exon of one gene to the next', () => {
    expect(found('НМРЛ IV стадии, делеция 19 экзона EGFR, ALK отрицательный.').join()).not.toContain('ALK');
    expect(found('НМРЛ IV стадии, инсерция 20 экзона HER2 (ERBB2).').join()).not.toContain('EGFR');
  });

  test.each([
    'HR+ HER2- metastatic breast cancer, PTEN loss, progressed on letrozole.',
    'Метастатический рак молочной железы HR+ HER2-, потеря PTEN, прогрессирование на летрозоле.',
  ])('takes loss of a suppressor for a finding: %s', (text) => {
    expect(found(text)).toContain('PTEN  copy-loss');
  });

  test.each([
    ['TNBC, residual disease after neoadjuvant chemotherapy (AC, paclitaxel) and surgery.', 'residual'],
    [
      'HER2-положительный рак молочной железы, остаточная инвазивная опухоль после неоадъювантной TCHP и мастэктомии.',
      'residual',
    ],
  ])('takes what was left after neoadjuvant treatment for the response: %s', (text, value) => {
    expect(own(text)?.values['pathologic-response']).toMatchObject({ known: true, value });
  });

  test('takes metastases under a drug for its failure', () => {
    const { courses = [] } = own('Рак молочной железы HR+ HER2-, метастазы на фоне адъювантного летрозола.') ?? {};
    expect(courses.map((c) => c.outcome)).toContain('progressed');
  });

  test.each([
    'Extensive small cell lung cancer, Lambert-Eaton syndrome.',
    'Мелкоклеточный рак лёгкого, распространённая стадия, синдром Ламберта-Итона.',
  ])('knows a paraneoplastic syndrome for an autoimmune one: %s', (text) => {
    expect(JSON.stringify(read(text).conditions)).toContain('paraneoplastic-neurological-syndrome');
  });

  test('tells expression of c-Met from changes of the gene', () => {
    const names = (text: string) => own(text)?.biomarkers.map((b) => b.name) ?? [];
    expect(names('NSCLC stage IV, high c-Met overexpression (IHC 3+ in 60 % of cells).')).toContain('c-Met-IHC');
    expect(names('NSCLC stage IV, MET amplification.')).toContain('MET');
  });
});
