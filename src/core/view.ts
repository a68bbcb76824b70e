// The patient seen once: one setting, its open questions, the options and what is asked of the outcome model. The real history gives
// the base view; each counterfactual ("if PD-L1 were 60 %") gives another, scored in the same batch.

import type { Decision } from '../domain/corpus/indication.js';
import type { ModelInfo, ScoreRow } from '../domain/outcome.js';
import { type Candidate, type Candidates, gatherCandidates, type Local } from './candidates.js';
import type { ChosenCase } from './choose-case.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { featuresFor, type ModelNetwork } from './features.js';
import { judgeIndications, openDecisions } from './indications.js';
import { type DerivedSetting, deriveSetting, type UnknownSetting } from './setting.js';
import { staleFacts } from './stale-facts.js';

export interface View {
  readonly kind: 'view';
  readonly context: Context;
  readonly setting: DerivedSetting;
  readonly decisions: readonly Decision[];
  readonly candidates: readonly Candidate[];
  readonly rejected: Candidates['rejected'];
  /** Items that keep the setting open, and old facts to ask again. */
  readonly asks: readonly OpenItem[];
  /** "decision network" -> index into the batch of score rows. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** The network whose numbers compare a decision's options, by decision. */
  readonly comparedOn: ReadonlyMap<string, string>;
}

/** Rows of the batch, each once however many views ask it. */
export class Batch {
  readonly rows: ScoreRow[] = [];
  readonly #places = new Map<string, number>();

  add(row: ScoreRow): number {
    const key = JSON.stringify(row);
    const place = this.#places.get(key) ?? this.rows.push(row) - 1;
    this.#places.set(key, place);
    return place;
  }
}

export function viewOf(
  chosen: ChosenCase,
  context: Context,
  model: ModelInfo,
  batch: Batch,
  local: Local = {},
  /** For a counterfactual, what the real history gives: only first options are asked then, and what is the same is taken from it. */
  real?: View | UnknownSetting,
): View | UnknownSetting {
  const setting = deriveSetting(chosen.folder.profile, context, chosen.asks);
  if (setting.kind === 'unknown') return setting;
  const like = real?.kind === 'view' ? real.context : context.like;
  const inSetting: Context = { ...context, setting: setting.setting.id, ...(like && { like }) };
  const open = openDecisions(chosen, setting.setting.id, inSetting);
  const judged = judgeIndications(chosen, open, inSetting);
  const { candidates, rejected } = gatherCandidates(judged, inSetting, local);
  return {
    kind: 'view',
    context: inSetting,
    setting,
    decisions: open.map(({ decision }) => decision),
    candidates,
    rejected,
    asks: [...setting.asks, ...staleFacts(chosen, inSetting)],
    rowOf: askScores(candidates, inSetting, model, batch, real !== undefined),
    comparedOn: networksToCompareOn(candidates, model),
  };
}

export const nodeOf = ({ indication, regimen }: Candidate): string => indication.node ?? regimen.id;

/** One row for each decision and network that the model knows; P(best) is among the options that may be given, and moves no order. */
function askScores(
  candidates: readonly Candidate[],
  context: Context,
  model: ModelInfo,
  batch: Batch,
  onlyFirsts: boolean,
): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  for (const network of model.networks) {
    const onNetwork = candidates.filter((c) => c.indication.network === network.id);
    for (const decision of new Set(onNetwork.map((c) => c.decision.id))) {
      const options = onNetwork.filter((c) => c.decision.id === decision && isNode(nodeOf(c), network));
      if (options.length === 0) continue;
      const eligible = onlyFirsts ? [] : [...new Set(options.filter(mayBeGiven).map(nodeOf))].sort();
      const row = {
        network: network.id,
        features: featuresFor(network, context),
        eligible,
        comparator: network.reference,
      };
      rowOf.set(`${decision} ${network.id}`, batch.add(row));
    }
  }
  return rowOf;
}

/**
 * Options of one decision compare on one outcome in one network (design, section 5): the one that holds most of them, whatever their
 * safety; at a tie the one of the corpus's first option. The numbers of the others are shown and move no order.
 */
function networksToCompareOn(candidates: readonly Candidate[], model: ModelInfo): ReadonlyMap<string, string> {
  const chosen = new Map<string, { readonly id: string; readonly options: number; readonly order: number }>();
  for (const network of model.networks) {
    const onNetwork = candidates.filter((c) => c.indication.network === network.id && isNode(nodeOf(c), network));
    for (const decision of new Set(onNetwork.map((c) => c.decision.id))) {
      const own = onNetwork.filter((c) => c.decision.id === decision);
      const found = { id: network.id, options: own.length, order: Math.min(...own.map((c) => c.indication.order)) };
      const best = chosen.get(decision);
      if (
        best === undefined ||
        found.options > best.options ||
        (found.options === best.options && found.order < best.order)
      )
        chosen.set(decision, found);
    }
  }
  return new Map([...chosen].map(([decision, { id }]) => [decision, id]));
}

const isNode = (node: string, network: ModelNetwork): boolean => node === network.reference || node in network.nodes;

const mayBeGiven = ({ indication, safety, restricted }: Candidate): boolean =>
  !indication.strength.endsWith('against') &&
  restricted === undefined &&
  safety.findings.every((finding) => finding.verdict !== 'contraindicated');
