// What a second reader's questions told without the fact's own name, with the neighbour that must not be read so.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { historyOf, patientOf, factOf, cancerOf } = noteReader(readerParts());
const entriesOf = (text: string) => historyOf(text).entries;

describe('a note', () => {
  test.each([
    ['Radical cystectomy done: pathology ypT3 N1. Adjuvant?', 'BLCA'],
    ['After radical vulvectomy: 2 positive groin nodes.', 'VSC'],
    ['Merkel cell, wide excision and sentinel node positive.', 'MCC'],
    ['Penile carcinoma with pulmonary fibrosis, metastatic.', 'PSCC'],
    ['Параганглиома метастатическая.', 'PGNG'],
    ['Low-grade serous ovarian carcinoma, recurrent.', 'LGSOC'],
  ])('names the cancer when it tells "%s"', (text, oncotree) => {
    expect(cancerOf(text)).toBe(oncotree);
  });

  test('gives a scheme with its cycles written to it as treatment', () => {
    const drugs = entriesOf('After BEPx3 for metastatic nonseminoma, residual mass 2.8 cm.').filter(
      (e) => e.kind === 'medication',
    );
    expect(drugs.length).toBeGreaterThan(0);
  });

  test('counts an operation back from today when something is found years after it', () => {
    const operation = entriesOf('Adrenal metastasis of clear cell renal cancer 4 years after nephrectomy.').find(
      (e) => e.kind === 'procedure',
    );
    expect(operation).toMatchObject({ date: expect.stringMatching(/^2022-0[56]/) });
  });

  test.each([
    ['Metastatic urothelial cancer with grade 3 sensory neuropathy.', 'neuropathy-grade', 3],
    ['Bladder cancer cT3aN0M0, wants to keep his bladder.', 'refuses-surgery', 'yes'],
    ['Advanced pheochromocytoma, not MIBG avid.', 'mibg-uptake', 'negative'],
    ['Advanced pheochromocytoma, MIBG avid.', 'mibg-uptake', 'positive'],
    ['Melanoma IIIC, bulky palpable axillary nodes.', 'clinical-nodes', 'yes'],
    ['Metastatic paraganglioma, slowly growing.', 'disease-pace', 'slow'],
    ['Seminoma after 3 BEP, markers normal, PET-CT negative.', 'fdg-pet', 'negative'],
    ['Endometrial cancer grade 1 limited to the endometrium.', 'myometrial-invasion', 'none'],
    ['Clear cell renal cancer, solitary adrenal metastasis.', 'oligometastatic', 'yes'],
    ['Cutaneous squamous cell carcinoma not curable by surgery or radiation.', 'resectable', 'no'],
  ])('tells in "%s" the fact %s', (text, id, value) => {
    expect(factOf(text, id)).toEqual(value);
  });

  test.each([
    ['Melanoma IIIA, no palpable nodes.', 'clinical-nodes', 'yes'],
    ['Lung cancer, multiple brain metastases.', 'oligometastatic', 'yes'],
  ])('does not take from "%s" that %s is %s', (text, id, value) => {
    expect(factOf(text, id)).not.toEqual(value);
  });
});

describe('a cancer treated in a year named before', () => {
  test('is history beside another that is there now, and its operation is not of the one now', () => {
    const patient = patientOf('Colon cancer resected in 2010. Now metastatic melanoma BRAF V600E, first line?');
    const melanoma = patient.cases.find((c) => c.cancer.known && c.cancer.value.oncotree === 'MEL');
    expect(melanoma?.courses).toEqual([]);
    expect(
      patient.cases.filter((c) => c !== melanoma).every((c) => c.status.known && c.status.value === 'resolved'),
    ).toBe(true);
  });
  test.each([
    'Рак шейки матки IIIC1 стадии, плоскоклеточный. Ранее, в 2012 году, рак левой молочной железы T1N0, мастэктомия. Лечение не начато.',
    'Cervical squamous cell carcinoma stage IIIC1, untreated. Previously, in 2012, left breast cancer T1N0, mastectomy.',
  ])('is history wherever it stands: %s', (text) => {
    const cervix = patientOf(text).cases.find((c) => c.cancer.known && c.cancer.value.oncotree === 'CESC');
    expect(cervix?.courses).toEqual([]);
    expect(cervix?.stage.known && cervix.stage.value).toBe('IIIC1');
  });
  test('is the same cancer when it is that which came back', () => {
    expect(patientOf('Colon cancer, hemicolectomy in 2022. Now liver metastases.').cases).toHaveLength(1);
    const [breast] = patientOf(
      'Breast cancer with bone metastases. Previously, in 2012, left breast cancer, mastectomy.',
    ).cases;
    expect(breast?.courses).toHaveLength(1);
  });
  test('leaves the stage to the one now', () => {
    const patient = patientOf('Breast cancer in 2018, mastectomy. Now high-grade serous ovarian carcinoma stage IIIC.');
    const now = patient.cases.find((c) => c.cancer.known && c.cancer.value.oncotree === 'HGSOC');
    expect(now?.stage.known && now.stage.value).toBe('IIIC');
  });
});

describe('a treatment', () => {
  const outcomesOf = (text: string) => patientOf(text).cases[0]?.courses.map((c) => c.outcome);
  test.each([
    ['CML on imatinib for 3 years', ['ongoing']],
    ['CML, was on imatinib for 3 years', ['completed']],
    ['NSCLC EGFR L858R, progressed on osimertinib for 14 months', ['progressed']],
  ])('told for so long: %s', (text, outcomes) => {
    expect(outcomesOf(text)).toEqual(outcomes);
  });
  test('that is not possible was not given', () => {
    expect(outcomesOf('SEGA growing, tuberous sclerosis, not amenable to surgery')).toEqual([]);
  });
});

test.each(['Ovarian cancer stage IIIC, first line?', 'Ovarian cancer stage IIIC, first-line treatment'])(
  'a stage stands before the line asked for: %s',
  (text) => {
    const stage = patientOf(text).cases[0]?.stage;
    expect(stage?.known && stage.value).toBe('IIIC');
  },
);
