// Words that in one disease say a fact without its name: "neuroblastoma, stage MS", "retinoblastoma, group E", "medulloblastoma, SHH, M3",
// "carcinoma of unknown primary in axillary nodes". Which fact, for which disease: list disease-words of notes.yaml.
import { cancerTree } from '../normalize/cancer-tree.js';
import { PhraseIndex } from '../normalize/phrase.js';
import type { Terminology } from '../normalize/terminology.js';
import { deniedBefore } from './context.js';
import type { CancerSaid } from './diagnosis.js';
import { type Lexicon, tokensOf } from './lexicon.js';
import type { RiskFact } from './risk-said.js';
import type { Sentence } from './sentence.js';

type Words = PhraseIndex<string>;

/** Facts of the patient's disease whose words stand alone, once each; none where the words contradict each other. */
export function diseaseWords(
  sentences: readonly Sentence[],
  cancers: readonly CancerSaid[],
  lexicon: Lexicon,
  terms: Terminology,
): readonly RiskFact[] {
  const own = sentences.filter((s) => s.section !== 'family' && s.section !== 'comorbidity');
  const { alone, together } = wordsOf(lexicon);
  const joint = together.flatMap((t): readonly RiskFact[] => {
    const diseases = alone.find((a) => a.fact === t.fact)?.diseases ?? [];
    const parts = isOneOf(cancers, diseases, terms) ? t.parts.map((p) => own.flatMap((s) => saidIn(s, p))[0]) : [];
    const [first] = parts;
    return first === undefined || parts.includes(undefined) ? [] : named([{ ...first, value: t.value }], t.fact, terms);
  });
  const single = alone.flatMap(({ fact, diseases, words }): readonly RiskFact[] => {
    if (!isOneOf(cancers, diseases, terms)) return [];
    if (own.some((s) => lexicon.find('fact', s.plain).some((h) => h.named.id === fact))) return [];
    const said = own.flatMap((s) => saidIn(s, words));
    return named(said, fact, terms);
  });
  return single.length === 0 ? joint.slice(0, 1) : single;
}

function named(said: readonly Omit<RiskFact, 'name'>[], fact: string, terms: Terminology): readonly RiskFact[] {
  const [first] = said;
  const term = terms.term('fact', fact);
  if (first === undefined || term === undefined || said.some((x) => x.value !== first.value)) return [];
  return [{ name: term.phrases[0] ?? term.name.en, ...first }];
}

function isOneOf(cancers: readonly CancerSaid[], diseases: readonly string[], terms: Terminology): boolean {
  const tree = cancerTree(terms.vocabulary);
  return cancers.some((c) => c.oncotree !== '' && !c.suspected && diseases.some((d) => tree.isA(c.oncotree, d)));
}

function saidIn(s: Sentence, words: Words): readonly Omit<RiskFact, 'name'>[] {
  const tokens = tokensOf(s.plain);
  return words.insideTokens(tokens.map((t) => t.word)).flatMap((hit) => {
    const [from, to] = [tokens[hit.start], tokens[hit.end - 1]];
    if (from === undefined || to === undefined) return [];
    if (deniedBefore(s.plain.slice(Math.max(0, from.start - 40), from.start))) return [];
    return [{ value: hit.value, start: s.start + from.start, end: s.start + to.end }];
  });
}

interface DiseaseWords {
  readonly alone: readonly { readonly fact: string; readonly diseases: readonly string[]; readonly words: Words }[];
  /** All parts somewhere in the note: "squamous" and "cervical lymph node". */
  readonly together: readonly { readonly fact: string; readonly value: string; readonly parts: readonly Words[] }[];
}

const built = new WeakMap<Lexicon, DiseaseWords>();

function wordsOf(lexicon: Lexicon): DiseaseWords {
  const known = built.get(lexicon);
  if (known !== undefined) return known;
  const { facts } = lexicon.corpus.vocabulary;
  const listed = (id: string) => Object.entries(facts.find((f) => f.id === id)?.words ?? {});
  const alone = listed('disease-words').map(([fact, { phrases }]) => ({
    fact,
    diseases: phrases.map((p) => p.toUpperCase()),
    words: new PhraseIndex(
      Object.entries(facts.find((f) => f.id === fact)?.words ?? {}).flatMap(([word, w]) =>
        w.phrases.filter(speaksAlone).map((p) => [p, word] as const),
      ),
    ),
  }));
  const together = listed('disease-words-together').flatMap(([key, { phrases }]) => {
    const [fact = '', value = ''] = key.split('=');
    return phrases.map((p) => ({
      fact,
      value,
      parts: p.split(' + ').map((part) => new PhraseIndex([[part, value] as const])),
    }));
  });
  const made = { alone, together };
  built.set(lexicon, made);
  return made;
}

/** Not a letter, a numeral or an answer, which mean something only beside the name of the fact. */
const speaksAlone = (phrase: string): boolean =>
  phrase.length > 1 &&
  !/^(?:i{1,3}|iv|\d+|v\+|yes|no|none|absent|present|positive|negative|left|right|axillary|подмышечный|нет|есть|да|ms|m)$/iu.test(
    phrase,
  );
