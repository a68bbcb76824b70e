import { describe, expect, test } from 'vitest';
import { parseStageGroup } from '../../../src/core/normalize/stage-group.js';
import { deriveStage } from '../../../src/core/normalize/staging-table.js';
import { parseCategories } from '../../../src/core/normalize/tnm-category.js';
import { diagnosis, drug, observed, onlyCase, say, terms, tnm } from './cancer-history.js';

describe('parseStageGroup', () => {
  test.each([
    ['Stage IIIA', 'IIIA'],
    ['3A', 'IIIA'],
    ['c3A', 'IIIA'],
    ['pIIB', 'IIB'],
    ['iiic', 'IIIC'],
    ['American Joint Committee on Cancer stage IIIC (qualifier value)', 'IIIC'],
    ['Stage 3A (qualifier value)', 'IIIA'],
    ['IA3', 'IA3'],
    ['Stage 1A2', 'IA2'],
    ['0', '0'],
    ['Stage 0', '0'],
    ['IV', 'IV'],
    ['4', 'IV'],
    ['FIGO Stage IIIA', 'IIIA'],
    ['TNM stage 1 (disorder)', 'I'],
    ['IIIА стадия', 'IIIA'],
    ['стадия IIБ', 'IIB'],
    ['ст. IIа', 'IIA'],
    ['Stage group IVB', 'IVB'],
    ['Limited stage', undefined],
    ['IIIA (cT2 N2 M0)', 'IIIA'],
    ['IE', 'I'],
    ['Ann Arbor stage IIBE', 'IIB'],
    ['IIIES стадия', 'III'],
    ['III/IV', undefined],
    ['X', undefined],
    ['unknown', undefined],
    ['T2N0M0', undefined],
  ])('reads %j as %s', (text, expected) => {
    expect(parseStageGroup(text)).toBe(expected);
  });
});

describe('parseCategories', () => {
  const shown = (text: string): readonly string[] =>
    parseCategories(text).map(
      (c) => `${c.recurrent ? 'r' : ''}${c.afterTherapy ? 'y' : ''}${c.kind[0] === 'u' ? '' : c.kind[0]}${c.value}`,
    );
  test.each([
    ['cT2N1M0', ['cT2', 'cN1', 'cM0']],
    ['T2 N1 M0', ['T2', 'N1', 'M0']],
    ['ypT0 N0', ['ypT0', 'ypN0']],
    ['ypTis ypN1mi', ['ypTis', 'ypN1mi']],
    ['pT1c(m) pN0(sn) cM0', ['pT1c', 'pN0', 'cM0']],
    ['pN0(i+)', ['pN0']],
    ['cTis(DCIS)', ['cTis']],
    ['T4d N3c M1', ['T4d', 'N3c', 'M1']],
    ['cM1c(1)', ['cM1c']],
    ['rcT1', ['rcT1']],
    ['Stage IIIB (cT3 cN2 cM0)', ['cT3', 'cN2', 'cM0']],
    ['American Joint Committee on Cancer cT3 (qualifier value)', ['cT3']],
    ['сТ2аN1М0', ['cT2a', 'cN1', 'cM0']],
    ['T1mi NX MX', ['T1mi', 'NX', 'MX']],
    ['Treatment for N2O and M protein', []],
  ])('reads %j', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test('reads Ta with its prefix or beside N and M, and leaves the Russian word alone', () => {
    const values = (text: string) => parseCategories(text).map((c) => c.value);
    expect(values('pTa G1')).toEqual(['Ta']);
    expect(values('TaN0M0')).toEqual(['Ta', 'N0', 'M0']);
    expect(values('Ta N0 M0')).toEqual(['Ta', 'N0', 'M0']);
    expect(values('та же опухоль')).toEqual([]);
  });
});

describe('AJCC 8 tables', () => {
  const group = (id: string, values: string): string | undefined => {
    const table = terms.vocabulary.staging.find((s) => s.id === id);
    const [t = '', n = '', m = ''] = values.split(' ');
    return table && deriveStage(table, { t, n, m })?.group;
  };

  test.each([
    ['Tis N0 M0', '0'],
    ['T1c N0 M0', 'IA'],
    ['T1mi N0 M0', 'IA'],
    ['T0 N1mi M0', 'IB'],
    ['T1 N1mi M0', 'IB'],
    ['T1 N1 M0', 'IIA'],
    ['T0 N1a M0', 'IIA'],
    ['T2 N0 M0', 'IIA'],
    ['T2 N1 M0', 'IIB'],
    ['T2 N1mi M0', 'IIB'],
    ['T3 N0 M0', 'IIB'],
    ['T1 N2a M0', 'IIIA'],
    ['T3 N1 M0', 'IIIA'],
    ['T3 N2 M0', 'IIIA'],
    ['T4b N0 M0', 'IIIB'],
    ['T4d N2 M0', 'IIIB'],
    ['T1 N3c M0', 'IIIC'],
    ['T4 N3 M0', 'IIIC'],
    ['T1 N0 M1', 'IV'],
    ['T0 N0 M0', undefined],
    ['T4 NX M0', 'III'],
  ])('breast %s is %s', (values, expected) => {
    expect(group('breast-ajcc-8', values)).toBe(expected);
  });

  test.each([
    ['Tis N0 M0', '0'],
    ['T1mi N0 M0', 'IA1'],
    ['T1a N0 M0', 'IA1'],
    ['T1b N0 M0', 'IA2'],
    ['T1c N0 M0', 'IA3'],
    ['T1 N0 M0', 'IA'],
    ['T2a N0 M0', 'IB'],
    ['T2b N0 M0', 'IIA'],
    ['T2 N0 M0', 'IB'],
    ['T3 N0 M0', 'IIB'],
    ['T1b N1 M0', 'IIB'],
    ['T2b N1 M0', 'IIB'],
    ['T4 N0 M0', 'IIIA'],
    ['T3 N1 M0', 'IIIA'],
    ['T4 N1 M0', 'IIIA'],
    ['T1a N2 M0', 'IIIA'],
    ['T2b N2 M0', 'IIIA'],
    ['T1a N3 M0', 'IIIB'],
    ['T3 N2 M0', 'IIIB'],
    ['T4 N2 M0', 'IIIB'],
    ['T3 N3 M0', 'IIIC'],
    ['T4 N3 M0', 'IIIC'],
    ['T1a N0 M1a', 'IVA'],
    ['T4 N3 M1b', 'IVA'],
    ['T1a N0 M1c', 'IVB'],
    ['T1a N0 M1', 'IV'],
    ['TX N0 M1b', 'IVA'],
  ])('lung %s is %s', (values, expected) => {
    expect(group('lung-ajcc-8', values)).toBe(expected);
  });

  test.each([
    ['T1c N1 M0', 'IIA'],
    ['T1c N2a M0', 'IIB'],
    ['T2a N2b M0', 'IIIB'],
    ['T3 N2a M0', 'IIIA'],
    ['T1a N0 M1c2', 'IVB'],
  ])('lung of the 9th edition %s is %s', (values, expected) => {
    expect(group('lung-ajcc-9', values)).toBe(expected);
  });
});

describe('the stage of a case', () => {
  const breast = diagnosis('icd C50.9', { date: '2024-01-10' });
  const lung = diagnosis('icd C34.1', { date: '2024-01-10', morphology: 'icdo 8140/3' });

  test.each([
    ['sct 1222806003', 'IIIC'],
    ['ajcc 3A', 'IIIA'],
    ['Stage IIB', 'IIB'],
    ['II', 'II'],
    ['sct 261638004 Stage 3A (qualifier value)', 'IIIA'],
    ['sct 999999 American Joint Committee on Cancer stage IIA (qualifier value)', 'IIA'],
  ])('is recorded as %s', (value, expected) => {
    for (const code of [
      'loinc 21908-9',
      'loinc 21902-2',
      'loinc 21914-7',
      'sct 399537006',
      'sct 399588009',
      'TNM stage group',
    ])
      expect(say(onlyCase(breast, observed(code, value)).stage), code).toBe(expected);
  });

  test('is read from Condition.stage and from the code of a disorder', () => {
    expect(say(onlyCase(diagnosis('icd C50.9', { stages: ['sct 1222769001'] })).stage)).toBe('IIB');
    expect(say(onlyCase(diagnosis('sct 422968005')).stage)).toBe('III');
    expect(say(onlyCase(diagnosis('Рак правого лёгкого cT3N2M0')).stage)).toBe('IIIB');
  });

  test('is derived from T, N and M when no group is recorded', () => {
    const c = onlyCase(breast, tnm('c', 'T2 N1 M0', '2024-01-20'));
    expect(say(c.stage)).toBe('IIB');
    expect(c.stage.known && c.stage.source.kind).toBe('derived');
    expect(say(onlyCase(lung, tnm('c', 'T2a N2 M0')).stage)).toBe('IIIA');
    expect(say(onlyCase(lung, tnm('c', 'T2a N2a M0')).stage)).toBe('IIIA');
    expect(say(onlyCase(lung, tnm('c', 'T1b N2a M0')).stage)).toBe('IIB');
  });

  test('reads components and one text for all three', () => {
    expect(say(onlyCase(breast, observed('TNM', 'cT1c cN0 cM0')).stage)).toBe('IA');
    const components = tnm('c', 'T3 N1 M0').map(({ code, value }) => ({
      code,
      interpretations: [],
      ...(value ? { value } : {}),
    }));
    const { value: _none, ...bare } = observed('loinc 21908-9', 'x', '2024-02-01');
    expect(say(onlyCase(breast, { ...bare, components }).stage)).toBe('IIIA');
  });

  test('takes M as M0 when T and N are recorded and no metastasis is', () => {
    expect(say(onlyCase(breast, tnm('p', 'T1c N0', '2024-02-01')).stage)).toBe('IA');
  });

  test('is pathologic when surgery came first', () => {
    const c = onlyCase(breast, tnm('c', 'T2 N0 M0', '2024-01-20'), tnm('p', 'T2 N1a', '2024-02-10'));
    expect([say(c.stage), say(c.clinicalTnm.n), say(c.pathologicTnm.n)]).toEqual(['IIB', 'N0', 'N1a']);
  });

  test('stays clinical after neoadjuvant treatment, whether the y is written or not', () => {
    const clinical = tnm('c', 'T3 N1 M0', '2024-01-20');
    const written = onlyCase(breast, clinical, tnm('yp', 'T0 N0', '2024-08-01'));
    expect([say(written.stage), say(written.pathologicTnm.t), say(written.postNeoadjuvantTnm.t)]).toEqual([
      'IIIA',
      '?not-recorded',
      'T0',
    ]);
    const unwritten = onlyCase(breast, clinical, drug('docetaxel', '2024-02-15'), tnm('p', 'T1a N0', '2024-08-01'));
    expect([say(unwritten.stage), say(unwritten.postNeoadjuvantTnm.t)]).toEqual(['IIIA', 'T1a']);
  });

  test('takes the later and the finer', () => {
    const early = observed('loinc 21908-9', 'IIA', '2024-01-20');
    expect(say(onlyCase(breast, early, observed('loinc 21908-9', 'IIIA', '2024-02-20')).stage)).toBe('IIIA');
    expect(
      say(
        onlyCase(
          breast,
          observed('loinc 21908-9', 'III', '2024-02-20'),
          observed('loinc 21908-9', 'IIIB', '2024-01-20'),
        ).stage,
      ),
    ).toBe('IIIB');
    expect(say(onlyCase(breast, tnm('c', 'T1', '2024-01-20'), tnm('c', 'T1c', '2024-01-25')).clinicalTnm.t)).toBe(
      'T1c',
    );
  });

  test('prefers an observation to the summary of the condition, and says so', () => {
    const c = onlyCase(
      diagnosis('icd C50.9', { date: '2018-03-16', stages: ['Stage IIIC'] }),
      observed('loinc 21908-9', 'Stage IIB', '2018-03-16'),
    );
    expect(say(c.stage)).toBe('IIB');
    expect(c.remarks.join()).toMatch(/IIIC/);
  });

  test('is a conflict when two groups of one day exclude each other, unless T, N and M tell', () => {
    const two = [observed('loinc 21908-9', 'IIA', '2024-01-20'), observed('loinc 21908-9', 'IIIB', '2024-01-20')];
    expect(say(onlyCase(breast, two).stage)).toBe('?conflict');
    expect(say(onlyCase(breast, two, tnm('c', 'T2 N0 M0', '2024-01-20')).stage)).toBe('IIA');
  });

  test('is a conflict when M0 and M1 are recorded on one day', () => {
    const c = onlyCase(lung, tnm('c', 'T2a N2 M0', '2024-01-20'), tnm('c', 'M1b', '2024-01-20'));
    expect([say(c.stage), say(c.clinicalTnm.m)]).toEqual(['?conflict', '?conflict']);
  });

  test('follows M1 found later and M0 after a doubt', () => {
    expect(say(onlyCase(lung, tnm('c', 'T2a N2 M0', '2024-01-20'), tnm('c', 'M1b', '2024-02-20')).stage)).toBe('IVA');
  });

  test('is IV when a metastasis is recorded at diagnosis and no stage', () => {
    expect(say(onlyCase(lung, diagnosis('icd C79.3', { date: '2024-01-15' })).stage)).toBe('IV');
    expect(say(onlyCase(lung, diagnosis('icd C79.3', { date: '2026-01-15' })).stage)).toBe('?not-recorded');
  });

  test('keeps the stage at diagnosis when a metastasis comes years later', () => {
    const c = onlyCase(breast, tnm('p', 'T1c N0 M0', '2024-02-01'), diagnosis('icd C79.5', { date: '2026-05-01' }));
    expect([say(c.stage), c.metastases.map((m) => m.site)]).toEqual(['IA', ['bone']]);
  });

  test('reads no stage from other systems', () => {
    for (const name of ['Binet stage', 'Child-Pugh stage', 'Chronic kidney disease stage', 'Ann Arbor stage'])
      expect(say(onlyCase(breast, observed(name, 'Stage III')).stage), name).toBe('?not-recorded');
  });

  test('reads no stage from a score or a grade of a staging body', () => {
    for (const name of ['FIGO/WHO score', 'FIGO grade', 'Шкала FIGO'])
      expect(say(onlyCase(breast, observed(name, '3')).stage), name).toBe('?not-recorded');
    expect(say(onlyCase(breast, observed('FIGO stage', '3')).stage)).toBe('III');
  });

  test('does not take the staging of a condition that is not here', () => {
    const other = { about: ['Condition/of-somebody-else'] };
    expect(say(onlyCase(breast, observed('loinc 21908-9', 'IV', '2024-01-20', other)).stage)).toBe('?not-recorded');
  });

  test('ignores what is of a recurrence', () => {
    expect(
      say(onlyCase(breast, tnm('c', 'T2 N0 M0', '2024-01-20'), observed('TNM', 'rcT1 rN3', '2026-01-01')).stage),
    ).toBe('IIA');
  });
});
