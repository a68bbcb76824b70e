// The columns of a network: its covariates, then the strata of its effect modifiers.
import type { Network } from '../../domain/corpus/network.js';
import type { Column } from './compiled-model.js';

type Covariate = Network['covariates'][number];
type Modifier = Network['modifiers'][number];

const featureName = (x: { readonly fact: string; readonly is?: string | undefined }): string =>
  x.is === undefined ? x.fact : `${x.fact}=${x.is}`;

export function covariateColumn(c: Covariate): Column {
  return {
    feature: featureName(c),
    kind: 'value',
    centre: c.mean,
    ...(c.min === undefined ? {} : { min: c.min }),
    ...(c.max === undefined ? {} : { max: c.max }),
    role: 'covariate',
    source: c.source,
  };
}

export function modifierColumn(m: Modifier): Column {
  const bounds = {
    ...(m.min === undefined ? {} : { lower: m.min }),
    ...(m.below === undefined ? {} : { upper: m.below }),
  };
  return {
    feature: featureName(m),
    kind: m.is === undefined ? 'stratum' : 'value',
    ...bounds,
    centre: m.prevalence,
    role: 'modifier',
    source: m.study,
  };
}

/** The column's number for a value, before centring. */
type Limits = { readonly [K in 'lower' | 'upper' | 'min' | 'max']?: number | undefined };

export const columnValue = (column: Pick<Column, 'kind'> & Limits, x: number): number =>
  column.kind === 'value'
    ? x
    : x >= (column.lower ?? Number.NEGATIVE_INFINITY) && x < (column.upper ?? Number.POSITIVE_INFINITY)
      ? 1
      : 0;

export const outsideRange = (column: Limits, x: number): boolean =>
  x < (column.min ?? Number.NEGATIVE_INFINITY) || x > (column.max ?? Number.POSITIVE_INFINITY);

export const factOf = (feature: string): string => feature.split('=')[0] ?? feature;

/**
 * What an unknown column takes in one draw, z standard normal, one z for each fact so that its columns agree with each other.
 * Numbers: mean + sd z. Strata and words: 1 in a slice of the distribution as wide as the prevalence, numeric strata from their
 * end of the scale, words of one fact side by side.
 */
export function unknownValue(columns: readonly Column[], index: number, sd: number, z: number, u: number): number {
  const slice = unknownSlice(columns, index);
  if (slice === undefined) return (columns[index]?.centre ?? 0) + sd * z;
  return u >= slice.start && u < slice.end ? 1 : 0;
}

/** Where on the scale of u a word or stratum is 1; undefined for a number. */
export function unknownSlice(
  columns: readonly Column[],
  index: number,
): { readonly start: number; readonly end: number } | undefined {
  const column = columns[index];
  if (column === undefined || (column.kind === 'value' && !column.feature.includes('='))) return undefined;
  const start = sliceStart(columns, index);
  return { start, end: start + column.centre };
}

function sliceStart(columns: readonly Column[], index: number): number {
  const column = columns[index];
  if (column === undefined) return 0;
  if (column.kind === 'stratum') {
    if (column.upper === undefined) return 1 - column.centre;
    if (column.lower === undefined) return 0;
    // Between two limits: above everything that lies below its lower limit.
    const below = columns.filter(
      (c) => c.feature === column.feature && c.kind === 'stratum' && c.upper === column.lower,
    );
    return Math.max(0, ...below.map((c) => (c.lower === undefined ? c.centre : 0)));
  }
  const fact = factOf(column.feature);
  const earlier = new Map<string, number>();
  for (const c of columns.slice(0, index))
    if (c.kind === 'value' && c.feature.includes('=') && factOf(c.feature) === fact && c.feature !== column.feature)
      earlier.set(c.feature, c.centre);
  return [...earlier.values()].reduce((s, p) => s + p, 0);
}
