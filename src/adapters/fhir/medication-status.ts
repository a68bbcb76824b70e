// What a medication status of FHIR R4 says about the one thing that matters here: was the drug given to the patient?
// Value sets: medicationrequest-status, medication-statement-status, medication-admin-status, medicationdispense-status.
import type { MedicationEntry } from '../../domain/history.js';

export type Given = 'given' | 'not-given' | 'drop';

const TABLE: Readonly<Record<MedicationEntry['event'], Readonly<Record<string, Given>>>> = {
  request: {
    active: 'given',
    completed: 'given',
    stopped: 'given',
    unknown: 'given',
    // Halted before or between doses, or not yet signed: an intention, not a treatment.
    'on-hold': 'not-given',
    draft: 'not-given',
    // "Withdrawn before any administrations have occurred" (FHIR R4).
    cancelled: 'drop',
    'entered-in-error': 'drop',
  },
  statement: {
    active: 'given',
    completed: 'given',
    stopped: 'given',
    unknown: 'given',
    // "Temporarily halted, but expected to continue": it was taken.
    'on-hold': 'given',
    intended: 'not-given',
    'not-taken': 'not-given',
    'entered-in-error': 'drop',
  },
  administration: {
    'in-progress': 'given',
    completed: 'given',
    stopped: 'given',
    'on-hold': 'given',
    unknown: 'given',
    'not-done': 'not-given',
    'entered-in-error': 'drop',
  },
  dispense: {
    completed: 'given',
    stopped: 'given',
    unknown: 'given',
    // Not yet handed over.
    preparation: 'not-given',
    'in-progress': 'not-given',
    'on-hold': 'not-given',
    declined: 'not-given',
    cancelled: 'drop',
    'entered-in-error': 'drop',
  },
};

/** Request intents that are no order yet (FHIR R4 medicationrequest-intent). */
const NOT_ORDERED: ReadonlySet<string> = new Set(['proposal', 'plan', 'option']);

/** Undefined for a status that FHIR R4 does not have. */
export function given(event: MedicationEntry['event'], status: string, intent?: string): Given | undefined {
  const read = TABLE[event][status];
  return read === 'given' && intent !== undefined && NOT_ORDERED.has(intent) ? 'not-given' : read;
}
