// The state of a criterion without its trace: most indications and rules do not fit a patient, and nobody asks why. Same answers as
// evaluate.ts, a few times as fast: it stops where the state is settled, and makes no words. Kept by context, like traces.
import type { Atom, Criterion } from '../../domain/corpus/criterion.js';
import { not, type Truth, unlessKnown } from '../../domain/truth.js';
import { askedBy, differences } from './asked.js';
import { biomarkerState } from './biomarker.js';
import { cancerState } from './cancer.js';
import { conditionState, metastasisState } from './condition.js';
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

interface Verdicts {
  readonly known: Map<Criterion, Verdict>;
  /** In what the context differs from the one it is like. */
  readonly differs: readonly string[];
}

const VERDICTS = new WeakMap<Context, Verdicts>();

export function verdictOf(criterion: Criterion, context: Context): Verdict {
  const verdicts = verdictsOf(context);
  const kept = verdicts.known.get(criterion);
  if (kept !== undefined) return kept;
  const { like } = context;
  const carriesOver = like !== undefined && !verdicts.differs.some((name) => askedBy(criterion).has(name));
  const verdict = carriesOver ? verdictOf(criterion, like) : compute(criterion, context);
  verdicts.known.set(criterion, verdict);
  return verdict;
}

function verdictsOf(context: Context): Verdicts {
  const kept = VERDICTS.get(context);
  if (kept !== undefined) return kept;
  const { like } = context;
  const verdicts = { known: new Map(), differs: like === undefined ? [] : differences(context, like) };
  VERDICTS.set(context, verdicts);
  return verdicts;
}

/** The six verdicts that there are. */
const FIRM = verdicts(true);
const OPEN = verdicts(false);

function verdicts(firm: boolean): Readonly<Record<Truth, Verdict>> {
  return {
    met: { state: 'met', firm },
    'not-met': { state: 'not-met', firm },
    unknown: { state: 'unknown', firm },
  };
}

function compute(criterion: Criterion, context: Context): Verdict {
  switch (criterion.op) {
    case 'all':
      return joined(criterion.parts, context, 'not-met', 'met');
    case 'any':
      return joined(criterion.parts, context, 'met', 'not-met');
    case 'not':
      return flipped(verdictOf(criterion.part, context), not);
    case 'unless':
      return flipped(verdictOf(criterion.part, context), unlessKnown);
    default: {
      const state = atomState(criterion, context);
      return (state === 'unknown' ? OPEN : FIRM)[state];
    }
  }
}

const flipped = ({ state, firm }: Verdict, flip: (state: Truth) => Truth): Verdict => (firm ? FIRM : OPEN)[flip(state)];

/** A firm part that is `deciding` settles it; else an open one does, openly; else unknown when a part is, else the empty list's state. */
function joined(parts: readonly Criterion[], context: Context, deciding: Truth, empty: Truth): Verdict {
  let [decided, unknown, firm] = [false, false, true];
  for (const part of parts) {
    const one = verdictOf(part, context);
    if (one.state === deciding) {
      if (one.firm) return FIRM[deciding];
      decided = true;
    }
    if (one.state === 'unknown') unknown = true;
    if (!one.firm) firm = false;
  }
  if (decided) return OPEN[deciding];
  return (firm ? FIRM : OPEN)[unknown ? 'unknown' : empty];
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
