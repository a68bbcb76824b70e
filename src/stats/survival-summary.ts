// `shipa survival`: a table of subjects -> Kaplan-Meier by arm, log-rank, Cox, restricted means, in the contract's shape.
import { type CoxObservation, cox } from './cox.js';
import { normalP, Z95 } from './distributions.js';
import { kaplanMeier, median, restrictedMean } from './kaplan-meier.js';
import { logRank } from './log-rank.js';

/** Cells as read, by column. */
export type Row = Readonly<Record<string, string>>;

export interface SurvivalOptions {
  readonly time: string;
  readonly event: string;
  readonly arm?: string;
  readonly covariates?: readonly string[];
  /** Reference level of the arm; else a control by name, else the first in order. */
  readonly reference?: string;
  /** Horizon of the restricted mean; else the shortest of the arms' longest times. */
  readonly horizon?: number;
  readonly ties?: 'efron' | 'breslow';
}

export interface SurvivalSummary {
  readonly arms: readonly {
    readonly arm: string;
    readonly n: number;
    readonly events: number;
    readonly median: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly rmst: number;
    readonly rmstSe: number;
  }[];
  readonly horizon: number;
  readonly logrank: { readonly chi2: number; readonly df: number; readonly p: number } | null;
  readonly cox: readonly {
    readonly term: string;
    readonly coef: number;
    readonly se: number;
    readonly hr: number;
    readonly low: number;
    readonly high: number;
    readonly p: number;
  }[];
}

/** Column or cells that cannot be used; the message says which. */
export class UnusableTable extends Error {
  override readonly name = 'UnusableTable';
}

interface Subject {
  readonly row: Row;
  readonly time: number;
  readonly event: boolean;
  readonly arm: string;
}

/** Rows without a time or an event are dropped, from the Cox model also rows without a covariate. @throws UnusableTable */
export function summariseSurvival(rows: readonly Row[], options: SurvivalOptions): SurvivalSummary {
  const subjects = readSubjects(rows, options);
  const arms = levels(
    subjects.map((s) => s.arm),
    options.reference,
  );
  const byArm = arms.map((arm) => ({ arm, subjects: subjects.filter((s) => s.arm === arm) }));
  const longest = byArm.map((a) => Math.max(...a.subjects.map((s) => s.time)));
  const horizon = options.horizon ?? Math.min(...longest);
  const test = logRank(
    subjects.map((s) => ({ time: s.time, event: s.event, group: s.arm })),
    arms,
  );
  return {
    arms: byArm.map(({ arm, subjects: members }) => {
      const steps = kaplanMeier(members);
      const { rmst, se } = restrictedMean(steps, horizon);
      const events = members.filter((s) => s.event).length;
      return { arm, n: members.length, events, ...median(steps), rmst, rmstSe: se };
    }),
    horizon,
    logrank: arms.length > 1 ? { chi2: test.chi2, df: test.df, p: test.p } : null,
    cox: coxTable(subjects, arms, options),
  };
}

function readSubjects(rows: readonly Row[], options: SurvivalOptions): Subject[] {
  const wanted = [options.time, options.event, ...(options.arm ? [options.arm] : []), ...(options.covariates ?? [])];
  const missing = wanted.filter((column) => !rows.some((row) => column in row));
  if (missing.length > 0)
    throw new UnusableTable(`no column ${missing.join(', ')}; columns: ${Object.keys(rows[0] ?? {}).join(', ')}`);
  const isEvent = eventReader(rows.map((row) => row[options.event] ?? ''));
  const subjects = rows.flatMap((row): Subject[] => {
    const time = number(row[options.time]);
    const event = isEvent(row[options.event] ?? '');
    const arm = options.arm === undefined ? 'all' : (row[options.arm] ?? '');
    return time === undefined || time < 0 || event === undefined || isMissing(arm) ? [] : [{ row, time, event, arm }];
  });
  if (subjects.length === 0)
    throw new UnusableTable(`no row has a number in ${options.time} and an event in ${options.event}`);
  return subjects;
}

/** 0/1, FALSE/TRUE, or 1/2 with 2 the event, as in R's Surv. */
function eventReader(cells: readonly string[]): (cell: string) => boolean | undefined {
  const coded12 = cells.every((c) => isMissing(c) || c === '1' || c === '2') && cells.includes('2');
  return (cell) => {
    if (isMissing(cell)) return undefined;
    if (coded12) return cell === '2';
    if (/^(true|t|yes)$/i.test(cell)) return true;
    if (/^(false|f|no)$/i.test(cell)) return false;
    const value = number(cell);
    if (value !== 0 && value !== 1) throw new UnusableTable(`"${cell}" is not an event (0, 1) in ${cells.length} rows`);
    return value === 1;
  };
}

const isMissing = (cell: string | undefined): boolean =>
  cell === undefined || cell.trim() === '' || cell.trim() === 'NA';

function number(cell: string | undefined): number | undefined {
  const value = isMissing(cell) ? NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

const CONTROL = /^(obs(ervation)?|control|ctrl|placebo|pbo|standard|soc|reference|none|no treatment|untreated)$/i;

/** Reference first: the one asked for, a control by its name, else by order (numbers by size, "<" before and ">" after digits). */
export function levels(cells: readonly string[], reference?: string): string[] {
  const found = [...new Set(cells)].sort(compareLevels);
  const first = reference ?? found.find((level) => CONTROL.test(level));
  if (first !== undefined && !found.includes(first))
    throw new UnusableTable(`no level ${first}; levels: ${found.join(', ')}`);
  return first === undefined ? found : [first, ...found.filter((level) => level !== first)];
}

function compareLevels(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  const rank = (s: string): number => (s.startsWith('<') ? 0 : s.startsWith('>') ? 2 : 1);
  return rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}

function coxTable(
  subjects: readonly Subject[],
  arms: readonly string[],
  options: SurvivalOptions,
): SurvivalSummary['cox'] {
  const terms: { readonly term: string; readonly value: (s: Subject) => number | undefined }[] = arms
    .slice(1)
    .map((arm) => ({ term: `${options.arm ?? ''}${arm}`, value: (s) => (s.arm === arm ? 1 : 0) }));
  for (const column of options.covariates ?? []) {
    const cells = subjects.map((s) => s.row[column] ?? '').filter((c) => !isMissing(c));
    if (cells.every((c) => number(c) !== undefined)) terms.push({ term: column, value: (s) => number(s.row[column]) });
    else
      for (const level of levels(cells).slice(1))
        terms.push({
          term: `${column}${level}`,
          value: (s) => (isMissing(s.row[column]) ? undefined : s.row[column] === level ? 1 : 0),
        });
  }
  if (terms.length === 0) return [];
  const data = subjects.flatMap((s): CoxObservation[] => {
    const x = terms.map((t) => t.value(s));
    return x.includes(undefined) ? [] : [{ time: s.time, event: s.event, x: x.map((v) => v ?? 0) }];
  });
  const fit = cox(data, options.ties ?? 'efron');
  return terms.map(({ term }, j) => {
    const coef = fit.coefficients[j] ?? NaN;
    const se = Math.sqrt(fit.covariance[j]?.[j] ?? NaN);
    const hr = Math.exp(coef);
    return {
      term,
      coef,
      se,
      hr,
      low: Math.exp(coef - Z95 * se),
      high: Math.exp(coef + Z95 * se),
      p: normalP(coef / se),
    };
  });
}
