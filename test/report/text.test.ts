// The terminal page: everything a doctor needs is on it, within 100 columns.
import { expect, describe as suite, test } from 'vitest';
import { indexCorpus } from '../../src/core/corpus-index.js';
import { explain } from '../../src/core/explain.js';
import { prepare } from '../../src/core/prepare.js';
import { renderText } from '../../src/report/text.js';
import { renderExplanation } from '../../src/report/text-explanation.js';
import {
  biomarker,
  cancerCase,
  corpusOf,
  course,
  EGFR_MODEL,
  patientWith,
  recommend,
  scoreAll,
  VERSIONS,
} from '../core/fixtures.js';

const patient = patientWith([
  cancerCase({
    biomarkers: [biomarker('EGFR', 'positive', { protein: 'L858R' })],
    courses: [course({ drugs: ['carboplatin'], start: '2026-02', end: '2026-04', intent: 'palliative' })],
  }),
]);
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

suite('renderText', () => {
  const text = renderText(recommend(patient));
  test('says who, what was read, what is recommended and on which evidence', () => {
    for (const words of [
      'Woman of 66',
      'Lung adenocarcinoma (LUAD)',
      'EGFR positive L858R',
      'carboplatin, palliative',
      'RECOMMENDED',
      '1. osimertinib',
      'HR 0.46 (0.37-0.57)',
      'against gefitinib',
      'not a certified medical device',
      'Versions: corpus cccccccccccc',
    ])
      expect(text).toContain(words);
  });
  test('keeps to 100 columns, long words included', () => {
    const long = patientWith(patient.cases, { remarks: [`see ${'x'.repeat(250)} and more`] });
    expect(widest(renderText(recommend(long)))).toBeLessThanOrEqual(100);
  });
  test('says why there is no recommendation', () => {
    expect(renderText(recommend(patientWith([], {})))).toContain('The history holds no cancer diagnosis. [no-cancer]');
  });
  test('lists every fault of an input that could not be read', () => {
    const text = renderText({ case: 'a.json', status: 'error', faults: [{ place: 'entry[0]', message: 'no code' }] });
    expect(text).toContain('- entry[0]: no code');
  });
});

suite('renderExplanation', () => {
  const index = indexCorpus(corpusOf());
  const prepared = prepare(patient, index, EGFR_MODEL);
  test('shows the whole trace of a rejected regimen', () => {
    const explained = explain(prepared, scoreAll(prepared.rows), 'pembrolizumab', { versions: VERSIONS });
    const text = explained ? renderExplanation(explained) : '';
    expect(text).toContain('[met] Metastatic');
    expect(text).toContain('pembrolizumab-first: rejected');
    expect(text).toContain('[unknown] PD-L1 TPS >= 50 %: PD-L1 TPS: not recorded');
    expect(widest(text)).toBeLessThanOrEqual(100);
  });
  test('knows no regimen that the corpus does not', () => {
    expect(explain(prepared, scoreAll(prepared.rows), 'nonsense', { versions: VERSIONS })).toBeUndefined();
  });
});

suite('renderText in the language of the record', () => {
  test.each([
    ['ru', ['Женщина', 'РЕКОМЕНДОВАНО', 'Почему', 'Данные', 'Версии']],
    ['kk', ['Әйел', 'ҰСЫНЫЛАДЫ', 'Неге', 'Дәлелдер', 'Нұсқалар']],
  ])('%s', (lang, words) => {
    const text = renderText({ ...recommend(patient), asked: { lang } });
    for (const word of words) expect(text).toContain(word);
    for (const word of ['RECOMMENDED', 'Woman', 'Why ', 'Evidence', 'Versions']) expect(text).not.toContain(word);
    expect(widest(text)).toBeLessThanOrEqual(100);
  });
});
