// Prior failure: progression on a drug, or on one of its class, means that giving it again is not expected to work.
//
// A course failed when progression ended it, when its best response was progression, when the disease is progressing and it is the
// latest treatment of the advanced disease, or when the cancer came back while it was still being given as adjuvant treatment.
// A (neo)adjuvant course completed without progression is not failure.
//
// Parameters: `of` classes or drugs whose failure counts (left out: the very same drug); `outcome` failed (default) or intolerant;
// `withinMonths` the failed course ended at most so long ago (left out: ever); `unlessWith` classes or drugs: a regimen that adds one of them that the
// failed course did not hold is not concerned (trastuzumab goes on beyond progression with a new partner); `onlyWith` the reverse;
// `alone` yes: only when every cancer drug of the regimen is one of `of` or of the rule's subjects; `exempt` drugs never counted;
// `completedWithinMonths` a course completed as planned counts only when it ended at most so long ago (a disease that comes back late may
// answer again); `cancers` and `notCancers`: OncoTree codes (and their descendants) in which alone, or in which not, the rule speaks.
import { compareDates, dayRange } from '../../domain/partial-date.js';
import type { Course } from '../../domain/patient.js';
import { cancerState } from '../criteria/cancer.js';
import { courseInWords, courseIs } from '../criteria/therapy.js';
import type { Context } from '../criteria/trace.js';
import { factOf } from '../criteria/value.js';
import { type Check, type CheckInput, NOT_MET, number, words } from './check.js';
import { cancerDrugsOf, drugIs } from './regimen-drugs.js';

export const priorFailure: Check = (input) => {
  const { rule, regimen, context } = input;
  const { index } = context;
  const { courses } = context.cancerCase;
  if (courses.length === 0 || !concernsCancer(input)) return NOT_MET;
  const exempt = words(rule, 'exempt');
  const subjects = input.subjects.filter((drug) => !drugIs(drug, exempt, index));
  const of = words(rule, 'of');
  if (
    words(rule, 'alone').includes('yes') &&
    !cancerDrugsOf(regimen, index).every((d) => drugIs(d, [...of, ...subjects], index))
  )
    return NOT_MET;
  const because = courses
    .filter((course) => subjects.some((drug) => same(course, drug, of, exempt, context)))
    .filter((course) => ended(course, input))
    .filter((course) => partnersAllow(course, input))
    .map((course) => courseInWords(course, index));
  return because.length > 0 ? { state: 'met', because: [...new Set(because)] } : NOT_MET;
};

function concernsCancer({ rule, context }: CheckInput): boolean {
  const is = (codes: readonly string[]) => cancerState(codes, context) === 'met';
  const [only, not] = [words(rule, 'cancers'), words(rule, 'notCancers')];
  return (only.length === 0 || is(only)) && !(not.length > 0 && is(not));
}

function same(
  course: Course,
  drug: string,
  of: readonly string[],
  exempt: readonly string[],
  { index }: Context,
): boolean {
  const given = course.drugs.filter((d) => !drugIs(d, exempt, index));
  return of.length === 0 ? given.includes(drug) : given.some((d) => drugIs(d, of, index));
}

function ended(course: Course, input: CheckInput): boolean {
  const { rule, context } = input;
  if (words(rule, 'outcome').includes('intolerant'))
    return course.outcome === 'intolerant' && !givenAgain(course, input);
  const within = number(rule, 'withinMonths');
  const recent =
    within === undefined ||
    courseIs(course, { withinMonths: within }, context.patient.asOf, context.index) !== 'not-met';
  const lately = number(rule, 'completedWithinMonths');
  const late =
    lately !== undefined &&
    course.outcome === 'completed' &&
    course.bestResponse !== 'PD' &&
    courseIs(course, { withinMonths: lately }, context.patient.asOf, context.index) === 'not-met';
  return recent && !late && hasFailed(course, context);
}

/** A drug of the stopped course that went on afterwards was not the one that was not tolerated. */
function givenAgain(course: Course, { subjects, context }: CheckInput): boolean {
  const held = subjects.filter((drug) => course.drugs.includes(drug));
  const later = context.cancerCase.courses.filter(
    (c) => c !== course && c.outcome !== 'intolerant' && c.outcome !== 'planned' && startsAfter(c, course),
  );
  return held.length > 0 && held.every((drug) => later.some((c) => c.drugs.includes(drug)));
}

const startsAfter = (a: Course, b: Course): boolean =>
  a.start !== undefined && b.start !== undefined && compareDates(a.start, b.start) > 0;

/** Whether a new partner lifts the finding (`unlessWith`), or is what the rule is about (`onlyWith`). */
function partnersAllow(course: Course, { rule, regimen, context }: CheckInput): boolean {
  const { index } = context;
  const added = cancerDrugsOf(regimen, index).filter((drug) => !course.drugs.includes(drug));
  const adds = (asked: readonly string[]) => added.some((drug) => drugIs(drug, asked, index));
  const onlyWith = words(rule, 'onlyWith');
  return !adds(words(rule, 'unlessWith')) && (onlyWith.length === 0 || adds(onlyWith));
}

export function hasFailed(course: Course, context: Context): boolean {
  if (course.outcome === 'planned' || course.outcome === 'intolerant') return false;
  if (course.outcome === 'progressed' || course.bestResponse === 'PD') return true;
  // Treatment with intent to cure that was completed did not fail; the cancer that returns under it did resist it.
  if (!forAdvancedDisease(course)) return course.outcome === 'ongoing' && isYes('recurred', context);
  return isYes('progressing', context) && isLatest(course, context);
}

const forAdvancedDisease = (course: Course): boolean =>
  course.line !== null || course.intent === 'palliative' || course.intent === 'maintenance';

function isYes(what: 'recurred' | 'progressing', context: Context): boolean {
  const read = (name: string) => {
    const fact = factOf(name, context);
    return fact.known ? String(fact.value) : undefined;
  };
  if (what === 'progressing') return read('progressing') === 'yes';
  const recurrence = read('recurrence');
  return recurrence === 'locoregional' || recurrence === 'distant';
}

/** The latest systemic treatment of the advanced disease; courses that began together are one. */
function isLatest(course: Course, { cancerCase }: Context): boolean {
  if (course.modality !== 'systemic' || course.start === undefined) return false;
  const begun = cancerCase.courses
    .filter((c) => c.modality === 'systemic' && forAdvancedDisease(c) && c.outcome !== 'planned')
    .flatMap((c) => (c.start === undefined ? [] : [dayRange(c.start).last]));
  return dayRange(course.start).last === Math.max(...begun);
}
