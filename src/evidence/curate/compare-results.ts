// New results against those stored: what is the same, what differs, what is new. An older figure of the same outcome and population is superseded
// by a newer one, never overwritten.
import type { Study, StudyResult } from '../../domain/corpus/study.js';
import type { WrittenStudy } from './study-record.js';

type Written = NonNullable<WrittenStudy['results']>[number];

export interface Comparison {
  readonly result: Written;
  /** Index of the stored current result of the same outcome, population and arms. */
  readonly stored: number | undefined;
  readonly conflicts: readonly Conflict[];
  /** Every number of the new one is stored already. */
  readonly same: boolean;
}

export interface Conflict {
  /** "effect.value", "medians.osimertinib.months" */
  readonly at: string;
  readonly stored: string;
  readonly found: string;
}

export function compareResults(study: Study, results: readonly Written[]): Comparison[] {
  return results.map((result) => {
    const stored = study.results.findIndex((old) => old.state === 'current' && sameQuestion(old, result));
    if (stored < 0) return { result, stored: undefined, conflicts: [], same: false };
    const old = study.results[stored] as StudyResult; // Found just now.
    const [before, after] = [numbers(old), numbers(result)];
    const conflicts = [...after].flatMap(([at, found]): Conflict[] => {
      const was = before.get(at);
      return was === undefined || was === found ? [] : [{ at, stored: was, found }];
    });
    return { result, stored, conflicts, same: [...after].every(([at, found]) => before.get(at) === found) };
  });
}

function sameQuestion(old: StudyResult, result: Written): boolean {
  const arms = (list: readonly string[]): string => [...list].sort().join(' ');
  return (
    old.outcome === result.outcome &&
    old.population === (result.population ?? 'ITT') &&
    arms(old.arms) === arms(result.arms)
  );
}

/** Every number by its place; where the arms stand the other way round the effect is of another question and never equal. */
function numbers(result: StudyResult | Written): Map<string, string> {
  const found = new Map<string, string>();
  const { effect, medians = {}, milestones = [] } = result;
  const against = result.arms.join(' against ');
  if (effect !== undefined) {
    found.set(
      'effect',
      `${effect.measure} ${effect.value} (${effect.low ?? '?'} to ${effect.high ?? '?'}), ${against}`,
    );
    if (effect.p !== undefined) found.set('effect.p', effect.p);
  }
  for (const [arm, m] of Object.entries(medians)) found.set(`medians.${arm}`, range(m.months, m));
  for (const m of milestones) found.set(`milestones.${m.arm} at ${m.months}`, range(m.proportion, m));
  if (result.followUpMonths !== undefined) found.set('followUpMonths', String(result.followUpMonths));
  return found;
}

const range = (
  value: number | null,
  { low, high }: { readonly low?: number | undefined; readonly high?: number | undefined },
): string =>
  `${value ?? 'not reached'}${low === undefined && high === undefined ? '' : ` (${low ?? '?'} to ${high ?? '?'})`}`;
