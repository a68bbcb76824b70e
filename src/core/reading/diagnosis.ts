// The cancers that a note names: of this patient, now, known or only suspected; others of the family or of the past are kept apart.
import type { Coding } from '../../domain/history.js';
import { isBareOrgan } from '../normalize/cancer-code.js';
import { cancerTree } from '../normalize/cancer-tree.js';
import { saysMalignant, withoutPlace } from '../normalize/cancer-words.js';
import { normalisePhrase } from '../normalize/phrase.js';
import type { Terminology } from '../normalize/terminology.js';
import { contextOf } from './context.js';
import type { Sentence } from './sentence.js';

export interface CancerSaid {
  readonly oncotree: string;
  readonly organ: string;
  readonly phrase: string;
  /** A histology that many organs share. */
  readonly generic: boolean;
  readonly bare: boolean;
  readonly codings: readonly Coding[];
  readonly suspected: boolean;
  readonly past: boolean;
  readonly asked: boolean;
  readonly start: number;
  readonly end: number;
}

const ICD = /(?<![\p{L}\d])(c\d{2}(?:\.\d{1,2})?|d0\d(?:\.\d)?|d4[5-7](?:\.\d)?)(?![\p{L}\d])/gu;
const PARTS =
  /;|,(?!\s*(?:nos|unspecified))|\b(?:with|who|and then|progress\w*|after|following|on|s\/p|diagnosed (?=in|on))\b|(?<!\p{L})(?:прогресс\p{L}*|после|на фоне|с метаста\p{L}*|метастаз\p{L}*|мтс)(?!\p{L})/u;

/** Cancers named in a sentence, one for each place where one is named. */
export function cancersIn(sentence: Sentence, terms: Terminology): readonly CancerSaid[] {
  if (sentence.section === 'family' || sentence.section === 'allergy') return [];
  const tree = cancerTree(terms.vocabulary);
  const found: CancerSaid[] = [];
  for (const { text, start } of partsOf(sentence.plain)) {
    const words = withoutPlace(normalisePhrase(text.replaceAll('+', ' ')));
    const hits = terms.inText('cancer', words);
    const codes = [...text.matchAll(ICD)].map((m) => (m[1] ?? '').toUpperCase());
    const malignant = saysMalignant(words) || /(?<!\p{L})(?:ca|c-r|cr|bl|зно|з\.н\.о|с-r)(?!\p{L})/u.test(text);
    const own = hits.filter(({ term, phrase }) => !isBareOrgan(term, phrase) || malignant);
    const context = contextOf(sentence, start + Math.max(0, firstWord(text, own[0]?.phrase)), start + text.length);
    if (own.length === 0 && codes.length === 0) continue;
    if (context.family || (context.denied && !/no evidence|not only/.test(text))) continue;
    const shared = {
      suspected: context.suspected,
      past: context.past || /в анамнезе|history of/u.test(text),
      asked: sentence.asks,
      start: sentence.start + start,
      end: sentence.start + start + text.length,
    };
    for (const { term, phrase } of own) {
      if (METASTASIS_OF.test(text) && isBareOrgan(term, phrase)) continue;
      found.push({
        ...shared,
        oncotree: term.oncotree,
        organ: tree.organ(term.oncotree),
        phrase,
        generic:
          tree.organ(term.oncotree) === 'OTHER' ||
          (term.parent === null && !isBareOrgan(term, phrase) && tree.organ(term.oncotree) === undefined),
        bare: isBareOrgan(term, phrase),
        codings: [],
      });
    }
    for (const code of codes) {
      if (/^C7[789]/.test(code)) continue;
      const [match] = terms.findAll('cancer', { codings: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] });
      found.push({
        ...shared,
        oncotree: match?.term.oncotree ?? '',
        organ: match === undefined ? '' : tree.organ(match.term.oncotree),
        phrase: code,
        generic: false,
        bare: false,
        codings: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }],
      });
    }
  }
  return found;
}

/** "metastases in the lung", "liver metastases": the organ is where they are. */
const METASTASIS_OF = /metasta|\bmets?\b|secondar|deposit|nodul|lesion|метаста|(?<!\p{L})мтс(?!\p{L})|очаг|вторичн/u;

const firstWord = (text: string, phrase: string | undefined): number =>
  phrase === undefined ? 0 : text.indexOf(phrase.split(' ')[0] ?? '');

function partsOf(plain: string): readonly { readonly text: string; readonly start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let from = 0;
  for (const m of plain.matchAll(new RegExp(PARTS.source, 'gu'))) {
    if (m.index > from) parts.push({ text: plain.slice(from, m.index), start: from });
    from = m.index;
  }
  parts.push({ text: plain.slice(from), start: from });
  return parts;
}
