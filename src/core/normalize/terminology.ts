// The vocabulary of the corpus, indexed once for look-ups: codes and display words of a source -> terms of ours.
// A match keeps how it was made (`precision`), so that a mapping by words is never mistaken for one by code.
import type { Drug, DrugClass } from '../../domain/corpus/drug.js';
import type {
  BiomarkerTerm,
  CancerTerm,
  Codes,
  ConditionTerm,
  FactTerm,
  ProcedureTerm,
  SiteTerm,
  Vocabulary,
} from '../../domain/corpus/vocabulary.js';
import type { Concept } from '../../domain/history.js';
import { canonicalCode, codeSystem } from './code-system.js';
import { createDrugLexicon, type DrugLexicon, type DrugMatch } from './drug-lexicon.js';
import { normalisePhrase, PhraseIndex } from './phrase.js';
import { remembered } from './remembered.js';

/** exact: the very code; broader: a code prefix (C50 for C50.9); text: the display or free text. */
export type Precision = 'exact' | 'broader' | 'text';

export interface Match<T> {
  readonly term: T;
  readonly precision: Precision;
  /** The code or phrase that matched, as recorded. */
  readonly by: string;
  /** False when a phrase was found only inside a longer text. */
  readonly whole: boolean;
}

interface TermOf {
  readonly cancer: CancerTerm;
  readonly fact: FactTerm;
  readonly biomarker: BiomarkerTerm;
  readonly condition: ConditionTerm;
  readonly procedure: ProcedureTerm;
  readonly site: SiteTerm;
}
export type TermKind = keyof TermOf;

export interface Terminology {
  readonly vocabulary: Vocabulary;
  /** The best term of a kind that a concept means: by exact code, else longest code prefix, else whole phrase, else a phrase inside the text. */
  find<K extends TermKind>(kind: K, concept: Concept): Match<TermOf[K]> | undefined;
  /** Every term of a kind that the concept's codes or words mean, best first (one condition code may mean two of ours). */
  findAll<K extends TermKind>(kind: K, concept: Concept): readonly Match<TermOf[K]>[];
  /** Terms named inside free text, in order of appearance, longest phrase first at each place. */
  inText<K extends TermKind>(kind: K, text: string): readonly { readonly term: TermOf[K]; readonly phrase: string }[];
  term<K extends TermKind>(kind: K, id: string): TermOf[K] | undefined;
  /** The word of a fact's closed list that a concept means ("LA9623-5" -> "1", "post-menopausal" -> "post"). */
  word(factId: string, concept: Concept): string | undefined;
  /** The same of a diagnosis, by the codes and phrases of the list only: "chronic" in the name of a leukaemia is no phase of it. */
  diagnosisWord(factId: string, concept: Concept): string | undefined;
  /** The word whose phrase is the whole text. */
  wholeWord(factId: string, text: string): string | undefined;
  /** Drugs that a medication concept means: by code, else by the names in its texts. Combination products give several. */
  drugs(concept: Concept): readonly DrugMatch[];
  /** Drugs named in a string, in order of appearance; "nab-paclitaxel" is not paclitaxel too. */
  drugsInText(text: string): readonly DrugMatch[];
  drug(inn: string): Drug | undefined;
  /** Class and property ids of a drug with all their ancestors; empty for an unknown drug. */
  classesOf(inn: string): ReadonlySet<string>;
  /** Class id named by a text ("penicillins", "taxanes"), for allergies. */
  drugClass(text: string): string | undefined;
}

/** @param byName an id of the list ("post") stands for itself, as a recorded value does */
const wordTable = ({ words }: FactTerm, byName: boolean) =>
  new TermTable(
    Object.entries(words).map(([word, { codes, phrases }]) => ({ word, codes, phrases })),
    (t) => t.word,
    (t) => (byName ? [t.word, ...t.phrases] : t.phrases),
  );

/** Builds the look-ups. Pure; a few milliseconds for the whole vocabulary. */
export function createTerminology(
  vocabulary: Vocabulary,
  drugs: readonly Drug[],
  classes: readonly DrugClass[],
): Terminology {
  const tables: { readonly [K in TermKind]: TermTable<TermOf[K]> } = {
    cancer: new TermTable(
      vocabulary.cancers,
      (t) => t.oncotree,
      (t) => [t.name.en, t.name.ru, ...t.words],
    ),
    fact: new TermTable(
      vocabulary.facts,
      (t) => t.id,
      (t) => t.phrases,
    ),
    biomarker: new TermTable(
      vocabulary.biomarkers,
      (t) => t.name,
      (t) => [t.name, ...t.synonyms],
    ),
    condition: new TermTable(
      vocabulary.conditions,
      (t) => t.id,
      (t) => [t.name.en, t.name.ru, ...t.words],
    ),
    procedure: new TermTable(
      vocabulary.procedures,
      (t) => t.id,
      (t) => [t.name.en, t.name.ru, ...t.words],
    ),
    site: new TermTable(
      vocabulary.sites,
      (t) => t.id,
      (t) => [t.name.en, t.name.ru, ...t.words],
    ),
  };
  const words = new Map(vocabulary.facts.map((fact) => [fact.id, wordTable(fact, true)]));
  const diagnosisWords = new Map(
    vocabulary.facts.flatMap((fact) => (fact.fromDiagnosis.length > 0 ? [[fact.id, wordTable(fact, false)]] : [])),
  );
  const lexicon = createDrugLexicon(drugs, classes);
  return {
    vocabulary,
    find: (kind, concept) => tables[kind].findAll(concept)[0],
    findAll: (kind, concept) => tables[kind].findAll(concept),
    inText: (kind, text) => tables[kind].inText(text),
    term: (kind, id) => tables[kind].byId.get(id),
    diagnosisWord: (factId, concept) => diagnosisWords.get(factId)?.findAll(concept)[0]?.term.word,
    word: (factId, concept) => words.get(factId)?.findAll(concept)[0]?.term.word,
    wholeWord: (factId, text) => {
      const [match] = words.get(factId)?.findAll({ codings: [], text }) ?? [];
      return match?.whole ? match.term.word : undefined;
    },
    drugs: remembered((concept) => {
      const found = lexicon.ofConcept(concept);
      return found.length > 0 ? found : combination(concept, words.get('drug-combination'), lexicon.drug);
    }),
    drugsInText: lexicon.inText,
    drug: lexicon.drug,
    classesOf: lexicon.classesOf,
    drugClass: lexicon.classNamed,
  };
}

/** "AC x 4 cycles", "TCHP": a combination by its usual name, where no drug is named. */
function combination(
  concept: Concept,
  names: { findAll(concept: Concept): readonly Match<{ readonly word: string }>[] } | undefined,
  drug: DrugLexicon['drug'],
): readonly DrugMatch[] {
  const texts = [concept.text, ...concept.codings.map((c) => c.display)].filter((t) => t !== undefined);
  for (const text of texts) {
    const bare = text
      .replace(
        /\b(?:chemotherapy|regimen|scheme|adjuvant|neo-?adjuvant|weekly|cycles?|courses?|[x×]?\s*\d+)\b|схема|курс[а-я]*|цикл[а-я]*|пхт/giu,
        ' ',
      )
      .trim();
    const [match] = names?.findAll({ codings: [], text: bare }) ?? [];
    if (match?.whole !== true) continue;
    return match.term.word.split('+').flatMap((inn) => {
      const known = drug(inn);
      return known === undefined ? [] : [{ drug: known, precision: 'text', by: text } as const];
    });
  }
  return [];
}

/** One kind of term, indexed by code, by code prefix (ICD-10) and by phrase. */
class TermTable<T extends { readonly codes: Codes }> {
  readonly byId: ReadonlyMap<string, T>;
  readonly #byCode = new Map<string, T[]>();
  readonly #phrases: PhraseIndex<T>;

  constructor(terms: readonly T[], id: (term: T) => string, phrases: (term: T) => readonly (string | undefined)[]) {
    this.byId = new Map(terms.map((term) => [id(term), term]));
    this.#phrases = new PhraseIndex(
      terms.flatMap((term) => phrases(term).flatMap((p) => (p === undefined ? [] : [[p, term] as const]))),
    );
    for (const term of terms) {
      for (const [field, codes] of Object.entries(term.codes)) {
        for (const code of codes ?? []) {
          const system = FIELD_SYSTEM[field] ?? 'other';
          const key = `${field === 'other' ? '' : system}|${canonicalCode(system, code)}`;
          this.#byCode.set(key, [...(this.#byCode.get(key) ?? []), term]);
        }
      }
    }
  }

  readonly findAll = remembered((concept: Concept): readonly Match<T>[] => this.#search(concept));

  #search(concept: Concept): readonly Match<T>[] {
    const found: Match<T>[] = [];
    const add = (terms: readonly T[] | undefined, precision: Precision, by: string, whole = true): void => {
      for (const term of terms ?? [])
        if (!found.some((m) => m.term === term)) found.push({ term, precision, by, whole });
    };
    const prefixed: (() => void)[] = [];
    for (const { system, code } of concept.codings) {
      if (code === undefined) continue;
      const known = codeSystem(system);
      const canonical = canonicalCode(known, code);
      add(this.#byCode.get(`${known}|${canonical}`), 'exact', code);
      add(this.#byCode.get(`|${canonical}`), 'exact', code);
      const looksIcd = known === 'icd10' || (known === 'other' && /^[A-Z]\d\d(\.?\d|$)/.test(code));
      if (looksIcd) prefixed.push(() => this.#addPrefix(canonicalCode('icd10', code), code, add));
    }
    for (const run of prefixed) run();
    if (found.length > 0) return found;
    // A code typed as text: "C50.4", "C50.9 Рак молочной железы".
    const typed = ICD_TYPED.exec(concept.text ?? '')?.[1];
    if (typed !== undefined) this.#addPrefix(canonicalCode('icd10', typed), typed, add);
    if (found.length > 0) return found;
    const texts = [...concept.codings.map((c) => c.display), concept.text].filter((t) => t !== undefined);
    for (const text of texts) add(this.#phrases.whole(text), 'text', text);
    if (found.length > 0) return found;
    for (const text of texts) for (const hit of this.#phrases.inside(text)) add([hit.value], 'text', text, false);
    return found;
  }

  /** The longest prefix of an ICD-10 code that a term names decides. */
  #addPrefix(code: string, recorded: string, add: (terms: readonly T[] | undefined, p: Precision, by: string) => void) {
    for (let length = code.length; length >= 3; length--) {
      const terms = this.#byCode.get(`icd10|${code.slice(0, length)}`);
      if (terms === undefined) continue;
      add(terms, length === code.length ? 'exact' : 'broader', recorded);
      return;
    }
  }

  inText(text: string): readonly { readonly term: T; readonly phrase: string }[] {
    return this.#inside({ codings: [], text });
  }

  readonly #inside = remembered(({ text = '' }): readonly { readonly term: T; readonly phrase: string }[] =>
    this.#phrases.inside(text).map((hit) => ({ term: hit.value, phrase: hit.phrase })),
  );
}

const ICD_TYPED = /^\s*\(?([A-Z]\d\d(?:\.\d{1,3})?)(?=$|[\s),;:])/;
const FIELD_SYSTEM: Readonly<Record<string, ReturnType<typeof codeSystem>>> = {
  icd10: 'icd10',
  icdo3: 'icdo3',
  topography: 'icdo3',
  snomed: 'snomed',
  loinc: 'loinc',
  nci: 'nci',
  hgnc: 'hgnc',
};

/** True when two phrases are the same words. */
export const samePhrase = (a: string, b: string): boolean => normalisePhrase(a) === normalisePhrase(b);
