// Everything given for one cancer -> Course[]: intent, outcome, best response and line of each. Lines are counted only for
// advanced disease; maintenance, a changed endocrine partner and a change for intolerance within a class stay in their line.
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Course, CourseOutcome, Intent } from '../../domain/patient.js';
import { type DiseasePhase, firstDay, lastDay } from './disease-phase.js';
import type { StatusEvent } from './disease-status.js';
import type { DrugCourse } from './drug-courses.js';
import type { LocalTreatment } from './local-treatment.js';
import type { Terminology } from './terminology.js';
import { isCytotoxic, isEndocrine, type Settled, type Timed, therapyLines } from './therapy-lines.js';

interface Context {
  readonly phase: DiseasePhase;
  readonly terms: Terminology;
  readonly today: number;
}

/** Progression found within three months of the end of a course belongs to it: the usual interval between assessments. */
const SOON_AFTER_DAYS = 90;
/** A course known only by administrations goes on when the last was within two cycles. */
const RECENT_DAYS = 60;

export function courses(
  drugCourses: readonly DrugCourse[],
  treatments: readonly LocalTreatment[],
  phase: DiseasePhase,
  terms: Terminology,
  asOf: PartialDate,
): readonly Course[] {
  const context: Context = { phase, terms, today: dayRange(asOf).last };
  const timed = drugCourses
    .map((c) => ({ ...c, from: firstDay(c.start), to: c.open ? undefined : lastDay(c.end) }))
    .flatMap((c) => acrossSurgery(c, phase));
  // Radiotherapy of a lymphoma is part of its treatment or stands alone; it is not the treatment of a primary.
  const placed = phase.systemic ? treatments.map((t) => ({ ...t, definitive: false })) : treatments;
  const { systemic, combined, local } = chemoradiation(timed, placed, context);
  const settled = systemic.map((course, i) =>
    settle(
      course,
      systemic.slice(i + 1).find((c) => !c.planned),
      context,
    ),
  );
  const lined = therapyLines(settled, phase, terms);
  const given = settled.map((course, i) => systemicCourse(course, lined[i] ?? null));
  return [...given, ...combined, ...local].sort(inTime);
}

/** Treatment that spans the operation (pembrolizumab, trastuzumab) is neoadjuvant before it and adjuvant after it. */
function acrossSurgery(course: Timed, { definitive, metastaticFrom }: DiseasePhase): readonly Timed[] {
  const { from, to, open } = course;
  if (
    from === undefined ||
    (course.intent !== 'unknown' && course.intent !== 'curative') ||
    course.planned ||
    (to === undefined && !open)
  )
    return [course];
  const surgery = definitive.find((t) => {
    const day = t.modality === 'surgery' ? firstDay(t.start) : undefined;
    return (
      day !== undefined &&
      day > from &&
      (open || (to ?? day) > day + 30) &&
      (metastaticFrom === undefined || metastaticFrom > day)
    );
  });
  if (surgery?.start === undefined) return [course];
  const day = dayRange(surgery.start).first;
  const { end: _end, ended: _ended, ...rest } = course;
  return [
    { ...rest, open: false, to: day, end: surgery.start, ended: 'completed' },
    { ...course, from: day, start: surgery.start, continues: true },
  ];
}

// ---- chemoradiotherapy -------------------------------------------------------------------------------------------

/** Cytotoxic drugs given during radical radiotherapy (not of breast, brain or bone) are one treatment with it. */
function chemoradiation(drafts: readonly Timed[], treatments: readonly LocalTreatment[], context: Context) {
  const combined: Course[] = [];
  const used = new Set<Timed>();
  const local: Course[] = [];
  for (const t of treatments) {
    const radical =
      t.modality === 'chemoradiotherapy' || (t.modality === 'radiotherapy' && t.definitive && t.procedure !== 'sbrt');
    const partner = radical ? drafts.find((d) => !used.has(d) && !d.planned && concurrent(d, t, context)) : undefined;
    if (partner === undefined) local.push(localCourse(t, context.phase));
    else {
      used.add(partner);
      combined.push(together(partner, t));
    }
  }
  return { systemic: drafts.filter((d) => !used.has(d)), combined, local };
}

function concurrent(draft: Timed, t: LocalTreatment, { terms }: Context): boolean {
  const start = firstDay(t.start);
  if (start === undefined || draft.from === undefined || !isCytotoxic(draft.drugs, terms)) return false;
  // Radiotherapy without an end takes six weeks (30 fractions).
  const end = lastDay(t.end) ?? start + 42;
  const last = draft.to ?? draft.from;
  return draft.from <= end && last >= start - 21 && draft.from >= start - 90;
}

function together(draft: Timed, t: LocalTreatment): Course {
  const starts = [draft.start, t.start]
    .filter((d) => d !== undefined)
    .sort((a, b) => dayRange(a).first - dayRange(b).first);
  const ends = [draft.end, t.end ?? t.start]
    .filter((d) => d !== undefined)
    .sort((a, b) => dayRange(a).last - dayRange(b).last);
  const start = starts[0];
  const end = t.state === 'going-on' ? undefined : ends.at(-1);
  return {
    modality: 'chemoradiotherapy',
    drugs: draft.drugs,
    procedure: t.procedure,
    intent: t.intent === 'unknown' ? 'curative' : t.intent,
    line: null,
    outcome: t.state === 'going-on' ? 'ongoing' : t.state === 'stopped' ? 'stopped' : 'completed',
    sources: [...draft.sources, ...t.sources],
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
}

const LOCAL_OUTCOME = { done: 'completed', 'going-on': 'ongoing', stopped: 'stopped', planned: 'planned' } as const;

function localCourse(t: LocalTreatment, phase: DiseasePhase): Course {
  const end = t.end ?? (t.modality === 'surgery' ? t.start : undefined);
  return {
    modality: t.modality,
    drugs: [],
    procedure: t.procedure,
    intent: t.intent !== 'unknown' && t.intent !== 'curative' ? t.intent : localIntent(t, phase),
    line: null,
    outcome: LOCAL_OUTCOME[t.state],
    sources: t.sources,
    ...(t.start === undefined ? {} : { start: t.start }),
    ...(end === undefined ? {} : { end }),
  };
}

/** Radiotherapy within a year after the operation, without relapse, is part of the primary treatment. */
function localIntent(t: LocalTreatment, phase: DiseasePhase): Intent {
  const start = firstDay(t.start);
  const operated = phase.definitive.some((d) => {
    const day = firstDay(d.start);
    return d.modality === 'surgery' && day !== undefined && start !== undefined && start > day && start - day <= 365;
  });
  if (
    t.modality === 'radiotherapy' &&
    operated &&
    (phase.recurrenceDay === undefined || (start ?? 0) < phase.recurrenceDay)
  )
    return 'adjuvant';
  return t.definitive ? 'curative' : t.intent;
}

// ---- outcome and intent ------------------------------------------------------------------------------------------

function settle(course: Timed, next: Timed | undefined, context: Context): Settled {
  if (course.planned) return { ...course, outcome: 'planned' };
  const until = next?.from;
  const seen = context.phase.events.filter((e) => within(e, course, until));
  const failed = seen.some((e) => e.word === 'PD') || relapsedOn(course, context.phase, until);
  const best = bestOf(seen);
  const outcome = outcomeOf(course, next, failed, context);
  const intent = refined(course, context);
  return { ...course, intent, outcome, ...(best === undefined ? {} : { best }) };
}

/** Is the assessment of this course? After its first day, up to the next course or three months past its end. */
function within(event: StatusEvent, { from, to, open }: Timed, until: number | undefined): boolean {
  const day = firstDay(event.date);
  if (day === undefined || from === undefined) return false;
  const close = open || to === undefined ? Number.POSITIVE_INFINITY : to + SOON_AFTER_DAYS;
  return day > from && day <= Math.min(close, until ?? Number.POSITIVE_INFINITY);
}

/** Distant or local relapse first seen while the course was given: it failed, whatever else is recorded. */
function relapsedOn({ from, to, open }: Timed, phase: DiseasePhase, until: number | undefined): boolean {
  const day = phase.recurrenceDay;
  if (day === undefined || from === undefined || phase.recurrence === 'none') return false;
  const close = open ? Number.POSITIVE_INFINITY : (to ?? from);
  return day > from && day <= Math.min(close, until ?? Number.POSITIVE_INFINITY);
}

function bestOf(events: readonly StatusEvent[]): Settled['best'] {
  const words = events.map((e) => (e.word === 'NED' ? 'CR' : e.word));
  return (['CR', 'PR', 'SD', 'PD'] as const).find((w) => words.includes(w));
}

function outcomeOf(course: Timed, next: Timed | undefined, failed: boolean, context: Context): CourseOutcome {
  if (course.ended === 'intolerant') return 'intolerant';
  if (failed || course.ended === 'progressed') return 'progressed';
  if (course.open) return 'ongoing';
  if (course.ended !== undefined) return course.ended;
  if (course.to === undefined) return course.from === undefined ? 'unknown' : 'completed';
  // Known by its administrations: within two cycles of the last one the course may well be going on.
  if (next === undefined && context.today - course.to <= RECENT_DAYS) return 'ongoing';
  return 'completed';
}

/** "Curative" is all that many sources can say of perioperative treatment; the time tells which. */
function refined(course: Timed, context: Context): Intent {
  if (course.intent !== 'unknown' && course.intent !== 'curative') return course.intent;
  const byTime = derivedIntent(course, context);
  return course.intent === 'unknown' || byTime === 'neoadjuvant' || byTime === 'adjuvant' ? byTime : course.intent;
}

/** Intent by timing against the definitive operation and the first sign of distant disease. */
function derivedIntent({ from, to, drugs }: Timed, { phase, terms, today }: Context): Intent {
  if (from === undefined) return 'unknown';
  const { metastaticFrom, definitive } = phase;
  if (phase.systemic) return 'unknown';
  if (phase.unresectable && definitive.length === 0) return 'palliative';
  if (metastaticFrom !== undefined && from >= metastaticFrom - 30) return 'palliative';
  if (phase.metastatic === 'yes' && phase.deNovo) return 'palliative';
  const relapse = phase.recurrenceDay;
  if (relapse !== undefined && from >= relapse) return phase.recurrence === 'distant' ? 'palliative' : 'unknown';
  const surgery = definitive.filter((t) => t.modality !== 'procedure');
  const before = surgery.find((t) => (firstDay(t.start) ?? Number.NEGATIVE_INFINITY) > from);
  if (before !== undefined && before.modality === 'surgery') return 'neoadjuvant';
  const after = surgery.filter((t) => (firstDay(t.start) ?? Number.POSITIVE_INFINITY) <= from).at(-1);
  if (after !== undefined) {
    const gap = from - (firstDay(after.start) ?? from);
    if (after.modality !== 'surgery') return gap <= 180 ? 'curative' : 'unknown';
    return gap <= 365 || isEndocrine(drugs, terms) ? 'adjuvant' : 'unknown';
  }
  if (surgery.some((t) => t.start === undefined)) return 'unknown';
  // No operation on record: treatment of non-metastatic disease that is going on or just over precedes it.
  return phase.metastatic === 'no' && today - (to ?? today) <= 180 ? 'neoadjuvant' : 'unknown';
}

function systemicCourse(course: Settled, line: number | null): Course {
  const end = course.outcome === 'ongoing' || course.outcome === 'planned' ? undefined : course.end;
  return {
    modality: 'systemic',
    drugs: course.drugs,
    intent: course.intent,
    line,
    outcome: course.outcome,
    sources: course.sources,
    ...(course.start === undefined ? {} : { start: course.start }),
    ...(end === undefined ? {} : { end }),
    ...(course.best === undefined ? {} : { bestResponse: course.best }),
  };
}

/** Oldest first, undated first, plans last; of one day the operation before the drugs; then by name. */
function inTime(a: Course, b: Course): number {
  const day = (c: Course) =>
    c.outcome === 'planned' ? Number.MAX_SAFE_INTEGER : (firstDay(c.start) ?? Number.MIN_SAFE_INTEGER);
  return (
    day(a) - day(b) ||
    Number(a.procedure === undefined) - Number(b.procedure === undefined) ||
    (a.procedure ?? '').localeCompare(b.procedure ?? '') ||
    a.drugs.join().localeCompare(b.drugs.join())
  );
}
