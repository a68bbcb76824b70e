// The Cox part of `shipa survival`: arms and covariates as terms (a factor gives one for each level but the first), the fit, its tests, the test
// of proportional hazards and the concordance. Terms that cannot be estimated have nulls and a warning in words.
import { concordance } from './concordance.js';
import { type ChiSquared, type CoxFit, type CoxObservation, cox, type Ties } from './cox.js';
import { robustCovariance } from './cox-robust.js';
import { coxZph, type ProportionalityTest } from './cox-zph.js';
import { normalP, Z95 } from './distributions.js';
import { isMissing, levels, numberOf, type Subject, type TableFault, UnusableTable } from './survival-table.js';

export interface CoxTerm {
  readonly term: string;
  readonly coef: number | null;
  readonly se: number | null;
  /** Of clusters, when they were named; limits and p are then its. */
  readonly robustSe?: number | null;
  readonly hr: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
}

export interface CoxModel {
  readonly n: number;
  readonly events: number;
  readonly ties: Ties;
  readonly logLikelihoodNull: number;
  readonly logLikelihood: number;
  readonly likelihoodRatio: ChiSquared;
  readonly wald: ChiSquared;
  readonly score: ChiSquared;
  readonly concordance: number | null;
  readonly concordanceSe: number | null;
}

export interface CoxSummary {
  readonly terms: readonly CoxTerm[];
  readonly model: CoxModel | null;
  readonly proportionality: ProportionalityTest | null;
  readonly warnings: readonly string[];
}

export interface CoxSummaryOptions {
  readonly arm?: string;
  readonly arms: readonly string[];
  readonly covariates: readonly string[];
  readonly stratified: boolean;
  /** Column that names subjects who belong together (a patient with several rows). */
  readonly cluster?: string;
  readonly ties: Ties;
}

interface Term {
  readonly term: string;
  /** The column or arm it belongs to. */
  readonly of: string;
  readonly value: (s: Subject) => number | undefined;
}

const NOTHING: CoxSummary = { terms: [], model: null, proportionality: null, warnings: [] };

/** @throws UnusableTable when a column of numbers holds a cell that is none. */
export function summariseCox(subjects: readonly Subject[], options: CoxSummaryOptions): CoxSummary {
  const terms = termsOf(subjects, options);
  if (terms.length === 0) return NOTHING;
  const used = subjects.flatMap((s): { s: Subject; x: number[] }[] => {
    const x = terms.map((t) => t.value(s));
    const lost = x.includes(undefined) || (options.stratified && s.stratum === null);
    return lost || (options.cluster !== undefined && isMissing(s.row.cells[options.cluster]))
      ? []
      : [{ s, x: x.map((v) => v ?? 0) }];
  });
  const left = subjects.length - used.length;
  const warnings =
    left === 0
      ? []
      : [
          `${left} of ${subjects.length} subjects have a missing covariate, stratum or cluster and are not in the Cox model`,
        ];
  const data = used.map(
    ({ s, x }): CoxObservation => ({
      time: s.time,
      event: s.event,
      x,
      ...(options.stratified ? { stratum: s.stratum ?? '' } : {}),
    }),
  );
  if (!data.some((d) => d.event))
    return { ...NOTHING, warnings: [...warnings, 'no event among the subjects of the Cox model: it is not fitted'] };
  const fit = cox(data, options.ties);
  const name = (j: number): string => terms[j]?.term ?? '';
  for (const j of fit.aliased)
    warnings.push(`${name(j)} is constant or follows from the other terms: it has no coefficient`);
  for (const j of fit.infinite)
    warnings.push(`${name(j)} has no finite estimate: the likelihood rises without end (a group without events?)`);
  const robust = robustErrors(data, used, fit, options);
  const c = concordance(data.map((d, i) => ({ ...d, risk: Number((fit.linearPredictors[i] ?? NaN).toPrecision(12)) })));
  return {
    terms: terms.map(({ term }, j) => row(term, fit, j, robust)),
    model: {
      n: data.length,
      events: data.filter((d) => d.event).length,
      ties: options.ties,
      logLikelihoodNull: fit.logLikelihoodNull,
      logLikelihood: fit.logLikelihood,
      likelihoodRatio: fit.likelihoodRatio,
      wald: fit.wald,
      score: fit.score,
      concordance: c?.concordance ?? null,
      concordanceSe: c?.se ?? null,
    },
    proportionality: proportionality(data, fit, terms, options.ties),
    warnings,
  };
}

function row(term: string, fit: CoxFit, j: number, robust: readonly number[] | undefined): CoxTerm {
  const coef = fit.coefficients[j] ?? NaN;
  const none = { coef: null, se: null, hr: null, low: null, high: null, p: null };
  if (Number.isNaN(coef)) return { term, ...none, ...(robust === undefined ? {} : { robustSe: null }) };
  const se = Math.sqrt(fit.covariance[j]?.[j] ?? NaN);
  const used = robust === undefined ? se : (robust[j] ?? NaN);
  const [low, high] = [Math.exp(coef - Z95 * used), Math.exp(coef + Z95 * used)];
  const more = robust === undefined ? {} : { robustSe: used };
  return { term, coef, se, ...more, hr: Math.exp(coef), low, high, p: normalP(coef / used) };
}

/** By term; NaN for those without an estimate. */
function robustErrors(
  data: readonly CoxObservation[],
  used: readonly { readonly s: Subject }[],
  fit: CoxFit,
  { cluster, ties }: CoxSummaryOptions,
): number[] | undefined {
  if (cluster === undefined) return undefined;
  const kept = fit.coefficients.map((_, j) => j).filter((j) => !Number.isNaN(fit.coefficients[j]));
  const robust = robustCovariance(
    data.map((d, i) => ({
      ...d,
      x: kept.map((j) => d.x[j] ?? 0),
      cluster: used[i]?.s.row.cells[cluster] ?? '',
    })),
    kept.map((j) => fit.coefficients[j] ?? NaN),
    kept.map((a) => kept.map((b) => fit.covariance[a]?.[b] ?? NaN)),
    ties,
  );
  return fit.coefficients.map((_, j) => {
    const k = kept.indexOf(j);
    return k < 0 ? NaN : Math.sqrt(robust[k]?.[k] ?? NaN);
  });
}

/** Of the terms that were estimated, factors as one; null when one has no finite estimate or too few events tell them apart. */
function proportionality(
  data: readonly CoxObservation[],
  fit: CoxFit,
  terms: readonly Term[],
  ties: Ties,
): ProportionalityTest | null {
  if (fit.infinite.length > 0) return null;
  const kept = terms.map((_, j) => j).filter((j) => !fit.aliased.includes(j));
  if (kept.length === 0) return null;
  const groups = [...new Set(kept.map((j) => terms[j]?.of ?? ''))].map((of) => ({
    term: of,
    columns: kept.flatMap((j, k) => (terms[j]?.of === of ? [k] : [])),
  }));
  try {
    return coxZph(
      data.map((d) => ({ ...d, x: kept.map((j) => d.x[j] ?? 0) })),
      kept.map((j) => fit.coefficients[j] ?? NaN),
      groups,
      ties,
    );
  } catch (error) {
    // With one event time, or as many terms as events, time and covariates cannot be told apart.
    if (error instanceof Error && error.name === 'SingularMatrix') return null;
    throw error;
  }
}

function termsOf(subjects: readonly Subject[], options: CoxSummaryOptions): Term[] {
  const arms = options.arms.slice(1).map((arm): Term => {
    const name = options.arm ?? '';
    return { term: `${name}${arm}`, of: name, value: (s) => (s.arm === arm ? 1 : 0) };
  });
  return [...arms, ...options.covariates.flatMap((column) => covariateTerms(subjects, column))];
}

/** Numbers where (nearly) all cells are; words are a factor. */
function covariateTerms(subjects: readonly Subject[], column: string): Term[] {
  const cell = (s: Subject): string | undefined => s.row.cells[column];
  const filled = subjects.filter((s) => !isMissing(cell(s)));
  const words = filled.filter((s) => numberOf(cell(s)) === undefined);
  if (words.length === 0) return [{ term: column, of: column, value: (s) => numberOf(cell(s)) }];
  refuseSlips(filled, words, column);
  return levels(filled.map((s) => cell(s) ?? ''))
    .slice(1)
    .map((level) => ({
      term: `${column}${level}`,
      of: column,
      value: (s) => (isMissing(cell(s)) ? undefined : cell(s) === level ? 1 : 0),
    }));
}

/** A column of many different numbers with a few cells that are none is a column of numbers with slips, not a factor. */
function refuseSlips(filled: readonly Subject[], words: readonly Subject[], column: string): void {
  const numbers = new Set(filled.map((s) => numberOf(s.row.cells[column])).filter((v) => v !== undefined));
  if (numbers.size <= 10 || words.length > 0.1 * filled.length) return;
  throw new UnusableTable(
    words.map(
      (s): TableFault => ({ line: s.row.line, column, message: `"${s.row.cells[column] ?? ''}" is not a number` }),
    ),
  );
}
