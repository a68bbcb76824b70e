// What watches over recommendations, as the use cases see it: the kill switch, the doctors' decisions, the shadow model, drift.
import type { StopEntry } from './stop-log.js';

export interface StopStore {
  addStop(entry: StopEntry): Promise<void>;
  stopEntries(): Promise<readonly StopEntry[]>;
}

/** What the doctor chose for one question. */
export interface DecisionTaken {
  readonly decision: string;
  readonly chosen: string;
  readonly reason: string | null;
  readonly by: string | null;
  /** Of the recommendation that was shown. */
  readonly chosenBand: string | null;
  readonly first: string | null;
  readonly firstBand: string | null;
  readonly overridden: boolean;
}

export interface ShadowCase {
  readonly shadow: string;
  readonly released: string;
  /** Hash of the input. */
  readonly input: string;
  readonly asOf: string;
  readonly cancer: string | null;
  readonly setting: string | null;
  readonly changes: readonly {
    readonly kind: string;
    readonly decision: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** Patients of one period that have the same value of one variable. */
export interface PeriodCount {
  readonly variable: string;
  readonly value: string;
  readonly reference: number;
  readonly recent: number;
}

/** One subgroup: how often it was answered, recommended to, and overridden. */
export interface SubgroupCount {
  readonly by: string;
  readonly value: string;
  readonly patients: number;
  readonly ranked: number;
  readonly recommended: number;
  readonly decisions: number;
  readonly overridden: number;
}

export interface LeaningRow {
  readonly id: string;
  readonly model: string;
  readonly record: Buffer;
}

export interface OversightStore extends StopStore {
  /** False when the patient has no recommendation. */
  addDecision(patient: string, taken: DecisionTaken): Promise<boolean>;
  addShadowCases(cases: readonly ShadowCase[]): Promise<void>;
  shadowCases(shadow: string | null): Promise<{
    readonly cases: readonly {
      readonly shadow: string;
      readonly released: string;
      readonly cases: number;
      readonly changed: number;
    }[];
    readonly changes: readonly (ShadowCase['changes'][number] & {
      readonly cancer: string | null;
      readonly setting: string | null;
      readonly shadow: string;
      readonly cases: number;
    })[];
  }>;
  /** Recommendations made before and since the day, by variable. */
  periods(since: string): Promise<readonly PeriodCount[]>;
  subgroups(): Promise<readonly SubgroupCount[]>;
  /** Current recommendations in pages by patient key, for the search of those that lean on a study. */
  leaning(
    after: number,
    limit: number,
  ): Promise<{ readonly rows: readonly LeaningRow[]; readonly next: number | null }>;
}
