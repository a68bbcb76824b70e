// How completely the corpus tells each cancer drug: its names and codes, what its classes say, and whether a safety rule that could speak
// of the drug asks for the kidney, the liver, pregnancy and so on. A drug that needs no such rule counts as one without: the table says
// where to look, not what is wrong.
import type { Corpus } from '../../domain/corpus/corpus.js';
import { type Atom, atoms } from '../../domain/corpus/criterion.js';
import type { Drug, SafetyRule } from '../../domain/corpus/drug.js';

export interface DrugCoverage {
  readonly fact: string;
  readonly told: number;
  /** INNs of the others. */
  readonly without: readonly string[];
}

/** Placeholders for a drug of which a source tells the class only: nothing else can be known of them. */
const notNamed = ({ inn }: Drug): boolean => inn.endsWith('not named') || inn === 'platinum agent';

export const cancerDrugs = (corpus: Corpus): readonly Drug[] =>
  corpus.drugs.filter((d) => d.antineoplastic && !notNamed(d));

export function drugCoverage(corpus: Corpus): DrugCoverage[] {
  const drugs = cancerDrugs(corpus);
  const classes = new Map(corpus.classes.map((c) => [c.id, c]));
  const lineage = (id: string): readonly string[] => [id, ...(classes.get(id)?.parents ?? []).flatMap(lineage)];
  const kinds = new Map(drugs.map((d) => [d, new Set([d.inn, ...[...d.classes, ...d.properties].flatMap(lineage)])]));
  const isAny = (drug: Drug, asked: readonly string[]) => asked.some((a) => kinds.get(drug)?.has(a));
  const byClass = (drug: Drug, says: (id: string) => boolean) => [...(kinds.get(drug) ?? [])].some(says);
  const rule = (asks: (rule: SafetyRule) => boolean) => {
    const asking = corpus.safety
      .filter(asks)
      .map(({ applies: { drugs = [], classes = [], properties = [] }, spares }) => ({
        asked: [...drugs, ...classes, ...properties],
        spared: [...(spares?.drugs ?? []), ...(spares?.classes ?? [])],
      }));
    return (drug: Drug) => asking.some(({ asked, spared }) => isAny(drug, asked) && !isAny(drug, spared));
  };
  const facts: readonly (readonly [string, (drug: Drug) => boolean])[] = [
    ['Russian name', (d) => d.name?.ru !== undefined],
    ['Kazakh name', (d) => d.name?.kk !== undefined],
    ['brand', (d) => d.brands.length > 0],
    ['ATC code', (d) => d.atc.length > 0],
    ['RxNorm code', (d) => d.rxnorm.length > 0],
    ['class', (d) => d.classes.length > 0],
    [
      'mechanism, its own or of a class',
      (d) => d.mechanism !== undefined || byClass(d, (id) => has(classes.get(id)?.mechanism)),
    ],
    ['emetogenic class', (d) => d.emetogenic !== undefined],
    ['monitoring', (d) => d.monitoring.length > 0 || byClass(d, (id) => (classes.get(id)?.monitoring.length ?? 0) > 0)],
    ['item due before the first dose', (d) => d.screening.length > 0 || rule(asksFirst)(d)],
    ['boxed warning (where the label has one)', (d) => d.boxedWarnings.length > 0],
    ['rule on kidney function', rule((r) => r.check === 'renal-function' || asks(r, KIDNEY))],
    ['rule on the liver', rule((r) => asks(r, LIVER))],
    ['rule on pregnancy', rule((r) => asks(r, ['pregnant', 'gestational-age']))],
    ['rule on the heart or QTc', rule((r) => asks(r, ['lvef', 'qtc']))],
    ['rule on another disease', rule((r) => conditions(r))],
    ['rule on interactions', rule((r) => r.check === 'interaction' || r.check === 'combination')],
    ['rule on pharmacogenetics', rule((r) => asks(r, GENES))],
  ];
  return facts.map(([fact, told]) => {
    const without = drugs.filter((d) => !told(d)).map((d) => d.inn);
    return { fact, told: drugs.length - without.length, without };
  });
}

const KIDNEY = ['creatinine-clearance', 'egfr', 'creatinine'];
const LIVER = ['bilirubin', 'bilirubin-uln', 'alt', 'alt-uln', 'ast', 'ast-uln', 'child-pugh'];
const GENES = ['dpyd', 'ugt1a1', 'tpmt', 'nudt15', 'cyp2d6', 'g6pd'];

const atomsOf = ({ when }: SafetyRule): readonly Atom[] => (when === undefined ? [] : atoms(when));
const asks = (rule: SafetyRule, names: readonly string[]): boolean =>
  atomsOf(rule).some((a) => a.op === 'value' && names.includes(a.name));
const conditions = (rule: SafetyRule): boolean => atomsOf(rule).some((a) => a.op === 'condition');
const asksFirst = (rule: SafetyRule): boolean => rule.whenUnknown === 'before-first-dose';
const has = (value: unknown): boolean => value !== undefined;

/** Most of the list stands in the corpus itself; the table names the drugs only where they are few. */
const FEW = 25;

export function drugTable(corpus: Corpus): string[] {
  const all = cancerDrugs(corpus).length;
  return [
    '## What is told of the cancer drugs',
    '',
    `Of ${all} drugs (placeholders for a class left out). Not every drug has each: few labels have a boxed warning, an antibody has no CYP.`,
    '',
    '| told | drugs | of all | without it |',
    '|---|---|---|---|',
    ...drugCoverage(corpus).map(
      ({ fact, told, without }) =>
        `| ${fact} | ${told} | ${Math.round((100 * told) / Math.max(1, all))} % | ${without.length <= FEW ? without.join(', ') : without.length} |`,
    ),
  ];
}
