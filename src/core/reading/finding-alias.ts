// Ways of saying a fact that are no name of it: blood pressure as a fraction, a size before "mass", nodes as "2/15", R0, G3, refusals.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import type { RawValue } from '../../domain/history.js';
import type { Terminology } from '../normalize/terminology.js';
import { BEDSIDE_NUMBERS, BEDSIDE_WORDS, necrosisIn } from './bedside-said.js';
import { BLOOD_NUMBERS, BLOOD_WORDS } from './blood-said.js';
import { CLINIC_NUMBERS, CLINIC_WORDS } from './clinic-said.js';
import { deniedBefore } from './context.js';
import { BRAIN_TUMOUR, SAID_NUMBERS, SAID_WORDS } from './eligibility-said.js';
import { HABIT } from './habit.js';
import { TOLD_NUMBERS, TOLD_WORDS } from './told-otherwise.js';

export interface FindingSaid {
  readonly fact: string;
  /** Name as normalize knows it. */
  readonly name: string;
  readonly value: RawValue;
  readonly start: number;
  readonly end: number;
}

export const nameOf = (term: FactTerm): string => term.phrases[0] ?? term.name.en;

/** Ways of saying a fact that are no name of it: "178/102 mmHg", "4.8 cm mass", "2/15 nodes", "R0", "G3", "blasts 76 %". */
const ALIASES: readonly (readonly [RegExp, readonly (readonly [fact: string, group: number, unit?: string])[]])[] = [
  [
    /(?:\bbp|\bblood pressure|(?<!\p{L})ад)\D{0,6}(\d{2,3})\s?\/\s?(\d{2,3})/u,
    [
      ['systolic-bp', 1, 'mm[Hg]'],
      ['diastolic-bp', 2, 'mm[Hg]'],
    ],
  ],
  [
    /(?<![\d.,])(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?![\p{L}\d])[^.;,]{0,30}?(?:mass|tumou?r|lesion|carcinoma|nodule|primary|опухол|образован|узел|очаг)/u,
    [['tumour-size', 1, 'cm']],
  ],
  [
    /(?:mass|tumou?r|lesion|nodule|(?:angiomyolip|schwann|mening|sarc|hepat|aden|fibr)oma|t[1-4][a-d]?|опухоль|образование|узел|(?:ангиомиолип|шванн|менинги|сарк|аден)ома)[^.;,\d]{0,22}\(?(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?![\p{L}\d])/u,
    [['tumour-size', 1, 'cm']],
  ],
  [
    /(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?(?:mm|мм)(?!\p{L}|hg|\s?рт)[^.;,]{0,24}?(?:mass|tumou?r|lesion|carcinoma|nodule|опухол|образован|узел)/u,
    [['tumour-size', 1, 'mm']],
  ],
  [
    /(?:nodes?|n[1-3][a-c]?|л\/у|лимфоузл\p{L}*)[^.;,\d]{0,12}\(?(\d{1,2})\s?(?:\/|of|из)\s?(\d{1,2})(?!\d)/u,
    [
      ['nodes-positive', 1],
      ['nodes-examined', 2],
    ],
  ],
  [
    /(?<![\d/])(\d{1,2})\s?(?:\/|of|out of|из)\s?(\d{1,2})\s*(?:(?:positive|lymph|groin|inguinal|axillary|pelvic|regional|neck|cervical|hilar|mediastinal|пахов\p{L}*|подмышечн\p{L}*|тазов\p{L}*|регионарн\p{L}*|шейн\p{L}*) )*(?:nodes?|lns?(?!\p{L})|лимфо\p{L}*|л\/у)/u,
    [
      ['nodes-positive', 1],
      ['nodes-examined', 2],
    ],
  ],
  [/(?<!\p{L})(?:blasts?|бласт(?:ы|ов|ных клеток)?)\D{0,26}?(\d{1,3}(?:[.,]\d)?)\s?%/u, [['marrow-blasts', 1, '%']]],
  [/(\d{1,3})\s?%\s*(?:blasts|бластов)/u, [['marrow-blasts', 1, '%']]],
  [/\b(?:hb)?a1c\D{0,5}(\d{1,2}(?:[.,]\d)?)\s?%/u, [['hba1c', 1, '%']]],
  [/(?:\becho(?:cardiogra\w+)?|(?<!\p{L})эхокг)[^.;]{0,20}?(?:ef|фв)?\s?(\d{2})\s?%/u, [['lvef', 1, '%']]],
  [
    /(?:\bsize|\bmeasuring|(?<!\p{L})(?:размер\p{L}*|диаметр\p{L}*))\D{0,12}(\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?![\p{L}\d])/u,
    [['tumour-size', 1, 'cm']],
  ],
  [
    /(?:\b(?:solitary|single)|(?<!\p{L})(?:солитарн|единичн|одиночн)\p{L}*) (\d{1,2}(?:[.,]\d)?)\s?(?:cm|см)(?!\p{L})/u,
    [['tumour-size', 1, 'cm']],
  ],
  [/\bneut(?:s|rophils)?\.?\s?(\d{1,2}(?:[.,]\d{1,2})?)(?!\d)/u, [['neutrophils', 1, '10*9/L']]],
  [/(?<!\p{L})лейк\.?\s?(\d{1,3}(?:[.,]\d{1,2})?)(?!\d)/u, [['leukocytes', 1, '10*9/L']]],
  [/\bcreat\.?\s?(\d{1,3}(?:[.,]\d{1,2})?)(?!\d)/u, [['creatinine', 1]]],
  [/\bca\s(\d[.,]\d{1,2})(?!\d)/u, [['calcium', 1, 'mmol/L']]],
  [/\bqtc?f?\D{0,4}(\d{3})(?!\d)/u, [['qtc', 1, 'ms']]],
  [/(?<!\p{L})(?:тр|тромб)\.?\s?(\d{2,3})(?!\d|[.,]\d)/u, [['platelets', 1, '10*9/L']]],
  [/(?<!\p{L})нф\.?\s?(\d{1,2}(?:[.,]\d{1,2})?)(?!\d)/u, [['neutrophils', 1, '10*9/L']]],
  [/(?<!\p{L})креат\.?\s?(\d{2,3})(?!\d)/u, [['creatinine', 1, 'umol/L']]],
  [/\bbili(?:rubin)?\s?(\d{1,3}(?:[.,]\d{1,2})?)(?!\d)/u, [['bilirubin', 1]]],
  [
    /(?<![\d/])(\d{1,2}) (?:positive|involved|metastatic) (?:lymph |inguinal |axillary |groin |pelvic |regional |neck |cervical |iliac )*nodes/u,
    [['nodes-positive', 1]],
  ],
  [/(?<!\p{L})(?:бил\.?(?: ?общ\.?)?|t\.?bil)\s?(\d{1,3}(?:[.,]\d{1,2})?)(?!\d)/u, [['bilirubin', 1]]],
];
const WORD_ALIASES: readonly (readonly [RegExp, string, string])[] = [
  [
    /\bno (?:iwcll |current )?(?:treatment )?indications? (?:for|to) treat\p{L}*|(?<!\p{L})показани\p{L}* к (?:началу )?(?:лечени|терапи)\p{L}* нет/u,
    'treatment-need',
    'no',
  ],
  [
    /\b(?:surgery|resection|operation)(?: (?:and|or|nor|\/) (?:rt|radiotherapy|radiation))? (?:is |are )?(?:not (?:possible|feasible)|impossible)\b|\bnot amenable to (?:surgery|resection|curative surgery)|\bno (?:surgical|curative local) option|(?<!\p{L})(?:хирурги\p{L}*|операци\p{L}*|резекци\p{L}*)(?: (?:лечение|и лт|и лучев\p{L}*(?: терапи\p{L}*)?|или лт))* (?:невозможн\p{L}*|неосуществим\p{L}*)/u,
    'resectable',
    'no',
  ],
  [
    /(?<![\p{L}\d])r0(?![\p{L}\d])|\bmargins? (?:were |are |is )?(?:clear|free|negative|uninvolved)|\b(?:clear|negative) (?:surgical )?margins?|(?<!\p{L})края(?: резекции)? (?:чист|без|негат|отриц|интактн|свободн)\p{L}*/u,
    'margins',
    'negative',
  ],
  [
    /(?<![\p{L}\d])r[12](?![\p{L}\d-])|\bmargins? (?:were |are |is )?(?:positive|involved)|\bpositive (?:surgical )?margins?/u,
    'margins',
    'positive',
  ],
];
/** One tumour: "solitary 2.2 cm nodule", "единичный узел". */
const ONE =
  /\b(?:solitary|single|one)(?= (?:[\d.,]+ ?(?:cm|mm) )?(?:hepatic |liver )?(?:nodule|tumou?r|lesion|mass|hcc|focus)\b)|\b(?:solitary|single)(?= [\d.,]+ ?(?:cm|mm)\b)|(?<!\p{L})(?:солитарн|единичн|одиночн)\p{L}*(?= [\d.,]+ ?(?:см|мм)(?!\p{L}))|(?<!\p{L})(?:единичн|одиночн|солитарн|один(?!\p{L})|одна(?!\p{L}))\p{L}*(?= (?:узел|узла|очаг|опухоль)(?!\p{L}))/u;
const YES_ALIASES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:refus|declin)\w*[^.;,]{0,20}(?:surgery|cystectomy|mastectomy|operation|resection|gastrectomy|prostatectomy|hysterectomy|\p{L}+ectomy)|(?<!\p{L})(?:отказ\p{L}*)[^.;,]{0,16}(?:операц|хирург|\p{L}*эктоми)|(?<!\p{L})от (?:\p{L}+ )?(?:операции|хирургического лечения|\p{L}*эктомии)[^.;,]{0,16} отказ/u,
    'refuses-surgery',
  ],
  [
    /\b(?:refus|declin)\w*[^.;,]{0,20}(?:chemo)|(?<!\p{L})отказ\p{L}*[^.;,]{0,16}(?:химио|пхт|хт)|от (?:химиотерапии|пхт|хт) отказ|\bdoes not want chemo/u,
    'refuses-chemotherapy',
  ],
  [
    /\b(?:refus|declin)\w*[^.;,]{0,20}(?:radio|radiation|irradiation)|(?<!\p{L})отказ\p{L}*[^.;,]{0,16}(?:лучев|облучен)/u,
    'refuses-radiotherapy',
  ],
  [
    /\btreatment (?:is )?(?:indicated|needed|required)\b|\bindications? for treatment\b|(?<!\p{L})(?:есть|имеются)? ?показания к (?:началу |лечению|терапии)/u,
    'treatment-need',
  ],
  [
    /\b(?:fertility (?:preservation|sparing)|wants? (?:to have )?(?:children|more children|sperm banking|to preserve fertility)|desires? fertility|wish(?:es)? (?:to preserve fertility|for children))|(?<!\p{L})(?:желает (?:сохранить фертильность|иметь детей)|планирует беременность|беременность планирует|фертильность желает|сохранить фертильность)/u,
    'fertility-wish',
  ],
];
const SMOKING: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:never[- ]?smok\w+|non-?smoker|lifelong non-?smoker)\b|(?<!\p{L})(?:некурящ\p{L}*|не курит|не курил\p{L}*|курение отрицает|никогда не курил\p{L}*)/u,
    'never',
  ],
  [
    /\b(?:ex-?smoker|former smoker|quit smoking)\b|(?<!\p{L})(?:бросил\p{L}* курить|курил\p{L}* ранее|экс-?курильщи\p{L}*)/u,
    'former',
  ],
  [/\b(?:current smoker|smokes|smoker)\b|(?<!\p{L})(?:курит|курильщи\p{L}*|курящ\p{L}*)/u, 'current'],
];
const BRAIN: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:treated|irradiated|stable) (?:brain |cerebral |cns )?(?:mets|metastas[ei]s)|brain[^.;]{0,30}(?:treated|stable)|мозг\p{L}*[^.;]{0,40}(?:стабил|пролечен)|(?:\bbrain\b|(?<!\p{L})(?:мозг\p{L}*|гм(?!\p{L})))[^;]{0,50}(?:\b(?:treated (?:with|by)|underwent|received|after|s\/p)|(?<!\p{L})(?:проведен|выполнен|после|получил)\p{L}*) (?:\p{L}+ ){0,2}(?:srs|radiosurg|wbrt|whole[- ]brain|gamma|cyber|радиохирург|стереотакси|кибер|гамма|оогм|облучен)/u,
    'treated-stable',
  ],
  [
    /\bno (?:evidence of )?(?:\w+ (?:or |and )?)?(?:brain|cns|cerebral|intracranial) (?:mets|metasta\w+|lesions|disease|involvement)|\b(?:brain|head|cranial) (?:mri|ct)[^.;]{0,14}(?:clear|negative|normal|no |чисто|without)|\bmri (?:of (?:the )?)?brain[^.;]{0,12}(?:clear|negative|normal|no )|(?:мрт|кт) (?:гм|головного мозга)[^.;]{0,12}(?:без|чисто|норма|очагов нет|очагов не|метастаз\p{L}* (?:нет|не))|метастаз\p{L}* в головн\p{L}* мозг\p{L}* (?:нет|не выявлен)/u,
    'none',
  ],
];
const GRADE =
  /(?:\b(?:histolog\w+ |nottingham |tumou?r )?grade\s*:?\s*([1-4]|i{1,3}|iv)\b(?!\s*(?:toxicity|neuropath|diarrh|colitis|rash|pneumonitis|hepatitis|neutropen|[-/]))|(?<![\p{L}\d])g([1-4])(?![\p{L}\d]))(?!\s*(?:toxicity|neuropath|diarrh|colitis|rash|pneumonitis))/u;
/** "Pneumonitis grade 2", "нейропатия grade 1": of a side effect, not of the tumour. */
export const OF_TOXICITY =
  /(?:toxicit|pneumonitis|colitis|hepatitis|nephritis|arthritis|dermatitis|rash|neuropath|diarrh|mucositis|stomatitis|fatigue|nausea|vomiting|neutropeni|thrombocytopeni|anaemi|anemi|irae?|gvhd|токсич|пневмонит|колит|гепатит|нефрит|дерматит|сыпь|нейропат|диаре|мукозит|стоматит|слабост|тошнот|нейтропени|тромбоцитопени|анеми)\p{L}*[ ,:(-]*(?:ctcae )?$/u;
const DIFFERENTIATED: readonly (readonly [RegExp, number])[] = [
  [/\b(?:poorly|low)[ -]differentiated|(?<!\p{L})низкодифференцир\p{L}*/u, 3],
  [/\bmoderately[ -]differentiated|(?<!\p{L})умеренно-? ?дифференцир\p{L}*/u, 2],
  [/\bwell[ -]differentiated (?!neuroendocrine|thyroid|lipo)|(?<!\p{L})высокодифференцир\p{L}* (?!нейроэндокрин)/u, 1],
];

export function aliases(plain: string, text: string, terms: Terminology): readonly FindingSaid[] {
  const found: FindingSaid[] = [];
  const add = (fact: string, value: RawValue, start: number, end: number): void => {
    const term = terms.term('fact', fact);
    if (term !== undefined && !found.some((f) => f.fact === fact))
      found.push({ fact, name: nameOf(term), value, start, end });
  };
  const filtration = /\beGFR\b\D{0,6}(\d{2,3})(?!\d)/.exec(text);
  if (filtration !== null)
    add(
      'egfr',
      { kind: 'quantity', quantity: { value: Number(filtration[1]), unit: 'mL/min/1.73m2' } },
      filtration.index,
      filtration.index + filtration[0].length,
    );
  for (const [pattern, groups] of ALIASES) {
    const m = pattern.exec(plain);
    if (m === null) continue;
    for (const [fact, group, unit] of groups) {
      const value = Number((m[group] ?? '').replace(',', '.'));
      const canonical = unit ?? HABIT[fact]?.(value);
      add(
        fact,
        { kind: 'quantity', quantity: { value, ...(canonical === undefined ? {} : { unit: canonical }) } },
        m.index,
        m.index + m[0].length,
      );
    }
  }
  for (const [pattern, fact, unit] of [
    ...SAID_NUMBERS,
    ...TOLD_NUMBERS,
    ...CLINIC_NUMBERS,
    ...BEDSIDE_NUMBERS,
    ...BLOOD_NUMBERS,
  ]) {
    const m = pattern.exec(plain);
    const value = Number((m?.[1] ?? m?.[2] ?? '').replace(',', '.'));
    if (m !== null)
      add(
        fact,
        { kind: 'quantity', quantity: { value, ...(unit === undefined ? {} : { unit }) } },
        m.index,
        m.index + m[0].length,
      );
  }
  for (const [pattern, fact, word] of [
    ...WORD_ALIASES,
    ...BLOOD_WORDS,
    ...CLINIC_WORDS,
    ...SAID_WORDS,
    ...TOLD_WORDS,
    ...BEDSIDE_WORDS,
  ]) {
    const m = pattern.exec(plain);
    if (m === null) continue;
    const denied = word === 'yes' && deniedBefore(plain.slice(Math.max(0, m.index - 30), m.index));
    add(fact, { kind: 'text', text: denied ? 'no' : word }, m.index, m.index + m[0].length);
  }
  const necrosis = necrosisIn(plain);
  if (necrosis !== undefined)
    add(
      'necrosis-response',
      { kind: 'text', text: necrosis.word === 'good' ? 'good responder' : 'poor responder' },
      necrosis.at.index,
      necrosis.at.index + necrosis.at[0].length,
    );
  const cleared = /(?<![\p{L}\d])(?:ypt\S{1,4}\s?)?ypn0(?!\p{L})|(?<![\p{L}\d])ypt\S{1,4}?\s?n0(?!\p{L})/u.exec(plain);
  if (cleared !== null)
    add(
      'nodes-positive',
      { kind: 'quantity', quantity: { value: 0 } },
      cleared.index,
      cleared.index + cleared[0].length,
    );
  const who =
    /\bwho (?:cns )?(?:grade ?)?(?:g ?)?([1-4]|i{1,3}|iv)(?![\p{L}\d])|\bgrade ([1-4])(?!\d)|(?<!\p{L})(?:грейд|grade) ([1-4])/u.exec(
      plain,
    );
  if (who !== null && BRAIN_TUMOUR.test(plain))
    add(
      'who-cns-grade',
      { kind: 'quantity', quantity: { value: roman(who[1] ?? who[2] ?? who[3] ?? '') } },
      who.index,
      who.index + who[0].length,
    );
  const one = ONE.exec(plain);
  if (one !== null && !/метаста|metast|brain|lung|мозг|легк/u.test(plain.slice(one.index, one.index + 40)))
    add('tumour-number', { kind: 'quantity', quantity: { value: 1 } }, one.index, one.index + one[0].length);
  for (const [pattern, fact] of YES_ALIASES) {
    const m = pattern.exec(plain);
    if (m !== null && !deniedBefore(plain.slice(Math.max(0, m.index - 30), m.index)))
      add(fact, { kind: 'text', text: 'yes' }, m.index, m.index + m[0].length);
  }
  for (const [list, fact] of [
    [SMOKING, 'smoking'],
    [BRAIN, 'brain-metastases'],
  ] as const)
    for (const [pattern, word] of list) {
      const m = pattern.exec(plain);
      if (m !== null) add(fact, { kind: 'text', text: word }, m.index, m.index + m[0].length);
    }
  const g = GRADE.exec(plain);
  if (g !== null && !OF_TOXICITY.test(plain.slice(0, g.index)))
    add('grade', { kind: 'quantity', quantity: { value: roman(g[1] ?? g[2] ?? '') } }, g.index, g.index + g[0].length);
  for (const [pattern, value] of DIFFERENTIATED) {
    const m = pattern.exec(plain);
    if (m !== null) add('grade', { kind: 'quantity', quantity: { value } }, m.index, m.index + m[0].length);
  }
  return found;
}
const roman = (text: string): number => (/\d/.test(text) ? Number(text) : ['i', 'ii', 'iii', 'iv'].indexOf(text) + 1);
