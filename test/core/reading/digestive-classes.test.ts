// Classes of causes that a second reader's questions on the digestive organs showed; each is a rule, not a note.
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
const TODAY = '2026-06-01';
const read = (text: string) => {
  const history = readNote({ id: 'n', text }, parts, TODAY);
  const patient = normalize(history, parts.terms, TODAY);
  return { history, patient, own: patient.cases[0] };
};
const positive = (text: string): readonly string[] =>
  read(text).own?.biomarkers.flatMap((b) => (b.result.known && b.result.value === 'positive' ? [b.name] : [])) ?? [];

describe('a note of a digestive cancer', () => {
  test.each([
    'Pancreatic adenocarcinoma KRAS wild type with NTRK3 fusion, progressed on FOLFIRINOX.',
    'GIST, ETV6-NTRK3, KIT wild type, metastatic.',
    'ГИСО, NTRK3 фьюжн (ETV6-NTRK3), KIT дикий тип, метастазы.',
  ])('keeps a fusion beside the wild type of another gene: %s', (text) => {
    expect(positive(text)).toContain('NTRK3');
    expect(positive(text)).not.toContain('KIT');
  });

  test('takes a wild type before a gene for that gene where none stands before it', () => {
    expect(positive('Colon cancer, wild type KRAS and NRAS, metastatic.')).toEqual([]);
  });

  test('does not take PD-L1 for progression', () => {
    const { own } = read('Oesophageal adenocarcinoma after CROSS and surgery, ypT3N0 R0, PD-L1 CPS 4. Adjuvant?');
    expect(own?.courses.map((c) => c.outcome)).not.toContain('progressed');
  });

  test('knows CROSS as chemoradiotherapy', () => {
    const { own } = read('Oesophageal adenocarcinoma after CROSS and surgery, ypT3N0 R0.');
    expect(JSON.stringify(own?.courses)).toContain('chemoradiotherapy');
  });

  test('lets a drug go on that the disease is stable on, and fail where progression follows', () => {
    const ends = (text: string) =>
      read(text).history.entries.flatMap((e) => (e.kind === 'medication' ? [e.status] : []));
    expect(ends('GIST stable on imatinib for 5 years, metastatic. Continue or stop?')).toEqual(['active']);
    expect(ends('Metastatic GIST, stable on imatinib for 5 years, then progressed.')).not.toContain('active');
    expect(ends('Metastatic GIST, was stable on imatinib for 5 years.')).not.toContain('active');
  });

  test.each([
    ['Рак желудка T1a внутрислизистый, 67 лет. Лечение?', 'T1a'],
    ['Gallbladder adenocarcinoma pT1a, negative margins.', 'T1a'],
  ])('takes a lone T1a for N0 M0, and says so: %s', (text, t) => {
    const { own } = read(text);
    expect(JSON.stringify(own)).toContain(t);
    expect(own?.values.metastatic ?? own?.stage).toMatchObject({ known: true });
  });

  test('says that no metastases were found where nothing else does', () => {
    const metastatic = (text: string) => read(text).history.entries.filter((e) => JSON.stringify(e).includes('cM0'));
    expect(metastatic('Рак пищевода плоскоклеточный, T3N1, отдаленных метастазов нет.')).toHaveLength(1);
    expect(metastatic('Gastric cancer with liver metastases, no metastases in bone.')).toHaveLength(0);
  });

  test('knows the graft after a liver transplantation for the cancer', () => {
    const { patient } = read('ГЦР после трансплантации печени, рецидив в лёгкие, такролимус, Чайлд-Пью А.');
    expect(patient.conditions.map((c) => c.id)).toContain('organ-transplant');
  });

  test('knows an operation that is contraindicated, frailty and the grade of a neuroendocrine tumour', () => {
    const value = (text: string, fact: string) => {
      const { patient, own } = read(text);
      return own?.values[fact] ?? patient.values[fact];
    };
    expect(value('Рак пищевода T3N0M0, операция противопоказана.', 'operable')).toMatchObject({ value: 'no' });
    expect(value('Gastric cancer cT3N1M0, 79 years, frail.', 'frailty')).toMatchObject({ value: 'frail' });
    expect(value('Gastric cancer cT3N1M0, 79 years, not frail.', 'frailty')).not.toMatchObject({ value: 'frail' });
    expect(value('Midgut NET G2, liver metastases.', 'net-grade')).toMatchObject({ value: 'G2' });
  });

  test.each([
    ['Jejunal adenocarcinoma metastatic, untreated.', 'SBC'],
    ['Рак двенадцатиперстной кишки, метастазы в печень.', 'SBC'],
    ['Ампулярная аденокарцинома после панкреатодуоденальной резекции.', 'AMPCA'],
    ['Metastatic squamous anal carcinoma, liver metastases.', 'ANSC'],
    ['Large cell neuroendocrine carcinoma of pancreas, localized.', 'PANEC'],
  ])('knows the cancer of %s', (text, code) => {
    expect(read(text).own?.cancer).toMatchObject({ value: { oncotree: code } });
  });
});
