// What the words of a diagnosis say beside the name of the cancer: that it is secondary, past, suspected, somebody else's,
// benign, or a consequence. Patterns over the normalised phrase (lower case, no punctuation), English and Russian.
import type { Concept } from '../../domain/history.js';
import { codeSystem } from './code-system.js';
import { normalisePhrase } from './phrase.js';
import { remembered, rememberedText } from './remembered.js';

/** All the words of a concept as one normalised phrase. */
export const wordsOf = remembered((concept: Concept): string =>
  normalisePhrase([...new Set([concept.text, ...concept.codings.map((c) => c.display)])].filter((t) => t).join(' . ')),
);

const PLACE =
  /(?<!\p{L})(?:left|right|bilateral|female|male|upper|lower|middle|inner|outer|central|lobe|quadrant|portion|лев\p{L}*|прав\p{L}*|верхн\p{L}*|нижн\p{L}*|средн\p{L}*|дол[яией]+|наружн\p{L}*|внутренн\p{L}*|квадрант\p{L}*)(?!\p{L})/gu;

/** The words without side, lobe and quadrant, so that "cancer of upper lobe of left lung" reads "cancer of lung". */
export const withoutPlace = rememberedText((words) =>
  words
    .replace(PLACE, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\b(?:of (?:the )?)+(?=of\b)/g, '')
    .trim(),
);

const MALIGNANT =
  /malignan|metasta|метаста|(?<!\p{L})мтс(?!\p{L})|cancer|carcinom|sarcom|lymphom|leuka?emi|melanom|myelom|mesotheliom|blastom|paragangliom|germinom|seminom|neoplas|tumou?r|nsclc|sclc|dcis|lcis|tnbc|(?<!\p{L})рак(?:а|у|ом|е)?(?!\p{L})|карцином|сарком|лимфом|лейкоз|меланом|миелом|мезотелиом|параганглиом|хемодектом|гермином|семином|новообразован|опухол|злокачествен|аденокарцином|нмрл|мрл|рмж|гцр|обыр|қатерлі/u;

/** Not a cancer of this patient: relatives, screening, risk, what follows from a cancer or its treatment, benign tumours. */
const NOT_A_CANCER =
  /family history|fh of|relative with|screening|at risk|risk of|increased risk|suscept|predispos|carrier|fear of|phobia|counsel|prophyla|benign|fibroadenoma|adenoma of|hamartoma|lipoma\b|anaemia|anemia|pain\b|fatigue|cachexia|lymphoe?dema|hypercalca?emia|nausea|neutropenia|induced|due to|related to|complication|antineoplastic|chemotherapy|radiotherapy|aftercare|follow up|no evidence|absence of|hypertension|hyperthermia|neuroleptic|семейный анамнез|наследствен|скрининг|риск|доброкачествен|фиброаденом|(?<!\p{L})болев|(?<!\p{L})боль(?!\p{L})|анемия|вследствие|осложнен|канцерофоби|химиотерапи|лучевой терапии|наблюдение/u;

const SECONDARY =
  /secondary|(?<!non[- ]?|not |without |no )metasta[st]|secondaries|вторичн|(?<!не[- ]?|без |нет )метаста|(?<!\p{L}|без |нет )мтс(?!\p{L})/u;
const HISTORY = /history of|personal history|past history|h o\b|previous|в анамнезе|анамнез/u;
const SUSPECTED =
  /suspect|suspicion|possible|probable|presumed|rule out|query|suspicious|differential|подозрен|вероятн|предположительно|под вопросом/u;
const IN_SITU =
  /in situ|intraductal carcinoma|noninfiltrating|non infiltrating|non invasive|noninvasive|dcis|lcis|преинвазивн|внутрипротоков/u;

export const saysMalignant = (words: string): boolean => MALIGNANT.test(words);
export const saysNotACancer = (words: string): boolean => NOT_A_CANCER.test(words);
export const saysSecondary = (words: string): boolean => SECONDARY.test(words);
export const saysHistory = (words: string): boolean => HISTORY.test(words) && !/family|семейн/u.test(words);
export const saysSuspected = (words: string): boolean => SUSPECTED.test(words);
export const saysInSitu = (words: string): boolean => IN_SITU.test(words);

export type IcdMeaning = 'malignant' | 'in-situ' | 'uncertain' | 'secondary' | 'history' | 'other';

/** ICD-10 chapter II by code; the code decides over the words where there is one. */
export function icdMeaning(concept: Concept): IcdMeaning | undefined {
  const codes = icdCodes(concept);
  const meanings = codes.map((code): IcdMeaning => {
    if (/^C7[789]/.test(code) || /^J91\.?0/.test(code)) return 'secondary';
    if (/^C/.test(code)) return 'malignant';
    if (/^D0\d/.test(code)) return 'in-situ';
    if (/^D(3[7-9]|4[0-8])/.test(code)) return 'uncertain';
    return /^Z85/.test(code) ? 'history' : 'other';
  });
  return meanings.find((m) => m !== 'other') ?? meanings[0];
}

export const icdCodes = (concept: Concept): readonly string[] =>
  concept.codings.flatMap(({ system, code }) => {
    if (code === undefined || !/^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/i.test(code.trim())) return [];
    const known = codeSystem(system);
    return known === 'icd10' || known === 'icdo3' || known === 'other' ? [code.trim().toUpperCase()] : [];
  });
