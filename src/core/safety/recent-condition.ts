// A condition that counts only when it is recent: recorded as present, or dated within so many months.
// Parameters: `condition` ids; `withinMonths`. An old or undated past event is not met here (another rule may caution for it).
import { monthsBetween } from '../../domain/partial-date.js';
import { nameIn, withDate } from '../criteria/words.js';
import { type Check, NOT_MET, number, OPEN, words } from './check.js';

export const recentCondition: Check = ({ rule, context }) => {
  const { patient, index } = context;
  const ids = words(rule, 'condition');
  const within = number(rule, 'withinMonths') ?? Number.POSITIVE_INFINITY;
  const listed = patient.conditions.filter((c) => ids.some((id) => index.isCondition(c.id, id)));
  const recent = listed.filter((c) =>
    c.state === 'absent'
      ? false
      : c.date === undefined
        ? c.state === 'present'
        : monthsBetween(c.date, patient.asOf) <= within,
  );
  if (recent.length > 0)
    return {
      state: 'met',
      because: recent.map((c) => withDate(nameIn(index.condition(c.id)?.name, c.id, index), c.date)),
    };
  return listed.length > 0 ? NOT_MET : OPEN;
};
