// One resource -> one entry of the history, by its type; undefined for types that hold no fact of the patient.
import type { Entry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { readAllergy } from './read-allergy.js';
import { readCondition } from './read-condition.js';
import type { ReadContext } from './read-context.js';
import { readGoal } from './read-goal.js';
import { MEDICATION_EVENTS, readMedication } from './read-medication.js';
import { readObservation } from './read-observation.js';
import { readProcedure } from './read-procedure.js';
import { readReport } from './read-report.js';

export function readEntry(item: Item, context: ReadContext): Entry | undefined {
  switch (item.type) {
    case 'Condition':
      return readCondition(item, context);
    case 'Observation':
      return readObservation(item, context);
    case 'Procedure':
      return readProcedure(item, context);
    case 'AllergyIntolerance':
      return readAllergy(item);
    case 'DiagnosticReport':
      return readReport(item);
    case 'Goal':
      return readGoal(item);
    default: {
      // FamilyMemberHistory is of relatives and never becomes a fact of the patient; Practitioner, Encounter ... hold none.
      const event = MEDICATION_EVENTS[item.type];
      return event === undefined ? undefined : readMedication(item, context, event);
    }
  }
}

const READ: ReadonlySet<string> = new Set([
  'Condition',
  'Observation',
  'Procedure',
  'AllergyIntolerance',
  'DiagnosticReport',
  'Goal',
  ...Object.keys(MEDICATION_EVENTS),
]);

export const isRead = (type: string): boolean => READ.has(type);
