// The facts of a case that its events tell (docs/data-model.md, "Case, derived from events").
import { derived, type Fact } from '../../domain/fact.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Course, Value } from '../../domain/patient.js';
import { type DiseasePhase, firstDay, lastDay } from './disease-phase.js';

const DAYS_PER_MONTH = 30.4375;
const months = (from: number, to: number): number => Math.max(0, Math.round(((to - from) / DAYS_PER_MONTH) * 10) / 10);

export function eventValues(
  all: readonly Course[],
  phase: DiseasePhase,
  asOf: PartialDate,
): Readonly<Record<string, Fact<Value>>> {
  const today = dayRange(asOf).last;
  const courses = all.filter((c) => c.outcome !== 'planned');
  const systemic = courses.filter((c) => c.modality === 'systemic' || c.modality === 'chemoradiotherapy');
  const ongoing = courses.filter((c) => c.modality === 'systemic' && c.outcome === 'ongoing');
  const values: Record<string, Fact<Value>> = {};
  const set = (name: string, value: Value | undefined, from: string): void => {
    if (value !== undefined) values[name] = derived(value, from);
  };

  if (phase.metastatic !== 'unknown') set('metastatic', phase.metastatic, 'stage, M category and sites of metastasis');
  const primary = lastDefinitive(courses, phase);
  const alone = relapseAlone(all, phase);
  set('relapse-alone', yesNo(alone), 'relapses and treatments on record');
  // What came back was treated once; how, and where it came back, is then not told, and not "none".
  if (!alone) {
    set('recurrence', phase.recurrence, 'metastases and disease status after treatment of the primary');
    set('primary-treated', primary?.kind ?? 'none', 'procedures since diagnosis');
  }
  if (phase.diagnosed !== undefined) set('months-since-diagnosis', months(phase.diagnosed, today), 'date of diagnosis');
  if (primary?.day !== undefined)
    set('months-since-primary-treatment', months(primary.day, today), 'date of the treatment of the primary');
  set(
    'neoadjuvant-systemic',
    yesNo(courses.some((c) => c.modality === 'systemic' && c.intent === 'neoadjuvant')),
    'courses before surgery',
  );
  set(
    'adjuvant-systemic',
    yesNo(courses.some((c) => c.modality === 'systemic' && c.intent === 'adjuvant')),
    'courses after surgery',
  );
  set('line', nextLine(systemic, phase), 'courses for advanced disease');
  set('lines-given', linesGiven(systemic), 'courses for advanced disease');
  set('on-treatment', yesNo(ongoing.length > 0), 'courses that are going on');
  set('current-response', currentResponse(ongoing, phase), 'disease status during the course going on');
  set('last-response', lastResponse(systemic, phase), 'best disease status since the last line began');
  const progressing = isProgressing(courses, phase);
  set('progressing', yesNo(progressing), 'disease status since the last course began');
  set(
    'disease-free',
    diseaseFree(phase, primary !== undefined, progressing),
    'disease status after treatment of the primary',
  );
  set('treatment-free-months', treatmentFree(systemic, ongoing, today), 'end of the last systemic course');
  set(
    'relapse-interval',
    phase.systemic || withoutStage(phase)
      ? progressing
        ? sinceLastCourse(systemic, phase)
        : undefined
      : relapseInterval(systemic, phase),
    phase.systemic ? 'end of the last line and date of relapse' : 'end of perioperative therapy and date of relapse',
  );
  set('first-line-progression-months', firstProgression(systemic, phase), 'start of the first line, first progression');
  return values;
}

const yesNo = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');

/**
 * A relapse of a solid tumour is told last, nothing of metastases, and of the treatment before it at most that there was
 * some, or what followed an operation that is not told.
 */
const relapseAlone = (all: readonly Course[], phase: DiseasePhase): boolean =>
  !phase.systemic &&
  phase.metastatic !== 'yes' &&
  phase.definitive.length === 0 &&
  all.every(({ modality, line }) => modality === 'systemic' && line === null) &&
  (all.every(({ drugs }) => drugs.length === 0) || all.some(({ intent }) => intent === 'adjuvant')) &&
  phase.events.filter((e) => e.word !== 'NE').at(-1)?.relapse === true;

/** The last definitive treatment of the primary, and its day. */
function lastDefinitive(
  courses: readonly Course[],
  phase: DiseasePhase,
): { kind: 'surgery' | 'radiotherapy' | 'chemoradiotherapy'; day: number | undefined } | undefined {
  const treatment = phase.definitive.at(-1);
  if (treatment === undefined) return undefined;
  const start = firstDay(treatment.start);
  const combined = courses.some((c) => c.modality === 'chemoradiotherapy' && c.procedure === treatment.procedure);
  const kind =
    treatment.modality === 'surgery'
      ? 'surgery'
      : combined || treatment.modality === 'chemoradiotherapy'
        ? 'chemoradiotherapy'
        : 'radiotherapy';
  return { kind, day: treatment.modality === 'surgery' ? start : (lastDay(treatment.end) ?? start) };
}

/**
 * The line for advanced disease that is due, or that is being given as long as it holds. Nothing given for advanced disease yet makes
 * it 1; where the record does not tell what earlier drugs were for, it stays unknown.
 */
function nextLine(systemic: readonly Course[], phase: DiseasePhase): number | undefined {
  const counted = systemic.filter((c) => c.line !== null);
  if (counted.length === 0) {
    // A relapse of a disease of blood or lymph was treated before, though the record does not tell with what.
    if (phase.systemic && phase.events.filter((e) => e.word !== 'NE').at(-1)?.word === 'PD') return 2;
    const told = systemic.every((c) => c.intent !== 'unknown');
    return phase.metastatic === 'yes' || told ? 1 : undefined;
  }
  const last = Math.max(...counted.map((c) => c.line ?? 0));
  return counted.some((c) => c.line === last && c.outcome === 'ongoing') ? last : last + 1;
}

const linesGiven = (systemic: readonly Course[]): number => Math.max(0, ...systemic.map((c) => c.line ?? 0));

/** Best response since the first course of the last line (else the last systemic course) began; PD only when nothing better is recorded. */
function lastResponse(systemic: readonly Course[], phase: DiseasePhase): Value | undefined {
  const last = linesGiven(systemic);
  const own = last > 0 ? systemic.filter((c) => c.line === last) : systemic.slice(-1);
  const starts = own.flatMap((c) => firstDay(c.start) ?? []);
  if (starts.length === 0) return undefined;
  const begun = Math.min(...starts);
  const words = phase.events
    .filter((e) => (firstDay(e.date) ?? Number.NEGATIVE_INFINITY) > begun)
    .map((e) => (e.word === 'NED' ? 'CR' : e.word));
  return (['CR', 'PR', 'SD', 'PD'] as const).find((word) => words.includes(word));
}

/** Months from the end of the last course to the progression after it; 0 when the course was going on or had just failed. */
function sinceLastCourse(systemic: readonly Course[], phase: DiseasePhase): number | undefined {
  const last = [...systemic].filter((c) => c.start !== undefined).at(-1);
  const relapse = firstDay(phase.events.filter((e) => e.word === 'PD').at(-1)?.date);
  if (last === undefined) return undefined;
  if (last.outcome === 'progressed' || last.outcome === 'ongoing') return 0;
  const end = lastDay(last.end);
  return end === undefined || relapse === undefined ? undefined : months(Math.min(end, relapse), relapse);
}

/** "Relapse 4 months after platinum": neither an operation nor distant disease is told, so the last course is what it came back from. */
const withoutStage = ({ metastatic, definitive }: DiseasePhase): boolean =>
  metastatic === 'unknown' && definitive.length === 0;

/** Months from the start of the first line to the first progression after it (POD24, early relapse). */
function firstProgression(systemic: readonly Course[], phase: DiseasePhase): number | undefined {
  const starts = systemic.filter((c) => c.line === 1).flatMap((c) => firstDay(c.start) ?? []);
  if (starts.length === 0) return undefined;
  const begun = Math.min(...starts);
  const day = phase.events
    .filter((e) => e.word === 'PD')
    .map((e) => firstDay(e.date))
    .find((d) => d !== undefined && d > begun);
  return day === undefined ? undefined : months(begun, day);
}

function currentResponse(ongoing: readonly Course[], phase: DiseasePhase): Value | undefined {
  const start = Math.min(...ongoing.map((c) => firstDay(c.start) ?? Number.NEGATIVE_INFINITY));
  if (ongoing.length === 0) return undefined;
  const last = phase.events
    .filter((e) => e.word !== 'NE' && (firstDay(e.date) ?? Number.NEGATIVE_INFINITY) > start)
    .at(-1);
  return last === undefined ? undefined : last.word === 'NED' ? 'CR' : last.word;
}

/** Progression after the last treatment began, and nothing better since. An undated progression counts while nothing is dated later. */
function isProgressing(all: readonly Course[], phase: DiseasePhase): boolean {
  const last = phase.events.filter((e) => e.word !== 'NE').at(-1);
  const relapse = phase.recurrence === 'none' ? undefined : phase.recurrenceDay;
  // After a relapse only what was begun for it counts; none yet: the relapse is the disease, not its progression.
  const courses = relapse === undefined ? all : all.filter((c) => (firstDay(c.start) ?? relapse) >= relapse);
  if (relapse !== undefined && courses.length === 0) return false;
  const starts = courses.flatMap((c) => firstDay(c.start) ?? []);
  const newest = starts.length === 0 ? Number.NEGATIVE_INFINITY : Math.max(...starts);
  const failed = courses.some((c) => c.outcome === 'progressed' && (firstDay(c.start) ?? newest) >= newest);
  if (last === undefined) return failed;
  const day = firstDay(last.date);
  // A status older than the course that failed says nothing of its failure.
  if (failed && day !== undefined && day <= newest) return true;
  if (last.word !== 'PD') return false;
  return day === undefined ? failed || courses.length === 0 : day > newest;
}

function diseaseFree(phase: DiseasePhase, treated: boolean, progressing: boolean): 'yes' | 'no' | undefined {
  const last = phase.events.filter((e) => e.word !== 'NE').at(-1);
  if (progressing) return 'no';
  if (last?.word === 'NED' || last?.word === 'CR') return 'yes';
  if (phase.metastatic === 'yes' || phase.recurrence !== 'none') return 'no';
  if (last !== undefined && (last.word === 'SD' || last.word === 'PD')) return 'no';
  return treated ? 'yes' : phase.metastatic === 'no' ? 'no' : undefined;
}

function treatmentFree(systemic: readonly Course[], ongoing: readonly Course[], today: number): number | undefined {
  if (ongoing.length > 0) return 0;
  const ends = systemic.flatMap((c) => lastDay(c.end) ?? []);
  return ends.length === 0 ||
    (ends.length < systemic.length &&
      systemic.some((c) => c.end === undefined && (firstDay(c.start) ?? 0) >= Math.max(...ends)))
    ? undefined
    : months(Math.max(...ends), today);
}

/** From the end of (neo)adjuvant therapy to the relapse; 0 when it came during it. */
function relapseInterval(systemic: readonly Course[], phase: DiseasePhase): number | undefined {
  if (phase.recurrence === 'none' || phase.recurrenceDay === undefined) return undefined;
  const relapse = phase.recurrenceDay;
  const perioperative = systemic.filter(
    (c) =>
      (c.intent === 'adjuvant' ||
        c.intent === 'neoadjuvant' ||
        c.modality === 'chemoradiotherapy' ||
        c.intent === 'curative') &&
      (firstDay(c.start) ?? relapse) < relapse,
  );
  if (perioperative.length === 0) return undefined;
  if (perioperative.some((c) => c.end === undefined && c.outcome !== 'completed')) return 0;
  const ends = perioperative.flatMap((c) => lastDay(c.end) ?? []);
  return ends.length === 0 ? undefined : months(Math.min(Math.max(...ends), relapse), relapse);
}
