// A criterion in words, for the doctor and for the reasons of exclusion.
import type { Atom, Criterion, NumberRange, TherapySelector } from '../../domain/corpus/criterion.js';
import type { Text } from '../../domain/corpus/text.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Message } from '../language/ru.js';
import { type Lang, translate, word } from '../language/translate.js';
import { factName, factUnit, nameIn, orList } from './words.js';

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
      return criterion.parts.map((p) => bracketed(p, index)).join(translate(index.lang, ', and '));
    case 'any':
      return criterion.parts.map((p) => bracketed(p, index)).join(translate(index.lang, ', or '));
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
      return translate(index.lang, 'no {what}', { what: words });
    case 'any':
      return translate(index.lang, 'none of: {what}', { what: part.parts.map((p) => describe(p, index)).join('; ') });
    case 'all':
      return translate(index.lang, 'not {what}', { what: `(${words})` });
    // "Not unless known" is "on record"; "unless not" is the thing itself.
    case 'unless':
      return translate(index.lang, 'on record: {what}', { what: describe(part.part, index) });
    case 'not':
      return describe(part.part, index);
    default:
      return translate(index.lang, 'not {what}', { what: words });
  }
}

function describeAtom(atom: Atom, index: CorpusIndex): string {
  const { lang } = index;
  const named = (ids: readonly string[], text: (id: string) => Text | undefined) =>
    orList(
      ids.map((id) => nameIn(text(id), id, index)),
      lang,
    );
  switch (atom.op) {
    case 'cancer':
      return named(atom.codes, (code) => index.cancer(code)?.name);
    case 'stage':
      return translate(lang, 'stage {groups}', { groups: orList(atom.groups, lang) });
    case 'tnm':
      return [atom.t, atom.n, atom.m]
        .flatMap((axis) => (axis ? [orList(axis, lang)] : []))
        .join(translate(lang, ' with '));
    case 'biomarker':
      return `${atom.name} ${orList(
        atom.is.map((s) => word(lang, s)),
        lang,
      )}`;
    case 'therapy':
      return describeTherapy(atom.when, atom.selector, index);
    case 'condition':
      return named(atom.ids, (id) => index.condition(id)?.name);
    case 'metastasis':
      return translate(lang, 'metastasis in {sites}', { sites: named(atom.sites, (id) => index.site(id)?.name) });
    case 'value':
      return describeValue(atom, index);
  }
}

function describeValue(atom: Extract<Atom, { op: 'value' }>, index: CorpusIndex): string {
  const name = factName(index, atom.name);
  if (atom.is?.length === 1 && atom.is[0] === 'yes') return name;
  if (atom.is) {
    const words = atom.is.map((w) => word(index.lang, w));
    return `${name}: ${orList(words, index.lang)}`;
  }
  return `${name} ${describeRange(atom.range ?? {}, index.lang)}${factUnit(index, atom.name)}`;
}

function describeRange({ min, max, above, below }: NumberRange, lang: Lang): string {
  if (min !== undefined && min === max) return String(min);
  if (min !== undefined && max !== undefined) return translate(lang, '{min} to {max}', { min, max });
  return [
    ...(min === undefined ? [] : [`>= ${min}`]),
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(max === undefined ? [] : [`<= ${max}`]),
    ...(below === undefined ? [] : [`< ${below}`]),
  ].join(' and ');
}

function describeTherapy(when: 'prior' | 'current', selector: TherapySelector, index: CorpusIndex): string {
  const { lang } = index;
  const className = (id: string) => nameIn(index.drugClass(id)?.name, id, index);
  const procedureName = (id: string) => nameIn(index.procedure(id)?.name, id, index);
  const list = (ids: readonly string[]) =>
    orList(
      ids.map((id) => word(lang, id)),
      lang,
    );
  const months = (message: Message, n: number | undefined) =>
    n === undefined ? [] : [translate(lang, message, { n })];
  const what = [
    ...(selector.drug ? [orList(selector.drug, lang)] : []),
    ...(selector.class ? [orList(selector.class.map(className), lang)] : []),
    ...(selector.procedure ? [orList(selector.procedure.map(procedureName), lang)] : []),
    ...(selector.modality ? [list(selector.modality)] : []),
  ];
  const details = [
    ...(selector.with
      ? [
          translate(lang, 'together with {what}', {
            what: selector.with.map(className).join(translate(lang, ', and ')),
          }),
        ]
      : []),
    ...(selector.intent ? [list(selector.intent)] : []),
    ...months('in line {n}', selector.line),
    ...(selector.outcome ? [translate(lang, 'outcome {what}', { what: list(selector.outcome) })] : []),
    ...months('within the last {n} months', selector.withinMonths),
    ...months('ended more than {n} months ago', selector.beforeMonths),
    ...months('for at least {n} months', selector.minMonths),
    ...months('for at most {n} months', selector.maxMonths),
  ];
  const head = translate(lang, when === 'prior' ? 'earlier' : 'current');
  return [`${head} ${what.length > 0 ? what.join(', ') : translate(lang, 'treatment')}`, ...details].join(', ');
}
