// Lines of systemic therapy for advanced disease: which courses open a new one. Maintenance, a changed endocrine partner and an
// exchange within a class for intolerance stay in their line. Diseases of blood and lymph count every course: what follows without
// progression or relapse (consolidation, conditioning, maintenance) is of the same line.
import type { CourseOutcome } from '../../domain/patient.js';
import { type DiseasePhase, firstDay } from './disease-phase.js';
import type { DrugCourse } from './drug-courses.js';
import type { Terminology } from './terminology.js';

/** A draft with the days that rules compare. */
export interface Timed extends DrugCourse {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export type Settled = Timed & { readonly outcome: CourseOutcome; readonly best?: 'CR' | 'PR' | 'SD' | 'PD' };

/** The line of each course, from 1; null where it is not for advanced disease. */
export function therapyLines(
  settled: readonly Settled[],
  phase: DiseasePhase,
  terms: Terminology,
): readonly (number | null)[] {
  let line = 0;
  let previous: Settled | undefined;
  return settled.map((course) => {
    if (course.planned || !isForAdvanced(course, phase)) return null;
    const isNew = phase.systemic ? afterFailure : startsNewLine;
    if (previous === undefined || isNew(previous, course, terms, phase)) line++;
    previous = course;
    return line;
  });
}

/**
 * Palliative by word or time; whatever its recorded aim, what is begun in metastatic disease is for it, unless perioperative.
 * What failed without any local treatment of the primary turned out to be for advanced disease (a liver or pancreatic cancer).
 */
function isForAdvanced({ intent, from, outcome }: Settled, phase: DiseasePhase): boolean {
  if (phase.systemic) return true;
  if (phase.metastatic !== 'yes' && phase.definitive.length === 0 && outcome === 'progressed') return true;
  if (intent === 'neoadjuvant' || intent === 'adjuvant') return false;
  if (intent === 'palliative') return true;
  if (phase.metastatic !== 'yes') return intent === 'maintenance' && phase.definitive.length === 0;
  const since = phase.metastaticFrom;
  return since === undefined || from === undefined ? intent === 'maintenance' || phase.deNovo : from >= since - 30;
}

/** Other drugs begun longer after the end of a course than consolidation waits are a new line, whatever the record leaves out. */
const CONSOLIDATION_DAYS = 120;

/** In diseases of blood and lymph: progression or relapse since the course before began, or a long pause and other drugs. */
function afterFailure(before: Settled, course: Settled, _terms: Terminology, { events }: DiseasePhase): boolean {
  if (before.outcome === 'progressed') return true;
  const [begun, now] = [before.from ?? Number.NEGATIVE_INFINITY, course.from ?? Number.POSITIVE_INFINITY];
  if (events.some((e) => e.word === 'PD' && between(firstDay(e.date), begun, now))) return true;
  if (course.continues || course.intent === 'maintenance' || course.drugs.length === 0) return false;
  if (course.drugs.every((d) => before.drugs.includes(d))) return false;
  return before.to !== undefined && now - before.to > CONSOLIDATION_DAYS;
}

const between = (day: number | undefined, after: number, upTo: number): boolean =>
  day !== undefined && day > after && day <= upTo;

function startsNewLine(before: Settled, course: Settled, terms: Terminology): boolean {
  if (before.outcome === 'progressed') return true;
  if (course.continues || course.intent === 'maintenance') return false;
  if (course.drugs.length > 0 && course.drugs.every((d) => before.drugs.includes(d))) return false;
  const added = course.drugs.filter((d) => !before.drugs.includes(d));
  const kept = course.drugs.filter((d) => before.drugs.includes(d));
  const gap = course.from !== undefined && before.to !== undefined ? course.from - before.to : 0;
  // A changed or added endocrine partner, the other drug going on; a backbone begun a little later.
  if (kept.length > 0 && (isEndocrine(added, terms) || sharesClass(before.drugs, added, terms))) return false;
  // Chemotherapy without progression, then endocrine or anti-HER2 maintenance.
  if (
    gap <= 60 &&
    isCytotoxic(before.drugs, terms) &&
    isEndocrine(
      course.drugs.filter((d) => !holds([d], 'anti-HER2', terms)),
      terms,
    )
  )
    return false;
  // Exchange within a class because of intolerance (paclitaxel for docetaxel, one CDK4/6 inhibitor for another).
  if (
    before.outcome === 'intolerant' &&
    gap <= 90 &&
    course.drugs.every((d) => before.drugs.includes(d) || sharesClass(before.drugs, [d], terms))
  )
    return false;
  return true;
}

/** Do the drugs have their narrowest classes in common ("taxane", not "chemotherapy")? */
function sharesClass(a: readonly string[], b: readonly string[], terms: Terminology): boolean {
  const narrow = (drugs: readonly string[]) => new Set(drugs.flatMap((d) => terms.drug(d)?.classes ?? []));
  const left = narrow(a);
  return b.length > 0 && b.every((d) => (terms.drug(d)?.classes ?? []).some((c) => left.has(c)));
}

const holds = (drugs: readonly string[], id: string, terms: Terminology): boolean =>
  drugs.some((d) => terms.classesOf(d).has(id));
export const isCytotoxic = (drugs: readonly string[], terms: Terminology): boolean =>
  holds(drugs, 'chemotherapy', terms);
export const isEndocrine = (drugs: readonly string[], terms: Terminology): boolean =>
  drugs.length > 0 &&
  drugs.every((d) => terms.classesOf(d).has('endocrine-therapy') || terms.classesOf(d).has('CDK4-6-inhibitor'));
