// Chemoradiotherapy in the story: its drugs, when they are told beside it, were given with it; when they are not, the class that goes with
// radiotherapy of that organ by rule is taken, and said.
import type { StoryEvent, TreatmentEvent } from './story.js';

/** Organs whose chemoradiotherapy is with platinum in every standard (lung, head and neck, cervix). */
const PLATINUM = /^(?:LUNG|HEAD_NECK|CERVIX)$/;
export const PARTNER = 'platinum agent';

export const isChemoradiation = ({ treatment }: TreatmentEvent): boolean =>
  treatment.modality === 'chemoradiotherapy' || treatment.words === 'chemoradiotherapy';

/** Drugs and chemoradiotherapy named side by side: "cisplatin-based chemoradiotherapy", "CRT (mitomycin + 5-FU)". */
export function together(a: TreatmentEvent, b: TreatmentEvent): boolean {
  const pair =
    (isChemoradiation(a) && b.treatment.kind === 'drugs') || (isChemoradiation(b) && a.treatment.kind === 'drugs');
  return (
    pair &&
    (a.spans ?? [a.span]).some((x) =>
      (b.spans ?? [b.span]).some((y) => Math.max(x.start, y.start) - Math.min(x.end, y.end) <= 25),
    )
  );
}

/** The day told of one of the two is of both: "CROSS (carbo/pacli + 41.4 Gy) 12/2025", "ХЛТ (EP x4 + 60 Гр) до 10.05.2026". */
export const withSharedDates = (events: readonly StoryEvent[]): readonly StoryEvent[] =>
  events.map((event) => {
    if (event.kind !== 'treatment' || event.date !== undefined || event.until !== undefined) return event;
    const other = events.find(
      (e): e is TreatmentEvent =>
        e.kind === 'treatment' && e !== event && together(e, event) && (e.date !== undefined || e.until !== undefined),
    );
    if (other === undefined) return event;
    return {
      ...event,
      ...(other.date === undefined ? {} : { date: other.date }),
      ...(other.until === undefined ? {} : { until: other.until }),
      days: event.days ?? other.days ?? WEEKS_OF_RADIATION,
    };
  });
/** Six weeks, the usual length of a course (story-entry.ts). */
const WEEKS_OF_RADIATION = 42;

/** Does the chemoradiotherapy want the partner that goes with it by rule? */
export const wantsPartner = (event: TreatmentEvent, events: readonly TreatmentEvent[], organ: string): boolean =>
  PLATINUM.test(organ) && isChemoradiation(event) && !events.some((e) => e !== event && together(e, event));

/** CROSS is chemoradiotherapy by its protocol (N Engl J Med 2012;366:2074), whether or not radiation is said beside it. */
export const isCross = (plain: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  plain.slice(start, end) === 'cross' && !/^\s*-?(?:crt|chemo-?rad|radio|хлт|химио-?лучев)/u.test(plain.slice(end));
export const CROSS = {
  kind: 'procedure',
  drugs: [],
  words: 'chemoradiotherapy',
  modality: 'radiotherapy',
  definitive: false,
} as const;
