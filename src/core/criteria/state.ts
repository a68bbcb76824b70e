// The state of a criterion without its trace: most indications and rules do not fit a patient, and nobody asks why. Same answers as
// evaluate.ts, many times as fast: what the corpus asks is one flat program (program.ts), whose answers are kept by context.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Truth } from '../../domain/truth.js';
import { differences, movedBy } from './asked.js';
import { biomarkerState } from './biomarker.js';
import { cancerState } from './cancer.js';
import { conditionState, metastasisState } from './condition.js';
import { asking, compileCriteria, MET, NOT_MET, OPEN, type Program, programOf, type ViewBefore } from './program.js';
import { stageState } from './stage.js';
import { therapyState } from './therapy.js';
import { tnmState } from './tnm.js';
import type { Context } from './trace.js';
import { valueState } from './value.js';

/** The state, and whether no missing fact can move it: `openItems` of the trace (evaluate.ts) would be empty. */
export interface Verdict {
  readonly state: Truth;
  readonly firm: boolean;
}

export const stateOf = (criterion: Criterion, context: Context): Truth => verdictOf(criterion, context).state;

export const verdictOf = (criterion: Criterion, context: Context): Verdict => answersOf(context).verdict(criterion);

/** `verdictOf` of one context, for who asks it many things at once. */
export const verdictsIn = (context: Context): ((criterion: Criterion) => Verdict) => answersOf(context).verdict;

/** Answers of one context by the numbers of its corpus's program. Kept by context, like traces. */
interface Answers {
  readonly answer: (number: number) => number;
  readonly verdict: (criterion: Criterion) => Verdict;
}

const ANSWERS = new WeakMap<Context, Answers>();

function answersOf(context: Context): Answers {
  const kept = ANSWERS.get(context);
  if (kept !== undefined) return kept;
  const program = programOf(context.index.corpus);
  const { numbers } = program;
  const answer = asking(program, (atom) => atomState(atom, context), viewBefore(context, program));
  const verdict = (criterion: Criterion): Verdict => {
    const number = numbers.get(criterion);
    // What the corpus does not hold (a local protocol, a criterion made up on the way) is a small program of its own.
    return VERDICTS[number === undefined ? alone(criterion, context) : answer(number)] ?? UNKNOWN_VERDICT;
  };
  const answers = { answer, verdict };
  ANSWERS.set(context, answers);
  return answers;
}

/** Answers that another view of the patient gave hold for what asks for nothing in which the two differ. */
function viewBefore(context: Context, program: Program): ViewBefore | undefined {
  const { like } = context;
  if (like === undefined) return undefined;
  const moved = differences(context, like).map((name) => movedBy(name, program));
  return {
    answer: answersOf(like).answer,
    differs: (number) => {
      for (const criteria of moved) if (criteria[number] === 1) return true;
      return false;
    },
  };
}

const PROGRAMS = new WeakMap<Criterion, Program>();

const alone = (criterion: Criterion, context: Context): number => {
  const program = PROGRAMS.get(criterion) ?? compileCriteria([criterion]);
  PROGRAMS.set(criterion, program);
  return asking(program, (atom) => atomState(atom, context))(program.criteria.length - 1);
};

const UNKNOWN_VERDICT: Verdict = { state: 'unknown', firm: false };

/** The verdicts that there are, by code (program.ts). */
const VERDICTS: readonly Verdict[] = Array.from({ length: 8 }, (_, code) => {
  const state = code & ~OPEN;
  return { state: state === MET ? 'met' : state === NOT_MET ? 'not-met' : 'unknown', firm: (code & OPEN) === 0 };
});

export function atomState(atom: Atom, context: Context): Truth {
  switch (atom.op) {
    case 'cancer':
      return cancerState(atom.codes, context);
    case 'stage':
      return stageState(atom.groups, context);
    case 'tnm':
      return tnmState(atom, context);
    case 'biomarker':
      return biomarkerState(atom.name, atom.is, context);
    case 'therapy':
      return therapyState(atom.when, atom.selector, context);
    case 'condition':
      return conditionState(atom.ids, context);
    case 'metastasis':
      return metastasisState(atom.sites, context);
    case 'value':
      return valueState(atom, context);
  }
}
