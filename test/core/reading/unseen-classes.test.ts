// Classes of causes that notes written without the reader in sight showed; each is a rule, not a note.
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const parts = readerParts();
const TODAY = '2026-06-01';
const read = (text: string) => {
  const history = readNote({ id: 'n', text }, parts, TODAY);
  const patient = normalize(history, parts.terms, TODAY);
  const drugs = history.entries.filter((e) => e.kind === 'medication');
  return { history, patient, drugs, own: patient.cases[0] };
};

describe('a note', () => {
  test('gives a course the days of its range, with points in the dates and before or after the drug', () => {
    expect(read('Рак лёгкого, мтс. Доцетаксел с 03.2025 по 05.2026, прогрессия.').drugs[0]).toMatchObject({
      date: '2025-03',
      end: '2026-05',
      statusReason: { text: 'progression' },
    });
    expect(read('Metastatic breast cancer. 07/2024-02/2026 T-DXd, PD liver.').drugs[0]).toMatchObject({
      date: '2024-07',
      end: '2026-02',
    });
  });

  test('lets castration go on where no end is told, and a month be no drug', () => {
    const { drugs } = read('Prostate cancer, bone metastases. Goserelin from 01/2025. Docetaxel Aug-Dec 2025.');
    expect(drugs.map((d) => [d.code.text, d.status])).toEqual([
      ['goserelin', 'active'],
      ['docetaxel', expect.stringMatching(/completed|stopped/)],
    ]);
  });

  test.each([
    ['Рак пищевода T3N1M0. От операции категорически отказался.', 'refuses-surgery', 'yes'],
    ['ОМЛ. Сопутствующей патологии нет, кандидат на интенсивную терапию.', 'intensive-fit', 'yes'],
    ['Myelofibrosis. Not a transplant candidate.', 'transplant-eligible', 'no'],
  ])('does not turn a fact round by a denial of something else: %s', (text, fact, value) => {
    const { patient } = read(text);
    const own = patient.values[fact] ?? patient.cases[0]?.values[fact];
    expect(own).toMatchObject({ known: true, value });
  });

  test('takes no operation that was refused, no pregnancy that is not planned, no untested instability, no gene for a metastasis', () => {
    expect(read('Рак пищевода T3N1M0. От операции категорически отказался.').own?.courses).toEqual([]);
    expect(read('47F CML. No heart disease, no plans for pregnancy.').patient.conditions).toEqual([]);
    const molecular = read('Lung adenocarcinoma. MET p.T1010I. Microsatellite instability: not tested.');
    expect(molecular.own?.metastases).toEqual([]);
    expect(molecular.own?.biomarkers.map((b) => b.name)).not.toContain('MSI');
  });

  test('reads no stage from the grade of a toxicity', () => {
    expect(read('Рак лёгкого IIIB стадия. Нейтропения 1 ст., рвота 3ст.').own?.stage).toMatchObject({ value: 'IIIB' });
  });

  test('leaves a diagnosis that is doubted or was ruled out', () => {
    const { own } = read('Тимома? По пересмотру гистологии: карцинома тимуса, диагноз тимомы снят. Женщина 50 лет.');
    expect(own?.cancer).toMatchObject({ value: { oncotree: 'THYC' } });
  });

  test('lets the whole list fail that progressed, and knows the inhibitor by the organ', () => {
    const { drugs } = read('Renal cell carcinoma, mets to lung, progressed on PD-1 inhibitor and TKI.');
    expect(drugs.map((d) => [d.code.text, d.statusReason?.text])).toEqual([
      ['checkpoint inhibitor not named', 'progression'],
      ['vegfr tki not named', 'progression'],
    ]);
  });

  test('in Kazakh gives diagnosis, stage and ECOG, and takes nothing denied for given', () => {
    const { own, drugs, patient } = read(
      'Әйел, 60 жаста. Өкпе аденокарциномасы, III B сатысы. Алыс метастаздар анықталмады. Химиотерапия алмаған. ECOG 1.',
    );
    expect(own).toMatchObject({ cancer: { value: { oncotree: 'LUAD' } }, stage: { value: 'IIIB' }, metastases: [] });
    expect(drugs).toEqual([]);
    expect(patient.values.ecog).toMatchObject({ value: 1 });
  });
});
