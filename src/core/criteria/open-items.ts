// The missing facts that could move a criterion, without its trace: the same items as `openItems` of the trace (evaluate.ts), found by
// walking only what is open. A cohort run asks for them of every option that may hold, and nobody there reads a trace.
import type { Criterion } from '../../domain/corpus/criterion.js';
import type { Truth } from '../../domain/truth.js';
import { evaluateAtom } from './evaluate.js';
import { stateOf, verdictOf } from './state.js';
import type { Context, OpenItem } from './trace.js';

const NONE: readonly OpenItem[] = [];

const ITEMS = new WeakMap<Context, Map<Criterion, readonly OpenItem[]>>();

/** The same object for the same question, as with traces. */
export function openItemsOf(criterion: Criterion, context: Context): readonly OpenItem[] {
  const { state, firm } = verdictOf(criterion, context);
  if (firm) return NONE;
  const kept = ITEMS.get(context) ?? new Map<Criterion, readonly OpenItem[]>();
  ITEMS.set(context, kept);
  const items = kept.get(criterion) ?? itemsIn(criterion, state, context);
  kept.set(criterion, items);
  return items;
}

function itemsIn(criterion: Criterion, state: Truth, context: Context): readonly OpenItem[] {
  switch (criterion.op) {
    case 'unless':
      return openItemsOf(criterion.part, context).map((item) => ({ ...item, assumed: true }));
    case 'not':
      return openItemsOf(criterion.part, context);
    case 'all':
      return ofParts(criterion.parts, state, 'not-met', context);
    case 'any':
      return ofParts(criterion.parts, state, 'met', context);
    default: {
      const { asks } = evaluateAtom(criterion, context);
      return asks ? [{ atom: criterion, ...asks, assumed: false }] : NONE;
    }
  }
}

/** Where one part decides by itself (`deciding`), the part that assumes least stands for all; else every part keeps the whole open. */
function ofParts(parts: readonly Criterion[], state: Truth, deciding: Truth, context: Context): readonly OpenItem[] {
  if (state !== deciding) return parts.flatMap((part) => openItemsOf(part, context));
  return parts
    .filter((part) => stateOf(part, context) === deciding)
    .map((part) => openItemsOf(part, context))
    .reduce((best, items) => (items.length < best.length ? items : best));
}
