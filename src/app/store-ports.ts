// What the running system keeps, as the use cases see it. PostgreSQL stands behind it (src/adapters/postgres).
import type { CodeCount } from '../core/normalize/unknown-codes.js';
import type { Fault } from '../domain/faults.js';
import type { Versions } from '../domain/recommendation.js';
import type { ErasureStore } from './erasure-ports.js';
import type { ExportStore } from './export-recommendations.js';
import type { IdentityStore } from './identity-ports.js';
import type { InputFault } from './ingest-ports.js';
import type { LeaseStore } from './lease.js';
import type { ReadingStore } from './normalise-stored.js';
import type { OversightStore } from './oversight-ports.js';
import type { DeadLetter, RunControl } from './run-ports.js';

export type Phase =
  | 'simulate'
  | 'ingest'
  | 'normalise'
  | 'score'
  | 'rescore'
  | 'cohort'
  | 'extract'
  | 'synthesize'
  | 'compile'
  | 'export';

/** One piece of a run's phase: the unit that is done as a whole or not at all. */
export interface ChunkRef {
  readonly run: string;
  readonly phase: Phase;
  readonly ordinal: number;
}

export interface Chunk extends ChunkRef {
  /** What to do: file and byte range, patient ids; never patient data. */
  readonly task: Readonly<Record<string, unknown>>;
  readonly patients: number;
}

/** Sums by name: "ingested", "reason not-covered", "band recommended". */
export type Counts = Readonly<Record<string, number>>;

export type RunState = 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface Run {
  readonly id: string;
  readonly kind: 'pilot' | Phase;
  readonly params: Readonly<Record<string, unknown>>;
  /** Last phase that was planned; null before the first. */
  readonly phase: Phase | null;
  readonly state: RunState;
  readonly startedAt: Date;
}

export interface PhaseProgress {
  readonly chunks: { readonly total: number; readonly done: number; readonly failed: number };
  readonly patients: { readonly total: number; readonly done: number };
  readonly counts: Counts;
}

type PlannedChunk = Pick<Chunk, 'task' | 'patients'>;
type PlannedChunks = Iterable<PlannedChunk> | AsyncIterable<PlannedChunk>;
/** Chunks of a phase, at best made as they are asked for: a plan of millions is never held whole. */
export type Plan = PlannedChunks | (() => PlannedChunks | Promise<PlannedChunks>);

export interface RunStore extends RunControl {
  /** The run with this id, made when absent, running whatever it was before. */
  openRun(run: Pick<Run, 'id' | 'kind' | 'params'>): Promise<Run>;
  /** Writes down the chunks of a phase and that it is planned, all or nothing; an earlier plan of the phase stays. */
  planPhase(run: string, phase: Phase, plan: Plan): Promise<void>;
  /** True when the phase has been planned, even into no chunk at all. */
  isPlanned(run: string, phase: Phase): Promise<boolean>;
  /** Forgets a finished phase so that it can be planned anew (scoring with another release). */
  forgetPhase(run: string, phase: Phase): Promise<void>;
  /** Chunks that are to be done, in order: all, or the next `limit` behind the ordinal `after`. */
  pending(
    run: string,
    phase: Phase,
    page?: { readonly after: number; readonly limit: number },
  ): Promise<readonly number[]>;
  /** Those of the chunks that are no longer pending. */
  settled(run: string, phase: Phase, ordinals: readonly number[]): Promise<readonly number[]>;
  /**
   * The chunk when it is to be done now. Undefined when it is unknown or done, when its run is paused or cancelled, or when it has been
   * begun so often without an end that it is poison.
   */
  beginChunk(ref: ChunkRef): Promise<Chunk | undefined>;
  /** The chunk, whatever its state. `suspect`: workers have begun it, and died, so often that it is to be split before it is tried again. */
  chunkOf(ref: ChunkRef): Promise<(Chunk & { readonly deaths: number; readonly suspect: boolean }) | undefined>;
  /** An orderly failure: this beginning was no death. */
  leaveChunk(ref: ChunkRef): Promise<void>;
  finishChunk(ref: ChunkRef, counts: Counts, result?: Readonly<Record<string, unknown>>): Promise<void>;
  /** `blame` its patients: one alone is left out of later plans of scoring as long as its history and the code are the same. */
  failChunk(ref: ChunkRef, error: string, blame: 'its patients' | 'others'): Promise<void>;
  /** Replaces a chunk by pieces of it. False when it is done, or so many of the phase were split that the fault lies elsewhere. */
  splitChunk(ref: ChunkRef, pieces: readonly Pick<Chunk, 'task' | 'patients'>[]): Promise<boolean>;
  /** Failed and cancelled chunks are to be tried again, but for patients whom scoring was given up for. */
  retryFailed(run: string, phase: Phase): Promise<number>;
  /** The patients whom this run gave up are to be tried again, by `retryFailed` or by any plan: somebody asks for it. */
  forgive(run: string): Promise<void>;
  progress(run: string, phase: Phase): Promise<PhaseProgress>;
  endRun(run: string, state: 'done' | 'failed'): Promise<void>;
  faults(run: string, limit: number): Promise<{ readonly total: number; readonly first: readonly Fault[] }>;
  failures(run: string): Promise<readonly Pick<DeadLetter, 'ordinal' | 'phase' | 'error'>[]>;
}

export interface IncomingHistory {
  readonly patient: string;
  readonly caseId: string;
  /** SHA-256 of the document as received. */
  readonly hash: Buffer;
  readonly asOf: string | null;
  /** The document as received, deflated. */
  readonly raw: Buffer;
  readonly sex: string | null;
  readonly region: string | null;
  readonly organization: string | null;
}

/** A stored document and the record (id of the patient) that it is of. */
export interface RecordText {
  readonly patient: string;
  readonly caseId: string;
  readonly raw: Buffer;
}

export interface HistoryToScore extends RecordText {
  readonly patientId: number;
  readonly hash: Buffer;
  /** The other records of the same person. */
  readonly also?: readonly RecordText[];
}

/** One scored patient: columns to ask by, and the compact record. */
export interface ScoredPatient {
  readonly patientId: number;
  readonly historyHash: Buffer;
  readonly asOf: string;
  readonly status: 'ranked' | 'abstained' | 'error';
  readonly reason: string | null;
  readonly cancer: string | null;
  readonly cancerName: string | null;
  readonly stage: string | null;
  readonly setting: string | null;
  readonly line: number | null;
  readonly age: number | null;
  readonly sex: string | null;
  /** Of the first option; null when there is none. */
  readonly band: string | null;
  readonly regimen: string | null;
  readonly regimenName: string | null;
  /** SHA-256 of the whole record, so that a rebuilt one can be checked against it. */
  readonly recordHash: Buffer;
  /** Compact record, JSON deflated. */
  readonly record: Buffer;
}

export type Release = Omit<Versions, 'input' | 'stopped'>;

export interface IngestStore {
  /** Stores the histories and faults of a chunk and marks it done, in one transaction; nothing when it was done before. */
  ingestChunk(
    ref: ChunkRef,
    histories: readonly IncomingHistory[],
    faults: readonly InputFault[],
    unknownCodes?: readonly CodeCount[],
  ): Promise<Counts | 'done-before'>;
}

export interface IngestReportStore {
  /** Every fault of a run, in the order of the input. */
  inputFaults(run: string): AsyncIterable<InputFault>;
  /** Codes that no mapping knows with their number, of one run or of all; those whose words were not understood either come first. */
  unknownCodes(run?: string): Promise<readonly CodeCount[]>;
}

export interface ScoreStore {
  releaseId(release: Release): Promise<number>;
  /** What a release id stands for; null when there is none. */
  releaseById(id: number): Promise<Release | null>;
  /** Ranges of patients whose history or release is not the one of their current recommendation. */
  planScoring(releaseId: number, size: number): Promise<readonly { from: number; to: number; patients: number }[]>;
  /** The release that the run's scoring was planned for. */
  plannedRelease(run: string): Promise<number | null>;
  /** Persons who are in no plan, because scoring was given up for what their history is now. */
  givenUp(): Promise<number>;
  toScore(releaseId: number, from: number, to: number): Promise<readonly HistoryToScore[]>;
  scoreChunk(
    ref: ChunkRef,
    releaseId: number,
    scored: readonly ScoredPatient[],
    counts: Counts,
  ): Promise<'done' | 'done-before'>;
}

export interface PatientFilter {
  readonly cancers?: readonly string[];
  readonly stage?: string;
  readonly band?: string;
  readonly status?: string;
  readonly region?: string;
}

export interface PatientRow {
  readonly id: string;
  readonly cancer: string | null;
  readonly cancerName: string | null;
  readonly stage: string | null;
  readonly setting: string | null;
  readonly line: number | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly region: string | null;
  readonly organization: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  readonly band: string | null;
  readonly regimen: string | null;
  readonly regimenName: string | null;
}

export interface HistoryVersion {
  readonly hash: string;
  readonly asOf: string | null;
  readonly receivedAt: string;
  /** Id of the record that it is of: a person may have several. */
  readonly patient: string;
  readonly inForce: boolean;
}

export interface StoredPatient extends PatientRow, RecordText {
  readonly also?: readonly RecordText[];
  readonly versions: readonly HistoryVersion[];
}

export interface StoredRecommendation extends RecordText {
  readonly also?: readonly RecordText[];
  readonly asOf: string;
  readonly release: Release;
  readonly recordHash: Buffer;
  readonly record: Buffer;
  readonly scoredAt: string;
  /** False when a newer history has come since. */
  readonly current: boolean;
}

export interface CohortSummary {
  readonly patients: number;
  readonly scored: number;
  readonly ranked: number;
  readonly abstained: readonly { readonly reason: string; readonly patients: number }[];
  readonly errors: number;
  readonly bands: readonly {
    readonly cancer: string;
    readonly name: string;
    readonly recommended: number;
    readonly consider: number;
    readonly notRecommended: number;
    readonly abstained: number;
  }[];
}

export interface PatientQueries {
  patients(
    filter: PatientFilter,
    limit: number,
    after: number,
  ): Promise<{ readonly rows: readonly PatientRow[]; readonly next: number | null }>;
  /** By the id of any of the person's records. */
  patient(id: string): Promise<StoredPatient | undefined>;
  /** The documents that are no longer in force, oldest first. */
  superseded(id: string): Promise<readonly (RecordText & { readonly hash: string })[]>;
  recommendation(id: string): Promise<StoredRecommendation | undefined>;
  summary(filter: PatientFilter): Promise<CohortSummary>;
}

export interface Store
  extends RunStore,
    LeaseStore,
    IngestStore,
    IngestReportStore,
    ReadingStore,
    ExportStore,
    ScoreStore,
    PatientQueries,
    OversightStore,
    IdentityStore,
    ErasureStore {
  ping(): Promise<void>;
  close(): Promise<void>;
}
