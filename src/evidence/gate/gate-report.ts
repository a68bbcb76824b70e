// The gate's verdict on a candidate model: named checks, each passed or not with its numbers. Kept as gate.json beside the model.
import type { Manifest } from '../compile/manifest.js';
import type { ExplainedChange } from './change-causes.js';
import type { GateCheck } from './gate-check.js';
import { type ModelChange, modelChanges } from './model-changes.js';
import type { ScoreDifference } from './score-difference.js';

/** Stated agreement of graph and reference. */
export const PARITY_BOUND = { probability: 1e-5, months: 1e-3 } as const;

export interface GateReport {
  readonly model: string;
  readonly against: string | null;
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
  readonly changes: readonly (ModelChange & { readonly reason: string | null })[];
  /** Patients whose first option would change, from what to what, because of which records. */
  readonly recommendations: readonly ExplainedChange[];
  /** SHA-256 of every file that was judged: a release of other bytes is refused. */
  readonly files: Readonly<Record<string, string>>;
  /** Simulated patients and random rows that were asked. */
  readonly patients: number;
  readonly rows: number;
  /** What it was run on; replay compares. */
  readonly runtime: Readonly<Record<string, string>>;
}

/** Patients and random rows of a gate that may release. */
export const FULL_GATE = { patients: 10_000, rows: 10_000 } as const;

export interface GateInput {
  readonly candidate: Manifest;
  readonly released: Manifest | null;
  readonly parity: ScoreDifference;
  readonly golden: ScoreDifference;
  /** Recorded reasons by the place of a change ("network" or "network/node"). */
  readonly reasons: Readonly<Record<string, string>>;
  /** Checks made elsewhere: schema, golden patients, laws, calibration, first options. */
  readonly more?: readonly GateCheck[];
  readonly recommendations?: readonly ExplainedChange[];
  readonly files?: Readonly<Record<string, string>>;
  readonly patients?: number;
  readonly runtime?: Readonly<Record<string, string>>;
}

export function gateReport(input: GateInput): GateReport {
  const { candidate, released } = input;
  const changes = (released === null ? [] : modelChanges(released, candidate)).map((c) => ({
    ...c,
    reason: input.reasons[c.where] ?? null,
  }));
  const open = changes.filter((c) => c.needsReason && c.reason === null);
  const checks: GateCheck[] = [
    agreement('parity', input.parity),
    agreement('golden', input.golden),
    {
      name: 'table',
      passed: candidate.tableErrorMonths < PARITY_BOUND.months,
      detail: `RMST table within ${candidate.tableErrorMonths.toExponential(1)} months`,
    },
    {
      name: 'coverage',
      passed: candidate.networks.length > 0,
      detail: `${candidate.networks.length} networks, ${candidate.leftOut.length} left out`,
    },
    {
      name: 'changes',
      passed: open.length === 0,
      detail:
        open.length === 0
          ? `${changes.length} changes, none without a reason that needs one`
          : `no recorded reason for ${open.map((c) => `${c.where} (${c.what})`).join('; ')}`,
    },
    ...(input.more ?? []),
  ];
  return {
    model: `${candidate.id}@${candidate.version}`,
    against: released === null ? null : `${released.id}@${released.version}`,
    passed: checks.every((c) => c.passed),
    checks,
    changes,
    recommendations: input.recommendations ?? [],
    files: input.files ?? {},
    patients: input.patients ?? 0,
    rows: input.parity.rows,
    runtime: input.runtime ?? {},
  };
}

function agreement(name: 'parity' | 'golden', d: ScoreDifference): GateCheck {
  const passed =
    d.rows > 0 && d.missing === 0 && d.probability < PARITY_BOUND.probability && d.months < PARITY_BOUND.months;
  const missing = d.missing > 0 ? `, ${d.missing} numbers on one side only (${d.places.join('; ')})` : '';
  return {
    name,
    passed,
    detail: `${d.rows} rows, probabilities within ${d.probability.toExponential(1)}, months within ${d.months.toExponential(1)}${missing}`,
  };
}
