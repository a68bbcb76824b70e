// Interaction: a medicine that the patient takes now, with a drug of the regimen.
// Parameters: `with` drugs, classes or properties of the medicine; `condition` ids, one of which must be present as well.
// The list of medicines is what was recorded; one that is not listed stays unknown, and the rule stays silent about it.
import { conditionState } from '../criteria/condition.js';
import { type Check, NOT_MET, words } from './check.js';
import { drugIs } from './regimen-drugs.js';

export const interaction: Check = ({ rule, context, subjects }) => {
  if (context.patient.medications.length === 0) return NOT_MET;
  const conditions = words(rule, 'condition');
  if (conditions.length > 0 && conditionState(conditions, context) !== 'met') return NOT_MET;
  const asked = words(rule, 'with');
  const taken = context.patient.medications
    .map((m) => m.drug)
    .filter((drug) => !subjects.includes(drug) && drugIs(drug, asked, context.index));
  if (taken.length === 0) return NOT_MET;
  return { state: 'met', because: [`${subjects.join(', ')} with ${[...new Set(taken)].join(', ')}`] };
};
