// What an unknown column takes in each draw, as deviation from its centre. A handful of draws of a yes-or-no is lumpy: by chance it
// goes along with other draws and its mean misses the prevalence. So the deviations are made orthogonal to the constant and to
// every other normal, and given the exact standard deviation; what is left of the lumps does not matter to moments.
import { dot } from '../../stats/linear-algebra.js';
import { factOf, unknownValue } from './columns.js';
import type { Column } from './compiled-model.js';
import type { NetworkDraws } from './draws.js';

/** [draw] deviations of column `index` when its fact is unknown. `sd` is that of a number; words and strata have sqrt(p(1-p)). */
export function unknownDeviations(
  columns: readonly Column[],
  index: number,
  sd: number,
  draws: NetworkDraws,
): number[] {
  const raw = plainDeviations(columns, index, sd, draws);
  const column = columns[index];
  const fact = column === undefined ? undefined : draws.facts.get(factOf(column.feature));
  if (column === undefined || fact === undefined) return raw;
  const numeric = column.kind === 'value' && !column.feature.includes('=');
  if (numeric || draws.normals.length * 2 > raw.length) return raw;
  const others = draws.normals.filter((axis) => axis !== fact.z);
  // Cubes of the effects too: with them the fourth moments of effect + deviation are those of independent variables.
  const cubes = draws.effects.map((row) => cube(row)).slice(0, Math.max(0, raw.length / 2 - others.length));
  return scaled(residual(raw, [...others, ...cubes]), Math.sqrt(column.centre * (1 - column.centre)));
}

/** The same as they fall: of plain Monte Carlo. */
export function plainDeviations(columns: readonly Column[], index: number, sd: number, draws: NetworkDraws): number[] {
  const column = columns[index];
  const fact = column === undefined ? undefined : draws.facts.get(factOf(column.feature));
  if (column === undefined || fact === undefined) return [];
  return fact.z.map((z, k) => unknownValue(columns, index, sd, z, fact.u[k] ?? 0.5) - column.centre);
}

function cube(row: readonly number[]): number[] {
  const mean = row.reduce((s, x) => s + x, 0) / row.length;
  return row.map((x) => (x - mean) ** 3);
}

/** Gram-Schmidt against the constant and the axes. */
function residual(v: readonly number[], axes: readonly (readonly number[])[]): number[] {
  const basis: number[][] = [];
  for (const axis of [v.map(() => 1), ...axes]) {
    const rest = basis.reduce((a, b) => minus(a, b, dot(a, b)), [...axis]);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) basis.push(rest.map((x) => x / length));
  }
  return basis.reduce((a, b) => minus(a, b, dot(a, b)), [...v]);
}

const minus = (a: readonly number[], b: readonly number[], factor: number): number[] =>
  a.map((x, i) => x - factor * (b[i] ?? 0));

function scaled(v: readonly number[], sd: number): number[] {
  const length = Math.sqrt(dot(v, v) / v.length);
  return length > 1e-9 ? v.map((x) => (x * sd) / length) : [...v];
}
