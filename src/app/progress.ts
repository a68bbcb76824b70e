// Progress as words: a bar with rate, time left and counts, and the summary at the end. Pure; time is an argument.
import type { CohortSummary, Phase, PhaseProgress, RunState } from './store-ports.js';

const VERB: Readonly<Record<Phase, string>> = {
  simulate: 'simulating',
  ingest: 'ingesting',
  normalise: 'reading',
  score: 'scoring',
  rescore: 'scoring',
  cohort: 'counting',
  extract: 'extracting',
  synthesize: 'pooling',
  compile: 'compiling',
  export: 'exporting',
};
const BAR = 24;

/** Done before this session began (an earlier, interrupted one) does not count for the rate. */
export interface Pace {
  readonly doneAtStart: number;
  readonly elapsedMs: number;
}

export function progressLine(
  phase: Phase,
  { chunks, patients, counts }: PhaseProgress,
  pace: Pace,
  state: RunState = 'running',
): string {
  const share = patients.total === 0 ? 1 : patients.done / patients.total;
  const filled = Math.round(share * BAR);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}`;
  const rate = rateOf(patients.done, pace);
  const left = rate > 0 ? (patients.total - patients.done) / rate : undefined;
  const parts = [
    `${VERB[phase].padEnd(10)} [${bar}] ${String(Math.floor(share * 100)).padStart(3)} %`,
    `${grouped(patients.done)} of ${grouped(patients.total)}`,
    rate > 0 ? `${grouped(Math.round(rate))}/s` : '',
    left !== undefined && patients.done < patients.total ? `${duration(left)} left` : '',
    state === 'paused' ? 'PAUSED' : '',
    ...details(counts),
    chunks.failed > 0 ? `${chunks.failed} chunks failed` : '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}

export const rateOf = (done: number, { doneAtStart, elapsedMs }: Pace): number =>
  elapsedMs < 200 ? 0 : ((done - doneAtStart) * 1000) / elapsedMs;

function details(counts: PhaseProgress['counts']): string[] {
  const shown: readonly (readonly [string, string])[] = [
    ['faulty', 'with faults'],
    ['superseding', 'newer versions'],
    ['unchanged', 'unchanged'],
    ['abstained', 'abstained'],
    ['error', 'unreadable'],
  ];
  return shown.flatMap(([name, words]) => {
    const n = counts[name] ?? 0;
    return n === 0 ? [] : [`${grouped(n)} ${words}`];
  });
}

export interface PhaseTime {
  readonly phase: Phase;
  readonly patients: number;
  readonly seconds: number;
}

export interface RunSummary {
  readonly cohort: CohortSummary;
  /** Counts of this run's ingestion, when it had one. */
  readonly ingested?: Readonly<Record<string, number>>;
  readonly faults: {
    readonly total: number;
    readonly first: readonly { readonly place: string; readonly message: string }[];
    /** The file that lists them all. */
    readonly report?: string;
  };
  /** Persons whom scoring was given up for, in this run or before. */
  readonly givenUp?: number;
  readonly failures: readonly { readonly phase: Phase; readonly ordinal: number; readonly error: string }[];
  readonly times: readonly PhaseTime[];
  readonly release: string;
}

export function summaryText({ cohort, ingested, faults, failures, givenUp = 0, times, release }: RunSummary): string {
  const lines = [
    '',
    'Summary',
    `  stored      ${grouped(cohort.patients)} patients${ingested === undefined ? '' : `; ${ingestion(ingested)}`}`,
    `  scored      ${grouped(cohort.scored)}: ${grouped(cohort.ranked)} with ranked options, ` +
      `${grouped(sum(cohort.abstained.map((a) => a.patients)))} abstained, ${grouped(cohort.errors)} unreadable`,
    ...cohort.abstained.map((a) => `                ${grouped(a.patients).padStart(8)}  ${a.reason}`),
    '',
    '  First option by cancer',
    `    ${'cancer'.padEnd(44)}${['recommended', 'consider', 'none above', 'abstained'].map((t) => t.padStart(13)).join('')}`,
    ...cohort.bands
      .filter((row) => row.recommended + row.consider + row.notRecommended > 0)
      .map(
        (row) =>
          `    ${`${row.name} (${row.cancer})`.slice(0, 43).padEnd(44)}` +
          [row.recommended, row.consider, row.notRecommended, row.abstained]
            .map((n) => grouped(n).padStart(13))
            .join(''),
      ),
    ...notCovered(cohort),
    '',
    '  Rates',
    ...(times.length === 0 ? ['    nothing was left to do'] : []),
    ...times.map(
      (t) =>
        `    ${VERB[t.phase].padEnd(12)}${grouped(t.patients).padStart(9)} patients in ${duration(t.seconds)}` +
        (t.seconds > 0.05 ? `, ${grouped(Math.round(t.patients / t.seconds))} a second` : ''),
    ),
    `  ${release}`,
    ...faultLines(faults),
    ...failures.slice(0, 5).map((f) => `  FAILED  ${f.phase} chunk ${f.ordinal}: ${f.error}`),
    ...(givenUp > 0
      ? [
          `  given up  ${grouped(givenUp)} patients without an answer ("shipa jobs dead"); "shipa jobs retry" tries them again`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

const ingestion = (counts: Readonly<Record<string, number>>): string =>
  `this run ingested ${grouped(counts.ingested ?? 0)}, unchanged ${grouped(counts.unchanged ?? 0)}, ` +
  `${grouped(counts.faulty ?? 0)} documents with faults`;

function notCovered(cohort: CohortSummary): string[] {
  const rows = cohort.bands.filter((row) => row.recommended + row.consider + row.notRecommended === 0);
  const patients = sum(rows.map((row) => row.abstained));
  if (patients === 0) return [];
  return [
    `    ${`${rows.length} other cancers, no options`.padEnd(44)}${''.padStart(39)}${grouped(patients).padStart(13)}`,
  ];
}

function faultLines(faults: RunSummary['faults']): string[] {
  if (faults.total === 0) return [];
  const shown = faults.first.slice(0, 3).map((f) => `    ${f.place}: ${f.message}`);
  const more = faults.total - shown.length;
  return [
    '',
    '  Faults',
    ...shown,
    ...(more > 0 ? [`    and ${grouped(more)} more`] : []),
    ...(faults.report === undefined ? [] : [`    all of them: ${faults.report}`]),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** 12345 -> "12,345". */
export const grouped = (n: number): string => n.toLocaleString('en-US');

export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 90 ? `${minutes} min ${Math.round(seconds - minutes * 60)} s` : `${(seconds / 3600).toFixed(1)} h`;
}
