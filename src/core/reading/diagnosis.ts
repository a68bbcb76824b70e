// The cancers that a note names: of this patient, now, known or only suspected; others of the family or of the past are kept apart.
import type { Coding } from '../../domain/history.js';
import { ROOT } from '../corpus-index.js';
import { isBareOrgan } from '../normalize/cancer-code.js';
import { cancerTree } from '../normalize/cancer-tree.js';
import { saysMalignant, withoutPlace } from '../normalize/cancer-words.js';
import { normalisePhrase } from '../normalize/phrase.js';
import type { Terminology } from '../normalize/terminology.js';
import { contextOf } from './context.js';
import type { Lexicon } from './lexicon.js';
import { inNominative } from './nominative.js';
import { withCancerNamed, withLeukaemiaNamed } from './organ-alone.js';
import { plainText } from './plain-text.js';
import type { Sentence } from './sentence.js';

export interface CancerSaid {
  readonly oncotree: string;
  readonly organ: string;
  readonly phrase: string;
  /** The diagnosis as the sentence words it, without what is said of spread, stage and course. */
  readonly words: string;
  /** A histology that many organs share. */
  readonly generic: boolean;
  readonly bare: boolean;
  /** Its organ is told by a place ("of the tongue"), not by its name. */
  readonly placed: boolean;
  readonly codings: readonly Coding[];
  readonly suspected: boolean;
  readonly past: boolean;
  readonly asked: boolean;
  readonly start: number;
  readonly end: number;
}

/** "Child-Pugh C10" is a class with its points. */
const ICD =
  /(?<![\p{L}\d])(?<!(?:pugh|пью|cirrhosis|цирроз\p{L}*)[ ,:(]*(?:class|score|класс)?[ ,:(]*)(c\d{2}(?:\.\d{1,2})?|d0\d(?:\.\d)?|d4[5-7](?:\.\d)?)(?![\p{L}\d])/gu;
const PARTS =
  /;|,(?!\s*(?:nos|unspecified))|\bwith (?=(?:[\w-]+ ){0,5}(?:metasta\w*|mets?\b|progress\w*|bone|liver|brain|lung|nodal|relaps\w*|recurr\w*|egfr|her2|pd-l1|ecog))|\b(?:who|and then|progress\w*|after|following|on|s\/p|diagnosed (?=in|on))\b|(?<!\p{L})(?:прогресс\p{L}*|после|на фоне|с метаста\p{L}*|метастаз\p{L}*|мтс)(?!\p{L})/u;

/** Cancers named in a sentence, one for each place where one is named. */
export function cancersIn(sentence: Sentence, lexicon: Lexicon, terms: Terminology): readonly CancerSaid[] {
  if (sentence.section === 'family' || sentence.section === 'allergy') return [];
  const tree = cancerTree(terms.vocabulary);
  return partsOf(sentence.plain, terms).flatMap(({ text: written, start }): readonly CancerSaid[] => {
    const named = withLeukaemiaNamed(written, sentence.text.slice(start, start + written.length));
    const text = withCancerNamed(spelledOut(inNominative(named.replace(LATIN_BESIDE, ' ')), lexicon, terms));
    const words = phraseOf(text);
    const malignant = saysMalignant(words);
    const all = terms.inText('cancer', words);
    const own = all.filter(
      ({ term, phrase }) =>
        term.benign !== true && (!isBareOrgan(term, phrase) || (malignant && !METASTASIS_OF.test(text))),
    );
    // "Fibroadenoma of the breast": nothing malignant is named beside the benign tumour.
    if (own.length < all.length && all.some((a) => a.term.benign) && own.every((o) => isBareOrgan(o.term, o.phrase)))
      return [];
    const found = firstWord(written, own[0]?.phrase);
    const at = found >= 0 ? found : (lexicon.find('abbreviation', written)[0]?.start ?? 0);
    const context = contextOf(sentence, start + at, start + written.length);
    if (context.family || (context.denied && !/no evidence|not only|tumou?r board/.test(written))) return [];
    // "Тимома?", "диагноз тимомы снят", within the part itself.
    const tail = written.slice(at + (own[0]?.phrase.length ?? written.length) - 1);
    if (RULED_OUT.test(tail)) return [];
    const shared = {
      // "Без выявленного первичного очага" loses its sense with its "без", "ALK-negative" with its "negative".
      words: ownWords(
        text,
        own
          .map(({ phrase, term }) => ({
            phrase,
            name: NAMED_SECONDARY.test(phrase) ? term.name.en.toLowerCase() : phrase,
          }))
          .filter(
            ({ phrase, name }) => (PART_OF_NAME.test(phrase) && !/metasta|метаста/u.test(phrase)) || name !== phrase,
          ),
      ),
      suspected: !CONFIRMED.test(tail) && (context.suspected || queried(written, at, tail)),
      past: context.past || /в анамнезе|history of/u.test(written) || OVER.test(sentence.plain),
      asked: sentence.asks,
      start: sentence.start + start,
      end: sentence.start + start + written.length,
    };
    const told = own.map(({ term, phrase }): CancerSaid => {
      const organ = tree.organ(term.oncotree);
      return {
        ...shared,
        oncotree: term.oncotree,
        organ,
        phrase,
        generic: organ === 'OTHER' || term.oncotree === ROOT,
        bare: isBareOrgan(term, phrase),
        placed: false,
        codings: [],
      };
    });
    const codes = [...written.matchAll(ICD)]
      .map((m) => (m[1] ?? '').toUpperCase())
      .filter((code) => !/^C7[789]/.test(code));
    const coded = codes.map((code) => ({ ...codedSaid(code, code, terms), ...shared, placed: false }));
    const bySite =
      told.every((n) => n.generic || n.bare) &&
      codes.length === 0 &&
      (malignant || told.some((n) => n.generic)) &&
      !METASTASIS_OF.test(text);
    const place = bySite ? placeIn(text, lexicon) : undefined;
    return [
      ...coded,
      ...(place === undefined ? [] : [{ ...codedSaid(place.icd10, place.phrase, terms), ...shared, placed: true }]),
      ...told,
    ];
  });
}

const phraseOf = (text: string): string => withoutPlace(normalisePhrase(text.replaceAll('+', ' ')));

/** "Лимфома Ходжкина [Hodgkin]", "анального канала [ануса]": the titles of ICD-10. */
const LATIN_BESIDE = /\[[^\]\d]{0,40}\]/gu;

/** What the diagnosis in its own words leaves out as said of its course, where a name holds it. */
const PART_OF_NAME = /(?:^| )(?:без|не|no|not|non|without|positive|negative|low)(?: |$)/u;
/** "Secondary AML": the word would be read as of metastases, so the disease goes by its other name. */
const NAMED_SECONDARY = /(?:^| )(?:secondary|вторичн\p{L}*) /u;

/** Abbreviations written out: "SCC of the left tonsil", "mCRPC"; not within a longer name ("MDS with ring sideroblasts"). */
function spelledOut(text: string, lexicon: Lexicon, terms: Terminology): string {
  const found = lexicon.find('abbreviation', text);
  const names = found.length === 0 ? [] : terms.inText('cancer', phraseOf(text));
  return found
    .filter((h, i, all) => all.findIndex((o) => o.start === h.start) === i)
    .filter((h) => !names.some((n) => n.phrase !== h.phrase && ` ${n.phrase} `.includes(` ${h.phrase} `)))
    .reduceRight((t, h) => `${t.slice(0, h.start)}${h.named.text.toLowerCase()}${t.slice(h.end)}`, text);
}

/** "Penile carcinoma with pulmonary fibrosis": an illness of another organ is no place of the tumour. */
const OTHER_ILLNESS =
  /\b(?:pulmonary|lung|liver|hepatic|kidney|renal|bladder|thyroid|prostatic|cardiac) (?:fibrosis|embol\w+|hypertension|disease|failure|insufficiency|impairment|dysfunction|cirrhosis|transplant\w*|stones?|emphysema|edema|oedema)/gu;

/** The place named most precisely. */
function placeIn(text: string, lexicon: Lexicon): { readonly icd10: string; readonly phrase: string } | undefined {
  const [best] = [
    ...lexicon.find(
      'place',
      text.replace(OTHER_ILLNESS, (m) => ' '.repeat(m.length)),
    ),
  ].sort((a, b) => b.phrase.length - a.phrase.length);
  return best === undefined ? undefined : { icd10: best.named.icd10, phrase: best.phrase };
}

export function codedSaid(code: string, phrase: string, terms: Terminology) {
  const coding = { system: 'http://hl7.org/fhir/sid/icd-10', code };
  const [match] = terms.findAll('cancer', { codings: [coding] });
  const organ =
    match === undefined
      ? (cancerTree(terms.vocabulary).organAt(code) ?? '')
      : cancerTree(terms.vocabulary).organ(match.term.oncotree);
  return { oncotree: match?.term.oncotree ?? '', organ, phrase, generic: false, bare: false, codings: [coding] };
}

/** Words that say something else of the disease than what it is; normalize would read them too, out of their context. */
const COURSE =
  /\b(?:metasta\w+|recurr\w+|relaps\w+|refractory|progressive|secondary|suspected|possible|probable|history of|previous|personal|family|known|newly[- ]diagnosed|new(?:ly)?|diagnosed|stage [ivx\d]+[a-c]?\d?|in remission|benign|at risk|risk|due to|follow[- ]?up|chemotherapy|radiotherapy|treated|pain|anaemia|anemia|no|not|without|negative|positive|low(?![- ]grade))\b|(?<!\p{L})(?:метаста\p{L}*|рецидив\p{L}*|рефрактерн\p{L}*|вторичн\p{L}*|подозрени\p{L}*|анамнез\p{L}*|риск\p{L}*|стадия|стадии|ст\.|iv|iii[a-c]?|ii[a-c]?|диагноз\p{L}*|осложнен\p{L}*|боль|анемия|без|не|нет)(?!\p{L})/gu;

const LOBE =
  /\b(?:upper|lower|middle)[ -]lobe\b|\b(?:rul|rll|rml|lul|lll)\b|(?<!\p{L})(?:верхней|нижней|средней) доли(?!\p{L})/u;

/** @param names of the vocabulary that hold such words and keep them */
function ownWords(text: string, names: readonly { readonly phrase: string; readonly name: string }[]): string {
  const kept = names.map(({ phrase, name }, i) => ({ name, mark: `kept${i}name`, pattern: spaced(phrase) }));
  const marked = kept.reduce((t, { pattern, mark }) => t.replace(pattern, ` ${mark} `), text);
  const cleared = marked
    .replace(COURSE, ' ')
    .replace(/[^\p{L}\p{N}+/()., -]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const inPlace = kept.reduce((t, { name, mark }) => t.replace(mark, name), cleared);
  const bare = [...kept.filter(({ mark }) => !cleared.includes(mark)).map(({ name }) => name), inPlace].join('; ');
  return LOBE.test(bare) && !/thyroid|prostat|liver|brain|щитовид|печен|мозг|lung|легк/u.test(bare)
    ? `${bare} of lung`
    : bare;
}

/** "metastases in the lung", "liver metastases": the organ is where they are. */
const METASTASIS_OF = /metasta|\bmets?\b|secondar|deposit|nodul|lesion|метаста|(?<!\p{L})мтс(?!\p{L})|очаг|вторичн/u;

/** An old cancer and what became of it: "breast cancer 2009 ..., no recurrence since", "seminoma in 1991, cured". */
const OVER =
  /\b(?:\d{1,2}|\p{L}+) years ago\b[^.;]*\b(?:no (?:evidence of )?(?:recurrence|relapse|disease)|cured|disease[- ]free|in remission|without recurrence)|(?<!\p{L})лет назад[^.;]*(?:без рецидива|рецидива нет|излечен|ремисси|снят\p{L}* с учета)|(?:19|20)\d\d[^.;]*\b(?:no (?:evidence of )?recurrence|no relapse|cured|in remission since|disease[- ]free since|remains disease[- ]free)\b|\bin remission since\b|(?:19|20)\d\d[^.;]*(?:без рецидива|излечен|снят\p{L}* с учета|ремиссия с)|\b(?:previous|prior|remote|past) (?:history of )?(?:\p{L}+ ){0,2}(?:cancer|carcinoma|lymphoma|melanoma|seminoma)/u;

const CONFIRMED = /^[^;.]{0,25}(?<!не |not |un)(?:подтвержд[её]н\p{L}*|верифицир\p{L}*|confirmed|verified)/u;

/** "Тимома?", "lymphoma (?)": a question mark to the name itself, not the end of a question about it. */
const queried = (written: string, at: number, tail: string): boolean =>
  /^[\p{L}]{0,3}\s?\(\?\)/u.test(tail) ||
  (/^[\p{L}]{0,3}\s?\??\?/u.test(tail) && (written.slice(0, at).match(/\p{L}+/gu) ?? []).length < 3);

const RULED_OUT =
  /^[\p{L}]{0,3}[^,;:.]{0,12}(?<!\p{L})(?:снят(?!\p{L})|исключ[её]н\p{L}*|не подтвержд\p{L}*|(?:was |were |has been )?(?:ruled out|excluded|refuted)|not confirmed)/u;

/** Where the name begins; its first word may have another ending in the text. */
function firstWord(text: string, phrase: string | undefined): number {
  const word = phrase?.split(' ')[0] ?? '';
  const whole = text.indexOf(word);
  return whole >= 0 || word.length < 5 ? whole : text.indexOf(word.slice(0, -1));
}

function partsOf(plain: string, terms: Terminology): readonly { readonly text: string; readonly start: number }[] {
  const parts: { text: string; start: number }[] = [];
  const { before, pattern } = namesWithComma(terms);
  // Most commas stand after a word after which no name has one.
  const may = [...plain.matchAll(/([\p{L}\p{N}]+),/gu)].some((m) => before.has(m[1] ?? ''));
  const whole = may ? [...plain.matchAll(pattern)] : [];
  let from = 0;
  for (const m of plain.matchAll(new RegExp(PARTS.source, 'gu'))) {
    if (whole.some((name) => name.index < m.index && m.index < name.index + name[0].length)) continue;
    if (m.index > from) parts.push({ text: plain.slice(from, m.index), start: from });
    from = m.index;
  }
  parts.push({ text: plain.slice(from), start: from });
  return parts;
}

const spaced = (name: string): RegExp => new RegExp(name.split(' ').map(escaped).join('[^\\p{L}\\p{N}+]{1,3}'), 'u');
const escaped = (word: string): string => word.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&');

/** "Astrocytoma, IDH-mutant, grade 3": names of the vocabulary that a comma does not cut. */
function namesWithComma({ vocabulary }: Terminology): CommaNames {
  const known = commaNames.get(vocabulary);
  if (known !== undefined) return known;
  const names = vocabulary.cancers
    .flatMap(({ name, words }) => [name.en, name.ru, ...words])
    .flatMap((n) => (n?.includes(',') === true ? [plainText(n)] : []))
    .sort((a, b) => b.length - a.length);
  const sources = names.map(
    (n) =>
      spaced(
        n
          .split(/[^\p{L}\p{N}+]+/u)
          .filter((word) => word !== '')
          .join(' '),
      ).source,
  );
  const made: CommaNames = {
    before: new Set(names.flatMap((n) => [...n.matchAll(/([\p{L}\p{N}]+),/gu)].map((m) => m[1] ?? ''))),
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})`, 'gu'),
  };
  commaNames.set(vocabulary, made);
  return made;
}

interface CommaNames {
  /** Words that stand before a comma in a name. */
  readonly before: ReadonlySet<string>;
  readonly pattern: RegExp;
}
const commaNames = new WeakMap<object, CommaNames>();
