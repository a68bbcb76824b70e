// Direct against indirect evidence on each comparison: separating indirect from direct evidence (SIDE) by back-calculation (Bucher 1997;
// Dias 2010, Stat Med 29:932, section 2.2; Koenig 2013, Stat Med 32:5414), as netmeta's netsplit. Direct is the inverse-variance
// pool of the trials' own comparisons with the network's tau2; the network estimate is taken as the weighted mean of direct and
// indirect. Exact for two-arm trials; in multi-arm trials the direct part shares patients with the indirect one.
import type { Contrast } from './contrast.js';
import { normalP } from './distributions.js';
import { league } from './league.js';
import type { NetworkEffects } from './network-meta-analysis.js';

export interface Evidence {
  readonly effect: number;
  readonly se: number;
}

export interface NodeSplit {
  readonly a: string;
  readonly b: string;
  readonly studies: number;
  readonly network: Evidence;
  readonly direct: Evidence | null;
  readonly indirect: Evidence | null;
  /** Direct minus indirect; null unless both exist. */
  readonly difference: (Evidence & { readonly p: number }) | null;
  /** Share of the direct evidence in the network estimate. */
  readonly directShare: number;
}

/** Below this share of its own the indirect evidence is rounding. */
const NOTHING = 1e-8;

/** All pairs of treatments in their order, a before b; effects are a minus b. */
export function splitNodes(
  treatments: readonly string[],
  contrasts: readonly Contrast[],
  effects: NetworkEffects,
): NodeSplit[] {
  const table = league(effects);
  return treatments.flatMap((a, i) =>
    treatments.slice(i + 1).map((b, k) => {
      const j = i + 1 + k;
      const network = { effect: table.effect[i]?.[j] ?? NaN, se: table.se[i]?.[j] ?? NaN };
      const own = contrasts.filter((c) => (c.a === a && c.b === b) || (c.a === b && c.b === a));
      const direct = pooled(own, a, effects.tau2);
      const indirect = rest(network, direct);
      return {
        a,
        b,
        studies: new Set(own.map((c) => c.study)).size,
        network,
        direct,
        indirect,
        difference: difference(direct, indirect),
        directShare: direct === null ? 0 : Math.min(1, (network.se / direct.se) ** 2),
      };
    }),
  );
}

function pooled(own: readonly Contrast[], a: string, tau2: number): Evidence | null {
  if (own.length === 0) return null;
  let [total, sum] = [0, 0];
  for (const c of own) {
    const weight = 1 / (c.se * c.se + tau2);
    total += weight;
    sum += weight * (c.a === a ? c.effect : -c.effect);
  }
  return { effect: sum / total, se: Math.sqrt(1 / total) };
}

function rest(network: Evidence, direct: Evidence | null): Evidence | null {
  if (direct === null) return network;
  const [whole, own] = [network.se ** -2, direct.se ** -2];
  const precision = whole - own;
  if (!(precision > NOTHING * whole)) return null;
  return { effect: (network.effect * whole - direct.effect * own) / precision, se: Math.sqrt(1 / precision) };
}

function difference(direct: Evidence | null, indirect: Evidence | null): NodeSplit['difference'] {
  if (direct === null || indirect === null) return null;
  const effect = direct.effect - indirect.effect;
  const se = Math.hypot(direct.se, indirect.se);
  return { effect, se, p: normalP(effect / se) };
}
