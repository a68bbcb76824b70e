// A record made small for the store: what lists, counts and comparisons need. The explanation is rebuilt on reading, from the
// stored history and the same versions, and what is rebuilt is checked against the hash of the compact record: the versions settle
// the words, the hash shows that the answer is the same.
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BriefRecord, Recommendation } from '../domain/recommendation.js';
import type { HistoryToScore, ScoredPatient } from './store-ports.js';

/** What is kept of a record. Options are without criteria, safety texts, evidence and explanation. */
export interface CompactRecord {
  readonly status: BriefRecord['status'];
  readonly reason?: Recommendation['reason'];
  readonly patient?: Recommendation['patient'];
  readonly decisions?: readonly string[];
  readonly options?: readonly {
    readonly decision: string;
    readonly rank: number | null;
    readonly band: string;
    readonly regimen: string;
    readonly indication: string;
    readonly provisional: boolean;
    readonly utility: number | null;
    readonly gainMonths: number | null;
    readonly certainty: string | null;
  }[];
  readonly faults?: readonly { readonly place: string; readonly message: string }[];
}

/** SHA-256 of the compact record of an answer, brief or whole. */
export const hashOfRecord = (record: BriefRecord): Buffer => hashOf(JSON.stringify(compact(record)));

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export function compact(record: BriefRecord): CompactRecord {
  if (record.status === 'error') return { status: 'error', faults: record.faults };
  const { settingName: _words, ...patient } = record.patient;
  return {
    status: record.status,
    ...(record.reason === undefined ? {} : { reason: record.reason }),
    patient,
    decisions: record.decisions.map((decision) => decision.id),
    options: record.options.map((option) => ({
      decision: option.decision,
      rank: option.rank,
      band: option.band,
      regimen: option.regimen.id,
      indication: option.indication,
      provisional: option.provisional,
      utility: printed(option.utility, UTILITY_DECIMALS),
      gainMonths: printed(option.benefit?.gainMonths ?? null, MONTHS_DECIMALS),
      certainty: option.certainty,
    })),
  };
}

/**
 * Numbers as they are printed. The last bits of the graph's numbers depend on which rows share a run (2e-6 months seen), and who asks for
 * one patient again asks for fewer rows than the cohort did.
 */
const printed = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(value.toFixed(decimals)) + 0;

const UTILITY_DECIMALS = 2;
const MONTHS_DECIMALS = 1;

export const readCompact = (bytes: Buffer): CompactRecord => JSON.parse(inflateRawSync(bytes).toString('utf8'));

/** A date of month or year precision counts from its first day; PostgreSQL has no year 0. */
const dayOf = (date: string | undefined, today: string): string =>
  date === undefined || date.startsWith('0000') ? today : `${date}-01-01`.slice(0, 10);

export function toScoredPatient(row: Omit<HistoryToScore, 'raw'>, record: BriefRecord, today: string): ScoredPatient {
  const answered = record.status === 'error' ? undefined : record;
  const patient = answered?.patient;
  const first = answered?.options[0];
  const stored = JSON.stringify(compact(record));
  return {
    patientId: row.patientId,
    historyHash: row.hash,
    asOf: dayOf(answered?.asOf, today),
    status: record.status,
    reason: answered?.reason?.code ?? null,
    cancer: patient?.cancer?.oncotree ?? null,
    cancerName: patient?.cancer?.name ?? null,
    stage: patient?.stage ?? null,
    setting: patient?.setting ?? null,
    line: patient?.line ?? null,
    age: patient?.age ?? null,
    sex: patient?.sex ?? null,
    band: first?.band ?? null,
    regimen: first?.regimen.id ?? null,
    regimenName: first?.regimen.name ?? null,
    recordHash: hashOf(stored),
    record: deflateRawSync(stored, { level: 3 }),
  };
}
