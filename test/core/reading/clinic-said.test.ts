// Classes of what notes never seen before told otherwise (four sets of November 2026), each with the neighbour that must not be read so.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { historyOf, factOf, cancerOf } = noteReader(readerParts());
const drugs = (text: string) =>
  historyOf(text).entries.flatMap((e) =>
    e.kind === 'medication'
      ? [`${e.code.text} ${e.status}${e.intent?.text === undefined ? '' : ` ${e.intent.text}`}`]
      : [],
  );
const markers = (text: string) =>
  historyOf(text).entries.flatMap((e) =>
    e.kind === 'observation' && e.value?.kind === 'text' ? [`${e.code.text}: ${e.value.text}`] : [],
  );
const sites = (text: string) =>
  historyOf(text).entries.flatMap((e) =>
    e.kind === 'condition' && e.role === 'secondary-cancer' ? [e.code.text] : [],
  );

describe('a note', () => {
  test.each([
    ['Right lower lobectomy for a 4.6 cm adenocarcinoma, pT2bN1.', 'LUAD'],
    ['CT: 4 cm RUL mass. Biopsy: adenocarcinoma, TTF-1+.', 'LUAD'],
    ['Папиллярный рак ЩЖ, pT3bN1b.', 'THPA'],
    ['46M FL grade 2, stage III, GELF criteria met.', 'FL'],
    ['Colon cancer resected 12 years ago, no recurrence. Now metastatic melanoma, untreated.', 'MEL'],
    ['Choriocarcinoma, man 25 years, lung metastases.', 'TCCA'],
    ['Choriocarcinoma, woman 25 years, lung metastases.', 'UCCA'],
  ])('names the cancer when it tells "%s"', (text, oncotree) => {
    expect(cancerOf(text)).toBe(oncotree);
  });

  test.each([
    ['Рак эндометрия IB, инвазия миометрия >50%.', 'myometrial-invasion', 'outer'],
    ['Рак эндометрия IA, инвазия миометрия <50%.', 'myometrial-invasion', 'inner'],
    ['ОМЛ, интенсивная ХТ не показана.', 'intensive-fit', 'no'],
    ['Mesothelioma, not a surgical candidate.', 'resectable', 'no'],
    ['NET of the ileum with liver metastases, Krenning 4.', 'sstr-imaging', 'positive'],
    ['КРРПЖ, мтс в кости, все очаги PSMA+.', 'psma-pet', 'positive'],
    ['Colon cancer, solitary liver met, resectable.', 'liver-metastases-resectability', 'resectable'],
    ['Colon cancer, liver mets resectable?', 'liver-metastases-resectability', undefined],
    ['Thyroid cancer, резистентный к радиойоду рецидив.', 'rai-refractory', 'yes'],
  ])('tells in "%s" the fact %s', (text, id, value) => {
    expect(factOf(text, id)).toEqual(value);
  });

  test('gives a denial to its own marker and a bracket to its name', () => {
    expect(markers('CLL, del(17p)+, IGHV unmutated.').some((m) => /^del17p: .*\+/.test(m))).toBe(true);
    expect(markers('NSCLC, MET амплификации нет, C797S нет.').filter((m) => m.startsWith('MET: '))).toEqual([
      'MET: амплификации not detected',
    ]);
    expect(markers('Lung adenocarcinoma. Negative: EGFR, ALK, ROS1.')).toContain('EGFR: not detected');
    expect(markers('НМРЛ IV стадии. Драйверных мутаций нет.')).toContain('ALK: not detected');
  });

  test('finds metastases where progression and new lesions are, but not in the organ itself', () => {
    expect(sites('Lung adenocarcinoma, osimertinib till 05.2026, новые очаги в печени.')).toHaveLength(1);
    expect(sites('Hepatocellular carcinoma, sorafenib, new lesions in the liver.')).toEqual([]);
    expect(sites('mHSPC, bone scan >10 lesions incl. ribs.')).toEqual(['Metastasis to bone']);
    expect(sites('Prostate cancer, bone scan: no lesions.')).toEqual([]);
  });

  test('knows what still goes on and what was followed', () => {
    expect(drugs('CML-CP dx 2023, imatinib 400. BCR-ABL1 IS 14% at 12 mo.')).toEqual(['imatinib active']);
    expect(drugs('CLL progressed on acalabrutinib, venetoclax naive.')).toEqual(['acalabrutinib stopped']);
    const lung =
      'НМРЛ IV ст. С 15.01.2026 получает пембролизумаб + пеметрексед + карбоплатин. С 20.04.2026 поддерживающая терапия пембролизумабом.';
    expect(drugs(lung)).toContain('carboplatin completed');
    expect(drugs(lung)).toContain('pembrolizumab active maintenance');
  });

  test('takes an operation for another disease for none of the cancer', () => {
    const entries = historyOf('Рак лёгкого IV ст. В 2009 г. резекция желудка по поводу язвы.').entries;
    expect(entries.filter((e) => e.kind === 'procedure')).toEqual([]);
  });

  test('corrects no word whose first letter is another', () => {
    expect(markers('ОМЛ, IDH1 R132C, нормальный кариотип.').some((m) => m.startsWith('IDH1'))).toBe(true);
  });

  test('says of the patient, not of a relative, that he has died', () => {
    expect(historyOf('Patient died last week of metastatic colon cancer.').person.deceased).not.toBe(false);
    expect(historyOf('Colon cancer. Her mother died of breast cancer.').person.deceased).toBe(false);
  });

  test('takes the years beside the person for the age', () => {
    expect(historyOf('ХМЛ. Иматиниб 9 лет. Женщина 48 лет.').person.birthDate).toMatch(/^1978/);
  });
});
