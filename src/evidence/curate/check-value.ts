// Is a value right for its field? What a reviewer types is checked at once, with words that say how it is written.
import { Study } from '../../domain/corpus/study.js';
import { parseField } from './field.js';
import { parseEffect, parseFigure, unitOf } from './value-text.js';

export interface KnownNames {
  /** Folders of the corpus. */
  readonly cancers: ReadonlySet<string>;
  readonly regimens: ReadonlySet<string>;
  readonly studies: ReadonlySet<string>;
}

/** What is wrong with the value; undefined when nothing is. */
export function valueFault(name: string, value: string, names: KnownNames): string | undefined {
  const field = parseField(name);
  if (field === undefined)
    return `"${name}" is no field of a study; fields are name, year, arm.a, arm.a.regimen, OS.effect, PFS/subgroup.median.a, OS.at.24.b, ORR.rate.a, harm.a and the like`;
  if (value.trim() === '') return 'a value cannot be empty; reject it instead';
  switch (field.kind) {
    case 'study':
      return studyFault(field.name, value, names);
    case 'arm':
      if (field.name === 'n') return countFault(value);
      if (field.name === 'regimen' && !names.regimens.has(value)) return `no regimen "${value}" in the corpus`;
      if (field.name === 'id' && !/^[a-z0-9-]+$/.test(value)) return `"${value}": an id is of a-z, 0-9 and -`;
      return undefined;
    case 'harm':
      return fault(parseFigure(value, '%'));
    case 'result':
      return fault(field.part === 'effect' ? parseEffect(value) : parseFigure(value, unitOf(field)));
  }
}

function studyFault(name: string, value: string, names: KnownNames): string | undefined {
  if (name === 'cancer') return names.cancers.has(value) ? undefined : `no folder "${value}" in the corpus`;
  if (name === 'study') return names.studies.has(value) ? undefined : `no study "${value}" in the corpus`;
  const parsed = Study.shape[name as 'name'].safeParse(studyValue(name, value));
  if (parsed.success) return undefined;
  return `"${value}" is no ${name}: ${parsed.error.issues[0]?.message ?? 'not allowed'}`;
}

/** The value of a study's own field in its type. */
export const studyValue = (name: string, value: string): unknown =>
  name === 'year' ? Number(value) : name === 'blinded' ? ({ yes: true, no: false }[value] ?? value) : value;

const countFault = (value: string): string | undefined =>
  /^[1-9]\d*$/.test(value) ? undefined : `"${value}" is no number of patients`;

const fault = (parsed: object | string): string | undefined => (typeof parsed === 'string' ? parsed : undefined);
