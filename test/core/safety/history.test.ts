// Rules that read the history: comorbidity, earlier treatment, allergies, other medicines, biomarkers of resistance.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/domain/corpus/drug.js';
import { assess, regimenOf, type Told, verdictOf } from './world.js';

type Row = readonly [what: string, rule: string, drugs: readonly string[], told: Told, verdict: Verdict];
const failed = (...drugs: string[]) => ({
  courses: [
    {
      drugs,
      outcome: 'progressed' as const,
      intent: 'palliative' as const,
      line: 1,
      start: '2025-09-01',
      end: '2026-04-01',
    },
  ],
});
const breast = (more: Told): Told => ({ cancer: 'BREAST', ...more });

const ROWS: readonly Row[] = [
  [
    'transplant and immunotherapy',
    'checkpoint-organ-transplant',
    ['nivolumab'],
    { conditions: ['organ-transplant'] },
    'contraindicated',
  ],
  ['no transplant', 'checkpoint-organ-transplant', ['nivolumab'], { excluded: ['organ-transplant'] }, 'clear'],
  [
    'rheumatoid arthritis',
    'checkpoint-autoimmune',
    ['pembrolizumab'],
    { conditions: ['rheumatoid-arthritis'] },
    'caution',
  ],
  [
    'rheumatoid arthritis on azathioprine',
    'checkpoint-autoimmune-treated',
    ['pembrolizumab'],
    { conditions: ['rheumatoid-arthritis'], medications: ['azathioprine'] },
    'contraindicated',
  ],
  [
    'myasthenia',
    'checkpoint-autoimmune-severe',
    ['atezolizumab'],
    { conditions: ['myasthenia-gravis'] },
    'contraindicated',
  ],
  [
    'lung disease and T-DXd',
    'ild-contraindicated',
    ['trastuzumab deruxtecan'],
    { conditions: ['interstitial-lung-disease'] },
    'contraindicated',
  ],
  [
    'pneumonitis and T-DXd',
    'ild-contraindicated',
    ['trastuzumab deruxtecan'],
    { conditions: ['pneumonitis'] },
    'contraindicated',
  ],
  [
    'lung disease and osimertinib',
    'ild-caution',
    ['osimertinib'],
    { conditions: ['interstitial-lung-disease'] },
    'caution',
  ],
  [
    'heart failure and anthracycline',
    'anthracycline-heart-failure',
    ['doxorubicin'],
    { conditions: ['heart-failure'] },
    'contraindicated',
  ],
  [
    'heart failure and trastuzumab',
    'anti-her2-heart-failure',
    ['trastuzumab'],
    { conditions: ['heart-failure'] },
    'caution',
  ],
  [
    'infarction five months ago',
    'anthracycline-recent-infarction',
    ['epirubicin'],
    { datedConditions: { 'myocardial-infarction': '2026-01-05' } },
    'contraindicated',
  ],
  [
    'infarction two years ago',
    'anthracycline-recent-infarction',
    ['epirubicin'],
    { datedConditions: { 'myocardial-infarction': '2024-01-05' } },
    'clear',
  ],
  ['long QT and ribociclib', 'long-qt-strict', ['ribociclib'], { conditions: ['long-qt'] }, 'contraindicated'],
  ['long QT and osimertinib', 'long-qt', ['osimertinib'], { conditions: ['long-qt'] }, 'caution'],
  ['ribociclib with tamoxifen', 'ribociclib-tamoxifen', ['ribociclib', 'tamoxifen'], {}, 'contraindicated'],
  ['thrombosis and tamoxifen', 'serm-thrombosis', ['tamoxifen'], { conditions: ['thrombosis'] }, 'contraindicated'],
  [
    'thrombosis and abemaciclib',
    'thrombosis-caution',
    ['abemaciclib', 'letrozole'],
    { conditions: ['thrombosis'] },
    'caution',
  ],
  ['haemoptysis now', 'anti-vegf-haemoptysis', ['bevacizumab'], { conditions: ['haemoptysis'] }, 'contraindicated'],
  [
    'haemoptysis two years ago',
    'anti-vegf-haemoptysis',
    ['bevacizumab'],
    { datedConditions: { haemoptysis: '2024-05-01' } },
    'clear',
  ],
  ['bevacizumab, squamous', 'bevacizumab-squamous', ['bevacizumab'], { cancer: 'LUSC' }, 'contraindicated'],
  ['pemetrexed, squamous', 'pemetrexed-squamous', ['pemetrexed'], { cancer: 'LUSC' }, 'contraindicated'],
  ['pemetrexed, adenocarcinoma', 'pemetrexed-squamous', ['pemetrexed'], { cancer: 'LUAD' }, 'clear'],
  [
    'operation 20 days ago',
    'anti-vegf-recent-surgery',
    ['bevacizumab'],
    { courses: [{ modality: 'surgery', start: '2026-05-12', end: '2026-05-12' }] },
    'contraindicated',
  ],
  [
    'operation 28 days ago',
    'anti-vegf-recent-surgery',
    ['bevacizumab'],
    { courses: [{ modality: 'surgery', start: '2026-05-04', end: '2026-05-04' }] },
    'clear',
  ],
  [
    'stroke this year',
    'anti-vegf-arterial',
    ['ramucirumab'],
    { datedConditions: { stroke: '2026-02-01' } },
    'contraindicated',
  ],
  ['hearing loss', 'cisplatin-hearing', ['cisplatin'], { conditions: ['hearing-loss'] }, 'contraindicated'],
  ['type 1 diabetes', 'pi3k-type-1-diabetes', ['inavolisib'], { conditions: ['diabetes-type-1'] }, 'contraindicated'],
  ['diabetes', 'pi3k-hba1c', ['capivasertib'], { conditions: ['diabetes'] }, 'caution'],
  [
    'osteonecrosis of the jaw',
    'bone-agent-jaw',
    ['denosumab'],
    { conditions: ['osteonecrosis-jaw'] },
    'contraindicated',
  ],
  ['tamoxifen with letrozole', 'tamoxifen-aromatase-inhibitor', ['tamoxifen', 'letrozole'], {}, 'contraindicated'],
  [
    'fulvestrant before menopause',
    'ovarian-suppression-to-add',
    ['fulvestrant', 'palbociclib'],
    { values: { menopause: 'pre' } },
    'caution',
  ],
  [
    'everolimus and exemestane before menopause',
    'aromatase-inhibitor-before-menopause',
    ['everolimus', 'exemestane'],
    { values: { menopause: 'pre' } },
    'clear',
  ],
  [
    'abemaciclib with tamoxifen before menopause',
    'ovarian-suppression-to-add',
    ['abemaciclib', 'tamoxifen'],
    { values: { menopause: 'pre' } },
    'clear',
  ],
  // resistance
  ['C797S', 'egfr-c797s', ['osimertinib'], { biomarkers: { EGFR: 'C797S' } }, 'contraindicated'],
  ['T790M and gefitinib', 'egfr-t790m', ['gefitinib'], { biomarkers: { EGFR: 'T790M' } }, 'contraindicated'],
  ['T790M and osimertinib', 'egfr-t790m', ['osimertinib'], { biomarkers: { EGFR: 'T790M' } }, 'clear'],
  [
    'exon 20 insertion',
    'egfr-exon-20',
    ['osimertinib'],
    { biomarkers: { EGFR: 'exon-20-insertion' } },
    'contraindicated',
  ],
  ['L858R', 'egfr-exon-20', ['osimertinib'], { biomarkers: { EGFR: 'L858R' } }, 'clear'],
  ['EGFR wild type', 'egfr-negative', ['erlotinib'], { biomarkers: { EGFR: 'negative' } }, 'contraindicated'],
  ['G1202R and alectinib', 'alk-g1202r', ['alectinib'], { biomarkers: { ALK: 'G1202R' } }, 'contraindicated'],
  ['G1202R and lorlatinib', 'alk-g1202r', ['lorlatinib'], { biomarkers: { ALK: 'G1202R' } }, 'clear'],
  ['KRAS G12D and sotorasib', 'kras-not-g12c', ['sotorasib'], { biomarkers: { KRAS: 'G12D' } }, 'contraindicated'],
  ['KRAS G12C and sotorasib', 'kras-not-g12c', ['sotorasib'], { biomarkers: { KRAS: 'G12C' } }, 'clear'],
  [
    'HER2 low and trastuzumab',
    'her2-negative',
    ['trastuzumab'],
    breast({ biomarkers: { HER2: 'low' } }),
    'contraindicated',
  ],
  ['HER2 low and T-DXd', 'her2-negative', ['trastuzumab deruxtecan'], breast({ biomarkers: { HER2: 'low' } }), 'clear'],
  [
    'HER2 zero and T-DXd',
    'her2-zero-deruxtecan',
    ['trastuzumab deruxtecan'],
    breast({ biomarkers: { HER2: 'zero' } }),
    'contraindicated',
  ],
  [
    'receptor negative and tamoxifen',
    'hormone-receptor-negative',
    ['tamoxifen'],
    breast({ biomarkers: { ER: 'negative', PR: 'negative' } }),
    'contraindicated',
  ],
  [
    'ER negative, PR positive',
    'hormone-receptor-negative',
    ['tamoxifen'],
    breast({ biomarkers: { ER: 'negative', PR: 'positive' } }),
    'clear',
  ],
  [
    'ESR1 mutation and letrozole',
    'esr1-aromatase-inhibitor',
    ['letrozole'],
    breast({ biomarkers: { ESR1: 'Y537S' }, caseValues: { metastatic: 'yes' } }),
    'contraindicated',
  ],
  [
    'no PIK3CA mutation',
    'pik3ca-wild-type',
    ['alpelisib'],
    breast({ biomarkers: { PIK3CA: 'negative' } }),
    'contraindicated',
  ],
  [
    'immunotherapy alone, EGFR',
    'checkpoint-alone-oncogene',
    ['pembrolizumab'],
    { biomarkers: { EGFR: 'L858R' } },
    'contraindicated',
  ],
  [
    'chemo-immunotherapy, EGFR',
    'checkpoint-alone-oncogene',
    ['pembrolizumab', 'carboplatin', 'pemetrexed'],
    { biomarkers: { EGFR: 'L858R' } },
    'clear',
  ],
  // earlier treatment
  ['osimertinib again', 'same-egfr-tki-failed', ['osimertinib'], failed('osimertinib'), 'contraindicated'],
  [
    'osimertinib with savolitinib',
    'same-egfr-tki-failed',
    ['osimertinib', 'savolitinib'],
    failed('osimertinib'),
    'clear',
  ],
  [
    'osimertinib with savolitinib',
    'same-egfr-tki-beyond-progression',
    ['osimertinib', 'savolitinib'],
    failed('osimertinib'),
    'caution',
  ],
  ['erlotinib after osimertinib', 'egfr-tki-older-generation', ['erlotinib'], failed('osimertinib'), 'contraindicated'],
  ['osimertinib after erlotinib', 'egfr-tki-same-generation', ['osimertinib'], failed('erlotinib'), 'clear'],
  ['lorlatinib after alectinib', 'alk-tki-second-again', ['lorlatinib'], failed('alectinib'), 'clear'],
  ['crizotinib after alectinib', 'alk-tki-first-after-next', ['crizotinib'], failed('alectinib'), 'contraindicated'],
  [
    'pembrolizumab after nivolumab',
    'checkpoint-class-failed-alone',
    ['pembrolizumab'],
    failed('nivolumab'),
    'contraindicated',
  ],
  [
    'ipilimumab added to the failed nivolumab in melanoma',
    'same-drug-failed-melanoma',
    ['nivolumab', 'ipilimumab'],
    { cancer: 'SKCM', ...failed('nivolumab') },
    'clear',
  ],
  [
    'nivolumab alone again in melanoma',
    'same-drug-failed-melanoma',
    ['nivolumab'],
    { cancer: 'SKCM', ...failed('nivolumab') },
    'contraindicated',
  ],
  ['the melanoma rule in lung cancer', 'same-drug-failed-melanoma', ['nivolumab'], failed('nivolumab'), 'clear'],
  [
    'trastuzumab alone again',
    'same-anti-her2-alone-failed',
    ['trastuzumab'],
    failed('paclitaxel', 'trastuzumab'),
    'contraindicated',
  ],
  [
    'trastuzumab with a new partner',
    'same-anti-her2-alone-failed',
    ['trastuzumab', 'tucatinib', 'capecitabine'],
    failed('paclitaxel', 'trastuzumab'),
    'clear',
  ],
  [
    'anastrozole after letrozole',
    'nonsteroidal-ai-class-failed',
    ['anastrozole'],
    failed('letrozole'),
    'contraindicated',
  ],
  [
    'exemestane with everolimus',
    'steroidal-ai-alone-after-ai',
    ['exemestane', 'everolimus'],
    failed('letrozole'),
    'clear',
  ],
  [
    'palbociclib again',
    'same-drug-failed',
    ['palbociclib', 'fulvestrant'],
    failed('palbociclib', 'letrozole'),
    'contraindicated',
  ],
  [
    'abemaciclib after palbociclib',
    'cdk46-class-failed',
    ['abemaciclib', 'fulvestrant'],
    failed('palbociclib', 'letrozole'),
    'caution',
  ],
  [
    'olaparib after platinum failure',
    'parp-platinum-resistant',
    ['olaparib'],
    failed('carboplatin', 'gemcitabine'),
    'contraindicated',
  ],
  [
    'carboplatin again soon',
    'platinum-class-failed',
    ['carboplatin'],
    failed('cisplatin', 'pemetrexed'),
    'contraindicated',
  ],
  ['docetaxel after paclitaxel', 'taxane-class-failed', ['docetaxel'], failed('carboplatin', 'paclitaxel'), 'caution'],
  ['goserelin goes on', 'same-drug-failed', ['goserelin', 'fulvestrant'], failed('goserelin', 'letrozole'), 'clear'],
  // allergy
  [
    'allergy to the drug',
    'allergy-drug',
    ['carboplatin'],
    { allergies: [{ substance: 'carboplatin' }] },
    'contraindicated',
  ],
  ['allergy by brand', 'allergy-drug', ['paclitaxel'], { allergies: [{ substance: 'Taxol' }] }, 'contraindicated'],
  [
    'allergy to the class',
    'allergy-platinum',
    ['cisplatin'],
    { allergies: [{ substance: 'carboplatin' }] },
    'contraindicated',
  ],
  [
    'Cremophor and paclitaxel',
    'allergy-castor-oil',
    ['paclitaxel'],
    { allergies: [{ substance: 'Cremophor' }] },
    'contraindicated',
  ],
  [
    'Cremophor and nab-paclitaxel',
    'allergy-castor-oil',
    ['nab-paclitaxel'],
    { allergies: [{ substance: 'Cremophor' }] },
    'clear',
  ],
  [
    'polysorbate and docetaxel',
    'allergy-polysorbate',
    ['docetaxel'],
    { allergies: [{ substance: 'polysorbate 80', severe: true }] },
    'contraindicated',
  ],
  ['penicillin', 'allergy-drug', ['docetaxel'], { allergies: [{ substance: 'penicillin', severe: true }] }, 'clear'],
  // other medicines
  ['paroxetine and tamoxifen', 'tamoxifen-cyp2d6-inhibitor', ['tamoxifen'], { medications: ['paroxetine'] }, 'caution'],
  [
    'warfarin and capecitabine',
    'fluoropyrimidine-warfarin',
    ['capecitabine'],
    { medications: ['warfarin'] },
    'caution',
  ],
  [
    'brivudine and fluorouracil',
    'fluoropyrimidine-brivudine',
    ['fluorouracil'],
    { medications: ['brivudine'] },
    'contraindicated',
  ],
  ['omeprazole and erlotinib', 'acid-suppression', ['erlotinib'], { medications: ['omeprazole'] }, 'caution'],
  ['omeprazole and osimertinib', 'acid-suppression', ['osimertinib'], { medications: ['omeprazole'] }, 'clear'],
  [
    'rifampicin and lorlatinib',
    'lorlatinib-inducer',
    ['lorlatinib'],
    { medications: ['rifampicin'] },
    'contraindicated',
  ],
  ['rifampicin and osimertinib', 'strong-cyp3a4-inducer', ['osimertinib'], { medications: ['rifampicin'] }, 'caution'],
  [
    'clarithromycin and palbociclib',
    'strong-cyp3a4-inhibitor',
    ['palbociclib', 'letrozole'],
    { medications: ['clarithromycin'] },
    'caution',
  ],
  [
    'amiodarone and ribociclib',
    'qt-combination-strict',
    ['ribociclib', 'letrozole'],
    { medications: ['amiodarone'] },
    'contraindicated',
  ],
];

describe('rules on the history', () => {
  it.each(ROWS)('%s: %s', (_what, rule, drugs, told, verdict) => {
    expect(verdictOf(rule, drugs, told)).toBe(verdict);
  });

  it('does not call adjuvant treatment completed without progression a failure', () => {
    const done = {
      courses: [
        {
          drugs: ['anastrozole'],
          intent: 'adjuvant' as const,
          outcome: 'completed' as const,
          start: '2018-01-01',
          end: '2023-01-01',
        },
      ],
      caseValues: { recurrence: 'distant', progressing: 'yes' },
    };
    expect(verdictOf('nonsteroidal-ai-class-failed', ['letrozole'], breast(done))).toBe('clear');
  });

  it('calls relapse under adjuvant treatment a failure', () => {
    const under = {
      courses: [
        { drugs: ['anastrozole'], intent: 'adjuvant' as const, outcome: 'ongoing' as const, start: '2024-01-01' },
      ],
      caseValues: { recurrence: 'distant' },
    };
    expect(verdictOf('nonsteroidal-ai-class-failed', ['letrozole'], breast(under))).toBe('contraindicated');
  });

  it('takes the latest palliative course as failed when the disease is progressing', () => {
    const now = {
      courses: [
        { drugs: ['alectinib'], intent: 'palliative' as const, outcome: 'ongoing' as const, start: '2024-01-01' },
      ],
      caseValues: { progressing: 'yes' },
    };
    expect(verdictOf('same-drug-failed', ['alectinib'], now)).toBe('contraindicated');
  });

  it('does not call curative treatment completed years before a relapse a failure', () => {
    const done = {
      courses: [
        {
          drugs: ['letrozole'],
          intent: 'curative' as const,
          outcome: 'completed' as const,
          start: '2015-01-01',
          end: '2020-01-01',
        },
      ],
      caseValues: { recurrence: 'distant', progressing: 'yes' },
    };
    expect(verdictOf('nonsteroidal-ai-class-failed', ['letrozole'], breast(done))).toBe('clear');
  });

  it('does not blame a drug for the toxicity of its partner when it went on afterwards', () => {
    const stopped = { drugs: ['cisplatin', 'gefitinib'], outcome: 'intolerant' as const, start: '2025-04-01' };
    const after = { drugs: ['gefitinib'], outcome: 'ongoing' as const, start: '2025-05-16' };
    const courses = [stopped, after];
    expect(verdictOf('same-drug-intolerance', ['gefitinib'], { courses })).toBe('clear');
    expect(verdictOf('same-drug-intolerance', ['cisplatin'], { courses })).toBe('caution');
  });

  it('lets a lymphoma that came back late have the drug of a completed course again, and keeps other cancers to their own rule', () => {
    const relapse = (end: string): Told => ({
      cancer: 'CLLSLL',
      courses: [{ drugs: ['venetoclax'], line: 1, outcome: 'completed' as const, start: '2021-01-01', end }],
      caseValues: { progressing: 'yes' },
    });
    expect(verdictOf('lymphoma-same-drug-failed', ['venetoclax'], relapse('2022-01-01'))).toBe('clear');
    expect(verdictOf('lymphoma-same-drug-failed', ['venetoclax'], relapse('2025-12-01'))).toBe('contraindicated');
    expect(verdictOf('same-drug-failed', ['venetoclax'], relapse('2025-12-01'))).toBe('clear');
    expect(verdictOf('lymphoma-same-drug-failed', ['alectinib'], failed('alectinib'))).toBe('clear');
  });

  it('names the fact and the earlier course in the message', () => {
    const { findings } = assess(regimenOf(['osimertinib']), failed('osimertinib'));
    expect(findings[0]?.message).toContain('osimertinib');
    expect(findings[0]?.message).toContain('progressed');
  });
});

describe('cumulative anthracycline', () => {
  const given = (value: number) => ({ values: { 'cumulative-anthracycline': value } });
  const ac = { cycles: '4', components: [{ drug: 'doxorubicin', dose: 60, unit: 'mg/m2', schedule: 'day 1' }] };
  it('is reached at 450 mg/m2', () => {
    expect(verdictOf('anthracycline-cumulative-reached', ['doxorubicin'], given(449))).toBe('clear');
    expect(verdictOf('anthracycline-cumulative-reached', ['doxorubicin'], given(450))).toBe('contraindicated');
  });
  it('counts what the regimen plans', () => {
    expect(verdictOf('anthracycline-cumulative-exceeded', [], given(310), ac)).toBe('clear');
    expect(verdictOf('anthracycline-cumulative-exceeded', [], given(311), ac)).toBe('contraindicated');
  });
  it('does not stop six cycles of FEC 100 in a patient who had none', () => {
    const fec = { cycles: '6', components: [{ drug: 'epirubicin', dose: 100, unit: 'mg/m2', schedule: 'day 1' }] };
    expect(verdictOf('anthracycline-cumulative-exceeded', [], {}, fec)).toBe('clear');
  });
  it('asks for the dose when an anthracycline was given and nobody counted', () => {
    const { beforeFirstDose } = assess(regimenOf(['doxorubicin']), {
      courses: [{ drugs: ['doxorubicin'], outcome: 'completed' }],
    });
    expect(beforeFirstDose).toContain('cumulative anthracycline dose');
  });
});
