// Facts that the diagnosis itself says, histologies that are the same cancer in any organ, tests of several genes at once.
import { describe, expect, test } from 'vitest';
import { caseContent } from '../../../src/core/normalize/case-content.js';
import type { Entry } from '../../../src/domain/history.js';
import { casesOf, code, diagnosis, observed, onlyCase, terms } from './cancer-history.js';
import { silent } from './record.js';

const contentOf = (...entries: Entry[]) => {
  const [draft] = casesOf(...entries);
  if (draft === undefined) throw new Error('no case');
  return caseContent(draft, entries, terms, '2026-11-29', silent);
};

describe('what the diagnosis itself says', () => {
  test.each([
    ['icd C18.7', 'primary-side', 'left'],
    ['icd C18.0', 'primary-side', 'right'],
    ['icd C20', 'primary-side', 'left'],
    ['Adenocarcinoma of the ascending colon', 'primary-side', 'right'],
    ['Рак сигмовидной кишки', 'primary-side', 'left'],
    ['icd C18.9', 'primary-side', undefined],
    ['icd C34.1', 'primary-side', undefined],
  ])('%s: %s is %s', (given, fact, expected) => {
    const value = contentOf(diagnosis(given)).values[fact];
    expect(value?.known ? value.value : undefined).toBe(expected);
  });

  test('the stage group is the stage of mycosis fungoides', () => {
    const { values } = contentOf(diagnosis('icd C84.0', { stages: ['IIB'] }));
    expect(values['mf-stage']).toMatchObject({ known: true, value: 'IIB' });
  });

  test('what is recorded holds against it', () => {
    const { values } = contentOf(diagnosis('icd C18.4'), observed('Primary tumour sidedness', 'left'));
    expect(values['primary-side']).toMatchObject({ known: true, value: 'left' });
  });
});

describe('a histology that is the same cancer in any organ', () => {
  test.each([
    ['icd C16.9', 'icdo 8936/3', 'GIST'],
    ['icd C17.1', 'icdo 8936/3', 'GIST'],
    ['icd C49.A2', undefined, 'GIST'],
    ['icd C17.2', 'icdo 8240/3', 'SBWDNET'],
    ['icd C20', 'icdo 8240/3', 'RWDNET'],
    ['icd C25.2', 'icdo 8240/3', 'PANET'],
    ['icd C25.0', 'icdo 8246/3', 'PANEC'],
    ['icd C18.2', 'icdo 8246/3', 'HGNEC'],
    ['icd C20', 'icdo 8480/3', 'READ'],
    ['icd C18.2', 'icdo 8490/3', 'COAD'],
    ['icd C21.1', 'icdo 8070/3', 'ANSC'],
    ['icd C80.0', 'icdo 8140/3', 'CUPNOS'],
    ['icd C80.0', 'icdo 8070/3', 'CUPNOS'],
    ['icd C80.0', 'icdo 8041/3', 'SCUP'],
    ['icd C83.0', 'icdo 9689/3', 'SMZL'],
    ['icd C83.0 Small lymphocytic lymphoma', undefined, 'CLLSLL'],
    ['icd C83.0', undefined, 'MBN'],
  ])('%s with %s is %s', (given, morphology, expected) => {
    expect(code(onlyCase(diagnosis(given, morphology === undefined ? {} : { morphology })))).toBe(expected);
  });
});

test.each([
  ['RAS mutation status', 'wild type', 'KRAS', 'negative'],
  ['KRAS/NRAS/BRAF', 'wild type', 'BRAF', 'negative'],
  ['RAS', 'mutated', 'RAS', 'positive'],
])('%s %s: %s is %s', (name, value, gene, expected) => {
  const { biomarkers } = contentOf(diagnosis('icd C18.7'), observed(name, value));
  const marker = biomarkers.find((b) => b.name === gene);
  expect(marker?.result).toMatchObject({ known: true, value: expected });
});

describe('a tumour that is treated though its code says benign or uncertain behaviour', () => {
  test.each([
    ['icd D48.1', 'icdo 8821/1', 'DES'],
    ['icd D48.1 Desmoid fibromatosis', undefined, 'DES'],
    ['icd D48.1 Neoplasm of uncertain behaviour of connective tissue', 'icdo 8821/1', 'DES'],
    ['icd Q85.0 Plexiform neurofibroma in neurofibromatosis type 1', undefined, 'NFIB'],
    ['icd D36.1', 'icdo 9550/0', 'NFIB'],
  ])('%s with %s is %s', (given, morphology, expected) => {
    expect(code(onlyCase(diagnosis(given, morphology === undefined ? {} : { morphology })))).toBe(expected);
  });

  test.each([
    ['icd Q85.0 Neurofibromatosis type 1', undefined],
    ['icd D48.1 Neoplasm of uncertain behaviour of connective tissue', undefined],
    ['icd D24', 'icdo 9010/0'],
    ['icd D36.7', 'icdo 9560/0'],
  ])('%s with %s is no cancer', (given, morphology) => {
    expect(casesOf(diagnosis(given, morphology === undefined ? {} : { morphology }))).toEqual([]);
  });
});
