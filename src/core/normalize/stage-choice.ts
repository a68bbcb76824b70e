// Of all that was said of a stage, what holds. Later wins over earlier, finer over vaguer; a pathologic stage of surgery that came
// first wins over the clinical one; a stage after neoadjuvant treatment (y) or at recurrence (r) never replaces it; a contradiction
// on one day is a conflict, and Unknown.
import { type Fact, known, unknown } from '../../domain/fact.js';
import { compareDates, dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Tnm } from '../../domain/patient.js';
import type { CategorySaid, GroupSaid, StageEvidence } from './stage-evidence.js';
import { finerGroup, groupsAgree } from './stage-group.js';
import { categoriesAgree } from './tnm-category.js';

const NOT_RECORDED = unknown('not-recorded');
export const NO_TNM: Tnm = { t: NOT_RECORDED, n: NOT_RECORDED, m: NOT_RECORDED };

/** Categories of one kind as T, N and M. */
export function chooseTnm(categories: readonly CategorySaid[]): Tnm {
  if (categories.length === 0) return NO_TNM;
  const axis = (name: CategorySaid['axis']): Fact<string> => chooseCategory(categories.filter((c) => c.axis === name));
  return { t: axis('T'), n: axis('N'), m: axis('M') };
}

function chooseCategory(said: readonly CategorySaid[]): Fact<string> {
  // X is "not assessed": nothing beside any assessment.
  const assessed = said.filter((c) => !c.value.endsWith('X'));
  if (said.length === 0) return NOT_RECORDED;
  const [best, ...others] = (assessed.length > 0 ? assessed : [...said]).sort(byValue);
  if (best === undefined) return NOT_RECORDED;
  const against = others.find((o) => sameDay(o.date, best.date) && !categoriesAgree(o.value, best.value));
  if (against !== undefined) return unknown('conflict', `${best.value} and ${against.value}${on(best.date)}`);
  const value = others.reduce(
    (finest, o) => (categoriesAgree(o.value, finest) && o.value.length > finest.length ? o.value : finest),
    best.value,
  );
  return known(value, best.source, best.date);
}

export interface GroupChoice {
  readonly fact: Fact<string>;
  readonly remarks: readonly string[];
}

/** @param hint the group that T, N and M give: it decides between two that were recorded on one day. */
export function chooseGroup(said: readonly GroupSaid[], hint: string | undefined): GroupChoice {
  const [best, ...others] = [...said].sort(latestFirst((g) => g.group));
  if (best === undefined) return { fact: unknown('not-recorded'), remarks: [] };
  const rivals = others.filter(
    (o) => o.summary === best.summary && sameDay(o.date, best.date) && !groupsAgree(o.group, best.group),
  );
  const chosen =
    rivals.length === 0 ? best : [best, ...rivals].find((g) => hint !== undefined && groupsAgree(g.group, hint));
  if (chosen === undefined) {
    const all = [...new Set([best, ...rivals].map((g) => g.group))].sort().join(' and ');
    return {
      fact: unknown('conflict', `stage ${all}${on(best.date)}`),
      remarks: [`Stage ${all} are both recorded${on(best.date)}`],
    };
  }
  const group = others.reduce(
    (finest, o) => (groupsAgree(o.group, finest) ? finerGroup(finest, o.group) : finest),
    chosen.group,
  );
  const against = others.concat(best).filter((o) => o !== chosen && !groupsAgree(o.group, group));
  const remarks = against.map((o) => `Stage ${group} (${describe(chosen)}) is used, not ${o.group} (${describe(o)})`);
  return {
    fact: known(group, chosen.source, chosen.date, `recorded, ${describe(chosen)}`),
    remarks: [...new Set(remarks)],
  };
}

const describe = (g: GroupSaid): string =>
  `${g.kind === 'unstated' ? (g.summary ? 'in the diagnosis' : 'staging') : g.kind}${g.date === undefined ? '' : `, ${g.date}`}`;

/** What was observed on a day before summaries, the later day first, the undated last, then the finer; content breaks ties. */
function latestFirst<T extends { readonly date?: PartialDate; readonly summary: boolean }>(value: (item: T) => string) {
  return (a: T, b: T): number =>
    Number(a.summary) - Number(b.summary) ||
    (a.date === undefined || b.date === undefined
      ? Number(a.date === undefined) - Number(b.date === undefined)
      : compareDates(b.date, a.date)) ||
    value(b).length - value(a).length ||
    value(a).localeCompare(value(b));
}

const byValue = latestFirst<CategorySaid>((c) => c.value);

/** The same day, or dates too imprecise to tell apart. */
export function sameDay(a: PartialDate | undefined, b: PartialDate | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [x, y] = [dayRange(a), dayRange(b)];
  return x.first <= y.last && y.first <= x.last;
}

const on = (date: PartialDate | undefined): string => (date === undefined ? '' : ` on ${date}`);

/** Evidence by kind: clinical (or unsaid), pathologic, and after neoadjuvant treatment; what is of a recurrence is left out. */
export function byKind(evidence: StageEvidence, isAfterTherapy: (date: PartialDate | undefined) => boolean) {
  const after = (s: { readonly kind: string; readonly afterTherapy: boolean; readonly date?: PartialDate }): boolean =>
    s.afterTherapy || (s.kind === 'pathologic' && isAfterTherapy(s.date));
  const categories = evidence.categories.filter((c) => !c.recurrent);
  const before = categories.filter((c) => !after(c));
  const explicit = before.filter((c) => c.kind === 'clinical');
  const unstated = before.filter((c) => c.kind === 'unstated' && !explicit.some((e) => e.axis === c.axis));
  return {
    clinical: [...explicit, ...unstated],
    pathologic: before.filter((c) => c.kind === 'pathologic'),
    afterTherapy: categories.filter(after),
    groups: evidence.groups.filter((g) => !after(g)),
    groupsAfter: evidence.groups.filter(after),
  };
}
