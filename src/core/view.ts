// The patient seen once: one setting, its open questions, the options and what is asked of the outcome model. The real history gives
// the base view; each counterfactual ("if PD-L1 were 60 %") gives another, scored in the same batch.

import type { Decision, Setting } from '../domain/corpus/indication.js';
import type { ModelInfo, ScoreRow } from '../domain/outcome.js';
import { type Candidate, type Candidates, gatherCandidates, type Local } from './candidates.js';
import type { ChosenCase } from './choose-case.js';
import { coarseAnswer, isNoneOfRelapse, isRelapseAlone } from './coarse-question.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { featuresFor, type ModelNetwork, networkOf } from './features.js';
import { openDecisions, optionsAsked } from './indications.js';
import { type Led, ledByMarker, treatmentUntold } from './led-by-marker.js';
import { once } from './once.js';
import { type DerivedSetting, deriveSetting, type UnknownSetting, whyNone } from './setting.js';
import { staleFacts } from './stale-facts.js';

export interface View {
  readonly kind: 'view';
  readonly context: Context;
  readonly setting: DerivedSetting;
  readonly decisions: readonly Decision[];
  readonly candidates: readonly Candidate[];
  readonly rejected: Candidates['rejected'];
  /** Settings for which options are shown that rest on a finding of the tumour, though the patient may not stand in them. */
  readonly led: readonly Setting[];
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
  const derived = settingOf(chosen, context);
  const led = ledIn(derived, chosen, context, local);
  const setting = derived.kind === 'unknown' ? anyOf(led, derived) : derived;
  if (setting.kind === 'unknown') return setting;
  const like = real?.kind === 'view' ? real.context : context.like;
  const at = derived.kind === 'unknown' ? {} : { setting: setting.setting.id };
  const inSetting: Context = { ...context, ...at, ...(like && { like }) };
  const open = derived.kind === 'unknown' ? [] : openDecisions(chosen, setting.setting.id, inSetting);
  const own = gatherCandidates(optionsAsked(chosen, open, inSetting), open, inSetting, local);
  const candidates = withLed(own.candidates, led?.candidates ?? []);
  const compared = comparedOn(candidates, model);
  const asks = once(() => [...setting.asks, ...staleFacts(chosen, inSetting)]);
  const decisions = open.map(({ decision }) => decision);
  return {
    kind: 'view',
    context: inSetting,
    setting,
    decisions: led === undefined ? decisions : [...new Set([...decisions, ...led.decisions])],
    candidates,
    rejected: own.rejected,
    led: led?.settings ?? [],
    get asks() {
      return asks();
    },
    rowOf: askScores(compared, inSetting, batch, real !== undefined),
    comparedOn: networksToCompareOn(compared),
  };
}

/**
 * Where the history does not say where the patient stands, or nothing of earlier treatment: what the tumour's findings lead to; where they lead
 * nowhere, what a coarse question may mean.
 */
function ledIn(
  setting: DerivedSetting | UnknownSetting,
  chosen: ChosenCase,
  context: Context,
  local: Local,
): Led | undefined {
  const { patient, cancerCase } = context;
  const untold = patient.treatmentUntold === true && cancerCase.courses.length === 0;
  if (setting.kind !== 'unknown' && !untold) return undefined;
  const asked = untold ? { ...context, cancerCase: treatmentUntold(cancerCase, context.index) } : context;
  const led = ledByMarker(chosen, asked, local);
  if (setting.kind !== 'unknown' || (shows(led) && !isRelapseAlone(context))) return led;
  const coarse = coarseAnswer(chosen, context, local);
  if (!shows(coarse)) return led;
  const also = led.candidates.filter(({ decision }) => coarse?.decisions.includes(decision));
  return coarse && { ...coarse, candidates: withLed(coarse.candidates, also) };
}

/** The setting of the case; unknown where a relapse told alone leaves only one that no relapsed tumour stands in. */
function settingOf(chosen: ChosenCase, context: Context): DerivedSetting | UnknownSetting {
  const { profile } = chosen.folder;
  const setting = deriveSetting(profile, context, chosen.asks);
  if (setting.kind === 'unknown' || !isNoneOfRelapse(setting.setting, chosen, context)) return setting;
  return { kind: 'unknown', message: whyNone([setting.setting], context.index.lang), asks: setting.asks };
}

/** The settings that may be, as one that is not certain; what is unknown stays so when nothing can be shown for any of them. */
function anyOf(led: Led | undefined, unknown: UnknownSetting): DerivedSetting | UnknownSetting {
  const [first, ...alternatives] = led?.settings ?? [];
  if (first === undefined || !shows(led)) return unknown;
  return { kind: 'derived', setting: first, state: 'unknown', certain: false, alternatives, asks: unknown.asks };
}

const shows = (led: Led | undefined): boolean =>
  led?.candidates.some(({ indication }) => !indication.strength.endsWith('against')) === true;

/** An option that the setting itself offers is not shown a second time for another. */
function withLed(own: readonly Candidate[], led: readonly Candidate[]): readonly Candidate[] {
  if (led.length === 0) return own;
  const key = ({ decision, regimen }: Candidate): string => `${decision.id} ${regimen.id}`;
  const offered = new Set(own.map(key));
  return [...own, ...led.filter((candidate) => !offered.has(key(candidate)))];
}

export const nodeOf = ({ indication, regimen }: Candidate): string => indication.node ?? regimen.id;

/** One row for each decision and network that the model knows; P(best) is among the options that may be given, and moves no order. */
function askScores(
  compared: readonly Compared[],
  context: Context,
  batch: Batch,
  onlyFirsts: boolean,
): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  for (const { decision, network, options } of compared) {
    const eligible = onlyFirsts ? [] : [...new Set(options.filter(mayBeGiven).map(nodeOf))].sort();
    const features = featuresFor(network, context);
    rowOf.set(
      `${decision} ${network.id}`,
      batch.add({ network: network.id, features, eligible, comparator: network.reference }),
    );
  }
  return rowOf;
}

/**
 * Options of one decision compare on one outcome in one network (design, section 5): the one that holds most of them, whatever their
 * safety; at a tie the one of the corpus's first option. The numbers of the others are shown and move no order.
 */
function networksToCompareOn(compared: readonly Compared[]): ReadonlyMap<string, string> {
  const chosen = new Map<string, { readonly id: string; readonly options: number; readonly order: number }>();
  for (const { decision, network, options } of compared) {
    const order = Math.min(...options.map((c) => c.indication.order));
    const best = chosen.get(decision);
    if (best === undefined || options.length > best.options || (options.length === best.options && order < best.order))
      chosen.set(decision, { id: network.id, options: options.length, order });
  }
  return new Map([...chosen].map(([decision, { id }]) => [decision, id]));
}

/** The options of one decision that one network of the model compares. */
interface Compared {
  readonly decision: string;
  readonly network: ModelNetwork;
  readonly options: readonly Candidate[];
}

/** In the order of the model's networks, so that the same patient asks the same rows in the same order. */
function comparedOn(candidates: readonly Candidate[], model: ModelInfo): readonly Compared[] {
  const groups = new Map<string, { decision: string; network: ModelNetwork; options: Candidate[] }>();
  for (const candidate of candidates) {
    const network = networkOf(model, candidate.indication.network);
    if (network === undefined || !isNode(nodeOf(candidate), network)) continue;
    const key = `${candidate.decision.id} ${network.id}`;
    const group = groups.get(key) ?? { decision: candidate.decision.id, network, options: [] };
    group.options.push(candidate);
    groups.set(key, group);
  }
  const place = (c: Compared): number => model.networks.indexOf(c.network);
  return [...groups.values()].sort((a, b) => place(a) - place(b));
}

const isNode = (node: string, network: ModelNetwork): boolean => node === network.reference || node in network.nodes;

const mayBeGiven = ({ indication, restricted, safety }: Candidate): boolean =>
  !indication.strength.endsWith('against') && restricted === undefined && !safety.verdicts.includes('contraindicated');
