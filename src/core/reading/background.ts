// Comorbidities, allergies and current medicines that are no treatment of the cancer.
import type { AllergyEntry, ConditionEntry, Entry, MedicationEntry } from '../../domain/history.js';
import type { Terminology } from '../normalize/terminology.js';
import { shortComorbidities } from './comorbidity-short.js';
import { contextOf } from './context.js';
import type { Place } from './diagnosis-settled.js';
import type { Lexicon } from './lexicon.js';
import type { Sentence } from './sentence.js';

const ALLERGY =
  /\b(?:allerg(?:y|ic|ies)(?: to)?|anaphylaxis (?:to|after|with)|hypersensitivity (?:to|reaction to))\b|(?<!\p{L})(?:аллерги\p{L}*(?: на)?|анафилак\p{L}*(?: на)?|гиперчувствительност\p{L}* (?:к|на))(?!\p{L})/u;

export function background(
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  terms: Terminology,
  place: Place,
): readonly Entry[] {
  return sentences.flatMap((s) =>
    s.section === 'family'
      ? []
      : [
          ...allergies(s, lexicon, terms, place),
          ...conditions(s, lexicon, terms, place),
          ...medicines(s, lexicon, terms, place),
        ],
  );
}

function allergies(s: Sentence, lexicon: Lexicon, terms: Terminology, place: Place): readonly AllergyEntry[] {
  const m = ALLERGY.exec(s.plain);
  if (m === null && s.section !== 'allergy') return [];
  const from = m === null ? 0 : m.index;
  const rest = s.plain.slice(from, from + 140);
  if (
    /\b(?:no known|none|nil|nkda|denies)\b|(?:нет|не отмеча|отрица|не отягощ|спокоен)/u.test(
      s.plain.slice(Math.max(0, from - 14), from + 50),
    )
  )
    return [];
  const drugs = lexicon.find('drug', rest);
  const severe = /anaphyla|severe|анафилак|тяжел/u.test(s.plain);
  const named = drugs.map((h) => ({ text: h.named.inn, start: from + h.start, end: from + h.end }));
  const classed =
    named.length > 0
      ? []
      : terms.drugClass(rest) === undefined
        ? []
        : [{ text: terms.drugClass(rest) ?? '', start: from, end: from + rest.length }];
  return [...named, ...classed].map(({ text, start, end }) => ({
    kind: 'allergy',
    code: { codings: [], text },
    reactions: severe ? [{ codings: [], text: 'anaphylaxis' }] : [],
    source: place(s.start + start, s.start + end),
    ...(severe ? { severity: 'severe' } : {}),
  }));
}

function conditions(s: Sentence, lexicon: Lexicon, terms: Terminology, place: Place): readonly ConditionEntry[] {
  // A stroke or a thrombosis of the past still counts; an infection or a bleeding that is over does not.
  const lasting = (id: string): boolean =>
    !/pregnan/.test(id) && terms.vocabulary.conditions.some((t) => t.id === id && t.passing !== true);
  if (s.section === 'allergy') return [];
  const named = lexicon.find('condition', s.plain).map((h) => ({ ...h, id: h.named.id, words: h.phrase }));
  const short = shortComorbidities(s, lexicon)
    .filter((h) => !named.some((n) => n.start < h.end && n.end > h.start))
    .map((h) => ({ ...h, phrase: '' }));
  return [...named, ...short].flatMap((h): ConditionEntry[] => {
    const c = contextOf(s, h.start, h.end);
    // A hearing aid is no AIDS.
    if (/^(?:aids|af)$/.test(h.phrase) && !/^(?:AIDS|AF)$/.test(s.text.slice(h.start, h.end))) return [];
    if (c.family || c.suspected || c.denied || notPresent(s.plain, h.start, h.end, lasting(h.id))) return [];
    return [
      {
        kind: 'condition',
        code: { codings: [], text: h.words },
        role: 'other',
        clinicalStatus: 'active',
        bodySites: [],
        stages: [],
        source: place(s.start + h.start, s.start + h.end),
      },
    ];
  });
}

/** A negative or missing test, told of one or of a list ("HBV, HCV, HIV neg", "ВИЧ отр.", "HIV not done"), or an answer "none". */
const NEGATIVE_AFTER =
  /^(?:(?:\s*[,/&]\s*(?:and |и )?|\s+(?:and|or|и|или)\s+)[\p{L}\d-]{2,8}){0,3}\s*[:=–-]?\s*\(?(?:neg(?:ative)?\b|non-?reactive|not (?:done|tested|detected|known)|pending|none\b|absent\b|нет(?!\p{L})|отр(?:иц\p{L}*)?(?!\p{L})|не (?:выявл|обнаруж|было|исследов|отмеч|определ)\p{L}*|теріс)/u;
/** Wished for or avoided, not there; a molar pregnancy is no pregnancy now. */
const NOT_YET_BEFORE =
  /(?:\b(?:plans?(?: for| of)?|planning|wish(?:es)?|wants?|desires?|future|avoid|molar|ectopic|previous|prior|last|antecedent|term|(?:after|since|following)(?: (?:a|an|the|her))?(?: (?:normal|full-term|term|partial|complete))?)|(?<!\p{L})(?:планир\p{L}*|желает|хочет|в будущем|после|предшеств\p{L}*|внематочн\p{L}*|прошл\p{L}*|последн\p{L}*|пузырн\p{L}*))\s+$/u;

/** A pregnancy that is over, wished for or molar: what stands before it says so. */
export const noPregnancyNow = (before: string): boolean => NOT_YET_BEFORE.test(before.slice(-24));

const WISHED_BEFORE =
  /(?:\b(?:plans?(?: for| of)?|planning|wish(?:es)?|wants?|desires?|future|avoid)|(?<!\p{L})(?:планир\p{L}*|желает|хочет|в будущем))\s+$/u;
const notPresent = (plain: string, start: number, end: number, lasting: boolean): boolean =>
  NEGATIVE_AFTER.test(plain.slice(end, end + 60)) ||
  (lasting ? WISHED_BEFORE : NOT_YET_BEFORE).test(plain.slice(Math.max(0, start - 24), start));

/** Medicines that are no cancer treatment, named as taken. */
function medicines(s: Sentence, lexicon: Lexicon, terms: Terminology, place: Place): readonly MedicationEntry[] {
  if (s.section === 'allergy' || ALLERGY.test(s.plain)) return [];
  return lexicon.find('drug', s.plain).flatMap((h): MedicationEntry[] => {
    if (terms.drug(h.named.inn)?.antineoplastic !== false) return [];
    const c = contextOf(s, h.start, h.end);
    if (c.denied || c.family || s.asks) return [];
    // A hormone of the blood is measured where its level is told, not taken.
    if (/^testosterone$/.test(h.named.inn) && !/\b(?:gel|inject\w*|replacement|therapy|takes|taking)\b/.test(s.plain))
      return [];
    return [
      {
        kind: 'medication',
        event: 'statement',
        status: 'active',
        code: { codings: [], text: h.named.inn },
        reasons: [],
        given: true,
        source: place(s.start + h.start, s.start + h.end),
      },
    ];
  });
}
