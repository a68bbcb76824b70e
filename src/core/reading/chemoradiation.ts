// Chemoradiotherapy in the story: its drugs, when they are told beside it, were given with it; when they are not, the class that goes with
// radiotherapy of that organ by rule is taken, and said.
import type { StoryEvent, TreatmentEvent } from './story.js';
import type { Treatment } from './treatment.js';

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

/** Drugs given with radiotherapy to make it work better, by the trials of chemoradiotherapy; hormones and others beside it are not. */
const SENSITISER =
  /^(?:cisplatin|carboplatin|etoposide|paclitaxel|docetaxel|vinorelbine|fluorouracil|capecitabine|oxaliplatin|mitomycin|gemcitabine|temozolomide|cetuximab|nedaplatin|pemetrexed|tegafur.*|platinum agent)$/;
const BESIDE =
  /^\s*(?:x ?\d+ )?(?:\([^)]*\)\s*)?(?:\+|with|and concurrent|concurrent(?:ly)?(?: with)?|during|alongside|(?<!\p{L})(?:с|на фоне|одновременно с|параллельно с))\s*(?:(?:concurrent|concomitant|daily|thoracic|pelvic|external|beam)\s+)*$/u;

/** "Weekly carboplatin/paclitaxel with 60 Gy", "RT 50.4 Gy + capecitabine": a dose of radiation beside such drugs is chemoradiotherapy. */
export function withDose(found: readonly Treatment[], plain: string): readonly Treatment[] {
  const sensitises = (t: Treatment | undefined): boolean =>
    t?.kind === 'drugs' && t.drugs.every((d) => SENSITISER.test(d));
  return found.map((t, i) => {
    if (t.modality !== 'radiotherapy' || !RADIATION.test(t.words)) return t;
    const [before, after] = [found[i - 1], found[i + 1]];
    // The dose may stand on either side of the word: "60 Gy", "RT 60 Gy in 30 fractions".
    const tail =
      /^\s*(?:\(?\d{2}(?:[.,]\d{1,2})? ?(?:gy|гр)\p{L}*\)?)?(?:\s*(?:in|\/|за) ?\d{1,2} ?(?:fractions?|fx|#|фракц\p{L}*))?/u;
    const with_ =
      (before !== undefined && sensitises(before) && BESIDE.test(plain.slice(before.end, t.start))) ||
      (after !== undefined && sensitises(after) && BESIDE.test(plain.slice(t.end, after.start).replace(tail, '')));
    return with_ ? { ...t, words: 'chemoradiotherapy' } : t;
  });
}
/** Not of one place only, nor of another purpose. */
const RADIATION =
  /^(?!.*(?:brachy|surgery|stereotac|sbrt|brain|cranial|palliat|prostat|breast|брахи|стерео|паллиат|мозг))/u;

/** The day told of one of the two is of both: "CROSS (carbo/pacli + 41.4 Gy) 12/2025", "ХЛТ (EP x4 + 60 Гр) до 10.05.2026". */
export const withSharedDates = (events: readonly StoryEvent[]): readonly StoryEvent[] =>
  events.map((event) => {
    if (event.kind !== 'treatment' || event.date !== undefined || event.until !== undefined) return event;
    const other = events.find(
      (e): e is TreatmentEvent =>
        e.kind === 'treatment' &&
        e !== event &&
        (together(e, event) || oneOperation(event, e)) &&
        (e.date !== undefined || e.until !== undefined),
    );
    if (other === undefined) return event;
    return {
      ...event,
      ...(other.date === undefined ? {} : { date: other.date }),
      ...(other.until === undefined ? {} : { until: other.until }),
      ...(oneOperation(event, other) ? {} : { days: event.days ?? other.days ?? WEEKS_OF_RADIATION }),
    };
  });
/** "Hysterectomy + sentinel node biopsy 12.05.2026": operations joined by a sign or a word were one. */
const oneOperation = (a: TreatmentEvent, b: TreatmentEvent): boolean =>
  a.treatment.kind === 'procedure' &&
  b.treatment.kind === 'procedure' &&
  a.treatment.modality !== 'radiotherapy' &&
  b.treatment.modality !== 'radiotherapy' &&
  b.span.start >= a.span.end &&
  b.span.start - a.span.end <= JOINED;
/** Characters of " + ", " and ", ", ". */
const JOINED = 5;

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
