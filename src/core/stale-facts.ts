// Facts that decide in this cancer and are older than its profile allows: said in the notes, and asked again where a new value could
// move a first option.
import { monthsBetween } from '../domain/partial-date.js';
import type { ChosenCase } from './choose-case.js';
import type { Context, OpenItem } from './criteria/trace.js';
import { factOf } from './criteria/value.js';
import { factName } from './criteria/words.js';

export function staleFacts({ folder, cancerCase }: ChosenCase, context: Context): readonly OpenItem[] {
  return Object.entries(folder.profile.staleAfterMonths).flatMap(([name, months]) => {
    const isStage = name === 'stage';
    const fact = isStage ? cancerCase.stage : factOf(name, context);
    if (!fact.known || fact.date === undefined || monthsBetween(fact.date, context.patient.asOf) <= months) return [];
    const atom = isStage ? ({ op: 'stage', groups: [] } as const) : ({ op: 'value', name } as const);
    const why = `recorded ${fact.date}, older than ${months} months`;
    return [{ atom, item: isStage ? 'stage' : factName(context.index, name), why, assumed: true }];
  });
}
