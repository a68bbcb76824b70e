// Observations that a hospital names without a code: categories, relapses, extents, Masaoka stages, symptoms in the brain.
import { describe, expect, test } from 'vitest';
import { statusEvent } from '../../../src/core/normalize/disease-status.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { diagnosis, history, observed, onlyCase, terms } from './cancer-history.js';

const breast = () => diagnosis('Invasive ductal carcinoma of the breast', { date: '2024-01-10' });

describe('an observation known by its name alone', () => {
  test.each([
    ['Primary tumor.pathology [Class] Cancer', 'pT1a', 'T1a'],
    ['T category', 'T1a', 'T1a'],
    ['Категория T', 'T1a', 'T1a'],
  ])('%s: %s', (name, value, category) => {
    const { pathologicTnm, clinicalTnm } = onlyCase(breast(), observed(name, value));
    expect([pathologicTnm.t, clinicalTnm.t].flatMap((t) => (t?.known ? [t.value] : []))).toContain(category);
  });

  test('a name that has a letter in it is no category', () => {
    const { pathologicTnm, clinicalTnm } = onlyCase(breast(), observed('T-cell count', '2'));
    expect(pathologicTnm.t?.known ?? clinicalTnm.t?.known ?? false).toBe(false);
  });
});

describe('a fact of a case known by its name alone', () => {
  const values = (cancer: string, name: string, value: string) =>
    normalize(
      history([diagnosis(cancer, { date: '2026-07-10' }), observed(name, value, '2026-08-01')]),
      terms,
      '2026-09-10',
    ).cases[0]?.values ?? {};

  test('the extent of a small cell cancer is not asked of histiocytosis', () => {
    expect(values('Small cell lung cancer', 'Disease extent', 'limited')['sclc-extent']).toMatchObject({
      value: 'limited',
    });
  });

  test('Masaoka-Koga I to III says that nothing is metastatic, IVB does not', () => {
    expect(values('icd C37 Malignant neoplasm of thymus', 'Masaoka stage', 'III').metastatic).toMatchObject({
      known: true,
      value: 'no',
    });
    expect(values('icd C37 Malignant neoplasm of thymus', 'Masaoka stage', 'IVB').metastatic).not.toMatchObject({
      value: 'no',
    });
  });

  test('brain metastases with symptoms are told from those without', () => {
    const brain = (said: string) => values('Adenocarcinoma of lung', 'Brain metastases', said)['brain-metastases'];
    expect(brain('active, symptomatic')).toMatchObject({ value: 'symptomatic' });
    expect(brain('untreated, asymptomatic')).toMatchObject({ value: 'active' });
  });
});

describe('a relapse known by its name alone', () => {
  const relapse = (name: string, value: string) => statusEvent(observed(name, value, '2026-08-01'), terms)?.word;

  test.each([
    ['Local recurrence', 'ipsilateral breast'],
    ['Locoregional relapse', 'yes'],
    ['Местный рецидив', 'да'],
  ])('%s: %s', (name, value) => expect(relapse(name, value)).toBe('PD'));

  test.each([
    ['Local recurrence', 'none'],
    ['Местный рецидив', 'нет'],
    ['Oncotype DX recurrence score', '11'],
    ['Biochemical recurrence', 'yes'],
  ])('%s: %s is none', (name, value) => expect(relapse(name, value)).toBeUndefined());
});
