// One JSON object of a FHIR resource, with the path to it. Asking for a field checks its JSON type: what would have to be
// guessed is a fault at its path; a lone object where FHIR wants a list (and the reverse) is accepted with a warning.
import { type PartialDate, parsePartialDate } from '../../domain/partial-date.js';
import type { Findings } from './findings.js';

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** "a list", "text", "a number": what a JSON value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A choice element of FHIR ("value[x]") with the fields that it may have. */
export interface Choice {
  readonly prefix: string;
  readonly fields: readonly string[];
}

export const choiceOf = (prefix: string, types: readonly string[]): Choice => ({
  prefix,
  fields: types.map((type) => prefix + type),
});

export class Element {
  readonly fields: Fields;
  readonly findings: Findings;
  // Where it is, as its parts: most elements have no fault and never need their path written out.
  readonly #parent: Element | undefined;
  readonly #key: string;
  readonly #index: number | undefined;

  constructor(fields: Fields, findings: Findings, parent?: Element, key = '', index?: number) {
    this.fields = fields;
    this.findings = findings;
    this.#parent = parent;
    this.#key = key;
    this.#index = index;
  }

  /** "entry[4].resource" or, of a field, "entry[4].resource.code". The root itself is "Bundle". */
  path(field?: string): string {
    let path = field;
    for (let at: Element | undefined = this; at !== undefined; at = at.#parent) {
      if (at.#key === '') continue;
      const key = at.#index === undefined ? at.#key : `${at.#key}[${at.#index}]`;
      path = path === undefined ? key : `${key}.${path}`;
    }
    return path ?? 'Bundle';
  }

  /** The same element reporting elsewhere: each resource collects its own findings. */
  reportingTo(findings: Findings): Element {
    return new Element(this.fields, findings, this.#parent, this.#key, this.#index);
  }

  has(field: string): boolean {
    return this.fields[field] !== undefined && this.fields[field] !== null;
  }

  fault(field: string | undefined, message: string): undefined {
    return this.findings.fault(this.path(field), message);
  }

  warn(field: string | undefined, message: string): undefined {
    return this.findings.warn(this.path(field), message);
  }

  object(field: string): Element | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (isObject(value)) return new Element(value, this.findings, this, field);
    if (Array.isArray(value) && value.length <= 1) {
      if (value.length === 0) return this.warn(field, 'expected an object, found an empty list; left out');
      if (isObject(value[0])) {
        this.warn(field, 'expected an object, found a list of one; read as that one');
        return new Element(value[0], this.findings, this, field, 0);
      }
    }
    return this.fault(field, `expected an object, found ${kindOf(value)}`);
  }

  objects(field: string): readonly Element[] {
    const value = this.fields[field];
    if (value === undefined || value === null) return [];
    if (isObject(value)) {
      this.warn(field, 'expected a list, found one object; read as a list of one');
      return [new Element(value, this.findings, this, field)];
    }
    if (!Array.isArray(value)) {
      this.fault(field, `expected a list, found ${kindOf(value)}`);
      return [];
    }
    const elements: Element[] = [];
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (isObject(item)) elements.push(new Element(item, this.findings, this, field, i));
      else if (item === null) this.warn(`${field}[${i}]`, 'is null; left out');
      else this.fault(`${field}[${i}]`, `expected an object, found ${kindOf(item)}`);
    }
    return elements;
  }

  /** A code, an id, a URL: text that decides. Blank is absent. */
  code(field: string): string | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') return this.fault(field, `expected text, found ${kindOf(value)}`);
    const text = value.trim();
    return text === '' ? undefined : text;
  }

  /** Text for the reader: of the wrong type it is only left out. */
  text(field: string): string | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') return this.warn(field, `expected text, found ${kindOf(value)}; left out`);
    const text = value.trim();
    return text === '' ? undefined : text;
  }

  number(field: string): number | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number') {
      return Number.isFinite(value) ? value : this.fault(field, 'is not a finite number');
    }
    if (typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim())) {
      this.warn(field, `the number ${value.trim()} is given as text; read as a number`);
      return Number(value);
    }
    return this.fault(
      field,
      `expected a number, found ${kindOf(value)}${typeof value === 'string' ? ` "${cut(value)}"` : ''}`,
    );
  }

  boolean(field: string): boolean | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'boolean' ? value : this.fault(field, `expected true or false, found ${kindOf(value)}`);
  }

  date(field: string): PartialDate | undefined {
    const text = this.code(field);
    if (text === undefined) return undefined;
    return parsePartialDate(text) ?? this.fault(field, `"${cut(text)}" is not a date`);
  }

  /** Which of the fields of a choice element is present; more than one is a fault. */
  choice({ prefix, fields }: Choice): string | undefined {
    let first: string | undefined;
    for (const field of fields) {
      if (!this.has(field)) continue;
      if (first === undefined) first = field;
      else {
        const present = fields.filter((f) => this.has(f));
        return this.fault(`${prefix}[x]`, `has ${present.join(' and ')}; only one is allowed`) ?? first;
      }
    }
    return first;
  }
}

/** Quoted input is cut: a fault is a place and a reason, not a copy of the record. */
const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
