// Settled values of a draft -> a record of the corpus: a new study, or results for a study that is known.

import type { z } from 'zod';
import { Study, type StudyResult } from '../../domain/corpus/study.js';
import type { Fault } from '../../domain/faults.js';
import { studyValue } from './check-value.js';
import type { DraftValue } from './draft-state.js';
import { type ArmLetter, type Field, parseField, STUDY_FIELDS } from './field.js';
import { parseEffect, parseFigure, unitOf } from './value-text.js';

type WrittenResult = z.input<typeof Study>['results'] extends readonly (infer R)[] | undefined ? R : never;
export type WrittenStudy = z.input<typeof Study>;

export interface Checked {
  readonly how: string;
  readonly where: string;
  /** YYYY-MM-DD */
  readonly on: string;
}

interface Place {
  readonly value: DraftValue;
  readonly field: Field;
}

export type Made<T> = { readonly made: T } | { readonly faults: readonly Fault[] };

/** A new study record as it is written to a file. Faults name the field. */
export function newStudy(values: readonly DraftValue[], id: string, verified: Checked): Made<WrittenStudy> {
  const places = placed(values);
  const own = Object.fromEntries(
    places.flatMap(({ field, value }) =>
      field.kind === 'study' && field.name !== 'study' ? [[field.name, studyValue(field.name, value.value)]] : [],
    ),
  );
  const missing = ['name', 'year', 'journal', 'phase', 'design', 'cancer', 'population'].filter(
    (name) => !(name in own),
  );
  const letters = lettersUsed(places);
  const armIds = armIdsOf(places, letters);
  const unnamed = letters
    .filter((letter) => text(places, letter, 'name') === undefined)
    .map((letter) => `arm.${letter}`);
  if (missing.length + unnamed.length > 0)
    return { faults: [...missing, ...unnamed].map((place) => ({ place, message: 'is needed; give it by --set' })) };
  const record = {
    id,
    ...inOrder(own),
    verified,
    arms: letters.map((letter) => arm(places, letter, armIds[letter] ?? letter)),
    results: resultsOf(places, armIds),
    ...(harmOf(places, armIds).length > 0 && { harm: harmOf(places, armIds) }),
  };
  return validated(record);
}

/** Results for a known study whose arm ids the letters stand for. */
export function newResults(
  values: readonly DraftValue[],
  study: Study,
  source: NonNullable<StudyResult['source']>,
): Made<readonly WrittenResult[]> {
  const places = placed(values);
  const letters = lettersUsed(places);
  const armIds = armIdsOf(places, letters);
  const ids = study.arms.map((a) => a.id);
  const strange = letters.filter((letter) => !ids.includes(armIds[letter] ?? ''));
  if (strange.length > 0)
    return {
      faults: strange.map((letter) => ({
        place: `arm.${letter}.id`,
        message: `say which arm of ${study.id} it is: ${ids.join(', ')} (--set arm.${letter}.id=...)`,
      })),
    };
  const results = resultsOf(places, armIds).map((result) => ({
    ...result,
    ...(Object.keys(source).length > 0 && { source }),
  }));
  const checked = Study.shape.results.safeParse(results);
  if (checked.success) return { made: results };
  return { faults: checked.error.issues.map((i) => ({ place: i.path.join('.'), message: i.message })) };
}

function placed(values: readonly DraftValue[]): Place[] {
  return values.flatMap((value) => {
    const field = parseField(value.field);
    return field === undefined ? [] : [{ value, field }];
  });
}

const inOrder = (own: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(STUDY_FIELDS.flatMap((name) => (name !== 'study' && name in own ? [[name, own[name]]] : [])));

/** Letters that stand anywhere, a first; an effect stands on a and b. */
function lettersUsed(places: readonly Place[]): ArmLetter[] {
  const used = places.flatMap(({ field }): ArmLetter[] => {
    if (field.kind === 'study') return [];
    if (field.kind === 'result' && field.part === 'effect') return ['a', 'b'];
    return 'arm' in field ? [field.arm] : [];
  });
  return [...new Set(used)].sort();
}

function text(places: readonly Place[], letter: ArmLetter, name: 'name' | 'id' | 'regimen' | 'n'): string | undefined {
  return places.find(({ field }) => field.kind === 'arm' && field.arm === letter && field.name === name)?.value.value;
}

/** The id given, else the regimen's, else one made of the name. */
function armIdsOf(places: readonly Place[], letters: readonly ArmLetter[]): Partial<Record<ArmLetter, string>> {
  const ids = letters.map((letter) => {
    const given = text(places, letter, 'id') ?? text(places, letter, 'regimen');
    return [letter, given ?? slug(text(places, letter, 'name') ?? letter)] as const;
  });
  const twice = ids.filter(([, id], i) => ids.findIndex(([, other]) => other === id) !== i).map(([letter]) => letter);
  return Object.fromEntries(ids.map(([letter, id]) => [letter, twice.includes(letter) ? `${id}-${letter}` : id]));
}

export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'study';

function arm(places: readonly Place[], letter: ArmLetter, id: string): WrittenStudy['arms'][number] {
  const [regimen, n] = [text(places, letter, 'regimen'), text(places, letter, 'n')];
  return {
    id,
    ...(regimen !== undefined && { regimen }),
    name: text(places, letter, 'name') ?? letter,
    ...(n !== undefined && { n: Number(n) }),
  };
}

function resultsOf(places: readonly Place[], armIds: Partial<Record<ArmLetter, string>>): WrittenResult[] {
  const groups = new Map<string, Place[]>();
  for (const p of places) {
    if (p.field.kind !== 'result') continue;
    const head = `${p.field.outcome}/${p.field.population ?? ''}`;
    groups.set(head, [...(groups.get(head) ?? []), p]);
  }
  return [...groups.values()].map((group) => resultOf(group, armIds));
}

/** Every value was checked when it was set or proposed: a text that is wrong here is a bug, not an input. */
const certain = <T>(parsed: T | string): T => {
  if (typeof parsed === 'string') throw new TypeError(parsed);
  return parsed;
};

function resultOf(group: readonly Place[], armIds: Partial<Record<ArmLetter, string>>): WrittenResult {
  const id = (letter: ArmLetter): string => armIds[letter] ?? letter;
  const result: Record<string, unknown> = {};
  const medians: Record<string, unknown> = {};
  const milestones: unknown[] = [];
  for (const { field, value } of group) {
    if (field.kind !== 'result') continue;
    result.outcome = field.outcome;
    if (field.population !== undefined) result.population = field.population;
    if (field.part === 'effect') {
      result.effect = certain(parseEffect(value.value));
      continue;
    }
    const { value: number, ...range } = certain(parseFigure(value.value, unitOf(field)));
    if (field.part === 'followUp') result.followUpMonths = number;
    else if (field.part === 'median') medians[id(field.arm)] = { months: number, ...range };
    else
      milestones.push({
        arm: id(field.arm),
        months: field.part === 'at' ? field.months : 0,
        proportion: share(number ?? 0),
        ...(range.low !== undefined && { low: share(range.low) }),
        ...(range.high !== undefined && { high: share(range.high) }),
      });
  }
  const letters = lettersUsed(group);
  return {
    outcome: result.outcome,
    ...(result.population !== undefined && { population: result.population }),
    arms: letters.slice(0, 2).map(id),
    ...(result.effect !== undefined && { effect: result.effect }),
    ...(Object.keys(medians).length > 0 && { medians }),
    ...(milestones.length > 0 && { milestones }),
    ...(result.followUpMonths !== undefined && { followUpMonths: result.followUpMonths }),
  } as WrittenResult; // Checked against the schema by the caller.
}

function harmOf(
  places: readonly Place[],
  armIds: Partial<Record<ArmLetter, string>>,
): NonNullable<WrittenStudy['harm']> {
  return places.flatMap(({ field, value }) =>
    field.kind === 'harm'
      ? [{ arm: armIds[field.arm] ?? field.arm, grade3Plus: share(certain(parseFigure(value.value, '%')).value ?? 0) }]
      : [],
  );
}

/** Percent -> 0-1, without the noise of binary fractions. */
const share = (percent: number): number => Math.round(percent * 1e4) / 1e6;

function validated(record: Record<string, unknown>): Made<WrittenStudy> {
  const checked = Study.safeParse(record);
  if (checked.success) return { made: record as WrittenStudy }; // As it was written, without the defaults that parsing adds.
  return { faults: checked.error.issues.map((issue) => ({ place: issue.path.join('.'), message: issue.message })) };
}
