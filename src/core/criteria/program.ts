// Criteria as one flat program: every distinct criterion has a number, parts have lower numbers than wholes, ranges of numbers stand
// for lists of parts. A patient's answers are then one byte a criterion, each atom is asked once, and a list stops where it is settled.
// The cheapest parts come first: the order of parts changes no verdict (state.ts, `joined`). Built once for a corpus.
import type { Corpus } from '../../domain/corpus/corpus.js';
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Truth } from '../../domain/truth.js';

export interface Program {
  readonly numbers: ReadonlyMap<Criterion, number>;
  readonly criteria: readonly Criterion[];
  readonly ops: Uint8Array;
  /** Parts of number n: `parts` from first[n] up to, without, first[n + 1]. */
  readonly first: Int32Array;
  readonly parts: Int32Array;
}

/** An answer in a byte: 0 not asked yet; else 1 met, 2 not met, 3 unknown, and 4 more when a missing fact may move it ("open"). */
export const MET = 1;
export const NOT_MET = 2;
export const UNKNOWN = 3;
export const OPEN = 4;

export const CODE: Readonly<Record<Truth, number>> = { met: MET, 'not-met': NOT_MET, unknown: UNKNOWN | OPEN };

const [ATOM, ALL, ANY, NOT, UNLESS] = [0, 1, 2, 3, 4];
const OPS: Readonly<Record<string, number>> = { all: ALL, any: ANY, not: NOT, unless: UNLESS };

/** What an atom costs to ask, roughly: parts are tried in this order. A whole costs its parts together. */
const COST: Readonly<Record<Atom['op'], number>> = {
  value: 1,
  stage: 1,
  cancer: 2,
  metastasis: 2,
  biomarker: 3,
  tnm: 3,
  therapy: 6,
  condition: 6,
};

export function compileCriteria(roots: Iterable<Criterion>): Program {
  const numbers = new Map<Criterion, number>();
  const criteria: Criterion[] = [];
  const costs: number[] = [];
  const ranges: (readonly number[])[] = [];
  const add = (criterion: Criterion): number => {
    const known = numbers.get(criterion);
    if (known !== undefined) return known;
    const parts = partsOf(criterion)
      .map(add)
      .sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
    const number = criteria.push(criterion) - 1;
    numbers.set(criterion, number);
    costs.push(isAtom(criterion) ? COST[criterion.op] : parts.reduce((sum, part) => sum + (costs[part] ?? 0), 0));
    ranges.push(parts);
    return number;
  };
  for (const root of roots) add(root);
  const first = new Int32Array(ranges.length + 1);
  ranges.forEach((parts, n) => {
    first[n + 1] = (first[n] ?? 0) + parts.length;
  });
  return {
    numbers,
    criteria,
    ops: Uint8Array.from(criteria, ({ op }) => OPS[op] ?? ATOM),
    first,
    parts: Int32Array.from(ranges.flat()),
  };
}

const PROGRAMS = new WeakMap<Corpus, Program>();

/** Program of everything that a corpus asks of a patient. Kept, as a corpus does not change. */
export function programOf(corpus: Corpus): Program {
  const kept = PROGRAMS.get(corpus);
  if (kept !== undefined) return kept;
  const program = compileCriteria([
    ...corpus.cancers.flatMap(({ profile, indications }) => [
      ...profile.settings.map((s) => s.criteria),
      ...profile.decisions.flatMap((d) => d.when ?? []),
      ...indications.map((i) => i.criteria),
    ]),
    ...corpus.safety.flatMap((rule) => rule.when ?? []),
  ]);
  PROGRAMS.set(corpus, program);
  return program;
}

/** Another view of the same patient: its answers, and which criteria ask for something in which the two differ. */
export interface ViewBefore {
  readonly answer: (number: number) => number;
  readonly differs: (number: number) => boolean;
}

/** Asks the program of one patient: the answer of a number, each worked out once, or taken from the view before. `ask` answers an atom. */
export function asking(
  { ops, first, parts, criteria }: Program,
  ask: (atom: Atom) => Truth,
  before?: ViewBefore,
): (number: number) => number {
  const keptInAll = (answers: Uint8Array) => (number: number) => {
    const kept = answers[number] ?? 0;
    if (kept !== 0) return kept;
    const code = compute(number);
    answers[number] = code;
    return code;
  };
  const keptInFew = (view: ViewBefore, answers: Map<number, number>) => (number: number) => {
    if (!view.differs(number)) return view.answer(number);
    const code = answers.get(number) ?? compute(number);
    answers.set(number, code);
    return code;
  };
  const answer = before === undefined ? keptInAll(blank(criteria.length)) : keptInFew(before, new Map());
  const compute = (number: number): number => {
    const from = first[number] ?? 0;
    switch (ops[number]) {
      case ALL:
        return joined(from, first[number + 1] ?? from, NOT_MET, MET);
      case ANY:
        return joined(from, first[number + 1] ?? from, MET, NOT_MET);
      case NOT:
        return NEGATED[answer(parts[from] ?? 0)] ?? 0;
      case UNLESS:
        return EXCEPTED[answer(parts[from] ?? 0)] ?? 0;
      default:
        return CODE[ask(criteria[number] as Atom)]; // What is no list and no negation is an atom.
    }
  };
  const joined = (from: number, to: number, deciding: number, empty: number): number => {
    let decided = false;
    let unknown = false;
    let open = 0;
    for (let i = from; i < to; i++) {
      const code = answer(parts[i] ?? 0);
      if (code === deciding) return deciding;
      const state = code & 3;
      if (state === deciding) decided = true;
      else if (state === UNKNOWN) unknown = true;
      open |= code & OPEN;
    }
    if (decided) return deciding | OPEN;
    return (unknown ? UNKNOWN : empty) | open;
  };
  return answer;
}

/** Answers of many patients side by side: a buffer for each would cost the collector more than the answers do. */
const SLAB_BYTES = 1 << 20;
let slab = new Uint8Array(0);
let taken = 0;

function blank(size: number): Uint8Array {
  if (taken + size > slab.length) {
    slab = new Uint8Array(Math.max(size, SLAB_BYTES));
    taken = 0;
  }
  taken += size;
  return slab.subarray(taken - size, taken);
}

/** By code: the opposite, and "holds unless it is met". */
const NEGATED = [0, NOT_MET, MET, UNKNOWN, 0, NOT_MET | OPEN, MET | OPEN, UNKNOWN | OPEN];
const EXCEPTED = [0, NOT_MET, MET, MET, 0, NOT_MET | OPEN, MET | OPEN, MET | OPEN];

const isAtom = (criterion: Criterion): criterion is Atom => OPS[criterion.op] === undefined;

function partsOf(criterion: Criterion): readonly Criterion[] {
  switch (criterion.op) {
    case 'all':
    case 'any':
      return criterion.parts;
    case 'not':
    case 'unless':
      return [criterion.part];
    default:
      return [];
  }
}
