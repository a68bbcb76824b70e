// Exposures -> courses of drugs given together. A course begins when drugs are added or exchanged; what goes on from before
// belongs to it too. When part of the drugs stops and the rest goes on, the rest is a course of its own (maintenance).
import type { Source } from '../../domain/fact.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { CourseOutcome, Intent } from '../../domain/patient.js';
import type { Exposure } from './exposure.js';

/** A course before its outcome, line and derived intent are known. */
export interface DrugCourse {
  readonly drugs: readonly string[];
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  /** Going on as far as the record says. */
  readonly open: boolean;
  readonly planned: boolean;
  readonly intent: Intent;
  readonly ended?: Extract<CourseOutcome, 'progressed' | 'intolerant' | 'completed' | 'stopped'>;
  /** Part of the drugs of the course before, going on after the others ended. */
  readonly continues: boolean;
  readonly sources: readonly Source[];
  readonly exposures: readonly Exposure[];
}

/** Drugs begun within five weeks of each other begin together (a delayed partner, a loading cycle). */
const TOGETHER_DAYS = 35;
/** What is still given four weeks into the next course goes on with it. */
const CARRY_OVER_DAYS = 28;
/** Drugs that outlast their partners by more than two cycles are continued without them. */
const OUTLAST_DAYS = 45;

interface Span extends Exposure {
  readonly from: number;
  /** Last day, with open ones reaching to the day of the question. */
  readonly to: number;
}

export function drugCourses(exposures: readonly Exposure[], asOf: PartialDate): readonly DrugCourse[] {
  const today = dayRange(asOf).last;
  const planned = exposures.filter((e) => e.planned);
  const given = exposures.filter((e) => !e.planned);
  const spans = given.flatMap((e): Span[] => {
    if (e.start === undefined) return [];
    const from = dayRange(e.start).first;
    const to = e.open ? today : e.end === undefined ? lastStart(e, from) : dayRange(e.end).last;
    return [{ ...e, from, to: Math.max(from, to) }];
  });
  const groups = startGroups(spans);
  const courses = groups.flatMap((group, i) => {
    const begins = group[0]?.from ?? 0;
    const nextBegins = groups[i + 1]?.[0]?.from ?? Number.POSITIVE_INFINITY;
    const carried = groups
      .slice(0, i)
      .flat()
      .filter((s) => s.to >= begins + CARRY_OVER_DAYS && !group.some((g) => g.drug === s.drug));
    return split([...carried, ...group], begins, nextBegins, carried.length > 0 && group.length === 0);
  });
  const undated = undatedCourses(given.filter((e) => e.start === undefined));
  return [...undated, ...courses, ...plannedCourse(planned)];
}

/** The start of the last order or statement: the least that a course without an end lasted. */
const lastStart = (e: Exposure, from: number): number =>
  Math.max(from, ...e.entries.flatMap((entry) => (entry.date === undefined ? [] : [dayRange(entry.date).first])));

/** Spans in order of start, a new group when more than five weeks after the group's first start. */
function startGroups(spans: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || a.drug.localeCompare(b.drug) || a.to - b.to)) {
    const group = groups.at(-1);
    const first = group?.[0];
    // A drug exchanged within five weeks, after its predecessor had stopped, is still a new course.
    const replaced = group?.every((s) => s.to < span.from && s.to > s.from) ?? false;
    if (group !== undefined && first !== undefined && span.from - first.from <= TOGETHER_DAYS && !replaced)
      group.push(span);
    else groups.push([span]);
  }
  return groups;
}

/** One course, or an induction and what went on after it. */
function split(
  members: readonly Span[],
  begins: number,
  nextBegins: number,
  continues: boolean,
): readonly DrugCourse[] {
  const cut = members.map((s) => ({
    span: s,
    to: s.to >= nextBegins ? nextBegins - 1 : s.to,
    onward: s.to >= nextBegins + CARRY_OVER_DAYS,
  }));
  const last = Math.max(...cut.map((m) => m.to));
  // A drug given up for progression ends the course it was part of at once, though its partner (castration) goes on.
  const early = cut.filter(
    (m) => m.to + OUTLAST_DAYS < last || (m.span.ended === 'progressed' && cut.some((c) => c.span.open && m.to < c.to)),
  );
  const late = cut.filter((m) => !early.includes(m));
  if (early.length === 0 || late.length === 0) return [course(cut, begins, continues)];
  const turn = Math.max(...early.map((m) => m.to));
  const induction = course(
    cut.map((m) => ({ ...m, to: Math.min(m.to, turn), onward: m.onward || m.to > turn })),
    begins,
    continues,
  );
  return [
    induction,
    ...split(
      late.map((m) => m.span),
      turn + 1,
      nextBegins,
      true,
    ),
  ];
}

function course(
  members: readonly { span: Span; to: number; onward: boolean }[],
  begins: number,
  continues: boolean,
): DrugCourse {
  const spans = members.map((m) => m.span);
  const started = spans.filter((s) => s.from >= begins);
  const start = started.length === spans.length ? started[0]?.start : dateOf(begins);
  const to = Math.max(...members.map((m) => m.to));
  const final = members.filter((m) => !m.onward && m.to === m.span.to);
  const open = members.some((m) => m.span.open && m.to === m.span.to);
  const lastSpan = members.find((m) => m.to === to);
  const exact = lastSpan?.to === lastSpan?.span.to ? lastSpan?.span.end : dateOf(to);
  const end = open ? undefined : exact;
  const ended = strongest(final.flatMap((m) => m.span.ended ?? []));
  return {
    drugs: [...new Set(spans.map((s) => s.drug).filter((d) => d !== ''))].sort(),
    open,
    planned: false,
    intent: spans.map((s) => s.intent).find((i) => i !== 'unknown') ?? 'unknown',
    continues,
    sources: spans.flatMap((s) => s.sources),
    exposures: spans,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(ended === undefined || open ? {} : { ended }),
  };
}

const STRENGTH = ['progressed', 'intolerant', 'stopped', 'completed'] as const;
const strongest = (ended: readonly (typeof STRENGTH)[number][]): (typeof STRENGTH)[number] | undefined =>
  STRENGTH.find((s) => ended.includes(s));

const dateOf = (day: number): PartialDate => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Undated drugs of one status and one intent are told as one earlier course. */
function undatedCourses(exposures: readonly Exposure[]): readonly DrugCourse[] {
  const keyed = new Map<string, Exposure[]>();
  for (const e of exposures) {
    const key = `${e.ended ?? ''}|${e.intent}|${e.open}`;
    keyed.set(key, [...(keyed.get(key) ?? []), e]);
  }
  return [...keyed].sort(([a], [b]) => a.localeCompare(b)).map(([, group]) => together(group));
}

const plannedCourse = (exposures: readonly Exposure[]): readonly DrugCourse[] =>
  exposures.length === 0 ? [] : [together(exposures)];

function together(group: readonly Exposure[]): DrugCourse {
  const [first] = group;
  return {
    drugs: [...new Set(group.map((e) => e.drug).filter((d) => d !== ''))].sort(),
    open: group.some((e) => e.open),
    planned: group.every((e) => e.planned),
    intent: group.map((e) => e.intent).find((i) => i !== 'unknown') ?? 'unknown',
    continues: false,
    sources: group.flatMap((e) => e.sources),
    exposures: group,
    ...(first?.start === undefined ? {} : { start: first.start }),
    ...(first?.ended === undefined ? {} : { ended: first.ended }),
  };
}
