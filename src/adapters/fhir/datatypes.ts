// FHIR data types as the History knows them: CodeableConcept, Quantity, Range, Ratio, Period and value[x].
import type { Coding, Concept, RawQuantity, RawValue } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Element } from './element.js';

/** CodeableConcept of a field; undefined when absent or empty. Plain text instead of an object is a fault. */
export function concept(of: Element, field: string): Concept | undefined {
  const element = of.object(field);
  return element === undefined ? undefined : conceptOf(element);
}

export const concepts = (of: Element, field: string): readonly Concept[] =>
  of.objects(field).flatMap((element) => conceptOf(element) ?? []);

export function conceptOf(element: Element): Concept | undefined {
  const codings = element.objects('coding').flatMap((c) => coding(c) ?? []);
  const text = element.text('text');
  if (codings.length === 0 && text === undefined) return undefined;
  return { codings, ...(text === undefined ? {} : { text }) };
}

export function coding(element: Element): Coding | undefined {
  const system = element.code('system');
  const code = element.code('code');
  const display = element.text('display');
  if (code === undefined && display === undefined) return undefined;
  return {
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
    ...(display === undefined ? {} : { display }),
  };
}

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
  return {
    value,
    ...(unit === undefined ? {} : { unit }),
    ...(comparator === undefined ? {} : { comparator }),
  };
}

const PERIOD_FIELDS = ['start', 'end'] as const;

export function period(of: Element, field: string): { readonly start?: PartialDate; readonly end?: PartialDate } {
  const element = of.object(field);
  if (element === undefined) return {};
  const dates = PERIOD_FIELDS.map((name) => [name, element.date(name)] as const);
  return Object.fromEntries(dates.filter(([, date]) => date !== undefined));
}

/** Start and end of a choice of dateTime, Period, instant and the like ("effective", "performed", "onset"). */
export function dated(of: Element, prefix: string): { readonly date?: PartialDate; readonly end?: PartialDate } {
  const choice = of.choice(prefix, ['DateTime', 'Date', 'Period', 'Instant']);
  if (choice === undefined) return {};
  if (choice.type === 'Period') {
    const { start, end } = period(of, choice.field);
    return { ...(start === undefined ? {} : { date: start }), ...(end === undefined ? {} : { end }) };
  }
  const date = of.date(choice.field);
  return date === undefined ? {} : { date };
}

const VALUE_TYPES = [
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
];

/** value[x]; a value that only says why it is missing comes back as `absent`. */
export function value(of: Element): { readonly value?: RawValue; readonly absent?: string } {
  const absent = statusCode(of, 'dataAbsentReason');
  const field = measuredBesideCoded(of) ?? of.choice('value', VALUE_TYPES)?.field;
  const read = field === undefined ? undefined : rawValue(of, field, field.slice('value'.length));
  const reason = read?.kind === 'concept' ? absentReason(read.concept) : undefined;
  if (reason !== undefined) return { absent: reason };
  return { ...(read === undefined ? {} : { value: read }), ...(absent === undefined ? {} : { absent }) };
}

/** Interpretations, with a coded value that stands beside a measured one ("Positive" beside 10 %) as one of them. */
export function interpretations(of: Element): readonly Concept[] {
  const coded = measuredBesideCoded(of) === undefined ? undefined : concept(of, 'valueCodeableConcept');
  return [...concepts(of, 'interpretation'), ...(coded === undefined ? [] : [coded])];
}

/** FHIR allows one value; sources that send the number and its reading send no contradiction. */
function measuredBesideCoded(of: Element): string | undefined {
  if (!of.has('valueCodeableConcept')) return undefined;
  const others = VALUE_TYPES.filter((type) => type !== 'CodeableConcept' && of.has(`value${type}`));
  if (others.length !== 1) return undefined;
  of.warn('valueCodeableConcept', `stands beside value${others[0]}; read as its interpretation`);
  return `value${others[0]}`;
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
      return read && { kind: 'concept', concept: { codings: [read] } };
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
  of.has('extension') ? of.objects('extension').filter((e) => lastPart(e.fields.url) === name) : [];

const lastPart = (url: unknown): string | undefined => (typeof url === 'string' ? url.split('/').at(-1) : undefined);

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
export const notes = (of: Element): readonly string[] => of.objects('note').flatMap((n) => n.text('text') ?? []);
