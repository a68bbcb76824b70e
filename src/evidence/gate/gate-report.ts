// The gate's verdict on a candidate model: named checks, each passed or not with its numbers. Kept as gate.json beside the model.
import type { Manifest } from '../compile/manifest.js';
import { type ModelChange, modelChanges } from './model-changes.js';
import type { ScoreDifference } from './score-difference.js';

/** Stated agreement of graph and reference. */
export const PARITY_BOUND = { probability: 1e-5, months: 1e-3 } as const;

export interface GateCheck {
  readonly name: 'parity' | 'golden' | 'table' | 'coverage' | 'changes';
  readonly passed: boolean;
  readonly detail: string;
}

export interface GateReport {
  readonly model: string;
  readonly against: string | null;
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
  readonly changes: readonly (ModelChange & { readonly reason: string | null })[];
}

export interface GateInput {
  readonly candidate: Manifest;
  readonly released: Manifest | null;
  readonly parity: ScoreDifference;
  readonly golden: ScoreDifference;
  /** Recorded reasons by the place of a change ("network" or "network/node"). */
  readonly reasons: Readonly<Record<string, string>>;
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
  ];
  return {
    model: `${candidate.id}@${candidate.version}`,
    against: released === null ? null : `${released.id}@${released.version}`,
    passed: checks.every((c) => c.passed),
    checks,
    changes,
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
