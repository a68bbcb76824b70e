// What labels contraindicate, and where we are stricter or milder than they are: each row is a patient the rule was written for.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/domain/corpus/drug.js';
import { type Told, verdictOf } from './world.js';

type Row = readonly [rule: string, drugs: readonly string[], patient: Told, verdict: Verdict];

const ROWS: readonly Row[] = [
  ['docetaxel-hepatic', ['docetaxel'], { values: { 'bilirubin-uln': 1.4 }, conditions: ['gilbert'] }, 'clear'],
  ['gilbert-bilirubin', ['docetaxel'], { values: { 'bilirubin-uln': 1.4 }, conditions: ['gilbert'] }, 'caution'],
  [
    'docetaxel-hepatic',
    ['docetaxel'],
    { values: { 'bilirubin-uln': 3.1 }, conditions: ['gilbert'] },
    'contraindicated',
  ],
  [
    'docetaxel-transaminases-phosphatase',
    ['docetaxel'],
    { values: { 'alt-uln': 1.6, 'alkaline-phosphatase': 301 } },
    'contraindicated',
  ],
  [
    'docetaxel-transaminases-phosphatase',
    ['docetaxel'],
    { values: { 'alt-uln': 1.6, 'alkaline-phosphatase': 300 } },
    'clear',
  ],
  ['capecitabine-hepatic-severe', ['capecitabine'], { values: { 'bilirubin-uln': 3.1 } }, 'contraindicated'],
  ['capecitabine-hepatic-severe', ['capecitabine'], { values: { 'bilirubin-uln': 3 } }, 'clear'],
  ['neratinib-hepatic-severe', ['neratinib'], { values: { 'bilirubin-uln': 3.1 } }, 'contraindicated'],
  [
    'allergy-taxane-severe',
    ['paclitaxel'],
    { allergies: [{ substance: 'docetaxel', severe: true }] },
    'contraindicated',
  ],
  ['allergy-taxane-severe', ['nab-paclitaxel'], { allergies: [{ substance: 'paclitaxel', severe: true }] }, 'clear'],
  ['allergy-taxane', ['nab-paclitaxel'], { allergies: [{ substance: 'paclitaxel', severe: true }] }, 'caution'],
  [
    'allergy-drug',
    ['nab-paclitaxel'],
    { allergies: [{ substance: 'nab-paclitaxel', severe: true }] },
    'contraindicated',
  ],
  ['allergy-soya', ['ribociclib', 'letrozole'], { allergies: [{ substance: 'peanut' }] }, 'contraindicated'],
  ['ribociclib-cardiac', ['ribociclib', 'letrozole'], { conditions: ['heart-failure'] }, 'contraindicated'],
  [
    'ribociclib-recent-infarction',
    ['ribociclib', 'letrozole'],
    { datedConditions: { 'myocardial-infarction': '2026-03-01' } },
    'contraindicated',
  ],
  [
    'ribociclib-recent-infarction',
    ['ribociclib', 'letrozole'],
    { datedConditions: { 'myocardial-infarction': '2020-03-01' } },
    'clear',
  ],
  ['long-qt-strict', ['crizotinib'], { conditions: ['long-qt'] }, 'contraindicated'],
  ['serm-thrombosis', ['tamoxifen'], { conditions: ['venous-thromboembolism'] }, 'contraindicated'],
  ['serm-thrombosis', ['tamoxifen'], { conditions: ['thrombophilia'] }, 'clear'],
  ['serm-thrombophilia', ['tamoxifen'], { conditions: ['thrombophilia'] }, 'caution'],
  ['neratinib-inducer', ['neratinib'], { medications: ['carbamazepine'] }, 'contraindicated'],
  ['lorlatinib-inducer', ['lorlatinib'], { medications: ['rifampicin'] }, 'contraindicated'],
  ['lorlatinib-fluconazole', ['lorlatinib'], { medications: ['fluconazole'] }, 'caution'],
  ['inducer-with-anticoagulant', ['lorlatinib'], { medications: ['apixaban'] }, 'caution'],
  ['ramucirumab-cirrhosis', ['ramucirumab'], { conditions: ['cirrhosis'] }, 'caution'],
  ['hypertension-risk-uncontrolled', ['selpercatinib'], { conditions: ['uncontrolled-hypertension'] }, 'caution'],
  [
    'anthracycline-after-trastuzumab',
    ['doxorubicin', 'cyclophosphamide'],
    { courses: [{ drugs: ['trastuzumab'], end: '2026-03-01' }] },
    'caution',
  ],
  [
    'anthracycline-after-trastuzumab',
    ['doxorubicin', 'cyclophosphamide'],
    { courses: [{ drugs: ['trastuzumab'], end: '2024-03-01' }] },
    'clear',
  ],
];

describe('what labels say', () => {
  it.each(ROWS)('%s says so of %s when the patient is %o', (rule, drugs, patient, verdict) =>
    expect(verdictOf(rule, drugs, patient)).toBe(verdict),
  );
});
