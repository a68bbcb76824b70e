// `shipa survival`: a table of subjects -> Kaplan-Meier by arm, log-rank, Cox, restricted means, competing risks, parametric curves, in the
// contract's shape (extended, never changed).
import { cumulativeIncidence, type IncidenceAt, incidenceAt } from './competing-risks.js';
import type { ChiSquared, Ties } from './cox.js';
import { type CoxModel, type CoxTerm, summariseCox } from './cox-summary.js';
import type { ProportionalityTest } from './cox-zph.js';
import {
  kaplanMeier,
  type LimitType,
  limits,
  median,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
  survivalAt,
} from './kaplan-meier.js';
import { logRank } from './log-rank.js';
import { fitFamilies, type ParametricFit } from './parametric-fit.js';
import {
  levels,
  readSubjects,
  type Subject,
  type SurvivalColumns,
  type TableFault,
  type TableRow,
  UnusableTable,
} from './survival-table.js';

export interface SurvivalOptions extends SurvivalColumns {
  /** Reference level of the arm; else a control by name, else the first in order. */
  readonly reference?: string;
  /** Horizon of the restricted mean; else the shortest of the arms' longest times. */
  readonly horizon?: number;
  readonly ties?: Ties;
  /** Of the 95 % limits of survival and medians: log (default, as R), log-log or plain. */
  readonly interval?: LimitType;
  /** Times at which survival is told. */
  readonly at?: readonly number[];
}

export interface SurvivalAt {
  readonly time: number;
  readonly atRisk: number;
  readonly survival: number | null;
  /** Greenwood. */
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
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
    /** At the times asked for; null after the last subject. */
    readonly survival: readonly SurvivalAt[];
  }[];
  readonly horizon: number;
  /** Stratified when strata were named; null with one arm, or when the arms were never at risk together at an event. */
  readonly logrank: ChiSquared | null;
  readonly cox: readonly CoxTerm[];
  /** Each arm against the reference. */
  readonly rmstDifferences: readonly ({ readonly arm: string; readonly minus: string } & RestrictedMeanDifference)[];
  /** Weights S(t-), more power against early differences. */
  readonly petoPeto: ChiSquared | null;
  readonly strata: readonly string[];
  readonly model: CoxModel | null;
  readonly proportionality: ProportionalityTest | null;
  /** Cumulative incidence of each cause; null unless competing events were named. */
  readonly competing:
    | readonly {
        readonly arm: string;
        readonly cause: string;
        readonly events: number;
        readonly at: readonly IncidenceAt[];
      }[]
    | null;
  /** By AIC, the best first. */
  readonly parametric: readonly { readonly arm: string; readonly fits: readonly ParametricFit[] }[];
  /** Rows without a time, an event or an arm. */
  readonly dropped: readonly TableFault[];
  readonly warnings: readonly string[];
}

/** The same, with the subjects by arm for a plot. */
export interface SurvivalAnalysis {
  readonly summary: SurvivalSummary;
  readonly byArm: readonly { readonly arm: string; readonly subjects: readonly Subject[] }[];
}

/** @throws UnusableTable with every cell that cannot be read. */
export function summariseSurvival(
  rows: readonly TableRow[],
  columns: readonly string[],
  options: SurvivalOptions,
): SurvivalAnalysis {
  const { subjects, dropped } = readSubjects(rows, columns, options);
  const found = new Set(subjects.map((s) => s.arm));
  if (options.reference !== undefined && !found.has(options.reference))
    throw new UnusableTable([
      {
        line: 1,
        column: options.arm ?? 'arm',
        message: `there is no arm ${options.reference}; there are ${[...found].join(', ')}`,
      },
    ]);
  const arms = levels([...found], options.reference);
  const byArm = arms.map((arm) => ({ arm, subjects: subjects.filter((s) => s.arm === arm) }));
  const longest = byArm.map((a) => a.subjects.reduce((m, s) => Math.max(m, s.time), 0));
  const horizon = options.horizon ?? longest.reduce((a, b) => Math.min(a, b));
  const means = byArm.map((a) => restrictedMean(kaplanMeier(a.subjects), horizon));
  const strata = options.strata ?? [];
  const cox = summariseCox(subjects, {
    ...(options.arm === undefined ? {} : { arm: options.arm }),
    arms,
    covariates: options.covariates ?? [],
    stratified: strata.length > 0,
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    ties: options.ties ?? 'efron',
  });
  const parametric = byArm.map((a) => ({ arm: a.arm, ...fits(a.subjects) }));
  const summary: SurvivalSummary = {
    arms: byArm.map(({ arm, subjects: members }, i) => ({
      arm,
      n: members.length,
      events: members.filter((s) => s.event).length,
      ...median(kaplanMeier(members), options.interval),
      rmst: means[i]?.rmst ?? NaN,
      rmstSe: means[i]?.se ?? NaN,
      survival: (options.at ?? []).map((time) => told(members, time, options.interval ?? 'log')),
    })),
    horizon,
    logrank: compare(subjects, arms, strata.length > 0, 0),
    cox: cox.terms,
    rmstDifferences: arms.slice(1).flatMap((arm, i) => {
      const [other, reference] = [means[i + 1], means[0]];
      return other && reference ? [{ arm, minus: arms[0] ?? '', ...restrictedMeanDifference(other, reference) }] : [];
    }),
    petoPeto: compare(subjects, arms, strata.length > 0, 1),
    strata,
    model: cox.model,
    proportionality: cox.proportionality,
    competing: options.competing === undefined ? null : byArm.flatMap((a) => incidences(a.arm, a.subjects, horizon)),
    parametric: parametric.map(({ arm, fits: list }) => ({ arm, fits: list })),
    dropped,
    warnings: [
      ...cox.warnings,
      ...byArm.flatMap(({ arm, subjects: members }, i) =>
        horizon > (longest[i] ?? 0) && members.some((s) => !s.event && s.time === longest[i])
          ? [
              `the restricted mean of ${arm} goes on to ${horizon} with its last survival, beyond its last subject at ${longest[i]}`,
            ]
          : [],
      ),
      ...parametric.flatMap(({ arm, why }) => (why === undefined ? [] : [`no parametric curve of ${arm}: ${why}`])),
    ],
  };
  return { summary, byArm };
}

function told(subjects: readonly Subject[], time: number, interval: LimitType): SurvivalAt {
  const steps = kaplanMeier(subjects);
  const atRisk = subjects.filter((s) => s.time >= time).length;
  const last = steps.at(-1);
  // After the last subject the curve is not known, unless it has come down to 0.
  if (last === undefined || (time > last.time && last.survival > 0))
    return { time, atRisk, survival: null, se: null, low: null, high: null };
  const step = steps.filter((s) => s.time <= time).at(-1);
  const { survival, se } = survivalAt(steps, time);
  const { low, high } = step === undefined ? { low: 1, high: 1 } : limits(step, interval);
  return { time, atRisk, survival, se, low: Number.isNaN(low) ? null : low, high: Number.isNaN(high) ? null : high };
}

function compare(
  subjects: readonly Subject[],
  arms: readonly string[],
  stratified: boolean,
  rho: number,
): ChiSquared | null {
  if (arms.length < 2) return null;
  const data = subjects.flatMap((s) =>
    stratified
      ? s.stratum === null
        ? []
        : [{ time: s.time, event: s.event, group: s.arm, stratum: s.stratum }]
      : [{ time: s.time, event: s.event, group: s.arm }],
  );
  const { chi2, df, p } = logRank(data, arms, rho);
  return df === 0 ? null : { chi2, df, p };
}

/** At ten even times to the horizon. */
function incidences(
  arm: string,
  subjects: readonly Subject[],
  horizon: number,
): NonNullable<SurvivalSummary['competing']> {
  const data = subjects.map((s) => ({ time: s.time, cause: causeOf(s) }));
  const causes = ['event', ...new Set(subjects.flatMap((s) => s.competing ?? []))];
  return causes.map((cause) => {
    const steps = cumulativeIncidence(data, cause);
    const times = Array.from({ length: 10 }, (_, i) => (horizon * (i + 1)) / 10);
    const events = data.filter((d) => d.cause === cause).length;
    return { arm, cause, events, at: times.map((t) => incidenceAt(steps, t)) };
  });
}

export const causeOf = (s: Subject): string | null => s.competing ?? (s.event ? 'event' : null);

function fits(subjects: readonly Subject[]): { fits: readonly ParametricFit[]; why?: string } {
  if (!subjects.some((s) => s.event)) return { fits: [], why: 'it has no event' };
  if (subjects.some((s) => s.time === 0)) return { fits: [], why: 'it has times of 0' };
  // The likelihood then rises without end with the steepness.
  const last = subjects.reduce((time, s) => Math.max(time, s.time), 0);
  if (subjects.every((s) => !s.event || s.time === last))
    return { fits: [], why: 'all its events are at the last time' };
  return { fits: fitFamilies(subjects) };
}
