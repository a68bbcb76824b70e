// The state of a criterion without its trace: most indications and rules do not fit a patient, and nobody asks why. Same answers as
// evaluate.ts, many times as fast: what the corpus asks is one flat program (program.ts), whose answers are kept by context.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import type { Truth } from '../../domain/truth.js';
import { askedBy, differences } from './asked.js';
import { biomarkerState } from './biomarker.js';
import { cancerState } from './cancer.js';
import { conditionState, metastasisState } from './condition.js';
import { asking, compileCriteria, MET, NOT_MET, OPEN, type Program, programOf } from './program.js';
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

/** Answers of one context by the numbers of its corpus's program. Kept by context, like traces. */
interface Answers {
  readonly program: Program;
  readonly answer: (number: number) => number;
}

const ANSWERS = new WeakMap<Context, Answers>();

export function verdictOf(criterion: Criterion, context: Context): Verdict {
  const { program, answer } = answersOf(context);
  const number = program.numbers.get(criterion);
  // What the corpus does not hold (a local protocol, a criterion made up on the way) is a small program of its own.
  const code = number === undefined ? alone(criterion, context) : answer(number);
  return (code & OPEN ? VERDICT.open : VERDICT.firm)[stateIn(code)];
}

function answersOf(context: Context): Answers {
  const kept = ANSWERS.get(context);
  if (kept !== undefined) return kept;
  const program = programOf(context.index.corpus);
  const answers = { program, answer: asking(program, (atom) => atomState(atom, context), carriedTo(context, program)) };
  ANSWERS.set(context, answers);
  return answers;
}

/** Answers that another view of the patient gave, for what asks for nothing in which the two differ. */
function carriedTo(context: Context, { criteria }: Program): ((number: number) => number) | undefined {
  const { like } = context;
  if (like === undefined) return undefined;
  const before = answersOf(like).answer;
  const differs = differences(context, like);
  return (number) => {
    const criterion = criteria[number];
    const moved = criterion === undefined || differs.some((name) => askedBy(criterion).has(name));
    return moved ? 0 : before(number);
  };
}

const PROGRAMS = new WeakMap<Criterion, Program>();

const alone = (criterion: Criterion, context: Context): number => {
  const program = PROGRAMS.get(criterion) ?? compileCriteria([criterion]);
  PROGRAMS.set(criterion, program);
  return asking(program, (atom) => atomState(atom, context))(program.criteria.length - 1);
};

const stateIn = (code: number): Truth => {
  const state = code & ~OPEN;
  return state === MET ? 'met' : state === NOT_MET ? 'not-met' : 'unknown';
};

/** The six verdicts that there are. */
const VERDICT = { firm: verdicts(true), open: verdicts(false) };

function verdicts(firm: boolean): Readonly<Record<Truth, Verdict>> {
  return {
    met: { state: 'met', firm },
    'not-met': { state: 'not-met', firm },
    unknown: { state: 'unknown', firm },
  };
}

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
