// What a network predicts for the average patient of its population: survival at any month, every covariate unknown, mean over draws.
import type { CompiledNetwork } from '../compile/compiled-model.js';

/** Survival of a node at a month; null beyond the horizon, for a node without numbers, or one that the network lacks. */
export function predictedSurvival(network: CompiledNetwork, node: string, months: number): number | null {
  const n = network.nodes.findIndex((x) => x.id === node);
  const curve = network.nodes[n]?.curve ?? null;
  if (curve === null || months > network.horizonMonths) return null;
  const hazard = hazardAt(network, curve, months);
  const draws = network.constant[n] ?? [];
  const etas = draws.map((eta, k) => network.drift.reduce((s, column) => s + (column[n]?.[k] ?? 0), eta));
  return etas.reduce((s, eta) => s + Math.exp(-hazard * Math.exp(eta)), 0) / etas.length;
}

/** Cumulative hazard between the quadrature's months: linear in ln H on ln t, exact for a Weibull curve. */
function hazardAt(network: CompiledNetwork, curve: number, months: number): number {
  const hazards = network.hazards[curve] ?? [];
  const next = Math.min(
    Math.max(
      1,
      network.months.findIndex((t) => t >= months),
    ),
    network.months.length - 1,
  );
  const at = months > (network.months.at(-1) ?? 0) ? network.months.length - 1 : next;
  const [t0, t1] = [network.months[at - 1] ?? NaN, network.months[at] ?? NaN];
  const [h0, h1] = [hazards[at - 1] ?? NaN, hazards[at] ?? NaN];
  if (h0 <= 0 || h1 <= 0) return h0 + ((h1 - h0) * (months - t0)) / (t1 - t0);
  const share = Math.log(months / t0) / Math.log(t1 / t0);
  return Math.exp(Math.log(h0) + share * Math.log(h1 / h0));
}
