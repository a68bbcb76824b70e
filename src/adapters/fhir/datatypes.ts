// FHIR data types as the History knows them: CodeableConcept, Quantity, Range, Ratio, Period and value[x].
import type { Coding, Concept, RawQuantity, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { pooled } from './concept-pool.js';
import { type Choice, choiceOf, type Element, isObject } from './element.js';

/** CodeableConcept of a field; undefined when absent or empty. Plain text instead of an object is a fault. */
export function concept(of: Element, field: string): Concept | undefined {
  const given = of.fields[field];
  if (given === undefined || given === null) return undefined;
  if (isObject(given)) {
    const plain = plainConcept(given);
    if (plain !== undefined) return plain;
  }
  const element = of.object(field);
  return element === undefined ? undefined : conceptOf(element);
}

export function concepts(of: Element, field: string): readonly Concept[] {
  return of.has(field) ? of.objects(field).flatMap((element) => conceptOf(element) ?? []) : [];
}

export function conceptOf(element: Element): Concept | undefined {
  const plain = plainConcept(element.fields);
  if (plain !== undefined) return plain;
  const codings = element.objects('coding').flatMap((c) => coding(c) ?? []);
  const text = element.text('text');
  return codings.length === 0 && text === undefined ? undefined : pooled(codings, text);
}

/** The same where every part is as FHIR wants it, nearly always; undefined where the careful reader has something to say. */
function plainConcept(fields: Element['fields']): Concept | undefined {
  const { coding: list, text: words = '' } = fields;
  if (typeof words !== 'string' || !(list === undefined || Array.isArray(list))) return undefined;
  const codings: Coding[] = [];
  for (const item of list ?? []) {
    if (!isObject(item)) return undefined;
    const { system = '', code = '', display = '' } = item;
    if (typeof system !== 'string' || typeof code !== 'string' || typeof display !== 'string') return undefined;
    const read = codingOf(system.trim(), code.trim(), display.trim());
    if (read !== undefined) codings.push(read);
  }
  const text = words.trim();
  if (codings.length === 0 && text === '') return undefined;
  return pooled(codings, text === '' ? undefined : text);
}

export const coding = (element: Element): Coding | undefined =>
  codingOf(element.code('system') ?? '', element.code('code') ?? '', element.text('display') ?? '');

/** Blank is absent. */
function codingOf(system: string, code: string, display: string): Coding | undefined {
  if (code === '' && display === '') return undefined;
  const read: Written<Coding> = {};
  if (system !== '') read.system = system;
  if (code !== '') read.code = code;
  if (display !== '') read.display = display;
  return read;
}

/** While it is being put together. */
export type Written<T> = { -readonly [K in keyof T]: T[K] };

/** First code of a status-like CodeableConcept ("active"), also when a plain code stands in its place. */
export function statusCode(of: Element, field: string): string | undefined {
  const plain = of.fields[field];
  if (typeof plain === 'string') {
    of.warn(field, 'expected an object, found text; read as its code');
    return plain.trim().toLowerCase();
  }
  const given = concept(of, field);
  return (given?.codings.find((c) => c.code !== undefined)?.code ?? given?.text)?.toLowerCase();
}

const COMPARATORS = ['<', '<=', '>', '>='] as const;

export function quantity(of: Element, field: string): RawQuantity | undefined {
  const element = of.object(field);
  return element === undefined ? undefined : quantityOf(element);
}

function quantityOf(element: Element): RawQuantity | undefined {
  const value = element.number('value');
  const given = element.code('comparator');
  const comparator = COMPARATORS.find((c) => c === given);
  if (given !== undefined && comparator === undefined) element.fault('comparator', `"${given}" is not <, <=, > or >=`);
  const printed = element.code('unit');
  const code = element.code('code');
  const system = element.code('system');
  if (value === undefined) return undefined;
  // A unit coded elsewhere than in UCUM (SNOMED CT has unit concepts) is less use than the printed one.
  const unit =
    system === undefined || /unitsofmeasure|ucum|\.6\.8$/i.test(system) ? (code ?? printed) : (printed ?? code);
  const read: Written<RawQuantity> = { value };
  if (unit !== undefined) read.unit = unit;
  if (comparator !== undefined) read.comparator = comparator;
  return read;
}

export function period(of: Element, field: string): { readonly start?: PartialDate; readonly end?: PartialDate } {
  const element = of.object(field);
  if (element === undefined) return {};
  const start = element.date('start');
  const end = element.date('end');
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

const timeOf = (prefix: string): Choice => choiceOf(prefix, ['DateTime', 'Date', 'Period', 'Instant']);
const TIMES = {
  effective: timeOf('effective'),
  performed: timeOf('performed'),
  onset: timeOf('onset'),
  abatement: timeOf('abatement'),
} as const;

/** Start and end of a choice of dateTime, Period, instant and the like. */
export function dated(
  of: Element,
  name: keyof typeof TIMES,
): { readonly date?: PartialDate; readonly end?: PartialDate } {
  const field = of.choice(TIMES[name]);
  if (field === undefined) return {};
  if (field.endsWith('Period')) {
    const { start, end } = period(of, field);
    return { ...(start === undefined ? {} : { date: start }), ...(end === undefined ? {} : { end }) };
  }
  const date = of.date(field);
  return date === undefined ? {} : { date };
}

const VALUE = choiceOf('value', [
  'Quantity',
  'CodeableConcept',
  'String',
  'Boolean',
  'Integer',
  'Decimal',
  'Range',
  'Ratio',
  'DateTime',
  'Date',
  'Period',
  'Code',
  'Coding',
  'SampledData',
  'Time',
]);
const BESIDE_CODED = VALUE.fields.filter((field) => field !== 'valueCodeableConcept');

/** value[x]; a value that only says why it is missing comes back as `absent`. */
export function value(of: Element): { readonly value?: RawValue; readonly absent?: string } {
  const absent = of.has('dataAbsentReason') ? statusCode(of, 'dataAbsentReason') : undefined;
  const field = measuredBesideCoded(of) ?? of.choice(VALUE);
  const read = field === undefined ? undefined : rawValue(of, field, field.slice('value'.length));
  const reason = read?.kind === 'concept' ? absentReason(read.concept) : undefined;
  if (reason !== undefined) return { absent: reason };
  if (absent === undefined) return read === undefined ? {} : { value: read };
  return { ...(read === undefined ? {} : { value: read }), absent };
}

/** Interpretations, with a coded value that stands beside a measured one ("Positive" beside 10 %) as one of them. */
export function interpretations(of: Element): readonly Concept[] {
  const coded = measuredBesideCoded(of) === undefined ? undefined : concept(of, 'valueCodeableConcept');
  return [...concepts(of, 'interpretation'), ...(coded === undefined ? [] : [coded])];
}

/** FHIR allows one value; sources that send the number and its reading send no contradiction. */
function measuredBesideCoded(of: Element): string | undefined {
  if (!of.has('valueCodeableConcept')) return undefined;
  let other: string | undefined;
  for (const field of BESIDE_CODED) {
    if (!of.has(field)) continue;
    if (other !== undefined) return undefined;
    other = field;
  }
  if (other !== undefined) of.warn('valueCodeableConcept', `stands beside ${other}; read as its interpretation`);
  return other;
}

function rawValue(of: Element, field: string, type: string): RawValue | undefined {
  switch (type) {
    case 'Quantity': {
      const read = quantity(of, field);
      if (read === undefined && isUnitOnly(of, field)) of.warn(field, 'has no value; left out');
      return read && { kind: 'quantity', quantity: read };
    }
    case 'CodeableConcept': {
      const read = concept(of, field);
      return read && { kind: 'concept', concept: read };
    }
    case 'Coding': {
      const element = of.object(field);
      const read = element && coding(element);
      return read && { kind: 'concept', concept: pooled([read], undefined) };
    }
    case 'Code':
    case 'String': {
      const text = of.code(field);
      return text === undefined ? undefined : { kind: 'text', text };
    }
    case 'Boolean': {
      const read = of.boolean(field);
      return read === undefined ? undefined : { kind: 'boolean', value: read };
    }
    case 'Integer':
    case 'Decimal': {
      const read = of.number(field);
      return read === undefined ? undefined : { kind: 'quantity', quantity: { value: read } };
    }
    case 'Range':
      return range(of, field);
    case 'Ratio':
      return ratio(of, field);
    case 'DateTime':
    case 'Date': {
      const date = of.date(field);
      return date && { kind: 'date', date };
    }
    case 'Period': {
      const { start, end } = period(of, field);
      const date = start ?? end;
      return date && { kind: 'date', date };
    }
    default:
      return of.warn(field, `values of type ${type} are not read; left out`);
  }
}

const isUnitOnly = (of: Element, field: string): boolean => {
  const element = of.fields[field];
  return typeof element === 'object' && element !== null && !('value' in element);
};

export function range(of: Element, field: string): RawValue | undefined {
  const element = of.object(field);
  if (element === undefined) return undefined;
  const low = quantity(element, 'low');
  const high = quantity(element, 'high');
  if (low === undefined && high === undefined) return undefined;
  return { kind: 'range', ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

function ratio(of: Element, field: string): RawValue | undefined {
  const element = of.object(field);
  const numerator = element && quantity(element, 'numerator');
  const denominator = element && quantity(element, 'denominator');
  if (numerator === undefined) return undefined;
  // "1.5" over nothing is the number itself; FHIR asks for both or neither.
  return denominator === undefined
    ? { kind: 'quantity', quantity: numerator }
    : { kind: 'ratio', numerator, denominator };
}

/** A value coded in the data-absent-reason system says only that there is none (mCODE examples do so for pM). */
const absentReason = (of: Concept): string | undefined =>
  of.codings.find((c) => c.system?.endsWith('data-absent-reason') === true && c.code !== undefined)?.code;

/** Extensions whose URL ends in a name, whichever version of the guide it belongs to. */
export const extensions = (of: Element, name: string): readonly Element[] =>
  of.has('extension') ? of.objects('extension').filter((e) => endsWithName(e.fields.url, name)) : NONE;

const NONE: readonly Element[] = [];
const endsWithName = (url: unknown, name: string): boolean =>
  typeof url === 'string' && url.endsWith(name) && (url.length === name.length || url.at(-name.length - 1) === '/');

/** The first concept among extensions of these names. */
export function extensionConcept(of: Element, names: readonly string[]): Concept | undefined {
  for (const name of names) {
    for (const extension of extensions(of, name)) {
      const read = concept(extension, 'valueCodeableConcept');
      if (read !== undefined) return read;
    }
  }
  return undefined;
}

/** Note texts of a resource. */
export const notes = (of: Element): readonly string[] =>
  of.has('note') ? of.objects('note').flatMap((n) => n.text('text') ?? []) : [];
