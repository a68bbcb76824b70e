import { describe, expect, test } from 'vitest';
import { casesOf, code, diagnosis, observed, onlyCase, say, sites } from './cancer-history.js';

describe('the name of the cancer', () => {
  test.each([
    ['icd C50.9', undefined, 'BRCA'],
    ['cm C50.411', undefined, 'BRCA'],
    ['icd C50.4', 'icdo 8500/3', 'IDC'],
    ['icd C50.4', 'icdo 8520/3', 'ILC'],
    ['icd C50.9', 'icdo 8530/3', 'IBC'],
    ['icd C50.9', 'icdo 8575/3', 'MBC'],
    ['icd D05.1', undefined, 'DCIS'],
    ['icd D05.0', undefined, 'LCIS'],
    ['icd C50.9', 'icdo 8500/2', 'DCIS'],
    ['icd C50.0', 'icdo 8540/3', 'PD'],
    ['sct 254837009', 'sct 82711006', 'IDC'],
    ['sct 353431000119107', 'sct 89740008', 'ILC'],
    ['sct 254840009', 'icdo 8500/3', 'IBC'],
    ['sct 408643008', 'icdo 8520/3', 'BRCA'],
    ['icd C34.1', undefined, 'LUNG'],
    ['icd C34.1', 'icdo 8140/3', 'LUAD'],
    ['icd C34.1', 'sct 1187332001', 'LUAD'],
    ['icd C34.1', 'sct 35917007', 'LUAD'],
    ['icd C34.3', 'icdo 8070/3', 'LUSC'],
    ['icd C34.3', 'sct 28899001', 'LUSC'],
    ['icd C34.9', 'icdo 8046/3', 'NSCLC'],
    ['icd C34.9', 'icdo 8041/3', 'SCLC'],
    ['icd C34.9', 'icdo 8013/3', 'LUNE'],
    ['icd C34.9', 'icdo 8240/3', 'LUCA'],
    ['icd C34.9', 'icdo 8560/3', 'LUAS'],
    ['icd C34.9', 'Adenocarcinoma, acinar predominant', 'LUAD'],
    ['icd C34.9', 'плоскоклеточный рак', 'LUSC'],
    ['sct 254637007', 'sct 1187332001', 'LUAD'],
    ['sct 254637007', undefined, 'NSCLC'],
    ['sct 424132000', undefined, 'NSCLC'],
    ['icd C45.0', undefined, 'PLMESO'],
    ['icd C18.7', 'icdo 8140/3', 'COAD'],
    ['sct 126906006', 'sct 399490008', 'PRAD'],
    ['icd C61', 'icdo 8140/3', 'PRAD'],
    ['icd C91.1', undefined, 'CLLSLL'],
    ['icd C91.0', undefined, 'BLL'],
    ['icd C91.0', 'icdo 9837/3', 'TLL'],
    ['icd C91.0', 'T-cell acute lymphoblastic leukemia', 'TLL'],
    ['icd C92.4', undefined, 'APLPMLRARA'],
    ['icd D45', undefined, 'PV'],
    ['icd C43.5', undefined, 'SKCM'],
    ['icdo C34.1', 'icdo 8140/3', 'LUAD'],
    ['icdo 8500/3', undefined, 'IDC'],
    ['icd C15.5', 'icdo 8140/3', 'ESCA'],
    ['icd C15.4', 'icdo 8070/3', 'ESCC'],
    ['icd C15.4', undefined, 'STOMACH'],
    ['icd C16.2', 'icdo 8140/3', 'STAD'],
    ['icd C16.0', 'icdo 8140/3', 'GEJ'],
    ['icd C40.2', 'Ewing sarcoma', 'ES'],
    ['icd C40.2', undefined, 'BONE'],
    ['icd C49.2', 'Myxoid liposarcoma', 'MRLS'],
  ])('is, for %s with %s, %s', (given, morphology, expected) => {
    expect(code(onlyCase(diagnosis(given, morphology === undefined ? {} : { morphology })))).toBe(expected);
  });

  test.each([
    ['Invasive ductal carcinoma of left breast', 'IDC'],
    ['Malignant neoplasm of upper-outer quadrant of left female breast', 'BRCA'],
    ['Рак левой молочной железы, инвазивный протоковый', 'BRCA'],
    ['Инвазивный дольковый рак правой молочной железы', 'ILC'],
    ['Отёчно-инфильтративная форма рака левой молочной железы', 'IBC'],
    ['NSCLC, non-squamous', 'LUAD'],
    ['Non-squamous non-small cell lung cancer', 'LUAD'],
    ['Squamous NSCLC', 'LUSC'],
    ['Inflammatory breast cancer, invasive ductal carcinoma', 'IBC'],
    ['Adenocarcinoma of upper lobe of right lung', 'LUAD'],
    ['Squamous cell carcinoma of bronchus, lower lobe of lung', 'LUSC'],
    ['Аденокарцинома верхней доли правого лёгкого', 'LUAD'],
    ['Немелкоклеточный рак лёгкого', 'NSCLC'],
    ['Мелкоклеточный рак лёгкого', 'SCLC'],
    ['Ductal carcinoma in situ of right breast', 'DCIS'],
    ['Triple negative breast cancer', 'BRCA'],
    ['Lung cancer with brain metastases', 'LUNG'],
    ['Primary small cell malignant neoplasm of lung TNM stage 1 (disorder)', 'SCLC'],
  ])('is read from the words %j as %s', (words, expected) => {
    expect(code(onlyCase(diagnosis(words)))).toBe(expected);
  });

  test('takes the histology from an observation that is about it', () => {
    const lung = diagnosis('icd C34.1');
    expect(code(onlyCase(lung, observed('loinc 59847-4', 'icdo 8070/3', '2024-01-01')))).toBe('LUSC');
    expect(code(onlyCase(lung, observed('Histologic type', 'adenocarcinoma')))).toBe('LUAD');
  });

  test('finds the organ in the body site when the code is general', () => {
    const entry = diagnosis('sct 363346000 Malignant neoplastic disease', {
      bodySites: ['sct 39607008'],
      morphology: 'icdo 8140/3',
    });
    expect(code(onlyCase(entry))).toBe('LUAD');
  });

  test('says so when code and histology exclude each other', () => {
    const { remarks } = onlyCase(diagnosis('sct 254626006', { morphology: 'icdo 8070/3' }));
    expect(remarks.join()).toMatch(/Adenocarcinoma.*Squamous/);
  });

  test('is Unknown when only a malignant disease is recorded', () => {
    expect(code(onlyCase(diagnosis('sct 363346000 Malignant neoplastic disease', { role: 'primary-cancer' })))).toBe(
      '?not-recorded',
    );
  });

  test.each([
    'Family history of breast cancer',
    'icd Z80.3',
    'icd Z12.3 Screening for breast cancer',
    'BRCA1 gene mutation carrier',
    'Increased risk of breast cancer',
    'icd D24 Benign neoplasm of breast',
    'Fibroadenoma of breast',
    'Malignant hypertension',
    'Cancer-related fatigue',
    'icd I10',
    'icd D63.0 Anaemia in neoplastic disease',
    'Фиброаденома молочной железы',
    'Характерный болевой синдром',
    'Lung nodule',
    'Pain in breast',
    'icdo 8010/0',
  ])('is none for %j', (words) => {
    expect(casesOf(diagnosis(words))).toEqual([]);
  });
});

describe('sides', () => {
  test.each([
    ['cm C50.411', 'right'],
    ['cm C50.912', 'left'],
    ['cm C34.12', 'left'],
    ['sct 353431000119107', 'left'],
    ['Рак правой молочной железы', 'right'],
    ['Bilateral breast cancer', 'bilateral'],
  ])('is, for %s, %s', (given, side) => {
    expect(say(onlyCase(diagnosis(given)).laterality)).toBe(side);
  });
});

describe('one cancer or several', () => {
  const day = { date: '2024-03-01' };

  test('merges problem list and encounter diagnosis to the more specific', () => {
    const c = onlyCase(
      diagnosis('icd C50.9', day),
      diagnosis('icd C50.4', { date: '2024-04-02', morphology: 'icdo 8500/3' }),
      diagnosis('sct 254837009'),
    );
    expect([code(c), say(c.diagnosed), c.entryIds.length]).toEqual(['IDC', '2024-03-01', 3]);
  });

  test('keeps the two breasts apart', () => {
    const cases = casesOf(diagnosis('cm C50.911', day), diagnosis('cm C50.912', day));
    expect(cases.map((c) => say(c.laterality)).sort()).toEqual(['left', 'right']);
  });

  test('keeps two organs apart', () => {
    expect(casesOf(diagnosis('icd C50.9', day), diagnosis('icd C34.1', day)).map(code).sort()).toEqual([
      'BRCA',
      'LUNG',
    ]);
  });

  test('keeps two histologies of the lung apart', () => {
    expect(casesOf(diagnosis('sct 254626006', day), diagnosis('sct 254634000', day))).toHaveLength(2);
  });

  test('takes DCIS beside an invasive cancer of the same breast as its component', () => {
    expect(code(onlyCase(diagnosis('cm C50.411', day), diagnosis('cm D05.11', day)))).toBe('BRCA');
  });

  test('keeps a new cancer apart from one that was over years before', () => {
    const cases = casesOf(
      diagnosis('icd C50.9', { date: '2010-01-01', clinicalStatus: 'resolved' }),
      diagnosis('icd C50.9', { ...day, clinicalStatus: 'active' }),
    );
    expect(cases.map((c) => say(c.status))).toEqual(['resolved', 'active']);
  });

  test('takes a recurrence of the same cancer as the same case', () => {
    const first = diagnosis('cm C50.911', { date: '2018-01-01', clinicalStatus: 'remission' });
    expect(say(onlyCase(first, diagnosis('cm C50.911', { ...day, clinicalStatus: 'recurrence' })).status)).toBe(
      'active',
    );
  });

  test('reads a history of cancer as one that is over', () => {
    expect(say(onlyCase(diagnosis('icd Z85.3')).status)).toBe('resolved');
    expect(say(onlyCase(diagnosis('History of breast cancer')).status)).toBe('resolved');
  });

  test('keeps how sure the diagnosis is', () => {
    expect(say(onlyCase(diagnosis('icd C34.1', { verification: 'differential' })).verification)).toBe('differential');
    expect(say(onlyCase(diagnosis('Suspected lung cancer')).verification)).toBe('provisional');
    const two = [
      diagnosis('icd C34.1', { verification: 'provisional' }),
      diagnosis('icd C34.1', { verification: 'confirmed' }),
    ];
    expect(say(onlyCase(two).verification)).toBe('confirmed');
  });

  test('lets a refuted diagnosis touch no other', () => {
    const cases = casesOf(
      diagnosis('icd C34.1', { verification: 'refuted' }),
      diagnosis('icd C34.1', { verification: 'confirmed' }),
    );
    expect(cases.map((c) => say(c.verification)).sort()).toEqual(['confirmed', 'refuted']);
  });
});

describe('metastases', () => {
  const breast = diagnosis('cm C50.911', { date: '2020-01-01' });

  test.each([
    ['icd C79.3', ['brain']],
    ['cm C79.51', ['bone']],
    ['sct 94381002 Secondary malignant neoplasm of liver', ['liver']],
    ['Secondary malignant neoplasm of left lung', ['lung']],
    ['Метастазы в кости', ['bone']],
    ['Malignant pleural effusion', []],
    ['cm J91.0', ['pleura']],
    ['icd C77.2', ['lymph-node-distant']],
    ['icd C77.3', []],
    ['icd C77.9', []],
  ])('reads %s as %j', (given, expected) => {
    expect(sites(onlyCase(breast, diagnosis(given, { date: '2023-01-01' })))).toEqual(expected);
  });

  test('reads a secondary cancer in the primary profile as a metastasis', () => {
    const c = onlyCase(
      breast,
      diagnosis('sct 94225005 Secondary malignant neoplasm of brain', { role: 'primary-cancer' }),
    );
    expect(sites(c)).toEqual(['brain']);
  });

  test('reads the site of a general code from the body site', () => {
    const c = onlyCase(
      breast,
      diagnosis('sct 128462008 Secondary malignant neoplastic disease', { bodySites: ['sct 12738006'] }),
    );
    expect(sites(c)).toEqual(['brain']);
  });

  test.each([
    ['Metastatic breast cancer', 'BRCA', ['other']],
    ['Breast cancer metastatic to bone and liver', 'BRCA', ['bone', 'liver']],
    ['Lung cancer with brain metastases', 'LUNG', ['brain']],
    ['Рак левого лёгкого, метастазы в головной мозг и печень', 'LUNG', ['brain', 'liver']],
  ])('reads %j as %s with %j', (words, cancer, expected) => {
    const c = onlyCase(diagnosis(words));
    expect([code(c), [...sites(c)].sort()]).toEqual([cancer, expected]);
  });

  test('gives a metastasis to the cancer that it refers to', () => {
    const lung = diagnosis('icd C34.1', { date: '2020-02-01' });
    const cases = casesOf(breast, lung, diagnosis('icd C79.3', { about: [lung.id ?? ''] }));
    expect(cases.map((c) => [code(c), sites(c)])).toEqual([
      ['BRCA', []],
      ['LUNG', ['brain']],
    ]);
  });

  test('says that it cannot tell whose a metastasis is', () => {
    const cases = casesOf(
      breast,
      diagnosis('icd C34.1', { date: '2020-02-01' }),
      diagnosis('icd C79.3', { date: '2021-01-01' }),
    );
    expect(cases.flatMap(sites)).toEqual([]);
    expect(cases[0]?.remarks.join()).toMatch(/cannot be told/);
  });

  test('is a cancer of unknown primary when nothing else is recorded', () => {
    const c = onlyCase(diagnosis('sct 94260004 Secondary malignant neoplasm of colon', { role: 'primary-cancer' }));
    expect([code(c), sites(c)]).toEqual(['?not-recorded', ['other']]);
  });

  test('knows the other lung of a lung cancer', () => {
    const c = onlyCase(
      diagnosis('cm C34.11', { date: '2024-01-01' }),
      diagnosis('Secondary malignant neoplasm of left lung', { date: '2024-01-10' }),
    );
    expect(sites(c)).toEqual(['contralateral-lung']);
  });
});
