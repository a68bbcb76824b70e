// A criterion in words, for the doctor and for the reasons of exclusion.
import type { Atom, Criterion, NumberRange, TherapySelector } from '../../domain/corpus/criterion.js';
import type { CorpusIndex } from '../corpus-index.js';
import { factName, factUnit, orList } from './words.js';

/** Criteria are read from the corpus once and described for every patient, so the words are kept. */
const KEPT = new WeakMap<CorpusIndex, WeakMap<Criterion, string>>();

export function describe(criterion: Criterion, index: CorpusIndex): string {
  const kept = KEPT.get(index) ?? new WeakMap<Criterion, string>();
  KEPT.set(index, kept);
  const words = kept.get(criterion) ?? inWords(criterion, index);
  kept.set(criterion, words);
  return words;
}

function inWords(criterion: Criterion, index: CorpusIndex): string {
  switch (criterion.op) {
    case 'all':
      return criterion.parts.map((p) => bracketed(p, index)).join(', and ');
    case 'any':
      return criterion.parts.map((p) => bracketed(p, index)).join(', or ');
    case 'not':
    case 'unless':
      return negated(criterion.part, index);
    default:
      return describeAtom(criterion, index);
  }
}

const bracketed = (part: Criterion, index: CorpusIndex): string =>
  part.op === 'all' || part.op === 'any' ? `(${describe(part, index)})` : describe(part, index);

/** `not` and `unless` read alike; what the record shows, or that it is silent, stands beside the words. */
function negated(part: Criterion, index: CorpusIndex): string {
  const words = describe(part, index);
  switch (part.op) {
    case 'therapy':
    case 'condition':
    case 'metastasis':
      return `no ${words}`;
    case 'any':
      return `none of: ${part.parts.map((p) => describe(p, index)).join('; ')}`;
    case 'all':
      return `not (${words})`;
    // "Not unless known" is "on record"; "unless not" is the thing itself.
    case 'unless':
      return `on record: ${describe(part.part, index)}`;
    case 'not':
      return describe(part.part, index);
    default:
      return `not ${words}`;
  }
}

function describeAtom(atom: Atom, index: CorpusIndex): string {
  switch (atom.op) {
    case 'cancer':
      return orList(atom.codes.map((code) => index.cancer(code)?.name.en ?? code));
    case 'stage':
      return `stage ${orList(atom.groups)}`;
    case 'tnm':
      return [atom.t, atom.n, atom.m].flatMap((axis) => (axis ? [orList(axis)] : [])).join(' with ');
    case 'biomarker':
      return `${atom.name} ${orList(atom.is.map((s) => s.replaceAll('-', ' ')))}`;
    case 'therapy':
      return describeTherapy(atom.when, atom.selector, index);
    case 'condition':
      return orList(atom.ids.map((id) => index.condition(id)?.name.en ?? id.replaceAll('-', ' ')));
    case 'metastasis':
      return `metastasis in ${orList(atom.sites.map((id) => index.site(id)?.name.en ?? id.replaceAll('-', ' ')))}`;
    case 'value':
      return describeValue(atom, index);
  }
}

function describeValue(atom: Extract<Atom, { op: 'value' }>, index: CorpusIndex): string {
  const name = factName(index, atom.name);
  if (atom.is?.length === 1 && atom.is[0] === 'yes') return name;
  if (atom.is) return `${name}: ${orList(atom.is.map((word) => word.replaceAll('-', ' ')))}`;
  return `${name} ${describeRange(atom.range ?? {})}${factUnit(index, atom.name)}`;
}

function describeRange({ min, max, above, below }: NumberRange): string {
  if (min !== undefined && min === max) return String(min);
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return [
    ...(min === undefined ? [] : [`>= ${min}`]),
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(max === undefined ? [] : [`<= ${max}`]),
    ...(below === undefined ? [] : [`< ${below}`]),
  ].join(' and ');
}

function describeTherapy(when: 'prior' | 'current', selector: TherapySelector, index: CorpusIndex): string {
  const className = (id: string) => index.drugClass(id)?.name.en ?? id;
  const what = [
    ...(selector.drug ? [orList(selector.drug)] : []),
    ...(selector.class ? [orList(selector.class.map(className))] : []),
    ...(selector.procedure ? [orList(selector.procedure.map((id) => index.procedure(id)?.name.en ?? id))] : []),
    ...(selector.modality ? [orList(selector.modality)] : []),
  ];
  const details = [
    ...(selector.with ? [`together with ${selector.with.map(className).join(' and ')}`] : []),
    ...(selector.intent ? [orList(selector.intent)] : []),
    ...(selector.line === undefined ? [] : [`in line ${selector.line}`]),
    ...(selector.outcome ? [`outcome ${orList(selector.outcome)}`] : []),
    ...(selector.withinMonths === undefined ? [] : [`within the last ${selector.withinMonths} months`]),
    ...(selector.beforeMonths === undefined ? [] : [`ended more than ${selector.beforeMonths} months ago`]),
    ...(selector.minMonths === undefined ? [] : [`for at least ${selector.minMonths} months`]),
    ...(selector.maxMonths === undefined ? [] : [`for at most ${selector.maxMonths} months`]),
  ];
  const head = when === 'prior' ? 'earlier' : 'current';
  return [`${head} ${what.length > 0 ? what.join(', ') : 'treatment'}`, ...details].join(', ');
}
