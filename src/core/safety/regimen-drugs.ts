// What a regimen holds, as safety rules ask: its drugs with their classes and properties, its modalities and procedures.
import type { SafetyRule } from '../../domain/corpus/drug.js';
import type { Regimen } from '../../domain/corpus/regimen.js';
import type { CorpusIndex } from '../corpus-index.js';

/** True when the drug is one of the names, or in one of the classes or properties (ancestors count). */
export function drugIs(drug: string, asked: readonly string[], index: CorpusIndex): boolean {
  if (asked.length === 0) return false;
  const classes = index.classesOf(drug);
  const properties = index.propertiesOf(drug);
  return asked.some((a) => a === drug || classes.has(a) || properties.has(a));
}

export const drugsOf = (regimen: Regimen): readonly string[] => [...new Set(regimen.components.map((c) => c.drug))];

/** Drugs of the regimen that are cancer drugs; one that the corpus does not know counts as such. */
export const cancerDrugsOf = (regimen: Regimen, index: CorpusIndex): readonly string[] =>
  drugsOf(regimen).filter((drug) => index.drug(drug)?.antineoplastic !== false);

/** The drugs for which the rule speaks: those named or of the classes and properties named; all of them for other rules. */
export function subjectsOf(rule: SafetyRule, regimen: Regimen, index: CorpusIndex): readonly string[] {
  const { drugs = [], classes = [], properties = [] } = rule.applies;
  const asked = [...drugs, ...classes, ...properties];
  return asked.length === 0
    ? drugsOf(regimen)
    : drugsOf(regimen).filter((drug) => drugIs(drug, asked, index) && !spared(rule, drug, index));
}

const spared = ({ spares }: SafetyRule, drug: string, index: CorpusIndex): boolean =>
  spares !== undefined && drugIs(drug, [...(spares.drugs ?? []), ...(spares.classes ?? [])], index);

export interface RuleFor {
  readonly rule: SafetyRule;
  readonly subjects: readonly string[];
}

interface Kept {
  readonly byRegimen: WeakMap<Regimen, readonly RuleFor[]>;
  /** By what the regimen holds: what patients go on with may be any combination. */
  readonly byContent: Map<string, readonly RuleFor[]>;
}

const RULES = new WeakMap<CorpusIndex, Kept>();
/** Regimens of the corpus are some hundred. */
const MOST_REGIMENS = 5_000;

/** The rules that look at a regimen, each with its subjects. Kept: no patient changes that. */
export function rulesFor(regimen: Regimen, index: CorpusIndex): readonly RuleFor[] {
  const kept = RULES.get(index) ?? { byRegimen: new WeakMap(), byContent: new Map() };
  RULES.set(index, kept);
  const rules = kept.byRegimen.get(regimen) ?? rulesByContent(regimen, index, kept.byContent);
  kept.byRegimen.set(regimen, rules);
  return rules;
}

function rulesByContent(
  regimen: Regimen,
  index: CorpusIndex,
  kept: Map<string, readonly RuleFor[]>,
): readonly RuleFor[] {
  const { components, modalities, procedures } = regimen;
  const holds = [components.map((c) => c.drug), modalities, procedures].map((names) => names.join(' + ')).join(' | ');
  if (kept.size >= MOST_REGIMENS) kept.clear();
  const known = kept.get(holds);
  if (known !== undefined) return known;
  const rules = index.corpus.safety
    .filter((rule) => appliesTo(rule, regimen, index))
    .map((rule) => ({ rule, subjects: subjectsOf(rule, regimen, index) }));
  kept.set(holds, rules);
  return rules;
}

/** Whether a rule looks at this regimen at all. */
export function appliesTo(rule: SafetyRule, regimen: Regimen, index: CorpusIndex): boolean {
  const { drugs = [], classes = [], properties = [], modalities = [], procedures = [] } = rule.applies;
  const left = [...(rule.except?.drugs ?? []), ...(rule.except?.classes ?? [])];
  if (left.length > 0 && drugsOf(regimen).some((drug) => drugIs(drug, left, index))) return false;
  const asked = [...drugs, ...classes, ...properties];
  return (
    (asked.length > 0 && subjectsOf(rule, regimen, index).length > 0) ||
    modalities.some((m) => regimen.modalities.some((held) => held === m)) ||
    procedures.some((p) => regimen.procedures.some((held) => index.isProcedure(held, p)))
  );
}
