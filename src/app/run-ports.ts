// Runs from the outside: what is going on, what was given up, and the words pause, resume and cancel.
import type { Counts, Phase, PhaseProgress, Run, RunState } from './store-ports.js';

/** A chunk that was given up, with the reason. It stays until it is tried again and done. */
export interface DeadLetter {
  readonly run: string;
  readonly phase: Phase;
  readonly ordinal: number;
  readonly patients: number;
  readonly error: string;
  readonly at: string | null;
  /** What was to be done: a place in a file, ids; never patient data. */
  readonly task: Readonly<Record<string, unknown>>;
}

export interface PhaseOverview extends PhaseProgress {
  readonly phase: Phase;
  readonly chunks: PhaseProgress['chunks'] & { readonly pending: number; readonly split: number };
  /** What its chunks found or made: the last hundred. */
  readonly results: readonly Readonly<Record<string, unknown>>[];
}

export interface RunOverview extends Omit<Run, 'startedAt'> {
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly phases: readonly PhaseOverview[];
}

export interface ActiveRun {
  readonly run: string;
  readonly phase: Phase;
  readonly state: RunState;
  readonly chunks: Readonly<Record<'pending' | 'done' | 'failed', number>>;
  readonly patients: { readonly total: number; readonly done: number };
  readonly counts: Counts;
}

export interface RunControl {
  runState(run: string): Promise<RunState | undefined>;
  /** What is begun is finished, nothing else is begun. False when the run is not going on. */
  pauseRun(run: string): Promise<boolean>;
  resumeRun(run: string): Promise<boolean>;
  /** What is begun is finished, the rest is dropped; the same command plans or tries it again. */
  cancelRun(run: string): Promise<boolean>;
  /** Latest first. */
  runs(limit: number): Promise<readonly Omit<RunOverview, 'phases'>[]>;
  run(id: string): Promise<RunOverview | undefined>;
  /** Phases with work left, and those that ended within the hour: for metrics. */
  activeRuns(): Promise<readonly ActiveRun[]>;
  deadLetters(limit: number, run?: string): Promise<{ readonly total: number; readonly first: readonly DeadLetter[] }>;
}
