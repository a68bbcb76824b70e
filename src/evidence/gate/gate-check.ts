// One named check of the gate, and the checks that need no model at hand: golden patients, laws, calibration, changes of first options.
import { CALIBRATION_BOUND } from '../calibrate/calibration-of.js';
import type { ExplainedChange } from './change-causes.js';
import type { Breach } from './record-laws.js';

export interface GateCheck {
  readonly name:
    | 'schema'
    | 'bytes'
    | 'parity'
    | 'golden'
    | 'table'
    | 'coverage'
    | 'changes'
    | 'calibration'
    | 'patients'
    | 'safety'
    | 'recommendations';
  readonly passed: boolean;
  readonly detail: string;
}

/** The first few of a list, with how many more there are. */
const some = (all: readonly string[], most = 10): string =>
  `${all.slice(0, most).join('; ')}${all.length > most ? `; and ${all.length - most} more` : ''}`;

export function patientsCheck(
  cases: readonly { readonly name: string; readonly faults: readonly string[] }[],
): GateCheck {
  const failed = cases.filter((c) => c.faults.length > 0);
  const told = failed.map((c) => `${c.name}: ${c.faults.join(', ')}`);
  return {
    name: 'patients',
    passed: cases.length > 0 && failed.length === 0,
    detail: `${cases.length - failed.length} of ${cases.length} golden patients as expected${failed.length > 0 ? `. ${some(told)}` : ''}`,
  };
}

export function safetyCheck(patients: number, mutated: number, breaches: readonly Breach[]): GateCheck {
  const kinds = new Map<string, string[]>();
  for (const { law, what } of breaches) kinds.set(law, [...(kinds.get(law) ?? []), what]);
  const told = [...kinds].map(([law, all]) => `${law} ${all.length} times (${some([...new Set(all)], 3)})`);
  return {
    name: 'safety',
    passed: patients > 0 && breaches.length === 0,
    detail: `${patients} patients and mutations of ${mutated}: ${breaches.length === 0 ? 'no law of safety broken' : told.join('; ')}`,
  };
}

export function recommendationsCheck(
  changes: readonly ExplainedChange[],
  patients: number,
  changed: number,
): GateCheck {
  const open = changes.filter((c) => c.reason === null);
  const told = open.map((c) => `${c.cancer} ${c.decision} ${c.before} -> ${c.after} (${c.patients})`);
  return {
    name: 'recommendations',
    passed: open.length === 0,
    detail:
      `${changed} of ${patients} patients get another first option or lose a recommendation, in ${changes.length} kinds of change` +
      (open.length === 0 ? ', each with a recorded reason' : `; no recorded reason for ${some(told)}`),
  };
}

export interface CalibrationFigures {
  readonly ici12: number | null;
  readonly ici24: number | null;
  readonly ici36: number | null;
}

/** No month may be worse than the released model's by more than the bound, nor lose its figure. */
export function calibrationCheck(candidate: CalibrationFigures, released: CalibrationFigures | null): GateCheck {
  const rows = (['ici12', 'ici24', 'ici36'] as const).map((name) => {
    const [is, was] = [candidate[name], released?.[name] ?? null];
    const worse = was !== null && (is === null || is > was + CALIBRATION_BOUND);
    const shown = (x: number | null): string => (x === null ? 'not testable' : x.toFixed(4));
    return { worse, words: `${name.slice(3)} months ${released === null ? '' : `${shown(was)} -> `}${shown(is)}` };
  });
  return {
    name: 'calibration',
    passed: rows.every((r) => !r.worse),
    detail: `mean distance of predicted from observed survival at ${rows.map((r) => r.words).join(', ')} (bound +${CALIBRATION_BOUND})`,
  };
}
