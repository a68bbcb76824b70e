// Kleene evaluation of a criterion for one case of one patient, with the trace of every atom and the items that keep it open.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import { every, not, some, type Truth, unlessKnown } from '../../domain/truth.js';
import { askedBy, differences } from './asked.js';
import { evaluateBiomarker } from './biomarker.js';
import { evaluateCancer } from './cancer.js';
import { evaluateCondition, evaluateMetastasis } from './condition.js';
import { describe } from './describe.js';
import { evaluateStage } from './stage.js';
import { evaluateTherapy } from './therapy.js';
import { evaluateTnm } from './tnm.js';
import type { AtomAnswer, Context, OpenItem, Trace } from './trace.js';
import { evaluateValue } from './value.js';

/** What was answered before for a context, and in what it differs from the one it is like. */
interface Answers {
  readonly traces: Map<Criterion, Trace>;
  readonly differs: readonly string[];
}

const ANSWERS = new WeakMap<Context, Answers>();

/** The same object for the same question: a criterion is evaluated once for a context, and not again where a like one answers. */
export function evaluate(criterion: Criterion, context: Context): Trace {
  const answers = answersOf(context);
  const kept = answers.traces.get(criterion);
  if (kept !== undefined) return kept;
  const asked = askedBy(criterion);
  const { like } = context;
  const trace =
    like !== undefined && !answers.differs.some((name) => asked.has(name))
      ? evaluate(criterion, like)
      : evaluateAnew(criterion, context);
  answers.traces.set(criterion, trace);
  return trace;
}

function answersOf(context: Context): Answers {
  const kept = ANSWERS.get(context);
  if (kept !== undefined) return kept;
  const answers = { traces: new Map(), differs: context.like === undefined ? [] : differences(context, context.like) };
  ANSWERS.set(context, answers);
  return answers;
}

function evaluateAnew(criterion: Criterion, context: Context): Trace {
  const text = describe(criterion, context.index);
  switch (criterion.op) {
    case 'all':
    case 'any': {
      const parts = criterion.parts.map((part) => evaluate(part, context));
      const states = parts.map((part) => part.state);
      return { criterion, text, parts, state: criterion.op === 'all' ? every(states) : some(states) };
    }
    case 'not':
      return negated(criterion, text, evaluate(criterion.part, context), not);
    case 'unless':
      return negated(criterion, text, evaluate(criterion.part, context), unlessKnown);
    default:
      return { criterion, text, parts: [], ...evaluateAtom(criterion, context) };
  }
}

function negated(criterion: Criterion, text: string, part: Trace, flip: (state: Truth) => Truth): Trace {
  return {
    criterion,
    text,
    state: flip(part.state),
    parts: [part],
    ...(part.fact !== undefined && { fact: part.fact }),
    ...(part.source && { source: part.source }),
  };
}

export function evaluateAtom(atom: Atom, context: Context): AtomAnswer {
  switch (atom.op) {
    case 'cancer':
      return evaluateCancer(atom.codes, context);
    case 'stage':
      return evaluateStage(atom.groups, context);
    case 'tnm':
      return evaluateTnm(atom, context);
    case 'biomarker':
      return evaluateBiomarker(atom.name, atom.is, context);
    case 'therapy':
      return evaluateTherapy(atom.when, atom.selector, context);
    case 'condition':
      return evaluateCondition(atom.ids, context);
    case 'metastasis':
      return evaluateMetastasis(atom.sites, context);
    case 'value':
      return evaluateValue(atom, context);
  }
}

/**
 * The facts whose knowledge could change the state: those that keep it unknown, and (marked `assumed`) those that an `unless`
 * went on without, whichever way it went. A state that no missing fact can move has none.
 */
export function openItems(trace: Trace): readonly OpenItem[] {
  const kept = OPEN.get(trace);
  if (kept !== undefined) return kept;
  const items = itemsIn(trace);
  OPEN.set(trace, items);
  return items;
}

const OPEN = new WeakMap<Trace, readonly OpenItem[]>();

function itemsIn({ criterion, state, parts, asks }: Trace): readonly OpenItem[] {
  switch (criterion.op) {
    case 'unless':
      return parts.flatMap(openItems).map((item) => ({ ...item, assumed: true }));
    case 'not':
      return parts.flatMap(openItems);
    case 'all':
      return state === 'not-met' ? leastAssuming(parts, 'not-met') : parts.flatMap(openItems);
    case 'any':
      return state === 'met' ? leastAssuming(parts, 'met') : parts.flatMap(openItems);
    default:
      return state === 'unknown' && asks ? [{ atom: criterion, ...asks, assumed: false }] : [];
  }
}

/** Where one part decides by itself, the part that assumes least stands for all; one that assumes nothing is firm. */
function leastAssuming(parts: readonly Trace[], state: Truth): readonly OpenItem[] {
  const deciding = parts.filter((part) => part.state === state).map(openItems);
  return deciding.reduce((best, items) => (items.length < best.length ? items : best));
}
