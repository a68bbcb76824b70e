// What dictated letters taught: the day that a word is told of, short names of comorbidities, radiation beside a drug, what is asked and what was
// given, facts told by a number. Each with the neighbour that must not be read so.
import { describe, expect, test } from 'vitest';
import { noteReader, readerParts } from './reader-parts.js';

const { historyOf, patientOf, factOf } = noteReader(readerParts(), '2026-06-15');
const wordsOf = (text: string, kind: string): readonly string[] =>
  historyOf(text).entries.flatMap((e) => (e.kind === kind && 'code' in e ? [e.code.text ?? ''] : []));
const drugNamed = (text: string, inn: string) =>
  historyOf(text).entries.find((e) => e.kind === 'medication' && e.code.text === inn);
const conditionsOf = (text: string): readonly string[] => patientOf(text).conditions.map((c) => c.id);

describe('radiation told by its dose', () => {
  test.each([
    'Stage IIIB squamous lung cancer. Completed weekly carboplatin/paclitaxel with 60 Gy on 22 May 2026.',
    'Рак лёгкого IIIB. Карбоплатин/паклитаксел на фоне ДЛТ 60 Гр завершены 22.05.2026.',
  ])('is chemoradiotherapy beside the drugs that go with it: "%s"', (text) => {
    expect(wordsOf(text, 'procedure')).toContain('chemoradiotherapy');
  });

  test('is radiotherapy where the drugs came before it or are hormones', () => {
    expect(
      wordsOf('Lung cancer IIIB. Carboplatin/paclitaxel x2, then 60 Gy in 30 fractions.', 'procedure'),
    ).not.toContain('chemoradiotherapy');
    expect(wordsOf('Prostate cancer T3N0M0: goserelin with 78 Gy in 2024.', 'procedure')).not.toContain(
      'chemoradiotherapy',
    );
  });
});

describe('what is asked', () => {
  test.each([
    ['Metastatic lung adenocarcinoma, TPS 60 %. ECOG 1. ? immunotherapy', 'immunotherapy'],
    ['Wilms tumour, nephrectomy 3 June 2026, stage II. Post-op chemo?', 'chemotherapy'],
    ['ОМЛ, 77 лет. К интенсивной ХТ не кандидат. Тактика?', 'chemotherapy'],
    ['Остеосаркома, резекция 12.05.2026. Послеоперационная химиотерапия?', 'chemotherapy'],
    ['Multiple myeloma, relapse on lenalidomide. Daratumumab never given. Advise.', 'daratumumab'],
  ])('was not given: "%s"', (text, words) => {
    expect(wordsOf(text, 'medication')).not.toContain(words);
  });

  test.each([
    'Breast cancer T2N1M0, ER 0, PR 0, HER2 0. Neoadjuvant?',
    'Рак молочной железы T2N1M0, ER 0, PR 0, HER2 0. Неоадъювант?',
  ])('before an operation, tells that nothing was given: "%s"', (text) => {
    expect(historyOf(text).treatmentUntold).toBeUndefined();
  });

  test.each([
    'Ovarian cancer IIIC. 3 cycles carboplatin + paclitaxel 03-05.2026, partial response. Interval debulking?',
    'Рак яичника IIIC. 3 курса карбоплатин + паклитаксел 03-05.2026, ЧО. Интервальная циторедукция?',
  ])('between courses, makes those before it neoadjuvant: "%s"', (text) => {
    expect(drugNamed(text, 'carboplatin')).toMatchObject({ intent: { text: 'neoadjuvant' } });
  });
});

describe('the day of what is told', () => {
  test('of a clause that begins with its month is that month, to its end', () => {
    const text =
      '2016: L breast IDC, lumpectomy + RT, completed 5 years of letrozole (2016-2021). April 2026: bone pain; PET - multiple bone mets.';
    const patient = patientOf(text);
    expect(patient.cases[0]?.values.recurrence).toMatchObject({ value: 'distant' });
    expect(patient.cases[0]?.values.line).toMatchObject({ value: 1 });
  });

  test('behind an arrow is of what follows it, and "until" of the end', () => {
    const text =
      'Multiple myeloma, dx 2021. VRd x4 -> ASCT Nov 2021 -> lenalidomide maintenance until March 2026, relapse on lenalidomide.';
    expect(patientOf(text).cases[0]?.values.line).toMatchObject({ value: 2 });
  });

  test('of a year that ends a course is in that year', () => {
    const text =
      'CLL. Ibrutinib 2021-2023 stopped for bleeding (intolerance). Observed; now progressive lymphadenopathy.';
    expect(drugNamed(text, 'ibrutinib')).toMatchObject({ end: expect.stringMatching(/^2023/) });
    const turn = historyOf(text).entries.find(
      (e) => e.kind === 'observation' && e.code.text === 'Cancer disease status',
    );
    expect(turn).toMatchObject({ date: '2026-06-15' });
  });

  test('of two operations joined by a sign is one', () => {
    const text = 'Рак эндометрия pT1bN0M0, экстирпация матки + биопсия сторожевых л/у 12.05.2026.';
    const days = historyOf(text).entries.flatMap((e) => (e.kind === 'procedure' ? [e.date] : []));
    expect(days).toEqual(['2026-05-12', '2026-05-12']);
  });

  test('is that of the question for a drug given "from" then and not said to have ended', () => {
    const text =
      'Metastatic prostate cancer. ADT + abiraterone/pred from Feb 2023. PSA rising, new bone lesions May 2026.';
    expect(drugNamed(text, 'abiraterone')).toMatchObject({ status: 'active' });
  });

  test.each([
    'Sigmoid cancer stage III, 2022: resection, 8 cycles of CAPOX. 2026: liver metastases. First line?',
    'Рак сигмовидной кишки III ст, 2022: резекция, 8 курсов XELOX. 2026: mts в печень. 1 линия?',
  ])('of drugs told before the relapse and without a day is before it: "%s"', (text) => {
    const [sigmoid] = patientOf(text).cases;
    expect(sigmoid?.values.line).toMatchObject({ value: 1 });
    expect(sigmoid?.values['adjuvant-systemic']).toMatchObject({ value: 'yes' });
  });

  test('of an operation "after" some cycles is not theirs', () => {
    const text = 'Gastric cancer T3N1 resected March 2026 after 4 cycles FLOT, R0, ypT2N1. Continue FLOT?';
    expect(factOf(text, 'neoadjuvant-systemic')).toBe('yes');
  });

  test.each([
    'Mrs P (DOB 03/05/1960) had a right lower lobectomy on 30 April 2026: adenocarcinoma pT2b N1.',
    'Больная, дата рождения 03.05.1960, лобэктомия 30.04.2026: аденокарцинома лёгкого pT2bN1.',
  ])('of birth is no day of an operation: "%s"', (text) => {
    expect(historyOf(text).entries.find((e) => e.kind === 'procedure')).toMatchObject({ date: '2026-04-30' });
  });

  test('with "since" is of the drug before it, not of the operation behind it', () => {
    const text = 'Остеосаркома. 2 курса MAP с 02.2026, резекция 12.05.2026.';
    expect(historyOf(text).entries.find((e) => e.kind === 'procedure')).toMatchObject({ status: 'completed' });
  });

  test('on which a year of treatment ends is not after the question', () => {
    const text = 'Multiple myeloma: VRd x6 2022, progressed 2024; DPd 2024-2026 PD.';
    expect(drugNamed(text, 'daratumumab')).toMatchObject({ end: expect.stringMatching(/^2026-0[1-6]/) });
  });

  test.each([
    'Breast cancer ER+ HER2-, on adjuvant letrozole since 2023, now liver mets May 2026.',
    'РМЖ, ER+, HER2-, адъювантно летрозол с 2023, 05.2026 выявлены метастазы в печень.',
  ])('of metastases under adjuvant treatment is that of a relapse: "%s"', (text) => {
    expect(factOf(text, 'recurrence')).toBe('distant');
  });

  test('of birth is told by "1 year" to the year only', () => {
    expect(historyOf('Neuroblastoma, boy 1 year, stage M.').person.birthDate).toBe('2024');
    expect(historyOf('Neuroblastoma, boy 14 months, stage M.').person.birthDate).toBe('2025-04-15');
  });

  test('leaves the intent of a maintenance to the maintenance', () => {
    const text =
      'Ovarian cancer. Carbo/taxol 2024 -> olaparib maintenance (BRCA2) -> relapse 3/2025 -> carbo/PLD 6 cycles.';
    const second = historyOf(text)
      .entries.filter((e) => e.kind === 'medication' && e.code.text === 'carboplatin')
      .at(-1);
    expect(second).not.toHaveProperty('intent');
  });
});

describe('comorbidities in short', () => {
  test('are read in capitals', () => {
    expect(conditionsOf('Lung cancer. PMH: HTN, T2DM, PE 2020, RA.')).toEqual(
      expect.arrayContaining(['hypertension', 'diabetes', 'venous-thromboembolism', 'rheumatoid-arthritis']),
    );
    expect(conditionsOf('Рак лёгкого. Сопутствующие: ГБ, СД 2 типа, ФП, ИМ в 2015.')).toEqual(
      expect.arrayContaining(['hypertension', 'diabetes', 'arrhythmia', 'myocardial-infarction']),
    );
  });

  test('are not read from letters that mean something else, nor where they are denied', () => {
    expect(conditionsOf('Small cell lung cancer, 4 cycles of PE given.')).not.toContain('venous-thromboembolism');
    expect(conditionsOf('Рак лёгкого. Сопутствующие: СД нет, ГБ.')).not.toContain('diabetes');
    expect(conditionsOf('Lung cancer. No HTN, no T2DM.')).toEqual([]);
  });
});

describe('where the disease is', () => {
  test.each([
    ['Несеминома яичка. Mts в забрюшинные л/у, легкие чистые.', 'lung'],
    ['Colon cancer, liver mets, lungs clear.', 'lung'],
  ])('is not where it was looked for and not found: "%s"', (text, site) => {
    const sites = patientOf(text).cases[0]?.metastases.map((m) => m.site) ?? [];
    expect(sites).not.toContain(site);
  });

  test.each([
    ['Breast cancer with malignant pleural effusion.', 'yes'],
    ['Рак яичника, плеврит цитологически +.', 'yes'],
    ['Breast cancer T2N0, pleural effusion, cytology negative.', 'no'],
    ['Epithelioid pleural mesothelioma with malignant pleural effusion.', undefined],
  ])('is told by cells in an effusion, unless the tumour is of the pleura: "%s"', (text, metastatic) => {
    expect(factOf(text, 'metastatic')).toEqual(metastatic);
  });

  test('is the epidermis in melanoma in situ, and deeper where a depth is told', () => {
    expect(factOf('Melanoma in situ of the cheek, excised, margins free.', 'metastatic')).toBe('no');
    expect(wordsOf('Melanoma of back, Breslow 1.2 mm, arising in melanoma in situ.', 'observation')).not.toContain(
      'TNM stage',
    );
  });

  test('is not told by the stage of hypertension', () => {
    const stages = historyOf('Рак молочной железы. ГБ 2 ст.').entries.filter(
      (e) => e.kind === 'observation' && e.code.text === 'Stage group',
    );
    expect(stages).toEqual([]);
  });

  test('is the higher of a range of stages', () => {
    const stage = historyOf('Рак яичника IIIC-IVA.').entries.find(
      (e) => e.kind === 'observation' && e.code.text === 'Stage group',
    );
    expect(stage).toMatchObject({ value: { text: 'IVA' } });
  });
});

describe('a fact told otherwise', () => {
  test.each([
    ['Melanoma pT3b, SLNB: 1 of 3 SLN positive (1.4 mm deposit).', 'sentinel-node', 'positive'],
    ['Melanoma pT3b, SLNB: 1 of 3 SLN positive (1.4 mm deposit).', 'sentinel-deposit', 1.4],
    ['Меланома, сторожевой л/у без метастазов (0 из 2).', 'sentinel-node', 'negative'],
    ['Prostate cancer, bone mets. PSA rising (now 18), testosterone castrate.', 'psa', 18],
    ['Prostate cancer, bone mets. PSA rising (now 18), testosterone castrate.', 'castration-resistant', 'yes'],
    ['Саркома Юинга, резекция: некроз 70%.', 'necrosis-response', 'poor'],
    ['Osteosarcoma, resection: 95% necrosis.', 'necrosis-response', 'good'],
    ['ОМЛ, кариотип комплексный.', 'complex-karyotype', 'yes'],
    ['НЭО подвздошной кишки, ПЭТ с Ga-DOTATATE - все очаги накапливают.', 'sstr-imaging', 'positive'],
    ['GIST, partial gastrectomy 15 April 2026: 9 cm, no rupture. High risk.', 'gist-risk', 'high'],
    ['GIST, partial gastrectomy 15 April 2026: 9 cm, no rupture. High risk.', 'tumour-rupture', 'no'],
    ['GIST, partial gastrectomy 15 April 2026: 9 cm, no rupture. High risk.', 'tumour-size', 90],
    ['Ovarian cancer, unresectable initially.', 'resectable', undefined],
    ['Адренокортикальный рак, опухоль не резектабельна.', 'resectable', 'no'],
    ['Рак прямой кишки cT3N1M0, полный клинический ответ после ЛТ.', 'clinical-response', 'complete'],
    ['Рак яичников, рецидив (брюшина), платиносвободный интервал 30 мес.', 'platinum-status', 'sensitive'],
    [
      'Prostate cancer, prostatectomy 2022. PSA undetectable until 2025; now 0.42 ng/ml.',
      'biochemical-recurrence',
      'yes',
    ],
    ['Prostate cancer, prostatectomy 2022. PSA undetectable until 2025; now 0.42 ng/ml.', 'psa', 0.42],
    ['Lung cancer, CRT (cis/etoposide + 66 Gy), pneumonitis grade 2.', 'grade', undefined],
    ['Lung cancer, CRT (cis/etoposide + 66 Gy), pneumonitis grade 2.', 'carcinoma-in-situ', undefined],
    ['Prostate cancer, PSA 12, testosterone castrate on goserelin.', 'castration-resistant', undefined],
    ['НЭО подвздошной кишки, ПЭТ с DOTATATE: очаги не накапливают.', 'sstr-imaging', undefined],
  ])('"%s": %s', (text, id, value) => {
    expect(factOf(text, id)).toEqual(value);
  });

  test.each([
    ['Colon cancer, dMMR нет (MSS).', 'negative'],
    ['Рак эндометрия, MMR-профицитный.', 'negative'],
    ['Рак эндометрия, MMR-дефицитный.', 'positive'],
  ])('microsatellites of "%s"', (text, result) => {
    expect(patientOf(text).cases[0]?.biomarkers.find((b) => b.name === 'MSI')?.result).toMatchObject({ value: result });
  });

  test('a panel without drivers looked for all that have a drug, one variant only of KRAS', () => {
    const { biomarkers = [] } = patientOf('Metastatic lung adenocarcinoma, NGS: no driver mutations.').cases[0] ?? {};
    expect(biomarkers.filter((b) => b.result.known && b.result.value === 'negative').map((b) => b.name)).toEqual(
      expect.arrayContaining(['EGFR', 'ALK', 'ROS1', 'RET', 'MET', 'BRAF']),
    );
  });
});
