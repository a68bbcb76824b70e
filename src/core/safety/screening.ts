// Screening that belongs to the drugs of a regimen: an item is due when its fact is not known or older than the fact may be,
// and always when it is no fact of ours (a dental examination).

import type { Fact } from '../../domain/fact.js';
import { daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { Context } from '../criteria/trace.js';
import { factOf } from '../criteria/value.js';
import { say } from '../criteria/words.js';

export function screeningDue(
  drugs: readonly string[],
  context: Context,
  language: 'en' | 'ru' | 'kk' = 'en',
): readonly string[] {
  const { index, patient } = context;
  const items = new Set(drugs.flatMap((drug) => index.drug(drug)?.screening ?? []));
  return [...items].flatMap((id) => {
    const item = index.corpus.screening.find((s) => s.id === id);
    if (item === undefined) return [id.replaceAll('-', ' ')];
    const current =
      item.fact !== undefined &&
      isCurrent(factOf(item.fact, context), index.fact(item.fact)?.staleAfterDays, patient.asOf);
    return current ? [] : [say(item.name, language)];
  });
}

/** Known, and where the fact has a date and a limit, not older than the limit. */
function isCurrent(fact: Fact<unknown>, staleAfterDays: number | undefined, asOf: PartialDate): boolean {
  if (!fact.known) return false;
  if (fact.date === undefined || staleAfterDays === undefined) return true;
  return daysBetween(fact.date, asOf) <= staleAfterDays;
}
