// The story -> entries with days: those told, and places in the order for those that are not (timeline.ts).
import type { Entry } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import { PARTNER, together, wantsPartner, withSharedDates } from './chemoradiation.js';
import {
  datedToday,
  failedByQuestion,
  goesOnUntold,
  justFinished,
  succeeded,
  untilFailure,
  withCastration,
  withCastrationFailed,
  withEnds,
} from './course-end.js';
import type { Diagnosed, Place } from './diagnosis-settled.js';
import { statusEntry, treatmentEntries, type When } from './event-entry.js';
import { withOrganOperation } from './organ-operation.js';
import type { StatusEvent, Story, StoryEvent, TreatmentEvent } from './story.js';
import { inTime } from './story-merge.js';
import { type Placed, type Placing, placed, STRETCH_DAYS } from './timeline.js';

export interface Layout {
  readonly diagnosis: When;
  readonly metastases: When;
}

type Item =
  | { readonly kind: 'diagnosis' }
  | { readonly kind: 'metastases' }
  | { readonly kind: 'treatment'; readonly event: TreatmentEvent; readonly failed: boolean }
  | { readonly kind: 'status'; readonly event: StatusEvent };

export function storyEntries(
  story: Story,
  diagnosed: Diagnosed,
  asOf: PartialDate,
  place: Place,
): { readonly entries: readonly Entry[]; readonly layout: Layout; readonly remarks: readonly string[] } {
  const { organ, metastatic } = diagnosed;
  const failed = failedByQuestion(datedToday(withLines(story, diagnosed), asOf), story.asked, metastatic);
  const ended = goesOnUntold(withEnds(withCastrationFailed(failed, organ, metastatic)));
  const events = withOrganOperation(
    untilFailure(inTime(withSharedDates(withCastration(succeeded(ended), organ, metastatic)))),
    organ,
  );
  const items = itemsOf(events, diagnosed);
  const placings = items.map((item, i) => placingOf(item, items[i - 1], diagnosed));
  const a = placed(placings, asOf, 0);
  const b = placed(placings, asOf, STRETCH_DAYS);
  const finished = diagnosed.date === undefined && !story.older ? justFinished(events, story.asks) : undefined;
  const over = items.findIndex((item) => item.kind === 'treatment' && item.event === finished);
  const when = (i: number): When =>
    i === over ? whenOf(placings[i], justOver(placings[i], a[i], b[i]), b[i]) : whenOf(placings[i], a[i], b[i]);
  const entries = items.flatMap((item, i): readonly Entry[] => {
    if (item.kind === 'treatment')
      return [
        ...treatmentEntries(item.event, when(i), place),
        ...partner(item.event, events, diagnosed, when(i), place),
      ];
    return item.kind === 'status' ? [statusEntry(item.event, when(i), place)] : [];
  });
  const at = (kind: Item['kind']): When => {
    const i = items.findIndex((item) => item.kind === kind);
    const { end: _end, ...w } = i < 0 ? ({} as When) : when(i);
    return w.placed === undefined ? w : { ...w, placed: w.placed.date === undefined ? {} : { date: w.placed.date } };
  };
  return {
    entries,
    layout: { diagnosis: at('diagnosis'), metastases: at('metastases') },
    remarks:
      finished === undefined
        ? []
        : [`no day is told: "${finished.treatment.words}" is taken to have ended on the day of the question`],
  };
}

/** The end (of an operation or a told length also the beginning) is the same in both layouts, so it is known. */
function justOver(p: Placing | undefined, a: Placed | undefined, b: Placed | undefined): Placed | undefined {
  if (p === undefined || a === undefined || b === undefined) return a;
  return p.length === 0 || p.lengthTold ? b : { ...a, ...(b.end === undefined ? {} : { end: b.end }) };
}

/** The drug that chemoradiotherapy of the organ is given with, where the text does not name it. */
function partner(
  event: TreatmentEvent,
  events: readonly StoryEvent[],
  { organ }: Diagnosed,
  when: When,
  place: Place,
): readonly Entry[] {
  const treatments = events.filter((e): e is TreatmentEvent => e.kind === 'treatment');
  if (!wantsPartner(event, treatments, organ)) return [];
  const drugs = { ...event.treatment, kind: 'drugs' as const, drugs: [PARTNER], words: PARTNER, modality: 'systemic' };
  return treatmentEntries({ ...event, treatment: drugs }, when, place).map((e) => ({
    ...e,
    inferred: 'the drug that goes with chemoradiotherapy of this organ by rule',
  }));
}

function whenOf(p: Placing | undefined, a: Placed | undefined, b: Placed | undefined): When {
  if (p === undefined || a === undefined || b === undefined) return {};
  const same = a.start === b.start && a.end === b.end;
  return {
    date: a.start,
    ...(a.end === undefined || p.length === 0 ? {} : { end: a.end }),
    ...(same ? {} : { placed: { date: b.start, ...(b.end === undefined ? {} : { end: b.end }) } }),
  };
}

const isPerioperative = (e: StoryEvent): boolean =>
  e.kind === 'treatment' &&
  (e.said.intent === 'adjuvant' ||
    e.said.intent === 'neoadjuvant' ||
    (e.treatment.definitive && e.treatment.kind === 'procedure') ||
    e.treatment.words === 'chemoradiotherapy' ||
    e.treatment.words === 'radiotherapy');

const isRemission = (e: StoryEvent): boolean => e.kind === 'status' && (e.word === 'CR' || e.word === 'PR');

/** Characters within which a list of treatments follows the number of lines. */
const LIST_LENGTH = 60;

/** Lines that are counted but not told stand as treatment whose drugs are not known. */
function withLines(story: Story, d: Diagnosed): readonly StoryEvent[] {
  const events = [...story.events];
  const advanced = events.filter(
    (e): e is TreatmentEvent =>
      e.kind === 'treatment' &&
      e.treatment.kind !== 'procedure' &&
      !isPerioperative(e) &&
      e.said.intent !== 'maintenance',
  );
  // "4 lines: VRd, Dara-Pd, Kd": those named right after the count are of it.
  const listed = (e: TreatmentEvent): number =>
    advanced.filter((o) => o !== e && o.span.start > e.span.end && o.span.start - e.span.end < LIST_LENGTH).length;
  const multiplied = events.flatMap((e) =>
    e.kind === 'treatment' && (e.said.lines ?? 1) > 1
      ? Array.from(
          { length: Math.max((e.said.lines ?? 1) - listed(e), 0) },
          (): StoryEvent => ({ ...e, said: { ...e.said, ended: 'progressed' } }),
        )
      : [e],
  );
  const count = advanced.length + multiplied.length - events.length;
  const firstNumbered = advanced.find((e) => e.said.line !== undefined);
  const expected = Math.max(
    story.linesBefore ?? 0,
    (story.lineAsked ?? 1) - 1,
    firstNumbered === undefined ? 0 : (firstNumbered.said.line ?? 1) - 1 - advanced.indexOf(firstNumbered) + count,
  );
  const going = advanced.at(-1);
  const open =
    going !== undefined && going.said.given === 'going-on' && (story.lineAsked ?? 0) > count ? going : undefined;
  // "Никакого лечения не получала": a line that is asked about stands for nothing that was given.
  const missing = story.untreated && count === 0 ? 0 : Math.max(0, expected - count);
  const failedLast = story.lineAsked !== undefined && story.lineAsked > 1 ? advanced.at(-1) : open;
  const out = multiplied.map((e) =>
    e === failedLast && e.kind === 'treatment' && e.said.ended === undefined
      ? { ...e, said: { ...e.said, given: 'given' as const, ended: 'progressed' as const } }
      : e,
  );
  // "AML in first remission": the induction is not told, and was given.
  const remitted = missing === 0 && d.systemic && count === 0 && !story.untreated && out.some(isRemission);
  if (missing === 0 && !remitted) return out;
  const span = advanced[0]?.span ?? { start: d.cancers[0]?.start ?? 0, end: d.cancers[0]?.end ?? 0 };
  const untold: TreatmentEvent = {
    kind: 'treatment',
    treatment: {
      kind: 'untold',
      drugs: [],
      words: 'systemic therapy',
      modality: 'systemic',
      definitive: false,
      start: 0,
      end: 0,
    },
    said: {
      given: 'given',
      ended: 'progressed',
      earlier: false,
      intent: d.systemic ? undefined : 'palliative',
    } as TreatmentEvent['said'],
    span,
  };
  if (remitted) {
    const first: TreatmentEvent = { ...untold, said: { given: 'given', ended: 'completed', earlier: false } };
    return [first, ...out];
  }
  const at = out.findIndex((e) => e.kind === 'treatment' && e.treatment.kind !== 'procedure' && !isPerioperative(e));
  const extra = Array.from({ length: Math.min(missing, 6) }, () => untold);
  return at < 0 ? [...out, ...extra] : [...out.slice(0, at), ...extra, ...out.slice(at)];
}

function itemsOf(events: readonly StoryEvent[], d: Diagnosed): readonly Item[] {
  const items: Item[] = [{ kind: 'diagnosis' }];
  const last = d.recurrent ? events.findLastIndex(isPerioperative) : -1;
  let shown = !d.recurrent;
  events.forEach((event, i) => {
    if (event.kind === 'status') {
      items.push({ kind: 'status', event });
      if (!shown && i >= last && event.word === 'PD') {
        items.push({ kind: 'metastases' });
        shown = true;
      }
      return;
    }
    const next = events.slice(i + 1);
    const told = next.slice(
      0,
      Math.max(
        0,
        next.findIndex((e) => e.kind === 'treatment'),
      ) || next.length,
    );
    const failed = event.said.ended === 'progressed' && !told.some((e) => e.kind === 'status' && e.word === 'PD');
    if (!shown && i > last && !toldBeforeSpread(event, d)) {
      items.push({ kind: 'metastases' });
      shown = true;
    }
    items.push({ kind: 'treatment', event, failed });
    if (failed)
      items.push({ kind: 'status', event: { kind: 'status', word: 'PD', recurrence: false, span: event.span } });
  });
  if (!shown) items.push({ kind: 'metastases' });
  return items;
}

/** "2022: resection, 8 cycles XELOX. 2026: liver metastases": given without a day and told before the relapse, it came before it. */
const toldBeforeSpread = ({ date, until, said, span }: TreatmentEvent, d: Diagnosed): boolean =>
  d.relapseDate !== undefined &&
  span.end <= (d.spreadFrom ?? 0) &&
  said.line === undefined &&
  said.intent !== 'palliative' &&
  (date ?? until ?? '') < d.relapseDate;

function placingOf(item: Item, before: Item | undefined, d: Diagnosed): Placing {
  const plain = { open: false, lengthTold: false };
  switch (item.kind) {
    case 'diagnosis':
      return { ...plain, length: 0, gap: 0, ...(d.date === undefined ? {} : { date: d.date }) };
    case 'metastases':
      return {
        ...plain,
        length: 0,
        gap: before?.kind === 'status' ? 0 : 400,
        ...(d.relapseDate === undefined ? {} : { date: d.relapseDate }),
      };
    case 'status': {
      const { event } = item;
      const afterTreatment = before?.kind === 'treatment';
      const gap =
        event.word === 'PD'
          ? event.recurrence && afterTreatment
            ? 300
            : afterTreatment
              ? 3
              : 30
          : afterTreatment
            ? 1
            : 20;
      return {
        ...plain,
        length: 0,
        gap,
        ...(event.date === undefined ? {} : { date: event.date }),
        ...(event.after === undefined || event.date !== undefined ? {} : { after: event.after }),
      };
    }
    case 'treatment': {
      const { treatment, said, days, date, until } = item.event;
      const natural =
        treatment.kind === 'procedure'
          ? treatment.modality === 'radiotherapy'
            ? 42
            : 0
          : said.intent === 'neoadjuvant' || said.intent === 'adjuvant'
            ? 110
            : 150;
      return {
        length: days ?? natural,
        gap: before?.kind === 'diagnosis' ? 30 : 40,
        open: said.given === 'going-on' && said.ended === undefined && until === undefined,
        lengthTold: days !== undefined,
        ...(date === undefined ? {} : { date }),
        ...(until === undefined ? {} : { until }),
        ...(date === undefined && before?.kind === 'treatment' && together(before.event, item.event)
          ? { after: { days: 0, of: 'start' as const } }
          : {}),
      };
    }
  }
}
