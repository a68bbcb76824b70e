// What stands beside the name of one disease without the name of its fact; children's ages; relapses told without the treatment before.
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
const TODAY = '2026-06-15';
const read = (text: string) => {
  const patient = normalize(readNote({ id: 'n', text }, parts, TODAY), parts.terms, TODAY);
  const own = patient.cases[0];
  const fact = (name: string) => {
    const f = patient.values[name] ?? own?.values[name];
    return f?.known ? f.value : undefined;
  };
  return { patient, own, fact };
};

describe('the words of one disease', () => {
  test.each([
    ['Neuroblastoma stage MS, 4 months old, MYCN not amplified.', 'inrg-stage', 'MS'],
    ['Нейробластома, стадия M, ребёнок 3 года.', 'inrg-stage', 'M'],
    ['Retinoblastoma unilateral, group E, 2 years old.', 'icrb-group', 'E'],
    ['Медуллобластома, SHH, M0, ребёнок 2 года.', 'mb-group', 'shh'],
    [
      'Wilms tumour with diffuse anaplasia, stage III, after nephrectomy, 4 years.',
      'wilms-histology',
      'diffuse-anaplasia',
    ],
    [
      'Squamous cell carcinoma in a cervical lymph node, unknown primary, 58-year-old man.',
      'cup-subset',
      'head-neck-like',
    ],
    ['НФ1, бессимптомная плексиформная нейрофиброма, девочка 6 лет.', 'pn-symptomatic', 'no'],
  ])('say a fact without its name: %s', (text, fact, value) => {
    expect(read(text).fact(fact)).toBe(value);
  });

  test.each([
    ['Breast cancer, group E of the study, 52 years.', 'icrb-group'],
    ['Neuroblastoma, no bone marrow disease, not stage MS, 2 years.', 'inrg-stage'],
    ['Neuroblastoma, first taken for stage L1, then stage L2, 2 years.', 'inrg-stage'],
    ['Carcinoma of unknown primary, liver and axillary lymph node metastases, man 60.', 'cup-subset'],
  ])('say nothing of another disease, denied, or against each other: %s', (text, fact) => {
    expect(read(text).fact(fact)).toBeUndefined();
  });
});

describe("a child's age", () => {
  test.each([
    ['Neuroblastoma, 4 months old.', 0],
    ['Гепатобластома, ребёнок 20 месяцев.', 1],
    ['Hepatoblastoma PRETEXT II, AFP 150000, 18 months.', 1],
    ['Retinoblastoma, girl aged 30 months.', 2],
  ])('may be told in months: %s', (text, years) => {
    expect(read(text).fact('age')).toBe(years);
  });

  test('is not the months of a remission', () => {
    expect(
      read('Lung adenocarcinoma, progression-free survival on osimertinib, 18 months.').fact('age'),
    ).toBeUndefined();
  });
});

describe('a relapse', () => {
  test.each(['Relapsed neuroblastoma, ALK F1174L mutation, 7 years.', 'Рецидив нефробластомы в лёгких, 7 лет.'])(
    'of a disease that is always treated with drugs was treated: %s',
    (text) => {
      expect(read(text).own?.courses.map((c) => c.modality)).toContain('systemic');
    },
  );

  test('of a disease that may only have been operated is not taken so', () => {
    expect(read('Recurrent desmoid tumour, 40 years.').own?.courses).toEqual([]);
  });
});

test('IVA after "cycles of" or "после" is three drugs, elsewhere a stage', () => {
  const { own } = read('Рецидив рабдомиосаркомы после IVA, ребёнок 7 лет.');
  expect(own?.courses.flatMap((c) => c.drugs).sort()).toEqual(['dactinomycin', 'ifosfamide', 'vincristine']);
  expect(read('Cervical cancer IVA, 50 years.').own?.courses).toEqual([]);
});

test('"before surgery" alone, and a treatment that is needed, are not past treatment', () => {
  expect(read('Osteosarcoma of distal femur, localized, boy 15, before surgery.').own?.courses).toEqual([]);
  expect(read('Pilocytic astrocytoma, unresectable, needs systemic therapy, child 7 years old.').own?.courses).toEqual(
    [],
  );
});

test('metastases whose primary was looked for and not found are a cancer of unknown primary', () => {
  for (const text of [
    'CUP adenocarcinoma, MSI-H, progressed after carboplatin-paclitaxel, ECOG 1.',
    'Метастаз плоскоклеточного рака в шейные лимфоузлы без выявленного первичного очага, мужчина 62 лет.',
  ])
    expect(read(text).own?.cancer).toMatchObject({ value: { oncotree: 'CUPNOS' } });
});

test('localised says that there are no distant metastases; localised in a place does not, nor does a denial', () => {
  expect(read('Ewing sarcoma of the pelvis, localised, girl 13.').fact('metastatic')).toBe('no');
  expect(read('Pancreatic cancer localised in the head, 60 years.').fact('metastatic')).not.toBe('no');
  expect(read('Osteosarcoma, lung metastases, not localised, boy 15.').fact('metastatic')).toBe('yes');
});

test('"not resectable" denies nothing that follows it', () => {
  expect(read('Hypopharynx SCC, recurrence not resectable and lung metastases, man 72.').fact('metastatic')).toBe(
    'yes',
  );
});
