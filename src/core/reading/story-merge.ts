// Told twice is one: the same treatment named again adds to what is known of it; numbered lines stand in their order.
import { isChemoradiation } from './chemoradiation.js';
import type { StoryEvent, TreatmentEvent } from './story.js';
import { THREE_CLASSES } from './treatment-words.js';

/** The same treatment told twice ("progressed on osimertinib ... after osimertinib"): once, with all that was said of it. */
export function withoutRepeats(events: readonly StoryEvent[]): readonly StoryEvent[] {
  const out: StoryEvent[] = [];
  for (const event of events) {
    if (event.kind === 'status') {
      out.push(event);
      continue;
    }
    const i = out.findLastIndex((e) => e.kind === 'treatment' && sameTreatment(e, event));
    const known = out[i];
    if (known?.kind === 'treatment') out[i] = merged(known, event);
    else out.push(event);
  }
  return out;
}

/** An operation that is not named (treatment.ts). */
export const GENERIC_SURGERY = 'resection of the primary tumour';

function sameTreatment(a: TreatmentEvent, b: TreatmentEvent): boolean {
  const sameYear = (x: string, y: string): boolean => x.slice(0, 4) === y.slice(0, 4);
  if (a.date !== undefined && b.date !== undefined && !sameYear(a.date, b.date))
    if (a.until === undefined || !sameYear(a.until, b.date)) return false;
  const [x, y] = [a.said.intent, b.said.intent];
  if (x !== undefined && y !== undefined && x !== y) return false;
  if (a.said.line !== undefined && b.said.line !== undefined && a.said.line !== b.said.line) return false;
  if (a.treatment.kind === 'procedure')
    return (
      b.treatment.kind === 'procedure' &&
      a.treatment.modality === b.treatment.modality &&
      (a.treatment.words === b.treatment.words ||
        (isChemoradiation(a) && isChemoradiation(b)) ||
        (b.treatment.words === GENERIC_SURGERY && a.treatment.definitive) ||
        (a.treatment.words === GENERIC_SURGERY && b.treatment.definitive) ||
        b.treatment.words === 'radiotherapy' ||
        (a.treatment.words === 'chemoradiotherapy' && b.treatment.modality === 'radiotherapy' && b.date === undefined))
    );
  if (a.treatment.kind === 'untold')
    return b.treatment.kind === 'untold' && a.treatment.words === b.treatment.words && b.said.lines === undefined;
  const [p, q] = [a.treatment.drugs, b.treatment.drugs];
  return (
    b.treatment.kind === 'drugs' &&
    (q.every((d) => p.includes(d)) || p.every((d) => q.includes(d))) &&
    (p.length === q.length || x === y || y === undefined) &&
    !(y === 'maintenance' && x !== 'maintenance')
  );
}

const merged = (a: TreatmentEvent, b: TreatmentEvent): TreatmentEvent => ({
  // Of a course whose end is told, a day told later is of that end.
  ...(a.until !== undefined && a.date === undefined ? withoutDate(b) : b),
  ...a,
  spans: [...(a.spans ?? [a.span]), ...(b.spans ?? [b.span])],
  treatment:
    b.treatment.drugs.length > a.treatment.drugs.length || a.treatment.words === GENERIC_SURGERY
      ? b.treatment
      : a.treatment,
  said: {
    ...b.said,
    ...a.said,
    given:
      a.said.given === 'going-on' && b.said.given !== 'going-on' && b.said.ended !== undefined
        ? b.said.given
        : a.said.given,
    ...(a.said.ended !== undefined && a.said.ended !== 'completed'
      ? {}
      : b.said.ended === undefined
        ? {}
        : { ended: b.said.ended }),
  },
});

const withoutDate = ({ date: _date, ...event }: TreatmentEvent): TreatmentEvent => event;

/** Lines told by number stand in their order, whatever the order of telling. */
export function inLineOrder(events: readonly StoryEvent[]): readonly StoryEvent[] {
  const numbered = events.filter(
    (e): e is TreatmentEvent => e.kind === 'treatment' && e.said.line !== undefined && e.date === undefined,
  );
  const sorted = [...numbered].sort((a, b) => (a.said.line ?? 0) - (b.said.line ?? 0));
  let k = 0;
  return events.map((e) => (numbered.includes(e as TreatmentEvent) ? (sorted[k++] ?? e) : e));
}

/** A relapse that the disease's name tells ("relapsed lymphoma after R-CHOP") came after what was given, unless something goes on. */
export function nowLast(events: readonly StoryEvent[]): readonly StoryEvent[] {
  const isNow = (e: StoryEvent): boolean =>
    e.kind === 'status' && e.now === true && e.date === undefined && e.after === undefined;
  if (events.some((e) => e.kind === 'treatment' && e.said.given === 'going-on')) return events;
  return [...events.filter((e) => !isNow(e)), ...events.filter(isNow).slice(0, 1)];
}

/** Dated events in order of time; an undated one keeps its neighbour. */
export function inTime(events: readonly StoryEvent[]): readonly StoryEvent[] {
  let key = '';
  const keyed = events.map((event, i) => {
    const own = event.date ?? (event.kind === 'treatment' ? event.until : undefined);
    if (own !== undefined) key = own;
    return { event, key, i };
  });
  return keyed
    .sort((x, y) =>
      x.key < y.key && !y.key.startsWith(x.key) ? -1 : x.key > y.key && !x.key.startsWith(y.key) ? 1 : x.i - y.i,
    )
    .map((k) => k.event);
}

/** "Triple-class refractory": three classes, and as a rule a line with each. */
export const oneAClass = (event: StoryEvent): readonly StoryEvent[] =>
  event.kind === 'treatment' && event.treatment.words === THREE_CLASSES.join(' + ')
    ? THREE_CLASSES.map((drug) => ({ ...event, treatment: { ...event.treatment, drugs: [drug], words: drug } }))
    : [event];
