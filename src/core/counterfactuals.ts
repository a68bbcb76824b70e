// "What would change if this were known?" For every fact that is missing and asked for, the few values that the criteria tell apart are
// put into the history one at a time, and the whole view is taken again. Which of them move a first option is seen in `decide`.
import type { CancerFolder } from '../domain/corpus/corpus.js';
import { type Atom, atoms } from '../domain/corpus/criterion.js';
import type { ChosenCase } from './choose-case.js';
import type { CorpusIndex } from './corpus-index.js';
import { subjectOf } from './criteria/asked.js';
import type { Context, OpenItem } from './criteria/trace.js';
import type { UnknownSetting } from './setting.js';
import { type CutPoints, variantsOf } from './variants.js';
import type { View } from './view.js';

export interface Counterfactual {
  /** Name of the missing item. */
  readonly item: string;
  /** "PD-L1 TPS 50 %". */
  readonly label: string;
  readonly view: View | UnknownSetting;
}

interface Otherwise {
  readonly chosen: ChosenCase;
  readonly context: Context;
}

/** More missing items than these are listed but not tried out; the ones that more options hang on come first. */
const MOST_ITEMS = 10;

export function counterfactuals(
  chosen: ChosenCase,
  context: Context,
  seen: View | UnknownSetting,
  view: (otherwise: Otherwise) => View | UnknownSetting,
): readonly Counterfactual[] {
  const asked = cutPoints(chosen);
  return missingItems(seen, context.index)
    .slice(0, MOST_ITEMS)
    .flatMap(({ item, asks }) =>
      variantsOf(asks, asked, context).map(({ label, patient, cancerCase }) => ({
        item,
        label,
        view: view({ chosen: { ...chosen, cancerCase }, context: { ...context, patient, cancerCase, like: context } }),
      })),
    );
}

export interface Missing {
  readonly item: string;
  readonly asks: readonly OpenItem[];
}

/** What is asked for, each item once: those that hold options back first, then by how much hangs on them, then by name. */
export function missingItems(seen: View | UnknownSetting, index: CorpusIndex): readonly Missing[] {
  const all =
    seen.kind === 'view' ? [...seen.asks, ...seen.candidates.flatMap((c) => [...c.asks, ...c.assumed])] : seen.asks;
  // What the events would tell (progression, lines) and an `unless` went on without is not a question to the doctor.
  const asked = all.filter(({ assumed, atom }) => !(assumed && isTold(atom, index)));
  const byItem = new Map<string, OpenItem[]>();
  for (const ask of asked) byItem.set(ask.item, [...(byItem.get(ask.item) ?? []), ask]);
  const holding = (m: Missing) => m.asks.filter((ask) => !ask.assumed).length;
  return [...byItem]
    .map(([item, asks]) => ({ item, asks }))
    .sort((a, b) => holding(b) - holding(a) || b.asks.length - a.asks.length || (a.item < b.item ? -1 : 1));
}

const isTold = (atom: Atom, index: CorpusIndex): boolean =>
  atom.op === 'therapy' || (atom.op === 'value' && index.fact(atom.name)?.derived === true);

const CUT_POINTS = new WeakMap<CancerFolder, CutPoints>();

/** Everything that the cancer's folder asks of a patient. Kept, as the folder does not change. */
function cutPoints({ folder }: ChosenCase): CutPoints {
  const kept = CUT_POINTS.get(folder);
  if (kept !== undefined) return kept;
  const { profile, indications } = folder;
  const asked = [
    ...profile.settings.map((s) => s.criteria),
    ...profile.decisions.flatMap((d) => d.when ?? []),
    ...indications.map((i) => i.criteria),
  ].flatMap(atoms);
  const bySubject = new Map<string, Atom[]>();
  for (const atom of asked) {
    const same = bySubject.get(subjectOf(atom));
    if (same === undefined) bySubject.set(subjectOf(atom), [atom]);
    else same.push(atom);
  }
  CUT_POINTS.set(folder, bySubject);
  return bySubject;
}
