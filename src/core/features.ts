// What the outcome model is told of the patient: numbers by fact name, words as "fact=word" 1 or 0, null where unknown.
import type { Atom } from '../domain/corpus/criterion.js';
import type { ModelInfo } from '../domain/outcome.js';
import { atomState } from './criteria/state.js';
import type { Context } from './criteria/trace.js';
import { numberFact } from './criteria/value.js';

export type ModelNetwork = ModelInfo['networks'][number];

const BY_ID = new WeakMap<ModelInfo, ReadonlyMap<string, ModelNetwork>>();

/** The model's network of this id. Kept, as a model has hundreds and does not change. */
export function networkOf(model: ModelInfo, id: string | undefined): ModelNetwork | undefined {
  if (id === undefined) return undefined;
  const byId = BY_ID.get(model) ?? new Map(model.networks.map((network) => [network.id, network]));
  BY_ID.set(model, byId);
  return byId.get(id);
}

export function featuresFor(network: ModelNetwork, context: Context): Readonly<Record<string, number | null>> {
  const names = [...new Set([...network.covariates, ...network.modifiers])].sort();
  return Object.fromEntries(names.map((name) => [name, feature(name, context)]));
}

function feature(name: string, context: Context): number | null {
  const [fact = name, word] = name.split('=');
  if (word !== undefined) {
    const state = atomState(atomOf(fact, word, context), context);
    return state === 'met' ? 1 : state === 'not-met' ? 0 : null;
  }
  return numberFact(fact, context) ?? null;
}

/** Stage, biomarkers and sites of metastasis are asked by the same names as facts. */
function atomOf(fact: string, word: string, { index, cancerCase }: Context): Atom {
  if (fact === 'stage') return { op: 'stage', groups: [word] };
  if (fact === 'metastasis') return { op: 'metastasis', sites: [word] };
  if (fact === 'condition') return { op: 'condition', ids: [word] };
  if (index.biomarker(fact) || cancerCase.biomarkers.some((b) => b.name === fact))
    return { op: 'biomarker', name: fact, is: [word] };
  return { op: 'value', name: fact, is: [word] };
}
