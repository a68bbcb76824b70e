// Drugs recognised in codes and in strings: INN, synonyms, brands, Russian names; the longest name at each place wins,
// so "trastuzumab deruxtecan" is not trastuzumab and "nab-paclitaxel" is not paclitaxel.
import type { Drug, DrugClass } from '../../domain/corpus/drug.js';
import type { Concept } from '../../domain/history.js';
import { canonicalCode, codeSystem } from './code-system.js';
import { PhraseIndex } from './phrase.js';

export interface DrugMatch {
  readonly drug: Drug;
  /** exact: by code; text: by a name. */
  readonly precision: 'exact' | 'text';
  readonly by: string;
}

export interface DrugLexicon {
  readonly ofConcept: (concept: Concept) => readonly DrugMatch[];
  readonly inText: (text: string) => readonly DrugMatch[];
  readonly drug: (inn: string) => Drug | undefined;
  readonly classesOf: (inn: string) => ReadonlySet<string>;
  readonly classNamed: (text: string) => string | undefined;
}

const NONE: ReadonlySet<string> = new Set();

export function createDrugLexicon(drugs: readonly Drug[], classes: readonly DrugClass[]): DrugLexicon {
  const byInn = new Map(drugs.map((drug) => [drug.inn, drug]));
  const byCode = new Map<string, Drug>();
  for (const drug of drugs) {
    for (const code of drug.rxnorm) byCode.set(`rxnorm|${canonicalCode('rxnorm', code)}`, drug);
    for (const code of drug.atc) byCode.set(`atc|${canonicalCode('atc', code)}`, drug);
  }
  const names = new PhraseIndex(
    drugs.flatMap((drug) =>
      [drug.inn, drug.name?.ru, drug.name?.kk, ...drug.synonyms, ...drug.brands].flatMap((name) =>
        name === undefined ? [] : [[name, drug] as const],
      ),
    ),
  );
  const classNames = new PhraseIndex(
    classes.flatMap((c) =>
      [c.id, c.name.en, c.name.ru].flatMap((name) => (name === undefined ? [] : [[name, c.id] as const])),
    ),
  );
  const ancestry = classAncestry(classes);
  const closure = new Map(
    drugs.map((drug) => [drug.inn, new Set([...drug.classes, ...drug.properties].flatMap((id) => ancestry(id)))]),
  );

  const inText = (text: string): readonly DrugMatch[] =>
    unique(
      text,
      names.inside(text).map((hit) => hit.value),
    );

  return {
    ofConcept: (concept) => {
      const coded = concept.codings.flatMap(({ system, code }): DrugMatch[] => {
        if (code === undefined) return [];
        const known = codeSystem(system);
        const drug = byCode.get(`${known}|${canonicalCode(known, code)}`);
        return drug === undefined ? [] : [{ drug, precision: 'exact', by: code }];
      });
      // A product's text may name more than its code does (a fixed combination coded by one ingredient), and two drugs
      // may share an ATC group; so the names are read always and a code only adds what no name says.
      const texts = [concept.text, ...concept.codings.map((c) => c.display)].filter((t) => t !== undefined);
      const named = texts.map(inText).sort((a, b) => b.length - a.length)[0] ?? [];
      return named.length > 0 ? named : dedupe(coded);
    },
    inText,
    drug: (inn) => byInn.get(inn),
    classesOf: (inn) => closure.get(inn) ?? NONE,
    classNamed: (text) => classNames.whole(text)[0] ?? classNames.inside(text)[0]?.value,
  };
}

const unique = (text: string, drugs: readonly Drug[]): readonly DrugMatch[] =>
  [...new Set(drugs)].map((drug) => ({ drug, precision: 'text', by: text }));

const dedupe = (matches: readonly DrugMatch[]): readonly DrugMatch[] =>
  matches.filter((match, i) => matches.findIndex((other) => other.drug === match.drug) === i);

/** Class id -> itself and all its ancestors; a class without a row is its own only ancestor. */
function classAncestry(classes: readonly DrugClass[]): (id: string) => readonly string[] {
  const parents = new Map(classes.map((c) => [c.id, c.parents]));
  return (id) => {
    const seen = new Set<string>();
    const visit = (at: string): void => {
      if (seen.has(at)) return;
      seen.add(at);
      for (const parent of parents.get(at) ?? []) visit(parent);
    };
    visit(id);
    return [...seen];
  };
}
