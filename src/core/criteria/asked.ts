// What a criterion asks of a patient, and where two views of one patient differ: together they tell which answers carry over from one
// view to the other. "What if PD-L1 were 60 %" then costs only the criteria that ask for PD-L1.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Program } from './program.js';
import type { Context } from './trace.js';

const ASKED = new WeakMap<Criterion, ReadonlySet<string>>();

/** Names of everything that can move the criterion: "stage", "biomarker EGFR", "value ecog". Kept, as criteria do not change. */
export function askedBy(criterion: Criterion): ReadonlySet<string> {
  const kept = ASKED.get(criterion);
  if (kept !== undefined) return kept;
  const asked = new Set(namesIn(criterion));
  ASKED.set(criterion, asked);
  return asked;
}

function namesIn(criterion: Criterion): Iterable<string> {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts.flatMap((part) => [...askedBy(part)]);
    case 'not':
    case 'unless':
      return askedBy(criterion.part);
    default:
      return namesOf(criterion);
  }
}

/** What one condition asks about: "stage", "biomarker EGFR", "value ecog". */
export const subjectOf = (atom: Atom): string =>
  atom.op === 'biomarker' || atom.op === 'value' ? `${atom.op} ${atom.name}` : atom.op;

/** Which groups a stage can mean depends on the cancer. */
const namesOf = (atom: Atom): readonly string[] => (atom.op === 'stage' ? ['stage', 'cancer'] : [subjectOf(atom)]);

/** Of one program: numbers of the criteria that a name can move, and the same by number. */
interface Moved {
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  readonly byNumber: Map<string, Uint8Array>;
}

const MOVED = new WeakMap<Program, Moved>();

/** By the number of each criterion of a program: 1 where the name can move it. Kept, as many views of many patients ask it. */
export function movedBy(name: string, program: Program): Uint8Array {
  const { numbers, byNumber } = movedOf(program);
  const kept = byNumber.get(name);
  if (kept !== undefined) return kept;
  const moved = new Uint8Array(program.criteria.length);
  for (const number of numbers.get(name) ?? []) moved[number] = 1;
  byNumber.set(name, moved);
  return moved;
}

function movedOf(program: Program): Moved {
  const kept = MOVED.get(program);
  if (kept !== undefined) return kept;
  const numbers = new Map<string, number[]>();
  for (const [number, criterion] of program.criteria.entries())
    for (const name of askedBy(criterion)) {
      const same = numbers.get(name);
      if (same === undefined) numbers.set(name, [number]);
      else same.push(number);
    }
  const moved = { numbers, byNumber: new Map<string, Uint8Array>() };
  MOVED.set(program, moved);
  return moved;
}

/** Names of what differs between two contexts; facts are compared by identity, so what is not the same object may be the same. */
export function differences(a: Context, b: Context): readonly string[] {
  const [one, other] = [a.cancerCase, b.cancerCase];
  const [person, otherPerson] = [a.patient, b.patient];
  const sameDay = person.asOf === otherPerson.asOf;
  const sameCourses = one.courses === other.courses && sameDay;
  const differs: readonly (readonly [name: string, same: boolean])[] = [
    ['cancer', one.cancer === other.cancer],
    ['stage', one.stage === other.stage],
    ['tnm', one.clinicalTnm === other.clinicalTnm && one.pathologicTnm === other.pathologicTnm],
    ['therapy', sameCourses],
    ['metastasis', one.metastases === other.metastases],
    ['condition', person.conditions === otherPerson.conditions],
    ['value setting', a.setting === b.setting],
    // Three facts that are also told from elsewhere (value.ts).
    ['value line', sameCourses],
    ['value sex', person.sex === otherPerson.sex],
    ['value age', person.birthDate === otherPerson.birthDate && sameDay],
  ];
  const names = [
    ...differs.flatMap(([name, same]) => (same ? [] : [name])),
    ...named('biomarker', byName(one.biomarkers), byName(other.biomarkers)),
    ...named('value', one.values, other.values),
    ...named('value', person.values, otherPerson.values),
  ];
  return [...names, ...a.index.scoresMovedBy(names).map((id) => `value ${id}`)];
}

const byName = (biomarkers: readonly { readonly name: string }[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(biomarkers.map((b) => [b.name, b]).reverse());

function named(kind: string, a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  if (a === b) return [];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((k) => a[k] !== b[k]).map((k) => `${kind} ${k}`);
}
