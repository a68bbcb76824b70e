// Stages told in several documents: of the same kind the latest document's counts, unless the disease came back in between and both are true.
import type { PartialDate } from '../../domain/partial-date.js';

interface StageOfDay {
  readonly name: string;
  readonly value: string;
  readonly day: PartialDate | undefined;
}

/**
 * @param both the disease came back: the stage at diagnosis and the one now stand beside each other
 * @returns the stages that count, and in words what was set aside
 */
export function latestStages<T extends StageOfDay>(
  stages: readonly T[],
  both: boolean,
): { readonly kept: readonly T[]; readonly remarks: readonly string[] } {
  if (both || stages.every((s) => s.day === undefined)) return { kept: stages, remarks: [] };
  const lastDay = (kind: string): PartialDate | undefined =>
    stages
      .filter((s) => kindOf(s) === kind)
      .map((s) => s.day)
      .reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
  const kept = stages.filter((s) => s.day === undefined || s.day === lastDay(kindOf(s)));
  const remarks = stages.flatMap((s) => {
    const later = kept.find((k) => kindOf(k) === kindOf(s) && k.day !== s.day);
    return kept.includes(s) || later === undefined || same(s.value, later.value)
      ? []
      : [`${s.name}: "${later.value}" (${later.day}) counts, not "${s.value}" (${s.day})`];
  });
  return { kept, remarks: [...new Set(remarks)] };
}

/** A pathological TNM does not take the place of a clinical one. */
const kindOf = ({ name, value }: StageOfDay): string =>
  `${name}|${/^\s*(y?[cp])(?=T)/i.exec(value)?.[1]?.toLowerCase() ?? ''}`;
const same = (a: string, b: string): boolean =>
  a.replace(/\W/g, '').toLowerCase() === b.replace(/\W/g, '').toLowerCase();
