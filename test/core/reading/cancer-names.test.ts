// Names of cancers as they are written -> the node of OncoTree that they mean, the traps first: a name that contains another one.
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/core/normalize/normalize.js';
import { readNote } from '../../../src/core/reading/read-note.js';
import { readerParts } from './reader-parts.js';

const today = '2026-06-01';
const parts = readerParts();
const code = (text: string): string | undefined => {
  const [found] = normalize(readNote({ id: 'n', text }, parts, today), parts.terms, today).cases;
  return found?.cancer.known ? found.cancer.value.oncotree : undefined;
};

describe('squamous cell carcinoma of a place of head and neck', () => {
  it.each([
    ['Squamous cell carcinoma of tonsil', 'OPHSC'],
    ['Плоскоклеточный рак корня языка', 'OPHSC'],
    ['Squamous cell carcinoma of hypopharynx', 'HPHSC'],
    ['Рак грушевидного синуса', 'HPHSC'],
    ['Squamous cell carcinoma of glottis', 'LXSC'],
    ['Плоскоклеточный рак голосовой складки', 'LXSC'],
    ['Squamous cell carcinoma of maxillary sinus', 'SNSC'],
    ['Плоскоклеточный рак нижней губы', 'OCSC'],
    ['Squamous cell carcinoma of nasopharynx', 'NPC'],
  ])('"%s" is of that place', (text, oncotree) => {
    expect(code(text)).toBe(oncotree);
  });
});

describe('a name that contains the name of another disease', () => {
  it.each([
    ['Atypical CML, BCR-ABL1-negative', 'ACML'],
    ['Primary DLBCL of the CNS', 'PCNSL'],
    ['Primary diffuse large B-cell lymphoma of the central nervous system', 'PCNSL'],
    ['Olfactory neuroblastoma, Kadish C', 'ONBL'],
    ['Solid pseudopapillary neoplasm of the pancreas, liver metastases', 'SPN'],
    ['Adenosquamous carcinoma of the uterus', 'UASC'],
    ['Adenosquamous carcinoma of the tongue', 'ASCT'],
    ['Adenosquamous carcinoma of the lung, stage IV', 'LUAS'],
    ['Adenosquamous carcinoma of the pancreas, metastatic', 'PAASC'],
    ['Testicular mesothelioma', 'TMESO'],
    ['Clear cell sarcoma of the kidney', 'CCSK'],
    ['Clear cell sarcoma of tendon sheath, metastatic', 'CCS'],
    ['Malignant nonepithelial tumour of the liver', 'LIMNET'],
    ['Malignant rhabdoid tumour of the liver', 'MRTL'],
    ['Undifferentiated embryonal sarcoma of the liver', 'UESL'],
    ['Primary CNS melanoma', 'PCNSM'],
    ['Leiomyosarcoma of the uterus, lung metastases', 'ULMS'],
    ['Low-grade endometrial stromal sarcoma, metastatic', 'LGESS'],
    ['Ph-like B-ALL', 'BLLBCRABL1L'],
    ['BCR-ABL1-like acute lymphoblastic leukemia, relapsed', 'BLLBCRABL1L'],
    ['B-ALL, BCR-ABL1, relapsed', 'BLLBCRABL1'],
    ['Ph+ ALL, newly diagnosed', 'BLLBCRABL1'],
    ['Indolent T-cell lymphoproliferative disorder of the GI tract', 'ITLPDGI'],
    ['ALK positive large B-cell lymphoma', 'ALKLBCL'],
    ['Anaplastic large cell lymphoma, ALK positive, relapsed', 'ALCLALKP'],
    ['ALK-negative anaplastic large cell lymphoma', 'ALCLALKN'],
    ['Borderline phyllodes tumour of the breast', 'BLPT'],
  ])('reads %s as %s', (name, oncotree) => {
    expect(code(name)).toBe(oncotree);
  });
});

describe('a benign tumour', () => {
  it.each([
    'Fibroadenoma of the left breast',
    'Benign phyllodes tumor of the breast',
    'Uterine leiomyoma',
    'Serous cystadenoma of the pancreas',
    'Follicular adenoma of the thyroid gland',
    'Dysplastic nevus of the back',
    'Benign teratoma of the ovary',
    'Доброкачественная опухоль молочной железы',
    'Доброкачественное новообразование ободочной кишки',
    'Миома матки',
  ])('is no cancer when %s is told', (name) => {
    expect(code(name)).toBeUndefined();
  });
  it('says nothing when a cancer stands beside it', () => {
    expect(code('Adenocarcinoma of the colon arising in a tubulovillous adenoma, stage III')).toBe('COAD');
    expect(code('Melanoma arising in a congenital nevus, stage IIIB')).toBe('MEL');
    expect(code('Аденома предстательной железы. Рак желудка IV стадии.')).toBe('STAD');
  });
});

describe('grades, groups and subtypes', () => {
  it.each([
    ['Astrocytoma, IDH-mutant, grade 2', 'ASTR2'],
    ['Astrocytoma, IDH-mutant, grade 4', 'ASTR4'],
    ['Oligodendroglioma, IDH-mutant and 1p/19q-codeleted, grade 3', 'ODG3'],
    ['Medulloblastoma, group 3, relapsed', 'MBLG3'],
    ['Medulloblastoma, SHH-activated', 'MBLSHH'],
    ['MDS with ring sideroblasts', 'MDSRS'],
    ['MDS with excess blasts-2', 'MDSEB2'],
    ['CMML-2', 'CMML2'],
    ['AML with biallelic mutations of CEBPA', 'AMLCEBPA'],
    ['Myeloproliferative neoplasm, unclassifiable', 'MPNU'],
    ['High-grade B-cell lymphoma with MYC and BCL2 rearrangements', 'HGBCLMYCBCL2'],
    ['Primary cutaneous DLBCL, leg type', 'PCLBCLLT'],
    ['EBV positive DLBCL, NOS', 'EBVDLBCLNOS'],
    ['Low-grade serous ovarian cancer, recurrent', 'LGSOC'],
    ['Upper tract urothelial carcinoma, metastatic', 'UTUC'],
  ])('reads %s as %s', (name, oncotree) => {
    expect(code(name)).toBe(oncotree);
  });
});

describe('everyday and short names', () => {
  it.each([
    ['Gastroesophageal cancer, metastatic', 'EGC'],
    ['Oesophageal cancer, stage IV', 'STOMACH'],
    ['Metastatic neuroendocrine tumour, progressed on octreotide', 'NETNOS'],
    ['Metastatic cancer of unknown primary', 'CUPNOS'],
    ['GEP-NET, G2, metastatic', 'GINET'],
    ['Squamous cell carcinoma of the skin, locally advanced', 'CSCC'],
    ["Sezary's disease, relapsed", 'SS'],
    ['Paraganglioma, metastatic', 'PGNG'],
    ['DSRCT, metastatic', 'DSRCT'],
    ['Thymic carcinoid, metastatic', 'TNET'],
    ['Kaposi sarcoma', 'KAPOSI'],
    ['Malignant tumour of the stomach, metastatic', 'STAD'],
    ['Плоскоклеточный рак нижней губы', 'OCSC'],
    ['Злокачественное новообразование большой срамной губы', 'VSC'],
    ['Подкожная панникулитоподобная T-клеточная лимфома', 'SPTCL'],
    ['Подкожная панникулитоподобная Т-клеточная лимфома', 'SPTCL'],
    ['Асқазан обыры, IV сатысы', 'STAD'],
    ['Жатыр мойнының қатерлі ісігі', 'CERVIX'],
  ])('reads %s as %s', (name, oncotree) => {
    expect(code(name)).toBe(oncotree);
  });
  it('leaves a histology without a site not established', () => {
    expect(code('Metastatic adenocarcinoma')).toBeUndefined();
    expect(code('Metastatic squamous cell carcinoma')).toBeUndefined();
  });
});
