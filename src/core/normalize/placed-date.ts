// Histories out of prose: days that are only a place in an order. The history is normalised with two sets of such days that keep the
// order; what both agree on is known, a number that moves with them is Unknown, a day that moves is left out.
import { type Fact, unknown } from '../../domain/fact.js';
import type { Entry, History } from '../../domain/history.js';
import type { CancerCase, Course, Patient, Value } from '../../domain/patient.js';

/** The history with the other days; undefined when every day was told. */
export function withOtherPlaces(history: History): History | undefined {
  if (history.entries.every((e) => e.placed === undefined)) return undefined;
  return {
    ...history,
    entries: history.entries.map((e): Entry => (e.placed === undefined ? e : { ...e, ...e.placed })),
  };
}

/** What two readings of one history have in common. They differ in days and in what is counted from them. */
export function agreed(a: Patient, b: Patient): Patient {
  return {
    ...a,
    cases: a.cases.map((own, i) => {
      const other = b.cases[i];
      return other === undefined ? own : sameCase(own, other);
    }),
    values: sameValues(a.values, b.values),
  };
}

function sameCase(a: CancerCase, b: CancerCase): CancerCase {
  return {
    ...a,
    diagnosed: sameFact(a.diagnosed, b.diagnosed),
    metastases: a.metastases.map(({ date, ...m }, i) =>
      date !== undefined && date === b.metastases[i]?.date ? { ...m, date } : m,
    ),
    courses: a.courses.map((course, i) => sameCourse(course, b.courses[i])),
    values: sameValues(a.values, b.values),
  };
}

function sameCourse({ start, end, ...a }: Course, b: Course | undefined): Course {
  return {
    ...a,
    ...(start !== undefined && start === b?.start ? { start } : {}),
    ...(end !== undefined && end === b?.end ? { end } : {}),
  };
}

function sameValues(
  a: Readonly<Record<string, Fact<Value>>>,
  b: Readonly<Record<string, Fact<Value>>>,
): Readonly<Record<string, Fact<Value>>> {
  return Object.fromEntries(
    Object.entries(a).flatMap(([name, fact]) => {
      const other = b[name];
      return other === undefined ? [] : [[name, sameFact(fact, other)] as const];
    }),
  );
}

function sameFact<T>(a: Fact<T>, b: Fact<T>): Fact<T> {
  if (!a.known || !b.known) return a.known ? b : a;
  if (a.value !== b.value)
    return unknown('not-recorded', 'the text tells the order of events, not the days between them');
  if (a.date === b.date) return a;
  const { date: _moves, ...rest } = a;
  return rest;
}
