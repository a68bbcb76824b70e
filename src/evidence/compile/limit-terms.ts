// What the interval limits are computed from (gain-limits.ts): the linear predictors as a mixture of normals, without draws.
// Coefficients, effects and numbers are normal; a word or stratum that is not known splits the patient into components, one for each
// combination of what it may be. Facts beyond MOST_COMPONENTS, the least important ones, enter as normals of the same covariance.
import { semiCholesky } from '../../stats/linear-algebra.js';
import type { FittedNetwork } from '../synthesize/outcome-network.js';
import { factOf } from './columns.js';
import type { Column, LimitTerms } from './compiled-model.js';
import { predictiveCovariance } from './draws.js';
import { factLevels, type Level } from './fact-levels.js';

/** Components of one network at most: the graph's work grows with them. */
export const MOST_COMPONENTS = 12;

/** What moves node and comparator alike moves the gain little: its weight when facts are ranked. */
const SHARED = 0.1;

/** Log weight of a component that says what a known fact is not. */
const NONE = -30;

interface Fact {
  readonly levels: readonly Level[];
  /** First column of the fact: whether it is known. */
  readonly column: number;
  readonly columns: readonly number[];
}

/** `ofModifier`: the column of each modifier. */
export function limitTerms(
  fitted: FittedNetwork,
  columns: readonly Column[],
  ofModifier: readonly number[],
  most = MOST_COMPONENTS,
): LimitTerms {
  const { network, nodes } = fitted;
  const coefficient = (c: number, node: string): number =>
    network.covariates[c]?.logHr ??
    network.modifiers.reduce((s, m, i) => (ofModifier[i] === c && m.node === node ? s + m.gamma : s), 0);
  const importance = (fact: Fact): number => {
    const variance = (of: (c: number) => number): number =>
      fact.levels.reduce((s, l) => s + l.probability * l.deviation.reduce((t, x, c) => t + x * of(c), 0) ** 2, 0);
    const own = nodes.map((node) => variance((c) => coefficient(c, node.id)));
    const apart = nodes.map((node) => variance((c) => coefficient(c, node.id) - coefficient(c, network.reference)));
    return Math.max(...apart) + SHARED * Math.max(...own);
  };
  const facts = factsOf(fitted, columns).sort((a, b) => importance(b) - importance(a));
  const { split, whole } = apart(facts, most);
  const components = combinations(split);

  // Factors: effects, baseline, coefficients, the numbers within a level, the levels of facts that are not split.
  const others = nodes.flatMap((n, i) => (n.id === network.reference ? [] : [i]));
  const factor = semiCholesky(predictiveCovariance(fitted, others));
  const effectOf = (n: number): readonly number[] => others.map((_, j) => factor[others.indexOf(n)]?.[j] ?? 0);
  const slopeSe = (c: number, node: string): number[] => [
    ...network.covariates.map((x, i) => (i === c ? x.se : 0)),
    ...network.modifiers.map((m, i) => (ofModifier[i] === c && m.node === node ? m.se : 0)),
  ];
  const slopes = network.covariates.length + network.modifiers.length;
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  const inFacts = facts.length + whole.reduce((s, f) => s + f.levels.length, 0);

  const constant = nodes.map((node, n) => [
    node.effect,
    ...effectOf(n),
    fitted.baseline.logHazardSe,
    ...zeros(slopes + inFacts),
  ]);
  const known = (c: number): number[][] =>
    nodes.map((node) => [
      coefficient(c, node.id),
      ...zeros(others.length + 1),
      ...slopeSe(c, node.id),
      ...zeros(inFacts),
    ]);
  const unknown = (c: number, chosen: ReadonlyMap<Fact, Level>): number[][] =>
    nodes.map((node) => {
      const b = coefficient(c, node.id);
      const fact = facts.find((f) => f.columns.includes(c));
      const split = fact && chosen.get(fact);
      const level = split ?? (fact && wholeOf(fact));
      const x = level?.deviation[c] ?? 0;
      const spread = level?.spread[c] ?? 0;
      // What the coefficient's own error is multiplied by: the deviation with its sign, or its root mean square.
      const size =
        split !== undefined && spread === 0 ? x : rootMeanSquare(split === undefined ? fact?.levels : [split], c);
      return [
        b * x,
        ...zeros(others.length + 1),
        ...slopeSe(c, node.id).map((se) => se * size),
        ...facts.map((f) => (f === fact ? b * spread : 0)),
        ...whole.flatMap((f) =>
          f.levels.map((l) => (f === fact ? b * Math.sqrt(l.probability) * (l.deviation[c] ?? 0) : 0)),
        ),
      ];
    });
  const terms = [
    components.map(() => constant),
    ...columns.map((_, c) => components.map(() => known(c))),
    ...columns.map((_, c) => components.map((chosen) => unknown(c, chosen))),
  ];
  return { logWeight: logWeights(split, components, columns.length), terms: pruned(terms) };
}

function factsOf({ network }: FittedNetwork, columns: readonly Column[]): Fact[] {
  const sd = columns.map((_, c) => network.covariates[c]?.sd ?? 0);
  return [...new Set(columns.map((c) => factOf(c.feature)))].map((name) => {
    const own = columns.flatMap((c, i) => (factOf(c.feature) === name ? [i] : []));
    return { levels: factLevels(columns, sd, name), column: own[0] ?? 0, columns: own };
  });
}

/** The most important facts are split while the number of components allows. */
function apart(facts: readonly Fact[], most: number): { split: Fact[]; whole: Fact[] } {
  const split: Fact[] = [];
  const whole: Fact[] = [];
  let components = 1;
  for (const fact of facts) {
    if (fact.levels.length === 1) continue;
    if (components * fact.levels.length <= most) {
      components *= fact.levels.length;
      split.push(fact);
    } else whole.push(fact);
  }
  return { split, whole };
}

function rootMeanSquare(levels: readonly Level[] = [], c: number): number {
  const total = levels.reduce((s, l) => s + l.probability, 0);
  const square = (l: Level): number => (l.deviation[c] ?? 0) ** 2 + (l.spread[c] ?? 0) ** 2;
  return Math.sqrt(levels.reduce((s, l) => s + (l.probability * square(l)) / total, 0));
}

/** Of a fact that is not split: mean 0 and its numbers' own variance; what its words add are factors. */
const wholeOf = (fact: Fact): Level => ({
  probability: 1,
  deviation: fact.levels[0]?.deviation.map(() => 0) ?? [],
  spread:
    fact.levels[0]?.spread.map((_, c) =>
      Math.sqrt(fact.levels.reduce((s, l) => s + l.probability * (l.spread[c] ?? 0) ** 2, 0)),
    ) ?? [],
});

function combinations(split: readonly Fact[]): ReadonlyMap<Fact, Level>[] {
  return split.reduce<ReadonlyMap<Fact, Level>[]>(
    (all, fact) => all.flatMap((chosen) => fact.levels.map((level) => new Map([...chosen, [fact, level]]))),
    [new Map()],
  );
}

/** [1 + 2 columns][component]: of a known fact only the first level stays. */
function logWeights(
  split: readonly Fact[],
  components: readonly ReadonlyMap<Fact, Level>[],
  columns: number,
): number[][] {
  const rows = Array.from({ length: 1 + 2 * columns }, () => components.map(() => 0));
  for (const fact of split)
    components.forEach((chosen, m) => {
      const level = chosen.get(fact);
      const barred = level === fact.levels[0] ? 0 : NONE;
      (rows[0] ?? [])[m] = (rows[0]?.[m] ?? 0) + barred;
      (rows[1 + columns + fact.column] ?? [])[m] = Math.log(level?.probability ?? 1) - barred;
    });
  return rows;
}

/** Without the factors that move nothing; one stays, so that there are loadings. */
function pruned(terms: readonly (readonly (readonly (readonly number[])[])[])[]): number[][][][] {
  const width = terms[0]?.[0]?.[0]?.length ?? 1;
  const used = Array.from(
    { length: width },
    (_, j) => j <= 1 || terms.some((row) => row.some((nodes) => nodes.some((x) => x[j] !== 0))),
  );
  return terms.map((row) => row.map((nodes) => nodes.map((x) => x.filter((_, j) => used[j]))));
}
