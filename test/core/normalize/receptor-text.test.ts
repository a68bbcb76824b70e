import { describe, expect, it } from 'vitest';
import { receptorsIn } from '../../../src/core/normalize/receptor-text.js';
import type { Entry } from '../../../src/domain/history.js';
import { observation, read, said, value } from './record.js';

const told = (text: string) => receptorsIn(text).map((s) => `${s.name}: ${s.value}`);
const results = (entries: readonly Entry[]) =>
  Object.fromEntries(
    read({ stage: 'IIA' }, entries, '2025-07-01').biomarkers.map((b) => [
      b.name,
      b.result.known ? b.result.value : '?',
    ]),
  );

describe('receptorsIn', () => {
  it.each([
    [
      'ER 95%, PR 40%, HER2 2+, FISH not amplified. Ki-67 20%',
      ['ER: 95%', 'PR: 40%', 'HER2: 2+, FISH not amplified', 'Ki-67: 20%'],
    ],
    ['ER+/PR+/HER2-, grade 2', ['ER: positive', 'PR: positive', 'HER2: negative']],
    ['ER (+), PR (-), HER2 (-)', ['ER: positive', 'PR: negative', 'HER2: negative']],
    ['HR+/HER2- breast cancer', ['ER+PR: positive', 'HER2: negative']],
    ['ER and PR negative; HER2 - 3+', ['ER: negative', 'PR: negative', 'HER2: 3+']],
    ['РЭ 8 баллов, РП - 0, HER2/neu +++', ['ER: 8 баллов', 'PR: 0', 'HER2: 3+']],
    ['Triple-negative carcinoma', ['ER: negative', 'PR: negative', 'HER2: negative']],
    ['Трижды негативный рак', ['ER: negative', 'PR: negative', 'HER2: negative']],
    ['not triple negative', []],
    ['seen in the ER', []],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('a pathology result typed as text', () => {
  it('gives receptors, numbers and Ki-67', () => {
    const typed = [
      observation('Immunohistochemistry', said('ER 90%, PR 0%, HER2 2+, FISH not amplified, Ki-67 35%'), '2025-06-01'),
    ];
    expect(results(typed)).toEqual({ ER: 'positive', PR: 'negative', HER2: 'low' });
    expect(value(read({}, typed, '2025-07-01'), 'ki-67')).toBe(35);
  });
  it('replaces what was known of the primary when it is later', () => {
    expect(
      results([
        observation('ER', said('Positive (90%)'), '2019-01-01'),
        observation('Liver biopsy, IHC', said('ER 0%, PR 0%, HER2 3+'), '2025-06-01'),
      ]),
    ).toEqual({ ER: 'negative', PR: 'negative', HER2: 'positive' });
  });
  it('says nothing of the patient when it is about the family', () => {
    expect(results([observation('Family history of breast biopsy', said('sister ER positive'), '2025-06-01')])).toEqual(
      {},
    );
  });
});

describe('stain scores', () => {
  it.each([
    ['Allred score 8/8', 'positive'],
    ['Allred 2/8', 'negative'],
    ['8 баллов', 'positive'],
    ['0 баллов', 'negative'],
    ['H-score 270', 'positive'],
    ['H-score 0', 'negative'],
  ])('ER %s is %s', (words, expected) => {
    expect(results([observation('Estrogen receptor', said(words), '2025-06-01')])).toEqual({ ER: expected });
  });
  it('takes HER2 "not overexpressed" as negative', () => {
    expect(results([observation('HER2', said('not overexpressed'), '2025-06-01')])).toEqual({ HER2: 'negative' });
  });
});

describe('the response to neoadjuvant therapy, typed as text', () => {
  it.each([
    ['ypT1cN1aM0', 'residual'],
    ['ypT0N0', 'pCR'],
    ['ypTis ypN0', 'pCR'],
    ['pT1cN0', undefined],
  ])('%s is %s', (words, expected) => {
    expect(value(read({}, [observation('TNM', said(words), '2025-06-01')], '2025-07-01'), 'pathologic-response')).toBe(
      expected,
    );
  });
});
