// Goal -> ObservationEntry "Goal: <description>": what the patient and the team want ("comfort care only"). Goals not agreed or
// given up say nothing of today; goals of other things (weight, smoking) are read and mean no fact.
import type { ObservationEntry } from '../../domain/history.js';
import type { Item } from './bundle-index.js';
import { concept } from './datatypes.js';
import { base } from './read-context.js';

const UNDONE = ['entered-in-error', 'rejected', 'cancelled', 'proposed'];

export function readGoal(item: Item): ObservationEntry | undefined {
  const { element } = item;
  const status = element.code('lifecycleStatus')?.toLowerCase();
  if (status !== undefined && UNDONE.includes(status)) {
    element.warn('lifecycleStatus', `${status}; left out`);
    return undefined;
  }
  const description = concept(element, 'description');
  if (description === undefined) return undefined;
  const date = element.date('statusDate') ?? element.date('startDate');
  return {
    kind: 'observation',
    ...base(item, undefined, []),
    code: { codings: [], text: 'Goal' },
    value: { kind: 'concept', concept: description },
    interpretations: [],
    components: [],
    ...(date === undefined ? {} : { date }),
  };
}
