// What single words beside a diagnosis say: advanced, a line without a drug, histology beside the name, group of risk, need of treatment.
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import type { Patient } from '../../../src/domain/patient.js';
import { readerParts } from './reader-parts.js';

const today = '2026-06-01';
const parts = readerParts();
const read = (text: string): Patient => normalize(readNote({ id: 'n', text }, parts, today), parts.terms, today);
const own = (text: string): Patient['cases'][number] => read(text).cases[0] as Patient['cases'][number];
const value = (text: string, fact: string): unknown => {
  const found = own(text).values[fact];
  return found !== undefined && 'value' in found ? found.value : undefined;
};
const cancer = (text: string): unknown => {
  const found = own(text).cancer;
  return 'value' in found ? found.value.oncotree : undefined;
};

describe('spread by a word', () => {
  it('is metastatic when a receptor beside it is negative', () => {
    expect(value('Metastatic triple-negative breast cancer, first line', 'metastatic')).toBe('yes');
    expect(value('Metastatic HER2 negative breast cancer', 'metastatic')).toBe('yes');
    expect(value('Метастатический HER2-отрицательный рак молочной железы', 'metastatic')).toBe('yes');
  });
  it('is advanced when a solid tumour is called so', () => {
    expect(value('58-year-old man with advanced clear cell RCC, treatment naive', 'metastatic')).toBe('yes');
    expect(value('Распространённый светлоклеточный рак почки', 'metastatic')).toBe('yes');
  });
  it('is not told when it is locally advanced, or the age is advanced', () => {
    expect(value('Locally advanced clear cell RCC', 'metastatic')).not.toBe('yes');
    expect(value('Местно-распространённый рак желудка', 'metastatic')).not.toBe('yes');
    expect(value('Clear cell RCC in a man of advanced age', 'metastatic')).not.toBe('yes');
  });
});

describe('a line without a drug', () => {
  it('arrives when nothing else is told', () => {
    expect(value('RET fusion positive NSCLC first line', 'line')).toBe(1);
    expect(value('Cholangiocarcinoma IDH1 R132C second line', 'line')).toBe(2);
    expect(value('Рак желудка HER2 3+, 2 линия', 'line')).toBe(2);
  });
});

describe('histology beside the name', () => {
  it('joins the diagnosis when it stands in brackets or after a comma', () => {
    expect(cancer('Немелкоклеточный рак лёгкого (плоскоклеточный), IV стадия')).toBe('LUSC');
    expect(cancer('Рак эндометрия IA, G1, эндометриоидный')).toBe('UEC');
    expect(cancer('Hodgkin lymphoma, stage IIA, nodular sclerosis')).toBe('NSCHL');
  });
  it('says nothing when two kinds are named', () => {
    expect(cancer('Hodgkin lymphoma, nodular sclerosis, mixed cellularity')).toBe('HL');
  });
});

describe('markers and age', () => {
  it('reads gBRCA, tBRCA and BRCAm as the gene', () => {
    const markers = (text: string) => own(text).biomarkers.map((b) => [b.name, 'value' in b.result && b.result.value]);
    expect(markers('Metastatic pancreatic cancer, gBRCA2 positive')).toContainEqual(['BRCA2', 'positive']);
    expect(markers('Ovarian cancer IIIC, tBRCA1 mutated')).toContainEqual(['BRCA1', 'positive']);
    expect(markers('Ovarian cancer IIIC, BRCA1m')).toContainEqual(['BRCA1', 'positive']);
  });
  it('reads an age written as an adjective', () => {
    expect(read('68-летний мужчина, рак желудка').values.age).toMatchObject({ value: 68 });
    expect(read('Рак желудка, 5-летняя ремиссия').values.age).not.toMatchObject({ value: 5 });
  });
  it('reads hormone receptors in a Russian adjective', () => {
    expect(own('Гормоноположительный HER2-отрицательный рак молочной железы').biomarkers.map((b) => b.name)).toEqual(
      expect.arrayContaining(['ER', 'HER2']),
    );
  });
});

describe('a group of risk beside the disease', () => {
  it('is the risk by which that disease is treated', () => {
    expect(value('MDS high risk, age 75', 'ipss-r-risk')).toBe('high');
    expect(value('Lower-risk MDS, age 75', 'ipss-r-risk')).toBe('low');
    expect(value('Нейробластома высокого риска, 3 года', 'nbl-risk')).toBe('high');
    expect(value('Рак предстательной железы очень высокого риска', 'prostate-risk')).toBe('very-high');
  });
  it('is not told when another thing is at risk', () => {
    expect(value('MDS with high-risk mutations, age 75', 'ipss-r-risk')).toBeUndefined();
    expect(value('MDS, age 75. High risk of thrombosis', 'ipss-r-risk')).toBeUndefined();
  });
});

describe('need of treatment', () => {
  it('is told by symptoms or cytopenia of an indolent disease', () => {
    expect(value('Symptomatic Waldenström macroglobulinemia', 'treatment-need')).toBe('yes');
    expect(value('Hairy cell leukemia with cytopenias', 'treatment-need')).toBe('yes');
    expect(value('ХЛЛ с симптомами, требует лечения', 'treatment-need')).toBe('yes');
  });
  it('is not told when symptoms are denied', () => {
    expect(value('CLL without B symptoms or cytopenias', 'treatment-need')).toBeUndefined();
    expect(value('Asymptomatic CLL, Rai 0', 'treatment-need')).toBeUndefined();
  });
});
