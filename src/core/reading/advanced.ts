// "Advanced clear cell renal cancer", "распространённый рак": in a solid tumour the bare word means metastatic or beyond local treatment, and a
// line of treatment said without a drug ("second line") is of such disease. "Locally advanced" is something else.
import type { CancerSaid } from './diagnosis.js';
import type { Sentence } from './sentence.js';
import { lineIn } from './treatment-context.js';

const ADVANCED =
  /(?<!local(?:ly)?[ -]|regional(?:ly)?[ -]|not |non-?|no )\badvanced\b(?![- ](?:age|directive|fibrosis|cirrhosis|liver disease|heart|copd|ckd|adenoma|planning|practice|imaging|technique|lines?\b|stages? (?:i{1,3}|[1-3])(?![v\w])))|(?<![\p{L}-]|местно |локально )распростран[её]нн(?:ый|ого|ая|ой|ое|ые|ом|ым)(?!\p{L})(?! (?:остеохондроз|атероскл|псориаз|процесс по))/u;

/** Organs where "advanced" is said of disease without distant metastases as well, and what becomes of it there is another question. */
const OTHER_MEANING = /BRAIN|OVARY|HEAD_NECK|LIVER/;

/** The word stands in a sentence that names the cancer. */
export const saysAdvanced = (
  sentences: readonly Sentence[],
  organ: string,
  cancers: readonly CancerSaid[],
): Sentence | undefined =>
  OTHER_MEANING.test(organ) ||
  cancers.some((c) => /basal|cutaneous|skin|базал|кожи|trophoblast|трофобласт/u.test(c.words))
    ? undefined
    : sentences.find(
        (s) =>
          s.section !== 'family' &&
          ADVANCED.test(s.plain) &&
          cancers.some((c) => c.start >= s.start && c.start < s.start + s.plain.length),
      );

/** "Advanced HCC" without a stage: BCLC C, the stage of which the word is said there (BCLC 2022, J Hepatol 76:681). */
export function advancedLiver(sentences: readonly Sentence[], cancers: readonly CancerSaid[]): Told | undefined {
  if (!cancers.some((c) => c.oncotree === 'HCC')) return undefined;
  for (const s of sentences) {
    const m = s.section === 'family' ? null : ADVANCED.exec(s.plain);
    if (m !== null && cancers.some((c) => c.start >= s.start && c.start < s.start + s.plain.length))
      return { start: s.start + m.index, end: s.start + m.index + m[0].length };
  }
  return undefined;
}

interface Told {
  readonly start: number;
  readonly end: number;
}

const LINE =
  /(?<![\p{L}\d])((?:first|second|third|fourth|1st|2nd|3rd|4th|[1-4])[- ]?line|[1-4]l|(?:перв|втор|треть|четверт)\p{L}{1,3} лини[яиюей]+|[1-4](?:-?\p{L}{1,2})? лини[яиюей]+)(?![\p{L}\d])/u;
const OF_THE_PAST =
  /\b(?:after|on|during|since|following|failed|received|completed|given|prior|previous|progress\w*|relaps\w*|was|of)\b[^,;.]{0,30}$|(?<!\p{L})(?:после|на|во время|получ\p{L}*|прогресс\p{L}*|заверш\p{L}*|провед\p{L}*|ранее|от|из)(?!\p{L})[^,;.]{0,30}$/u;
const ENDED = /^[^,;.]{0,20}(?:complet|progress|fail|given|received|ended|заверш|прогресс|проведен|получ|окончен)/u;

const NOT_GIVEN =
  /\b(?:no|not|never|without|before|unfit for|ineligible for)\b[^,;.]{0,25}$|(?<!\p{L})(?:не|без|до)(?!\p{L})[^,;.]{0,25}$/u;

/** "Please advise on first line": nothing was given. */
const ASKED_ABOUT =
  /\b(?:advi[cs]e|opinion|guidance|question|input|thoughts?|suggest\w*|recommend\w*|options?|choice|decision) (?:on|for|about|of|regarding)\s*(?:the |a )?$|(?<!\p{L})(?:вопрос|выбор|мнени)\p{L}* (?:о|об|по)?\s*$/u;

/** The line that a sentence without any treatment says was given: "progressed after first-line standard treatment". */
export function lineGiven({ plain }: Sentence): number | undefined {
  const m = LINE.exec(plain);
  if (m === null || /adjuvant|адъювант/u.test(plain)) return undefined;
  const before = plain.slice(Math.max(0, m.index - 50), m.index);
  if (NOT_GIVEN.test(before) || ASKED_ABOUT.test(before)) return undefined;
  return OF_THE_PAST.test(before) || ENDED.test(plain.slice(m.index + m[0].length)) ? lineIn(m[1] ?? '') : undefined;
}

const PRETREATED =
  /(?<!un|not )(?:(?<!\p{L})(heavily )?pre-?treated\b(?! with| by)|\bpreviously treated\b(?! with| by)|\b(?:after|on|following|despite|to|exhausted|through) (?:all |any |several |multiple )?(?:prior|previous|standard|available|conventional)(?: (?:systemic|standard|available|palliative|lines? of))* (?:therap(?:y|ies)|treatments?|options|lines?)\b(?! (?:with|of surgery))|(?<!\p{L})ранее лечен\p{L}*|(?<!\p{L})(?:после|на фоне|исчерпан\p{L}*) (?:стандартн|предшеств|предыдущ)\p{L}* (?:системн\p{L}* )?(?:терапи|лечен|лини|вариант|возможност)\p{L}*)/u;

/** "After all standard chemotherapy", "exhausted standard options": more than one line. */
const ALL_STANDARD =
  /\b(?:all|exhausted|multiple|several|many) (?:\p{L}+ )?(?:standard|available|prior|previous|conventional)? ?(?:chemo\p{L}*|therap\p{L}+|treatments?|options|lines?|regimens?)\b|(?<!\p{L})(?:все(?:х|й|ми)?|исчерпан\p{L}*|много|несколько) (?:\p{L}+ )?(?:стандартн\p{L}* )?(?:лини[йи]|вариант|терапи|химиотерапи|возможност|лечени)\p{L}*/u;

/** "Previously treated", "after standard therapy": at least one line, of which nothing else is told; "heavily" means two at the least. */
export function pretreated({ plain }: Sentence): number | undefined {
  if (ALL_STANDARD.test(plain) && !/\b(?:no|not|refus\p{L}+|declin\p{L}+)\b|отказ/u.test(plain)) return 2;
  const m = PRETREATED.exec(plain);
  return m === null ? undefined : m[1] === undefined ? 1 : 2;
}

/** "Metastatic Merkel cell carcinoma, second line, after carboplatin-etoposide": a line that stands alone in its clause is the one to choose. */
export function lineAlone({ plain }: Sentence): number | undefined {
  const m = LINE.exec(plain);
  if (m === null || m.index === 0 || /adjuvant|адъювант/u.test(plain)) return undefined;
  const alone =
    /[,;(]\s*$/u.test(plain.slice(0, m.index)) &&
    /^\s*,?\s*(?:(?:after|following|после)(?!\p{L})|[.?]?\s*$)/u.test(plain.slice(m.index + m[0].length));
  const line = alone ? lineIn(m[1] ?? '') : undefined;
  return line !== undefined && line > 1 ? line : undefined;
}

/** The line that a sentence without any treatment states: "RET fusion positive NSCLC, first line". */
export function lineStated({ plain }: Sentence): number | undefined {
  const m = LINE.exec(plain);
  if (m === null || /adjuvant|адъювант/u.test(plain)) return undefined;
  const past = OF_THE_PAST.test(plain.slice(Math.max(0, m.index - 50), m.index));
  return past || ENDED.test(plain.slice(m.index + m[0].length)) ? undefined : lineIn(m[1] ?? '');
}
