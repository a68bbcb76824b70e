// From a network of the corpus and its studies to a fitted network, or a refusal that names the studies.
import type { Network } from '../../domain/corpus/network.js';
import type { Study } from '../../domain/corpus/study.js';
import { type Contrast, MetaAnalysisRefusal } from '../../stats/contrast.js';
import { SingularMatrix } from '../../stats/linear-algebra.js';
import { components } from '../../stats/network-estimate.js';
import { type NetworkMetaAnalysis, networkMetaAnalysis } from '../../stats/network-meta-analysis.js';
import { fitBaseline } from './baseline.js';
import { grade } from './certainty.js';
import { crossing } from './crossing.js';
import { pooledHarm } from './harm.js';
import type { NodeEstimate, Synthesis } from './outcome-network.js';
import { type TrialContribution, trialContribution, type UsedResult } from './trial-contrasts.js';

/** Shorter horizons say nothing useful in months gained. */
const SHORTEST_HORIZON_MONTHS = 3;

/** Pools one network. Trials that cannot be used are left out with a remark; nothing left is a refusal. */
export function fitNetwork(network: Network, studies: readonly Study[]): Synthesis {
  const remarks: string[] = [];
  const contributions: TrialContribution[] = [];
  for (const trial of network.trials) {
    const outcome = trialContribution(
      network,
      trial,
      studies.find((s) => s.id === trial.study),
    );
    if ('refused' in outcome) remarks.push(`${outcome.refused.study} left out: ${outcome.refused.reason}`);
    else contributions.push(ofItsStratum(network, trial, outcome.contribution));
  }
  const refuse = (...reasons: string[]): Synthesis => ({
    refused: { id: network.id, reasons: [...reasons, ...remarks] },
  });
  const connected = keepConnected(network.reference, contributions, remarks);
  if (connected.length === 0) return refuse(`no usable trial reaches the reference ${network.reference}`);
  const base = fitBaseline(network, studies);
  if (typeof base === 'string') return refuse(base);
  const reaches = [...connected.map((c) => c.use.reachMonths), base.reachMonths].filter((r) => r !== null);
  const horizonMonths = Math.floor(Math.min(network.horizonMonths, ...reaches));
  if (horizonMonths < SHORTEST_HORIZON_MONTHS)
    return refuse(`follow-up of ${horizonMonths} months is too short for a model`);
  if (horizonMonths < network.horizonMonths)
    remarks.push(
      `horizon cut from ${network.horizonMonths} to ${horizonMonths} months, the shortest contributing follow-up`,
    );
  const fit = pool(
    connected.flatMap((c) => c.contrasts),
    network.reference,
  );
  if (typeof fit === 'string') return refuse(fit);
  const used = connected.flatMap((c) => c.results);
  return {
    fitted: {
      network,
      nodes: fit.treatments.map((id, i) => nodeEstimate(network, studies, fit, id, i, used)),
      covariance: fit.random.covariance,
      tau2: fit.random.tau2,
      tau2Known: fit.total.df > 0,
      i2: fit.i2,
      heterogeneityP: fit.total.p,
      inconsistencyP: fit.inconsistency.df > 0 ? fit.inconsistency.p : 1,
      inconsistencyDf: fit.inconsistency.df,
      baseline: base.baseline,
      horizonMonths,
      trials: connected.map((c) => c.use),
      remarks,
    },
  };
}

/**
 * Strata of one trial (with and without bevacizumab) are different patients: each compares its own arms, as a trial of its own. Only named
 * populations are; the whole trial beside one of its strata would count patients twice, and stays one trial, which the checks refuse.
 */
function ofItsStratum(
  network: Network,
  { study, population }: Network['trials'][number],
  contribution: TrialContribution,
): TrialContribution {
  const entries = network.trials.filter((t) => t.study === study);
  const strata = new Set(entries.map((t) => t.population ?? 'ITT'));
  if (entries.length < 2 || population === undefined || strata.size < entries.length || strata.has('ITT'))
    return contribution;
  const named = (c: Contrast): Contrast => ({ ...c, study: `${c.study} (${population})` });
  return { ...contribution, contrasts: contribution.contrasts.map(named) };
}

function keepConnected(reference: string, all: readonly TrialContribution[], remarks: string[]): TrialContribution[] {
  const contrasts = all.flatMap((c) => c.contrasts);
  const island = components(contrasts).find((group) => group.includes(reference)) ?? [];
  return all.filter((c) => {
    const joined = c.contrasts.every((x) => island.includes(x.a));
    if (!joined) remarks.push(`${c.use.study} left out: no path of trials joins it to ${reference}`);
    return joined;
  });
}

function pool(contrasts: readonly Contrast[], reference: string): NetworkMetaAnalysis | string {
  try {
    return networkMetaAnalysis(contrasts, reference, 'REML');
  } catch (error) {
    if (error instanceof MetaAnalysisRefusal || error instanceof SingularMatrix) return error.message;
    throw error;
  }
}

function nodeEstimate(
  network: Network,
  studies: readonly Study[],
  fit: NetworkMetaAnalysis,
  id: string,
  index: number,
  used: readonly UsedResult[],
): NodeEstimate {
  const isReference = id === network.reference;
  const between = (a: string, b: string): UsedResult[] =>
    used.filter((u) => (u.contrast.a === a && u.contrast.b === b) || (u.contrast.a === b && u.contrast.b === a));
  const direct = isReference
    ? used.filter((u) => u.contrast.a === id || u.contrast.b === id)
    : between(id, network.reference);
  const path =
    direct.length > 0 ? direct : shortestPath(used, id, network.reference).flatMap(([a, b]) => between(a, b));
  const variance = fit.random.covariance[index]?.[index] ?? 0;
  const effect = fit.random.effects[index] ?? 0;
  const graded = grade({
    effect,
    se: Math.sqrt(variance),
    direct,
    path,
    i2: fit.i2,
    heterogeneityP: fit.total.p,
    inconsistencyP: fit.inconsistency.df > 0 ? fit.inconsistency.p : 1,
  });
  const shape = isReference ? ({ kind: 'proportional' } as const) : crossing(network, id, direct, path);
  const { harm, patients } = pooledHarm(network, studies, id);
  const about = used.filter((u) => u.contrast.a === id || u.contrast.b === id);
  return {
    id,
    effect,
    se: Math.sqrt(variance),
    predictiveSe: isReference ? 0 : Math.sqrt(variance + fit.random.tau2),
    pScore: fit.random.pScores[index] ?? 0,
    direct: direct.length > 0,
    studies: [...new Set(about.map((u) => u.study.id))],
    harm,
    harmPatients: patients,
    certainty: graded.certainty,
    reasons: graded.reasons,
    ...(shape.kind === 'shape' ? { shape: { node: shape.node, reference: shape.reference } } : {}),
    ...(shape.kind === 'withheld' ? { withheld: shape.reason } : {}),
  };
}

/** Pairs of nodes along the shortest chain of trials (breadth first). */
function shortestPath(used: readonly UsedResult[], from: string, to: string): [string, string][] {
  const before = new Map<string, string>([[from, from]]);
  const queue = [from];
  for (let here = queue.shift(); here !== undefined && here !== to; here = queue.shift())
    for (const { contrast } of used) {
      const next = contrast.a === here ? contrast.b : contrast.b === here ? contrast.a : undefined;
      if (next === undefined || before.has(next)) continue;
      before.set(next, here);
      queue.push(next);
    }
  const path: [string, string][] = [];
  for (let node = to; node !== from; ) {
    const previous = before.get(node);
    if (previous === undefined) return [];
    path.push([previous, node]);
    node = previous;
  }
  return path;
}
