// The limits of the labels and guidelines, just on either side: written by hand from the sources that the rules cite.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/domain/corpus/drug.js';
import type { Value } from '../../../src/domain/patient.js';
import { assess, regimenOf, verdictOf } from './world.js';

type Row = readonly [rule: string, drug: string, fact: string, value: Value, verdict: Verdict];

const NUMBERS: readonly Row[] = [
  ['khorana-thromboprophylaxis', 'gemcitabine', 'khorana', 1, 'clear'],
  ['khorana-thromboprophylaxis', 'gemcitabine', 'khorana', 2, 'caution'],
  ['khorana-thromboprophylaxis', 'osimertinib', 'khorana', 6, 'clear'],
  ['carg-high', 'docetaxel', 'carg', 9, 'clear'],
  ['carg-high', 'docetaxel', 'carg', 10, 'caution'],
  ['cisplatin-renal', 'cisplatin', 'creatinine-clearance', 49.9, 'contraindicated'],
  ['cisplatin-renal', 'cisplatin', 'creatinine-clearance', 50, 'clear'],
  ['cisplatin-renal-borderline', 'cisplatin', 'creatinine-clearance', 50, 'caution'],
  ['cisplatin-renal-borderline', 'cisplatin', 'creatinine-clearance', 59.9, 'caution'],
  ['cisplatin-renal-borderline', 'cisplatin', 'creatinine-clearance', 60, 'clear'],
  ['cisplatin-renal', 'cisplatin', 'egfr', 49, 'contraindicated'],
  ['carboplatin-renal', 'carboplatin', 'creatinine-clearance', 19.9, 'contraindicated'],
  ['carboplatin-renal', 'carboplatin', 'creatinine-clearance', 20, 'clear'],
  ['carboplatin-renal-dose', 'carboplatin', 'creatinine-clearance', 59, 'caution'],
  ['carboplatin-renal-dose', 'carboplatin', 'creatinine-clearance', 60, 'clear'],
  ['pemetrexed-renal', 'pemetrexed', 'creatinine-clearance', 44.9, 'contraindicated'],
  ['pemetrexed-renal', 'pemetrexed', 'creatinine-clearance', 45, 'clear'],
  ['capecitabine-renal', 'capecitabine', 'creatinine-clearance', 29.9, 'contraindicated'],
  ['capecitabine-renal', 'capecitabine', 'creatinine-clearance', 30, 'clear'],
  ['capecitabine-renal-dose', 'capecitabine', 'creatinine-clearance', 50, 'caution'],
  ['capecitabine-renal-dose', 'capecitabine', 'creatinine-clearance', 51, 'clear'],
  ['zoledronic-acid-renal', 'zoledronic acid', 'creatinine-clearance', 29, 'contraindicated'],
  ['zoledronic-acid-renal-dose', 'zoledronic acid', 'creatinine-clearance', 30, 'caution'],
  ['zoledronic-acid-renal-dose', 'zoledronic acid', 'creatinine-clearance', 61, 'clear'],
  ['methotrexate-renal', 'methotrexate', 'creatinine-clearance', 29, 'contraindicated'],
  ['methotrexate-renal-dose', 'methotrexate', 'creatinine-clearance', 30, 'caution'],
  ['olaparib-renal', 'olaparib', 'creatinine-clearance', 50, 'caution'],
  ['olaparib-renal-severe', 'olaparib', 'creatinine-clearance', 30, 'contraindicated'],
  ['olaparib-renal-severe', 'olaparib', 'creatinine-clearance', 31, 'clear'],
  ['eribulin-renal', 'eribulin', 'creatinine-clearance', 49, 'caution'],
  ['tki-renal-severe', 'lorlatinib', 'creatinine-clearance', 29, 'caution'],
  ['tki-renal-severe', 'lorlatinib', 'creatinine-clearance', 30, 'clear'],
  ['docetaxel-hepatic', 'docetaxel', 'bilirubin-uln', 1, 'clear'],
  ['docetaxel-hepatic', 'docetaxel', 'bilirubin-uln', 1.01, 'contraindicated'],
  ['docetaxel-transaminases', 'docetaxel', 'alt-uln', 1.5, 'clear'],
  ['docetaxel-transaminases', 'docetaxel', 'alt-uln', 1.6, 'caution'],
  ['docetaxel-transaminases-high', 'docetaxel', 'ast-uln', 3.6, 'contraindicated'],
  ['paclitaxel-hepatic', 'paclitaxel', 'bilirubin-uln', 1.25, 'clear'],
  ['paclitaxel-hepatic', 'paclitaxel', 'bilirubin-uln', 1.3, 'caution'],
  ['paclitaxel-hepatic-severe', 'paclitaxel', 'bilirubin-uln', 5, 'clear'],
  ['paclitaxel-hepatic-severe', 'nab-paclitaxel', 'bilirubin-uln', 5.1, 'contraindicated'],
  ['nab-paclitaxel-hepatic', 'nab-paclitaxel', 'bilirubin-uln', 1.6, 'caution'],
  ['anthracycline-hepatic', 'doxorubicin', 'bilirubin', 20, 'clear'],
  ['anthracycline-hepatic', 'doxorubicin', 'bilirubin', 20.5, 'caution'],
  ['anthracycline-hepatic-severe', 'doxorubicin', 'bilirubin', 85, 'clear'],
  ['anthracycline-hepatic-severe', 'epirubicin', 'bilirubin', 86, 'contraindicated'],
  ['vinca-hepatic', 'vinorelbine', 'bilirubin', 34, 'clear'],
  ['vinca-hepatic', 'vinorelbine', 'bilirubin', 35, 'caution'],
  ['eribulin-hepatic', 'eribulin', 'bilirubin-uln', 2, 'caution'],
  ['eribulin-hepatic-severe', 'eribulin', 'bilirubin-uln', 3.1, 'contraindicated'],
  ['irinotecan-hepatic-severe', 'irinotecan', 'bilirubin-uln', 3, 'clear'],
  ['irinotecan-hepatic-severe', 'sacituzumab govitecan', 'bilirubin-uln', 3.1, 'contraindicated'],
  ['tdm1-hepatic', 'trastuzumab emtansine', 'alt-uln', 2.6, 'caution'],
  ['hepatotoxic-transaminases-severe', 'lapatinib', 'alt-uln', 5, 'clear'],
  ['hepatotoxic-transaminases', 'alectinib', 'alt-uln', 5.1, 'caution'],
  ['hepatotoxic-transaminases-severe', 'alectinib', 'alt-uln', 5.1, 'clear'],
  ['hepatotoxic-transaminases-severe', 'lapatinib', 'alt-uln', 5.1, 'contraindicated'],
  ['kinase-inhibitor-hepatic', 'crizotinib', 'ast-uln', 3.1, 'caution'],
  ['checkpoint-inhibitor-hepatic', 'pembrolizumab', 'alt-uln', 3, 'clear'],
  ['neutrophils-delay', 'carboplatin', 'neutrophils', 1.5, 'clear'],
  ['neutrophils-delay', 'carboplatin', 'neutrophils', 1.49, 'caution'],
  ['neutrophils-delay', 'carboplatin', 'neutrophils', 1, 'caution'],
  ['neutrophils-severe', 'carboplatin', 'neutrophils', 0.99, 'contraindicated'],
  ['taxane-neutrophils', 'docetaxel', 'neutrophils', 1.5, 'clear'],
  ['taxane-neutrophils', 'docetaxel', 'neutrophils', 1.49, 'contraindicated'],
  ['cdk46-neutrophils-severe', 'palbociclib', 'neutrophils', 0.49, 'contraindicated'],
  ['platelets-delay', 'carboplatin', 'platelets', 50, 'caution'],
  ['platelets-low', 'carboplatin', 'platelets', 49, 'contraindicated'],
  ['cdk46-neutrophils', 'palbociclib', 'neutrophils', 0.99, 'caution'],
  ['cdk46-neutrophils', 'palbociclib', 'neutrophils', 1, 'clear'],
  ['platelets-delay', 'carboplatin', 'platelets', 99, 'caution'],
  ['platelets-delay', 'carboplatin', 'platelets', 100, 'clear'],
  ['platelets-severe', 'carboplatin', 'platelets', 24, 'contraindicated'],
  ['bleeding-drug-platelets', 'trastuzumab emtansine', 'platelets', 49, 'caution'],
  ['parp-haemoglobin', 'olaparib', 'haemoglobin', 89, 'caution'],
  ['anaemia-chemotherapy', 'docetaxel', 'haemoglobin', 80, 'clear'],
  ['anthracycline-lvef', 'epirubicin', 'lvef', 49, 'contraindicated'],
  ['anthracycline-lvef', 'epirubicin', 'lvef', 50, 'clear'],
  ['anthracycline-lvef-borderline', 'doxorubicin', 'lvef', 54, 'caution'],
  ['anti-her2-lvef-low', 'trastuzumab', 'lvef', 39, 'contraindicated'],
  ['anti-her2-lvef-low', 'trastuzumab', 'lvef', 40, 'clear'],
  ['anti-her2-lvef-borderline', 'trastuzumab deruxtecan', 'lvef', 49, 'caution'],
  ['anti-her2-lvef-borderline', 'trastuzumab deruxtecan', 'lvef', 50, 'clear'],
  ['cardiotoxic-kinase-inhibitor-lvef', 'osimertinib', 'lvef', 49, 'caution'],
  ['mek-lvef-low', 'trametinib', 'lvef', 39, 'contraindicated'],
  ['qtc-500', 'osimertinib', 'qtc', 499, 'clear'],
  ['qtc-500', 'osimertinib', 'qtc', 500, 'contraindicated'],
  ['qtc-450-strict', 'ribociclib', 'qtc', 449, 'clear'],
  ['qtc-450-strict', 'ribociclib', 'qtc', 450, 'contraindicated'],
  ['qtc-450-strict', 'palbociclib', 'qtc', 480, 'clear'],
  ['qtc-470', 'osimertinib', 'qtc', 470, 'caution'],
  ['qt-electrolytes', 'ribociclib', 'potassium', 3.4, 'caution'],
  ['hypertensive-crisis', 'bevacizumab', 'systolic-bp', 180, 'contraindicated'],
  ['hypertension-uncontrolled', 'bevacizumab', 'diastolic-bp', 99, 'clear'],
  ['hypertension-uncontrolled', 'bevacizumab', 'diastolic-bp', 100, 'caution'],
  ['anti-vegf-proteinuria', 'bevacizumab', 'proteinuria-24h', 2, 'contraindicated'],
  ['anti-vegf-proteinuria-mild', 'bevacizumab', 'proteinuria-24h', 1.9, 'caution'],
  ['neuropathy-severe', 'paclitaxel', 'neuropathy-grade', 3, 'contraindicated'],
  ['neuropathy-severe', 'paclitaxel', 'neuropathy-grade', 2, 'clear'],
  ['neuropathy-moderate', 'paclitaxel', 'neuropathy-grade', 2, 'caution'],
  ['neuropathy-moderate', 'paclitaxel', 'neuropathy-grade', 1, 'clear'],
  ['neuropathy-severe-other', 'eribulin', 'neuropathy-grade', 3, 'caution'],
  ['pi3k-hba1c-high', 'alpelisib', 'hba1c', 8, 'contraindicated'],
  ['pi3k-hba1c', 'alpelisib', 'hba1c', 7.9, 'caution'],
  ['pi3k-hba1c', 'alpelisib', 'hba1c', 6.4, 'clear'],
  ['bone-agent-hypocalcaemia', 'denosumab', 'calcium', 2.0, 'contraindicated'],
  ['bone-agent-hypocalcaemia', 'denosumab', 'calcium', 2.1, 'clear'],
  ['ecog-4', 'docetaxel', 'ecog', 4, 'contraindicated'],
  ['ecog-3-nsclc', 'pembrolizumab', 'ecog', 3, 'contraindicated'],
  ['ecog-3-nsclc', 'pembrolizumab', 'ecog', 2, 'clear'],
  ['ecog-3-nsclc', 'osimertinib', 'ecog', 3, 'clear'],
  ['ecog-2-cisplatin', 'cisplatin', 'ecog', 2, 'caution'],
  ['older-anthracycline', 'doxorubicin', 'age', 70, 'caution'],
  ['older-anthracycline', 'doxorubicin', 'age', 69, 'clear'],
  ['lung-function-low', 'gefitinib', 'dlco', 39, 'caution'],
];

const WORDS: readonly Row[] = [
  ['dpyd-poor', 'capecitabine', 'dpyd', 'poor', 'contraindicated'],
  ['dpyd-intermediate', 'fluorouracil', 'dpyd', 'intermediate', 'caution'],
  ['dpyd-poor', 'fluorouracil', 'dpyd', 'normal', 'clear'],
  ['ugt1a1-poor', 'sacituzumab govitecan', 'ugt1a1', 'poor', 'caution'],
  ['thiopurine-poor', 'mercaptopurine', 'nudt15', 'poor', 'contraindicated'],
  ['tamoxifen-cyp2d6', 'tamoxifen', 'cyp2d6', 'poor', 'caution'],
  ['pregnancy-contraindicated', 'trastuzumab', 'pregnant', 'yes', 'contraindicated'],
  ['pregnancy-contraindicated', 'letrozole', 'pregnant', 'yes', 'contraindicated'],
  ['pregnancy-contraindicated', 'methotrexate', 'pregnant', 'yes', 'contraindicated'],
  ['pregnancy-contraindicated', 'azacitidine', 'pregnant', 'yes', 'contraindicated'],
  ['pregnancy-contraindicated', 'pembrolizumab', 'pregnant', 'no', 'clear'],
  ['pregnancy-chemotherapy', 'doxorubicin', 'pregnant', 'yes', 'caution'],
  ['pregnancy-contraindicated', 'doxorubicin', 'pregnant', 'yes', 'clear'],
  ['breastfeeding', 'tamoxifen', 'breastfeeding', 'yes', 'caution'],
  ['fertility-wish', 'cyclophosphamide', 'fertility-wish', 'yes', 'caution'],
  ['aromatase-inhibitor-before-menopause', 'letrozole', 'menopause', 'pre', 'contraindicated'],
  ['aromatase-inhibitor-before-menopause', 'letrozole', 'menopause', 'post', 'clear'],
  ['hepatitis-b-positive', 'pembrolizumab', 'hbsag', 'positive', 'caution'],
  ['frail-chemotherapy', 'docetaxel', 'frailty', 'frail', 'caution'],
  ['comfort-care', 'osimertinib', 'goals-of-care', 'comfort', 'contraindicated'],
  ['chemotherapy-declined', 'carboplatin', 'refuses-chemotherapy', 'yes', 'contraindicated'],
  ['chemotherapy-declined', 'osimertinib', 'refuses-chemotherapy', 'yes', 'clear'],
  ['conjugate-chemotherapy-declined', 'trastuzumab deruxtecan', 'refuses-chemotherapy', 'yes', 'caution'],
  ['systemic-declined', 'tamoxifen', 'refuses-systemic', 'yes', 'contraindicated'],
];

describe('limits', () => {
  it.each([...NUMBERS, ...WORDS])('%s: %s with %s %s is %s', (rule, drug, fact, value, verdict) => {
    expect(verdictOf(rule, [drug], { values: { [fact]: value } })).toBe(verdict);
  });

  it('takes creatinine clearance before the estimated GFR', () => {
    const values = { 'creatinine-clearance': 80, egfr: 40 };
    expect(verdictOf('cisplatin-renal', ['cisplatin'], { values })).toBe('clear');
  });

  it('lets ovarian suppression make an aromatase inhibitor possible before menopause', () => {
    const rule = 'aromatase-inhibitor-before-menopause';
    const told = { values: { menopause: 'pre' }, sex: 'female' as const };
    expect(verdictOf(rule, ['letrozole', 'goserelin'], told)).toBe('clear');
    expect(verdictOf(rule, ['letrozole'], { ...told, courses: [{ drugs: ['goserelin'], outcome: 'ongoing' }] })).toBe(
      'clear',
    );
    expect(
      verdictOf(rule, ['letrozole'], { ...told, courses: [{ modality: 'surgery', procedure: 'oophorectomy' }] }),
    ).toBe('clear');
    expect(verdictOf(rule, ['letrozole'], told)).toBe('contraindicated');
  });

  it('holds operations and radiotherapy back when they are declined', () => {
    const surgery = { modalities: ['surgery'], procedures: ['mastectomy'] };
    const radiotherapy = { modalities: ['radiotherapy'], procedures: ['breast-radiotherapy'] };
    expect(verdictOf('surgery-declined', [], { values: { 'refuses-surgery': 'yes' } }, surgery)).toBe(
      'contraindicated',
    );
    expect(verdictOf('not-operable', [], { caseValues: { operable: 'no' } }, surgery)).toBe('contraindicated');
    expect(verdictOf('radiotherapy-declined', [], { values: { 'refuses-radiotherapy': 'yes' } }, radiotherapy)).toBe(
      'contraindicated',
    );
    expect(verdictOf('pregnancy-radiotherapy', [], { values: { pregnant: 'yes' } }, radiotherapy)).toBe(
      'contraindicated',
    );
  });

  it('holds back until what the rule needs is settled, and not when the drug is being given', () => {
    const weak = { values: { lvef: 45 } };
    const begun = { ...weak, courses: [{ drugs: ['trastuzumab'], outcome: 'ongoing' as const }] };
    expect(assess(regimenOf(['trastuzumab']), weak).needsData).toEqual(['cardiology agreement (LVEF 40-49 %)']);
    expect(assess(regimenOf(['trastuzumab']), begun).needsData).toEqual([]);
    expect(
      assess(regimenOf(['osimertinib']), { conditions: ['long-qt', 'interstitial-lung-disease'] }).needsData,
    ).toEqual(
      expect.arrayContaining([
        'cardiology agreement (long QT syndrome)',
        'lung specialist agreement (interstitial lung disease)',
      ]),
    );
  });

  it('gives no chemotherapy in the first trimester, and asks for the week when it is not recorded', () => {
    const week = (n?: number) => ({
      values: { pregnant: 'yes', age: 34, ...(n === undefined ? {} : { 'gestational-age': n }) },
    });
    expect(verdictOf('pregnancy-first-trimester', ['doxorubicin'], week(13))).toBe('contraindicated');
    expect(verdictOf('pregnancy-first-trimester', ['doxorubicin'], week(14))).toBe('clear');
    expect(assess(regimenOf(['doxorubicin']), week()).needsData).toEqual(['gestational age']);
    expect(assess(regimenOf(['doxorubicin']), { values: { age: 34 } }).needsData).toEqual([]);
  });

  it('asks no screening again for a drug that is going on', () => {
    const told = { courses: [{ drugs: ['denosumab'], outcome: 'ongoing' as const }] };
    expect(assess(regimenOf(['denosumab']), {}).beforeFirstDose).toContain('dental examination');
    expect(assess(regimenOf(['denosumab']), told).beforeFirstDose).toEqual([]);
  });
});
