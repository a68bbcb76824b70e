// The recommendation record: the contract with everyone outside (docs: ../shared/contract.md). Frozen; extend, never break.

import type { Verdict } from './corpus/drug.js';
import type { Preference, Strength } from './corpus/indication.js';
import type { Fault } from './faults.js';
import type { Certainty } from './outcome.js';
import type { Stop } from './stop.js';
import type { TextReading } from './text-reading.js';
import type { Truth } from './truth.js';

export type Band = 'recommended' | 'consider' | 'not-recommended';

export type AbstainCode =
  | 'not-covered'
  | 'diagnosis-not-established'
  | 'no-cancer'
  | 'setting-unknown'
  | 'primaries-conflict'
  | 'deceased'
  | 'no-supported-option';

export interface Versions {
  readonly corpus: string;
  readonly model: string;
  readonly features: string;
  readonly code: string;
  readonly input: string;
  /** Indications and models that were stopped when this was made; left out when none was. */
  readonly stopped?: readonly Stop[];
}

export interface PatientSummary {
  readonly cancer: { readonly oncotree: string; readonly name: string } | null;
  readonly stage: string | null;
  readonly setting: string | null;
  /** The setting in words, in the language of the record; left out in what a cohort run keeps. */
  readonly settingName?: string;
  readonly line: number | null;
  readonly age: number | null;
  readonly sex: 'female' | 'male' | null;
  readonly ecog: number | null;
  readonly biomarkers: readonly {
    readonly name: string;
    readonly alteration?: string;
    readonly result: string;
    /** The numbers behind the result, in words: "TPS 60 %, CPS 70". */
    readonly value?: string;
  }[];
  /** What was read of earlier and current treatment, in words, oldest first. */
  readonly treatments: readonly string[];
}

/** A published score of this patient, worked out or as recorded. */
export interface PatientScore {
  readonly id: string;
  readonly name: string;
  /** Null while inputs are open. */
  readonly value: string | number | null;
  /** What the value means, where the score says so in words. */
  readonly means?: string;
  /** The points with the citation, or that it was recorded, or what it may be and what would settle it. */
  readonly workings: string;
}

export interface CriterionState {
  readonly text: string;
  readonly state: Truth;
  /** The fact used and where it was read; absent when unknown. */
  readonly fact?: string;
  readonly source?: string;
}

export interface SafetyFinding {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly message: string;
  readonly sources: readonly string[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * What a published survival model says of the option: overall survival with it, and the points it adds over `over`. An interval where an
 * input is not known and its values were tried; no horizons where one of `missing` is needed.
 */
export interface Prognosis {
  readonly model: string;
  readonly source: string;
  readonly treatment: string;
  readonly over: string | null;
  readonly horizons: readonly {
    readonly years: number;
    readonly survivalPercent: Interval;
    readonly gainPoints: Interval | null;
  }[];
  /** Inputs not known that the model has a value for, or whose values were tried. */
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
}

export interface EvidenceItem {
  readonly study: string;
  readonly year: number;
  readonly journal: string;
  readonly pmid: string | null;
  readonly nct: string | null;
  readonly outcome: string | null;
  readonly effect: string | null;
  readonly certainty: Certainty | null;
  readonly verified: boolean;
}

/** What the drugs of an option ask of those who give them. */
export interface Care {
  readonly mechanisms: readonly { readonly drug: string; readonly text: string }[];
  readonly monitoring: readonly string[];
  /** Null where the risk of a drug is not known, or there is no cancer drug. `advice` is null where none can be given (children). */
  readonly vomiting: {
    readonly risk: 'high' | 'moderate' | 'low' | 'minimal';
    readonly advice: string | null;
  } | null;
  readonly febrileNeutropenia: {
    readonly risk: 'high' | 'intermediate' | 'low';
    readonly advice: string | null;
    readonly verified: boolean;
  } | null;
}

export interface Option {
  readonly decision: string;
  readonly rank: number | null;
  readonly band: Band;
  readonly provisional: boolean;
  readonly preference: Preference;
  readonly beforeFirstDose: readonly string[];
  readonly regimen: {
    readonly id: string;
    readonly name: string;
    readonly drugs: readonly string[];
    readonly modalities: readonly string[];
  };
  /** Of a ranked option with drugs: how they work, what is watched, and the prophylaxis that belongs to it. It moves no order. */
  readonly care?: Care;
  readonly indication: string;
  readonly rationale: string;
  readonly utility: number | null;
  readonly benefit: {
    readonly outcome: string;
    readonly comparator: string;
    readonly horizonMonths: number;
    readonly gainMonths: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly probabilityBest: number | null;
    readonly survival: { readonly '12': number | null; readonly '24': number | null; readonly '60': number | null };
  } | null;
  /** Where a published survival model speaks of the option (PREDICT). It moves no order. */
  readonly prognosis?: Prognosis;
  readonly harm: { readonly grade3Plus: number | null };
  readonly certainty: Certainty | null;
  readonly strength: Strength;
  readonly says: readonly string[];
  readonly criteria: readonly CriterionState[];
  readonly safety: readonly SafetyFinding[];
  readonly evidence: readonly EvidenceItem[];
  /** Parts whose effects add up to the utility. */
  readonly explanation: readonly { readonly factor: string; readonly effect: number }[];
  /** Why the option stands where it stands, when something moved it. */
  readonly because: readonly string[];
  /** The option is an open clinical trial, not a standard treatment; `toCheck` are conditions that no program read. */
  readonly trial?: {
    readonly nct: string;
    readonly phase: string;
    readonly status: string;
    readonly countries: readonly string[];
    readonly updated: string | null;
    readonly toCheck: readonly string[];
  };
}

export interface MissingItem {
  readonly item: string;
  readonly why: string;
  readonly changesFirstOption: boolean;
}

export interface Recommendation {
  readonly case: string;
  readonly asOf: string;
  readonly status: 'ranked' | 'abstained';
  readonly reason?: { readonly code: AbstainCode; readonly message: string };
  readonly versions: Versions;
  readonly patient: PatientSummary;
  readonly decisions: readonly { readonly id: string; readonly question: string; readonly outcome: string }[];
  readonly options: readonly Option[];
  readonly excluded: readonly {
    readonly regimen: string;
    readonly decision: string;
    readonly reasons: readonly string[];
  }[];
  readonly missing: readonly MissingItem[];
  readonly notes: readonly string[];
  /** Published scores that speak of this patient; those that decide stand in the criteria too. */
  readonly scores?: readonly PatientScore[];
  /** Where the input held text: what was read in it, with its words, and what was not understood. */
  readonly reading?: TextReading;
  /** What the caller asked for beyond the defaults, so that the record can be made again. */
  readonly asked?: {
    readonly weights?: { readonly benefit: number; readonly harm: number; readonly cost: number };
    readonly lang?: string;
    readonly caseId?: string;
    readonly protocol?: string;
  };
  /** With a local protocol: what it changed against the ranking without it. `place` counts within the decision. */
  readonly protocol?: {
    readonly id: string;
    readonly name: string;
    /** What the protocol says of itself: how complete it is. */
    readonly note?: string;
    readonly changes: readonly {
      readonly decision: string;
      readonly regimen: string;
      readonly before: { readonly band: Band; readonly place: number | null };
      readonly after: { readonly band: Band; readonly place: number | null };
      readonly reason: string;
    }[];
  };
}

/** An option without its words: where it stands and what its numbers are. */
export interface BriefOption
  extends Pick<Option, 'decision' | 'rank' | 'band' | 'indication' | 'provisional' | 'utility' | 'certainty'> {
  readonly regimen: Pick<Option['regimen'], 'id' | 'name'>;
  readonly benefit: Pick<NonNullable<Option['benefit']>, 'gainMonths'> | null;
}

/** The answer without its words, as a cohort run keeps it. Every whole recommendation is one too. */
export interface BriefRecommendation extends Pick<Recommendation, 'case' | 'asOf' | 'status' | 'reason' | 'patient'> {
  readonly decisions: readonly Pick<Recommendation['decisions'][number], 'id'>[];
  readonly options: readonly BriefOption[];
}

/** The record of an input that could not be read. */
export interface ErrorRecord {
  readonly case: string;
  readonly status: 'error';
  readonly faults: readonly Fault[];
}

export type CaseRecord = Recommendation | ErrorRecord;
export type BriefRecord = BriefRecommendation | ErrorRecord;
