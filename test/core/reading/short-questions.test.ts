// Questions of one line, as a doctor types them: a driver named alone, an organ with its stage, a relapse after counted lines, and the neighbours
// that must not be read so.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { historyOf, patientOf, factOf, cancerOf } = noteReader(readerParts());
const results = (text: string): readonly string[] =>
  (patientOf(text).cases[0]?.biomarkers ?? []).map(
    ({ name, result }) => `${name} ${result.known ? result.value : '?'}`,
  );

describe('a driver named alone', () => {
  test.each([
    ['НМРЛ ROS1, первая линия', 'ROS1 positive'],
    ['Холангиокарцинома IDH1 после химиотерапии', 'IDH1 positive'],
    ['Stage III high grade serous ovarian cancer BRCA1, responded to carboplatin', 'BRCA1 positive'],
    ['Metastatic pancreatic cancer gBRCA2, stable after 6 months of FOLFIRINOX', 'BRCA2 positive'],
    ['НМРЛ с мутацией HER2, прогрессирование', 'ERBB2 positive'],
    ['gBRCA1 TNBC, residual disease after neoadjuvant chemotherapy', 'BRCA1 positive'],
    ['HER2 mutated NSCLC, progressed on carboplatin-pemetrexed', 'ERBB2 positive'],
  ])('in "%s" was found', (text, result) => {
    expect(results(text)).toContain(result);
  });
  test.each([
    'NSCLC, test for ROS1, first line?',
    'Lung adenocarcinoma, ALK and ROS1, first line',
    'НМРЛ, исследовать ROS1, первая линия',
    'NSCLC, no ALK, first line',
  ])('in "%s" was not', (text) => {
    expect(results(text).filter((r) => /(?:ROS1|ALK) positive/.test(r))).toEqual([]);
  });
  test('is told to be inferred', () => {
    const [read] = (historyOf('НМРЛ ROS1, первая линия').reading?.facts ?? []).filter((f) => f.fact.includes('ROS1'));
    expect(read).toMatchObject({ confidence: 'medium', used: true });
  });
});

describe('the cancer of a short question', () => {
  test.each([
    ['Larynx T3N1, cisplatin contraindicated', 'LXSC'],
    ['Biochemical recurrence after prostatectomy, PSA 0.4', 'PRAD'],
    ['BCG-unresponsive CIS bladder', 'BLCA'],
    ['Тимусная карцинома, вторая линия', 'THYC'],
    ['Саливарная протоковая карцинома метастатическая', 'SDCA'],
    ['Рак лёгкого мелкоклеточный распространённый, впервые', 'SCLC'],
    ['Рецидив мелкоклеточного рака лёгкого', 'SCLC'],
    ['Больной с немелкоклеточным раком лёгкого', 'NSCLC'],
    ['Рецидив плоскоклеточного рака кожи, неоперабельный', 'CSCC'],
    ['Рецидив медуллярного рака щитовидной железы', 'THME'],
    ['Метастазы увеальной меланомы', 'UM'],
    ['Лечение гигантоклеточной опухоли кости', 'GCTB'],
    ['Angiomyolipoma 5 cm, tuberous sclerosis', 'RAML'],
    ['Oropharynx HPV positive T2N1', 'OPHSC'],
    ['Brain nonseminomatous germ cell tumour', 'BMGCT'],
    ['Intracranial NSGCT, AFP 400', 'BMGCT'],
    ['Несеминома яичка, метастазы', 'NSGCT'],
  ])('in "%s" is %s', (text, oncotree) => {
    expect(cancerOf(text)).toBe(oncotree);
  });
});

describe('what a short question tells', () => {
  test.each([
    ['Intermediate-risk non-muscle-invasive bladder cancer, recurrent', 'nmibc-risk', 'intermediate'],
    ['NMIBC, very high risk', 'nmibc-risk', 'very-high'],
    ['Немышечно-инвазивный рак мочевого пузыря промежуточного риска', 'nmibc-risk', 'intermediate'],
    ['Рак полового члена, пакет паховых узлов', 'inguinal-nodes', 'fixed'],
    ['Angiomyolipoma of kidney 6 cm', 'tumour-size', 60],
    ['Recurrent osteosarcoma', 'relapse-alone', 'yes'],
    ['Stage III ovarian cancer, responded to carboplatin-paclitaxel, maintenance?', 'maintenance-asked', 'yes'],
    ['Меланома IIIB, резектабельные узлы', 'clinical-nodes', 'yes'],
    ['Recurrent pancreatic cancer 14 months after adjuvant FOLFIRINOX', 'primary-treated', 'surgery'],
    ['Recurrent pancreatic cancer 14 months after resection and adjuvant FOLFIRINOX', 'relapse-alone', 'no'],
    ['Vaginal cancer stage II', 'vulvovaginal-site', 'vagina'],
    ['SCLC extensive untreated ECOG 2', 'sclc-extent', 'extensive'],
    ['Intermediate HCC multinodular, Child-Pugh A', 'bclc', 'B'],
    ['Recurrent cervical cancer after chemoradiation and two lines of systemic treatment', 'line', 3],
    ['Recurrent cervical cancer after chemoradiation and two lines of systemic treatment', 'metastatic', 'yes'],
    ['Плоскоклеточный рак лёгкого IV, PD-L1 60%, ECOG 1', 'metastatic', 'yes'],
  ])('in "%s" gives %s', (text, id, value) => {
    expect(factOf(text, id)).toEqual(value);
  });
  test('of chemoimmunotherapy is a checkpoint inhibitor in a carcinoma and none in a lymphoma', () => {
    const given = (text: string) => (patientOf(text).cases[0]?.courses ?? []).flatMap((c) => c.drugs);
    expect(given('Metastatic NSCLC, progressed after chemo-immunotherapy')).toContain('checkpoint inhibitor not named');
    expect(given('Метастатический НМРЛ, прогрессирование после химиоиммунотерапии')).toContain('platinum agent');
    expect(given('Follicular lymphoma, progressed after immunochemotherapy')).not.toContain(
      'checkpoint inhibitor not named',
    );
  });
  test('of a drug that may be given is no treatment', () => {
    for (const text of ['Bladder cancer T2N0M0, cisplatin eligible', 'Рак мочевого пузыря T2N0M0, цисплатин возможен'])
      expect(patientOf(text).cases[0]?.courses ?? []).toEqual([]);
  });
  test('of TC is paclitaxel with carboplatin in the ovary', () => {
    const [, , ...after] = [
      '',
      '',
      ...(patientOf('Рак яичников IIIC после циторедукции и 6 курсов TC').cases[0]?.courses ?? []),
    ];
    expect(after.flatMap((c) => c.drugs)).toEqual(['carboplatin', 'paclitaxel']);
  });
  test('of metastatic prostate cancer after an antiandrogen is that it failed, unless it still answers', () => {
    const outcomes = (text: string) => (patientOf(text).cases[0]?.courses ?? []).map((c) => c.outcome);
    expect(outcomes('Prostate cancer, bone metastases, after abiraterone. What next?')).toEqual(['progressed']);
    expect(outcomes('Prostate cancer, bone metastases, on abiraterone, PSA falling')).not.toContain('progressed');
  });
  test('of a relapse after radiotherapy with temozolomide stands after both', () => {
    expect(factOf('Рецидив глиобластомы через год после ЛТ с темозоломидом', 'recurrence')).toBe('locoregional');
  });
  test('of a burden called high is a finding', () => {
    expect(results('TMB-high sarcoma after standard therapy')).toContain('TMB positive');
  });
  test('of a grade is no stage', () => {
    expect(patientOf('Breast carcinoma grade III, ER positive').cases[0]?.stage.known).toBe(false);
  });
});
