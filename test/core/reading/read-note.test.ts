// Whole notes: what a reader of the record would check first. Vocabulary and drugs of the corpus files as they stand.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { createTerminology, type Terminology } from '../../../src/core/normalize/terminology.js';
import { createLexicon, type Lexicon } from '../../../src/core/reading/lexicon.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import type { Patient } from '../../../src/domain/patient.js';

const today = '2026-06-01';
let lexicon: Lexicon;
let terms: Terminology;

beforeAll(() => {
  const corpus = loadCorpus(join(import.meta.dirname, '../../../corpus'));
  lexicon = createLexicon(corpus);
  terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
});

const read = (text: string): Patient =>
  normalize(readNote({ id: 'note', text }, { lexicon, terms }, today), terms, today);
const only = (patient: Patient) => {
  expect(patient.cases).toHaveLength(1);
  return patient.cases[0] as Patient['cases'][number];
};
const courses = (patient: Patient) =>
  only(patient).courses.map((c) => `${c.drugs.join('+') || c.procedure || 'untold'} ${c.outcome} ${c.line ?? '-'}`);

describe('a note', () => {
  it('gives cancer, line, marker and failed drug of a short question', () => {
    const p = read(
      'Which second-line treatment for a 61-year-old man with EGFR-mutated NSCLC, T790M negative, progressed on osimertinib?',
    );
    expect(only(p).cancer).toMatchObject({ value: { oncotree: 'NSCLC' } });
    expect(only(p).values.line).toMatchObject({ value: 2 });
    expect(only(p).biomarkers.find((b) => b.name === 'EGFR')?.result).toMatchObject({ value: 'positive' });
    expect(courses(p)).toEqual(['osimertinib progressed 1']);
    expect(p.sex).toMatchObject({ value: 'male' });
    expect(p.values.age).toMatchObject({ value: 61 });
  });

  it('reads a Russian question with TNM typed in two alphabets', () => {
    const p = read('мужчина 58 лет, рак желудка сТ4N2М1, HER2 3+, метастазы в печень, ECOG 1. Что дальше?');
    expect(only(p)).toMatchObject({
      cancer: { value: { oncotree: 'STAD' } },
      clinicalTnm: { t: { value: 'T4' }, m: { value: 'M1' } },
    });
    expect(only(p).metastases.map((m) => m.site)).toEqual(['liver']);
    expect(p.values.ecog).toMatchObject({ value: 1 });
  });

  it('does not take the drug that is asked about for one that was given', () => {
    const p = read(
      'Is there a role for olaparib in BRCA2-mutated castration-resistant prostate cancer after enzalutamide?',
    );
    expect(only(p).courses.flatMap((c) => c.drugs)).toEqual(['enzalutamide']);
    expect(only(p).values['castration-resistant']).toMatchObject({ value: 'yes' });
  });

  it('leaves every interval unknown that only the order of telling would give', () => {
    const p = read(
      '58-year-old woman with stage II breast cancer, mastectomy, adjuvant docetaxel + cyclophosphamide, later liver metastases.',
    );
    expect(only(p).values['relapse-interval']?.known ?? false).toBe(false);
    expect(only(p).courses.every((c) => c.start === undefined)).toBe(true);
    expect(only(p).values.recurrence).toMatchObject({ value: 'distant' });
  });

  it('keeps the cancer of a relative apart', () => {
    const p = read('Family history: mother had breast cancer.\n\nDiagnosis: adenocarcinoma of the lung, stage IV.');
    expect(only(p).cancer).toMatchObject({ value: { oncotree: 'LUAD' } });
  });

  it('puts slips of the pen right and says so', () => {
    const history = readNote(
      { id: 'n', text: 'Metastatic melanoma, progressed on pembrolizumba.' },
      { lexicon, terms },
      today,
    );
    expect(history.warnings.map((w) => w.message)).toContain('"pembrolizumba" is read as "pembrolizumab"');
    expect(history.entries.filter((e) => e.kind === 'medication').map((e) => e.code.text)).toEqual(['pembrolizumab']);
  });

  it('points with each fact to its place in the text', () => {
    const text = 'Woman of 70 years. Gastric adenocarcinoma, stage IV. ECOG 2.';
    const source = read(text).values.ecog;
    expect(
      source?.known && source.source.kind === 'text' ? text.slice(source.source.start, source.source.end) : '',
    ).toBe('ECOG 2');
  });

  it('has no case where no cancer is named', () => {
    expect(read('The weather in Almaty is fine today.').cases).toEqual([]);
  });

  it('tells a grade before the stage from the stage', () => {
    expect(only(read('Follicular lymphoma grade 2 stage IV, woman 60.')).stage).toMatchObject({ value: 'IV' });
    expect(only(read('Breast cancer grade 2 stage IIIA')).stage).toMatchObject({ value: 'IIIA' });
    expect(only(read('Рак желудка, 3 стадия')).stage).toMatchObject({ value: 'III' });
  });

  it('reads the age after "woman", "boy of", "man"', () => {
    expect(read('Glioblastoma, woman 55, resected.').values.age).toMatchObject({ value: 55 });
    expect(read('Boy of 9 with Wilms tumour.').values.age).toMatchObject({ value: 9 });
    expect(read('Wilms tumour in a boy 9 weeks after nephrectomy.').values.age).toBeUndefined();
  });

  it('counts a line that is only said to have been given', () => {
    expect(courses(read('Metastatic NSCLC, progressed after first-line standard treatment. What next?'))).toEqual([
      'untold progressed 1',
    ]);
    expect(courses(read('Previously treated metastatic colorectal cancer.'))).toEqual(['untold progressed 1']);
    expect(courses(read('Untreated metastatic colorectal cancer, first line.'))).toEqual([]);
  });

  it('says when nothing is told of earlier treatment', () => {
    expect(read('Metastatic NSCLC with KRAS G12C. Which drugs?').treatmentUntold).toBe(true);
    expect(read('Untreated metastatic NSCLC with KRAS G12C.').treatmentUntold).toBeUndefined();
    expect(read('Metastatic NSCLC with KRAS G12C after carboplatin-pemetrexed.').treatmentUntold).toBeUndefined();
  });

  it('reads a variant beside its gene whatever stands before', () => {
    const alteration = (text: string, name: string) =>
      only(read(text)).biomarkers.find((b) => b.name === name)?.alterations[0];
    expect(alteration('НМРЛ IV стадии с мутацией KRAS G12C', 'KRAS')).toMatchObject({ protein: 'G12C' });
    expect(alteration('Cholangiocarcinoma, IDH1 R132', 'IDH1')).toMatchObject({ codon: 132 });
    expect(alteration('Метастатический НМРЛ, слияние гена RET', 'RET')).toMatchObject({ kind: 'fusion' });
    expect(alteration('Systemic mastocytosis, not KIT D816V', 'KIT')).toBeUndefined();
  });

  it('takes ERBB2 amplification for HER2 positive, and says so', () => {
    const p = read('Metastatic breast cancer, ERBB2 amplification.');
    expect(only(p).biomarkers.find((b) => b.name === 'HER2')?.result).toMatchObject({ value: 'positive' });
    expect(p.remarks.join()).toContain('ERBB2 amplification');
  });

  it('takes a stated resectability for disease without distant metastases', () => {
    const metastatic = (text: string) => only(read(text)).values.metastatic;
    expect(metastatic('Pancreatic cancer, borderline resectable, ECOG 0.')).toMatchObject({ value: 'no' });
    expect(metastatic('Colon cancer with resectable liver metastases.')).toMatchObject({ value: 'yes' });
  });

  it('takes a gene named with its origin for one that was found', () => {
    const brca = (text: string) => only(read(text)).biomarkers.find((b) => b.name === 'BRCA1')?.result;
    expect(brca('High grade serous ovarian cancer IIIC, BRCA1 germline, complete response.')).toMatchObject({
      value: 'positive',
    });
    expect(brca('High grade serous ovarian cancer IIIC, BRCA1 germline negative.')).toMatchObject({
      value: 'negative',
    });
    expect(brca('High grade serous ovarian cancer IIIC, BRCA1 germline pending.')).toBeUndefined();
  });

  it('reads involved nodes whose number is not told, alone or in a run', () => {
    const stomach = only(read('Рак желудка сT3N+M0, операбельный, 60 лет.'));
    expect(stomach.clinicalTnm).toMatchObject({ t: { value: 'T3' }, n: { value: 'N+' }, m: { value: 'M0' } });
    expect(stomach.stage).toMatchObject({ value: 'III' });
  });

  it('does not take "nonmetastatic" for metastatic, nor the points of Child-Pugh for a code', () => {
    expect(only(read('Osteosarcoma, 15 y, nonmetastatic.')).values.metastatic).not.toMatchObject({ value: 'yes' });
    const p = read('HCC, Child-Pugh C10, ECOG 3.');
    expect(only(p).cancer).toMatchObject({ value: { oncotree: 'HCC' } });
    expect(p.values['child-pugh']).toMatchObject({ value: 'C' });
  });

  it('reads an age before any word, and who is unfit', () => {
    const p = read('AML 76 years unfit, FLT3-ITD.');
    expect(p.values.age).toMatchObject({ value: 76 });
    expect(p.values['intensive-fit']).toMatchObject({ value: 'no' });
    expect(read('Breast cancer, 5 years after surgery, cisplatin-unfit.').values['intensive-fit']).toBeUndefined();
    expect(read('Breast cancer, relapse 5 years after surgery.').values.age).toBeUndefined();
  });

  it('reads the transformation to small-cell cancer and the deletion of 5q as they are typed', () => {
    expect(
      only(read('EGFR-mutated NSCLC transformed to small cell after osimertinib')).values.transformed,
    ).toMatchObject({
      value: 'yes',
    });
    const del = only(read('MDS 5q del, transfusion dependent, low risk')).biomarkers.find((b) => b.name === 'del-5q');
    expect(del?.result).toMatchObject({ value: 'positive' });
  });

  it('reads a cancer whose word is left out, and the primary that metastases come from', () => {
    const oncotree = (text: string) => {
      const { cancer } = only(read(text));
      return cancer.known ? cancer.value.oncotree : undefined;
    };
    expect(oncotree('MSI-H metastatic colorectal, first line.')).toBe('COADREAD');
    expect(oncotree('Brain metastases from breast, HER2 3+.')).toMatch(/^BR/);
    expect(oncotree('Лимфома фолликулярная, рецидив после R-CHOP.')).toBe('FL');
    expect(oncotree('Colon cancer with metastatic liver lesions.')).toBe('COAD');
  });

  it('reads ALL in capitals as the leukaemia, and "all" as all', () => {
    expect(only(read('KMT2A-rearranged ALL, relapsed.')).cancer).toMatchObject({ known: true });
    const cancer = only(read('Treat ALL metastases with SBRT? Colon cancer.')).cancer;
    expect(cancer).toMatchObject({ value: { oncotree: 'COAD' } });
  });

  it('counts the months from the last course to a relapse where no stage or operation is told', () => {
    const interval = (text: string) => only(read(text)).values['relapse-interval'];
    expect(interval('Ovarian cancer, relapse 4 months after platinum.')).toMatchObject({ value: 4 });
    expect(interval('Metastatic colon cancer, progression 4 months after FOLFOX.')).toBeUndefined();
  });

  it('does not take "cN1 cM0" for a size in centimetres', () => {
    expect(only(read('Breast cancer cT2 cN1 cM0.')).values['tumour-size']).toBeUndefined();
    expect(only(read('Breast cancer, tumour 2.4 cm, cN1.')).values['tumour-size']).toMatchObject({ value: 24 });
  });
});
