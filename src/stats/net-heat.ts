// Which design (set of treatments compared in the same trials) makes a network inconsistent: Krahn, Binder & Koenig 2013, BMC Med Res
// Methodol 13:35. Designs are pooled (common effect) and Q between designs is split into their contributions Q_c; then each design d is
// detached (given effects of its own) and the drop Q_c - Q_c(d) is the colour of cell (c, d): warm where d explains the inconsistency of c.
import { byStudy, type Contrast, treatmentsOf } from './contrast.js';
import { chiSquaredUpper } from './distributions.js';
import { at } from './linear-algebra.js';
import { components, contrastVariance, estimateGraph, type GraphEstimate } from './network-estimate.js';

export interface NetHeat {
  /** Treatments of each design joined by " : ". */
  readonly designs: readonly string[];
  readonly studies: readonly number[];
  /** Contribution of each design to Q between designs; their sum is that Q. */
  readonly q: readonly number[];
  /** Q between designs that is left after detaching each design. */
  readonly detached: readonly { readonly q: number; readonly df: number; readonly p: number }[];
  /** [c][d]: how much of q[c] goes when d is detached. */
  readonly heat: readonly (readonly number[])[];
  /** [c][d]: share of the information of design d in the network estimates of the comparisons of c; each row sums to 1. */
  readonly influence: readonly (readonly number[])[];
}

interface Design {
  readonly name: string;
  readonly treatments: readonly string[];
  readonly studies: number;
  /** Pooled effects of every pair. */
  readonly contrasts: readonly Contrast[];
}

/** Null with a single design. The network must be complete and connected (networkMetaAnalysis refuses otherwise). */
export function netHeat(contrasts: readonly Contrast[]): NetHeat | null {
  const designs = designsOf(contrasts);
  if (designs.length < 2) return null;
  const q = contributions(designs);
  const without = designs.map((d) => contributions(designs.filter((x) => x !== d)));
  const others = (d: number): number[] => {
    const left = without[d] ?? [];
    return designs.map((_, c) => (c === d ? 0 : (left[c < d ? c : c - 1] ?? 0)));
  };
  const rank = (list: readonly Design[]): number => {
    const pairs = list.flatMap((d) => d.contrasts);
    return treatmentsOf(pairs).length - components(pairs).length;
  };
  const dfOf = (list: readonly Design[]): number => list.reduce((s, d) => s + d.treatments.length - 1, 0) - rank(list);
  return {
    designs: designs.map((d) => d.name),
    studies: designs.map((d) => d.studies),
    q,
    detached: designs.map((design, d) => {
      const left = others(d).reduce((s, x) => s + x, 0);
      const df = dfOf(designs.filter((x) => x !== design));
      return { q: left, df, p: chiSquaredUpper(left, df) };
    }),
    heat: designs.map((_, c) => designs.map((__, d) => (q[c] ?? 0) - (others(d)[c] ?? 0))),
    influence: influence(designs),
  };
}

function designsOf(contrasts: readonly Contrast[]): Design[] {
  const groups = new Map<string, Contrast[]>();
  for (const rows of byStudy(contrasts).values()) {
    const key = treatmentsOf(rows).join(' : ');
    groups.set(key, [...(groups.get(key) ?? []), ...rows]);
  }
  return [...groups].map(([name, rows]) => {
    const treatments = treatmentsOf(rows);
    const studies = byStudy(rows);
    const fit = estimateGraph(treatments, studies, 0);
    const pairs = treatments.flatMap((a, i) =>
      treatments.slice(i + 1).map((b, k): Contrast => {
        const j = i + 1 + k;
        const effect = (fit.potentials[i] ?? NaN) - (fit.potentials[j] ?? NaN);
        return { study: name, a, b, effect, se: Math.sqrt(contrastVariance(fit.inverse, i, j)) };
      }),
    );
    return { name, treatments, studies: studies.size, contrasts: pairs };
  });
}

/** Q of each design about the consistent fit to all of them; islands that detaching leaves are fitted apart. */
function contributions(designs: readonly Design[]): number[] {
  const q = designs.map(() => 0);
  for (const island of components(designs.flatMap((d) => d.contrasts))) {
    const members = designs.map((d, i) => ({ d, i })).filter(({ d }) => d.treatments.every((t) => island.includes(t)));
    const fit = fitDesigns(
      members.map((m) => m.d),
      island,
    );
    let row = 0;
    for (const { d, i } of members)
      for (const c of d.contrasts) {
        const expected = potential(fit, c.a) - potential(fit, c.b);
        q[i] = (q[i] ?? 0) + (fit.weights[row++] ?? 0) * (c.effect - expected) ** 2;
      }
  }
  return q;
}

const fitDesigns = (designs: readonly Design[], treatments: readonly string[]): GraphEstimate =>
  estimateGraph(treatments, new Map(designs.map((d) => [d.name, d.contrasts])), 0);

const potential = (fit: GraphEstimate, treatment: string): number =>
  fit.potentials[fit.treatments.indexOf(treatment)] ?? NaN;

/** Sums of |hat matrix| over the pairs of each design, rows scaled to 1. */
function influence(designs: readonly Design[]): number[][] {
  const treatments = treatmentsOf(designs.flatMap((d) => d.contrasts));
  const fit = fitDesigns(designs, treatments);
  const index = new Map(treatments.map((t, i) => [t, i]));
  const rows = designs.flatMap((d, design) => d.contrasts.map((c) => ({ c, design })));
  const element = (a: Contrast, b: Contrast): number => {
    const [i, j, k, l] = [a.a, a.b, b.a, b.b].map((t) => index.get(t) ?? -1) as [number, number, number, number];
    return at(fit.inverse, i, k) - at(fit.inverse, i, l) - at(fit.inverse, j, k) + at(fit.inverse, j, l);
  };
  const sums = designs.map(() => designs.map(() => 0));
  for (const { c, design } of rows)
    rows.forEach((other, column) => {
      const line = sums[design] ?? [];
      line[other.design] = (line[other.design] ?? 0) + Math.abs(element(c, other.c) * (fit.weights[column] ?? 0));
    });
  return sums.map((row) => {
    const total = row.reduce((s, x) => s + x, 0);
    return row.map((x) => x / total);
  });
}
