// A table of published comparisons as contrasts. A network has treat1 and treat2, a pairwise set has neither. The effect is TE and seTE (or
// yi and sei or vi, a variance), or a ratio (HR, OR, RR) with its interval (low, high) or its p-value (p), or two medians with the events of
// both arms, or two survival proportions with the numbers of patients (Tierney 2007, Trials 8:16); whatever was derived is named. Every
// fault with line and column.
import type { Fault } from '../../domain/faults.js';
import { fromInterval, fromMedians, fromPValue, fromSurvival, type LogRatio } from '../../stats/log-ratio.js';
import type { ContrastRow } from './synthesize-contrasts.js';

export interface LocatedCells {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface ReadContrasts {
  readonly kind: 'network' | 'pairwise';
  readonly rows: readonly (ContrastRow & { readonly line: number })[];
  /** Rows whose effect was not given but derived, with the route. */
  readonly derived: readonly {
    readonly line: number;
    readonly study: string;
    readonly from: string;
    readonly assumption: string | null;
  }[];
  /** Rows without any effect: not estimable, as when no arm has an event. */
  readonly excluded: readonly { readonly line: number; readonly study: string; readonly why: string }[];
  readonly faults: readonly Fault[];
}

/** Names of the two sides of a pairwise set. */
export const PAIRWISE = { treatment: 'treatment', control: 'control' } as const;

const EFFECT = ['TE', 'yi'] as const;
const ERROR = ['seTE', 'sei', 'vi'] as const;
const RATIO = ['HR', 'OR', 'RR', 'ratio'] as const;
const ROUTES = [
  { needs: [['low'], ['high'], RATIO] },
  { needs: [['p'], RATIO] },
  { needs: [['median1'], ['median2'], ['events1'], ['events2']] },
  { needs: [['survival1'], ['survival2'], ['n1'], ['n2']] },
];

export function readContrasts(columns: readonly string[], table: readonly LocatedCells[], file: string): ReadContrasts {
  const has = (names: readonly string[]): string | undefined => names.find((n) => columns.includes(n));
  const kind = has(['treat1']) || has(['treat2']) ? 'network' : 'pairwise';
  const faults: Fault[] = [];
  if (kind === 'network')
    for (const column of ['study', 'treat1', 'treat2'])
      if (!columns.includes(column)) faults.push({ place: `${file}, line 1`, message: `there is no column ${column}` });
  const direct = has(EFFECT) !== undefined && has(ERROR) !== undefined;
  if (!direct && !ROUTES.some((r) => r.needs.every((n) => has(n) !== undefined)))
    faults.push({
      place: `${file}, line 1`,
      message: `there are no columns TE and seTE (or yi and sei or vi; or a ratio HR, OR or RR with low and high, or with p); there are ${columns.join(', ')}`,
    });
  if (table.length === 0) faults.push({ place: file, message: 'holds no rows' });
  const result = {
    rows: [] as (ContrastRow & { line: number })[],
    derived: [] as Derived[],
    excluded: [] as Excluded[],
  };
  if (faults.length === 0) for (const row of table) readRow(row, kind, file, result, faults);
  const rows = kind === 'pairwise' ? distinctNames(result.rows, file, faults) : result.rows;
  if (kind === 'network') refuseTwice(rows, file, faults);
  if (rows.length === 0 && faults.length === 0) faults.push({ place: file, message: 'no row has an effect' });
  return { kind, ...result, rows, faults };
}

/** One comparison of one study, given twice: a slip, or two trials under one name. */
function refuseTwice(rows: ReadContrasts['rows'], file: string, faults: Fault[]): void {
  const seen = new Map<string, number>();
  for (const { line, study, treat1, treat2 } of rows) {
    const key = [study, ...[treat1, treat2].sort()].join('\u0000');
    const first = seen.get(key);
    if (first === undefined) seen.set(key, line);
    else
      faults.push({
        place: `${file}, line ${line}`,
        message: `${study}: ${treat1} against ${treat2} is given in line ${first} already; two trials need two names`,
      });
  }
}

/** In a pairwise set every row is a study: one name twice is told apart by its line, the same row twice is a fault. */
function distinctNames(rows: ReadContrasts['rows'], file: string, faults: Fault[]): ReadContrasts['rows'] {
  return rows.map((row, i) => {
    const before = rows.slice(0, i).filter((r) => r.study === row.study);
    const same = before.find((r) => r.TE === row.TE && r.seTE === row.seTE);
    if (same !== undefined)
      faults.push({ place: `${file}, line ${row.line}`, message: `is the same as line ${same.line} (${row.study})` });
    return before.length === 0 ? row : { ...row, study: `${row.study} (line ${row.line})` };
  });
}

type Derived = ReadContrasts['derived'][number];
type Excluded = ReadContrasts['excluded'][number];

function readRow(
  { line, cells }: LocatedCells,
  kind: ReadContrasts['kind'],
  file: string,
  into: { rows: (ContrastRow & { line: number })[]; derived: Derived[]; excluded: Excluded[] },
  faults: Fault[],
): void {
  const before = faults.length;
  const fault = (column: string, message: string): void => {
    faults.push({ place: `${file}, line ${line}, ${column}`, message });
  };
  const study = kind === 'network' ? (cells.study ?? '') : pairwiseName(cells, line);
  const [treat1, treat2] =
    kind === 'network' ? [cells.treat1 ?? '', cells.treat2 ?? ''] : [PAIRWISE.treatment, PAIRWISE.control];
  if (kind === 'network')
    for (const column of ['study', 'treat1', 'treat2']) if (isMissing(cells[column])) fault(column, 'is empty');
  if (treat1 !== '' && treat1 === treat2) fault('treat2', `"${treat2}" is compared with itself`);
  const effect = effectOf(cells, fault);
  if (faults.length > before) return;
  if (effect === undefined) {
    into.excluded.push({ line, study, why: 'no effect is given' });
    return;
  }
  if ('route' in effect) into.derived.push({ line, study, from: effect.route, assumption: effect.assumption });
  into.rows.push({ line, study, treat1, treat2, TE: effect.effect, seTE: effect.se });
}

/** Rows of a pairwise set are studies of their own, whatever they are called. */
function pairwiseName(cells: Readonly<Record<string, string>>, line: number): string {
  if (!isMissing(cells.author)) return [cells.author, cells.year ?? ''].join(' ').trim();
  const name = cells.study ?? cells.trial ?? '';
  return isMissing(name) ? `line ${line}` : name;
}

type Effect = { readonly effect: number; readonly se: number } | LogRatio;

/** Undefined when nothing is given; a part that is missing or no number is a fault. */
function effectOf(
  cells: Readonly<Record<string, string>>,
  fault: (column: string, message: string) => void,
): Effect | undefined {
  const number = (column: string, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): number => {
    const text = cells[column] ?? '';
    const value = numberOf(text);
    if (value === undefined) fault(column, isMissing(text) ? 'is empty' : `"${text}" is not a number`);
    else if (!(value > least && value < most))
      fault(column, `${text} is not ${least === 0 && most === 1 ? 'between 0 and 1' : `above ${least}`}`);
    return value ?? NaN;
  };
  const given = (names: readonly string[]): string | undefined => names.find((n) => !isMissing(cells[n]));
  const [effect, error] = [given(EFFECT), given(ERROR)];
  if (effect !== undefined || error !== undefined) {
    const te = number(effect ?? EFFECT.find((n) => n in cells) ?? 'TE');
    const column = error ?? ERROR.find((n) => n in cells) ?? 'seTE';
    const value = number(column, 0);
    return { effect: te, se: column === 'vi' ? Math.sqrt(value) : value };
  }
  const ratio = given(RATIO);
  if (ratio !== undefined) {
    const value = number(ratio, 0);
    if (given(['low', 'high']) !== undefined) {
      const [low, high] = [number('low', 0), number('high', 0)];
      if (low >= high) fault('high', `${high} is not above low, ${low}`);
      return fromInterval(value, low, high);
    }
    const p = number('p', 0, 1);
    if (value === 1) fault(ratio, 'a ratio of 1 with a p-value says nothing about its error');
    return fromPValue(value, p);
  }
  if (given(['median1', 'median2']) !== undefined)
    return fromMedians(
      { median: number('median1', 0), events: number('events1', 0) },
      { median: number('median2', 0), events: number('events2', 0) },
    );
  if (given(['survival1', 'survival2']) !== undefined)
    return fromSurvival(
      { survival: number('survival1', 0, 1), n: number('n1', 0) },
      { survival: number('survival2', 0, 1), n: number('n2', 0) },
    );
  return undefined;
}

const isMissing = (cell: string | undefined): boolean => cell === undefined || /^\s*(NA|NaN|null|\.)?\s*$/i.test(cell);

function numberOf(text: string): number | undefined {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}
