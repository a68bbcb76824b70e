// Therapy atoms: is there a course, earlier or going on, of such drugs, classes, line, outcome and time? The list of courses is
// taken as complete; a course whose drugs were not understood may be any drug, so it leaves such questions open.
import type { TherapySelector } from '../../domain/corpus/criterion.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Course } from '../../domain/patient.js';
import { every, some, type Truth, truth } from '../../domain/truth.js';
import type { CorpusIndex } from '../corpus-index.js';
import { translate, word } from '../language/translate.js';
import type { AtomAnswer, Context } from './trace.js';
import { nameIn } from './words.js';

const DAYS_PER_MONTH = 30.4375;

/** The state alone, for where no words are asked. */
export function therapyState(when: 'prior' | 'current', selector: TherapySelector, context: Context): Truth {
  const { cancerCase, patient, index } = context;
  let state: Truth = 'not-met';
  for (const course of cancerCase.courses) {
    if (course.outcome === 'planned') continue;
    const asked = courseIs(course, selector, patient.asOf, index);
    const one = when === 'current' ? every([asked, goingOn(course)]) : asked;
    if (one === 'met') return 'met';
    if (one === 'unknown') state = 'unknown';
  }
  return state;
}

export function evaluateTherapy(when: 'prior' | 'current', selector: TherapySelector, context: Context): AtomAnswer {
  const { cancerCase, patient, index } = context;
  const courses = cancerCase.courses
    .filter((course) => course.outcome !== 'planned')
    .map((course) => {
      const asked = courseIs(course, selector, patient.asOf, index);
      return { course, state: when === 'current' ? every([asked, goingOn(course)]) : asked };
    });
  const state = some(courses.map((c) => c.state));
  const deciding = courses.find((c) => c.state === state && state !== 'not-met')?.course;
  if (deciding === undefined) {
    const given = when === 'current' ? cancerCase.courses.filter((c) => goingOn(c) !== 'not-met') : cancerCase.courses;
    return {
      state,
      fact: translate(
        index.lang,
        given.length === 0 ? 'no such treatment recorded' : 'other treatment recorded, not this',
      ),
    };
  }
  const [source] = deciding.sources;
  return {
    state,
    fact: courseInWords(deciding, index),
    ...(source && { source }),
    ...(state === 'unknown' && {
      asks: {
        item: translate(index.lang, 'details of earlier treatment'),
        why: translate(index.lang, 'not clear from: {what}', { what: courseInWords(deciding, index) }),
      },
    }),
  };
}

/** Whether a course answers to the selector; the time limits count back from `asOf`. */
export function courseIs(course: Course, selector: TherapySelector, asOf: PartialDate, index: CorpusIndex): Truth {
  const { drug, class: classes, with: withAll, modality, procedure, intent, outcome, line } = selector;
  const parts: Truth[] = [];
  if (drug) parts.push(holdsAny(course, drug, (d, asked) => d === asked, index));
  if (classes) parts.push(holdsAny(course, classes, (d, asked) => index.classesOf(d).has(asked), index));
  for (const asked of withAll ?? [])
    parts.push(holdsAny(course, [asked], (d) => d === asked || index.classesOf(d).has(asked), index));
  if (modality) parts.push(truth(modality.some((m) => isModality(course, m))));
  if (procedure) parts.push(some(procedure.map((p) => isProcedure(course, p, index))));
  if (intent) parts.push(intent.includes(course.intent) ? 'met' : course.intent === 'unknown' ? 'unknown' : 'not-met');
  if (outcome) parts.push(hasOutcome(course, outcome));
  if (line !== undefined) parts.push(truth(course.line === line));
  parts.push(...inTime(course, selector, asOf));
  return every(parts);
}

function holdsAny(
  course: Course,
  asked: readonly string[],
  same: (drug: string, asked: string) => boolean,
  index: CorpusIndex,
): Truth {
  if (course.drugs.some((d) => asked.some((a) => same(d, a)))) return 'met';
  if (course.modality === 'chemoradiotherapy' && course.drugs.length === 0) return inChemoradiotherapy(asked, index);
  return drugsUnderstood(course, index) ? 'not-met' : 'unknown';
}

/** Chemoradiotherapy whose drugs are not named held chemotherapy, whichever, and no other class. */
function inChemoradiotherapy(asked: readonly string[], index: CorpusIndex): Truth {
  if (asked.includes(CHEMOTHERAPY)) return 'met';
  const may = (a: string): boolean => index.isClass(a, CHEMOTHERAPY) || index.classesOf(a).has(CHEMOTHERAPY);
  return asked.some(may) ? 'unknown' : 'not-met';
}

const CHEMOTHERAPY = 'chemotherapy';

/** A systemic course without drugs, or with a name that the corpus does not know, may hold any drug. */
function drugsUnderstood(course: Course, index: CorpusIndex): boolean {
  if (course.drugs.length === 0) return course.modality !== 'systemic' && course.modality !== 'chemoradiotherapy';
  return course.drugs.every((d) => index.drug(d) !== undefined);
}

/** Chemoradiotherapy is radiotherapy too. */
const isModality = (course: Course, asked: string): boolean =>
  course.modality === asked || (asked === 'radiotherapy' && course.modality === 'chemoradiotherapy');

function isProcedure(course: Course, asked: string, index: CorpusIndex): Truth {
  if (course.procedure !== undefined) {
    if (index.isProcedure(course.procedure, asked)) return 'met';
    return index.isProcedure(asked, course.procedure) ? 'unknown' : 'not-met';
  }
  const modality = index.procedure(asked)?.modality;
  return modality !== undefined && isModality(course, modality) ? 'unknown' : 'not-met';
}

function hasOutcome(course: Course, asked: readonly string[]): Truth {
  if (asked.includes(course.outcome)) return 'met';
  if (asked.includes('progressed') && course.bestResponse === 'PD') return 'met';
  return course.outcome === 'unknown' ? 'unknown' : 'not-met';
}

export function goingOn(course: Course): Truth {
  if (course.outcome === 'ongoing') return 'met';
  return course.outcome === 'unknown' && course.end === undefined ? 'unknown' : 'not-met';
}

function inTime(course: Course, selector: TherapySelector, asOf: PartialDate): Truth[] {
  const { withinMonths, beforeMonths, minMonths, maxMonths } = selector;
  const since = monthsSinceEnd(course, asOf);
  const lasted = duration(course, asOf);
  const ongoing = goingOn(course) === 'met';
  return [
    ...(withinMonths === undefined ? [] : ([ongoing ? 'met' : atMost(since, withinMonths)] satisfies Truth[])),
    ...(beforeMonths === undefined ? [] : ([ongoing ? 'not-met' : moreThan(since, beforeMonths)] satisfies Truth[])),
    ...(minMonths === undefined ? [] : [atLeast(lasted, minMonths)]),
    ...(maxMonths === undefined ? [] : [atMost(lasted, maxMonths)]),
  ];
}

/** What a number of months may be, from dates of year or month precision. */
interface Span {
  readonly least: number;
  readonly most: number;
}

const atMost = ({ least, most }: Span, months: number): Truth =>
  most <= months ? 'met' : least > months ? 'not-met' : 'unknown';
const moreThan = ({ least, most }: Span, months: number): Truth =>
  least > months ? 'met' : most <= months ? 'not-met' : 'unknown';
const atLeast = ({ least, most }: Span, months: number): Truth =>
  least >= months ? 'met' : most < months ? 'not-met' : 'unknown';

/** A course without an end ended some time between its start and now. */
function monthsSinceEnd(course: Course, asOf: PartialDate): Span {
  if (course.end !== undefined) return between(course.end, asOf);
  return { least: 0, most: course.start === undefined ? Number.POSITIVE_INFINITY : between(course.start, asOf).most };
}

function duration(course: Course, asOf: PartialDate): Span {
  if (course.start === undefined) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (course.end !== undefined) return between(course.start, course.end);
  const soFar = between(course.start, asOf);
  return goingOn(course) === 'met' ? soFar : { least: 0, most: soFar.most };
}

function between(from: PartialDate, to: PartialDate): Span {
  const a = dayRange(from);
  const b = dayRange(to);
  return {
    least: Math.max(0, b.first - a.last) / DAYS_PER_MONTH,
    most: Math.max(0, b.last - a.first) / DAYS_PER_MONTH,
  };
}

/** "carboplatin + paclitaxel, neoadjuvant, 2024-01 to 2024-05, completed". */
export function courseInWords(course: Course, index: CorpusIndex): string {
  const procedure = course.procedure && nameIn(index.procedure(course.procedure)?.name, course.procedure, index);
  const what = course.drugs.length > 0 ? course.drugs.join(' + ') : (procedure ?? word(index.lang, course.modality));
  const detail = course.drugs.length > 0 && procedure ? [procedure] : [];
  const oneDay = course.end !== undefined && course.end === course.start;
  const dates = oneDay
    ? course.end
    : course.end
      ? `${course.start ?? '?'} to ${course.end}`
      : course.start && `from ${course.start}`;
  return [
    what,
    ...detail,
    ...(course.intent === 'unknown' ? [] : [word(index.lang, course.intent)]),
    ...(course.line === null ? [] : [translate(index.lang, 'line {n}', { n: course.line })]),
    ...(dates ? [dates] : []),
    course.outcome === 'unknown' ? translate(index.lang, 'outcome not recorded') : word(index.lang, course.outcome),
    ...(course.bestResponse ? [translate(index.lang, 'best response {what}', { what: course.bestResponse })] : []),
  ].join(', ');
}
