// The sentences of a note -> what happened, in the order in which it happened: treatments and turns of the disease, with the dates that
// are told. Narrative order stands in where dates lack; "after" turns it round.

import type { PartialDate } from '../../domain/partial-date.js';
import { lineAlone, lineGiven, lineStated, pretreated } from './advanced.js';
import type { Lexicon } from './lexicon.js';
import { isForAnotherDisease } from './other-disease.js';
import { datesIn } from './reading-date.js';
import type { Sentence } from './sentence.js';
import { type StatusSaid, type StatusWord, statusesIn } from './status.js';
import { datesOf, nearestDate } from './story-date.js';
import { inLineOrder, nowLast, oneAClass, withoutRepeats } from './story-merge.js';
import { type Treatment, treatmentsIn } from './treatment.js';
import { lineIn, linesCounted, type TreatmentSaid, treatmentSaid, withoutIntentOfLast } from './treatment-context.js';
import { UNTREATED } from './treatment-words.js';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TreatmentEvent {
  readonly kind: 'treatment';
  readonly treatment: Treatment;
  readonly said: TreatmentSaid;
  readonly span: Span;
  readonly date?: PartialDate;
  readonly until?: PartialDate;
  /** Every place where it is told. */
  readonly spans?: readonly Span[];
  /** Days it lasted, where told. */
  readonly days?: number;
}

export interface StatusEvent {
  readonly kind: 'status';
  readonly word: StatusWord;
  readonly recurrence: boolean;
  readonly now?: boolean;
  readonly today?: boolean;
  readonly span: Span;
  readonly date?: PartialDate;
  readonly after?: StatusSaid['after'];
}

export type StoryEvent = TreatmentEvent | StatusEvent;

export interface Story {
  readonly events: readonly StoryEvent[];
  /** Named but not given: asked about, planned, refused. */
  readonly asked: readonly { readonly words: string; readonly span: Span }[];
  /** The line that the question is about ("which second-line treatment"). */
  readonly lineAsked?: number;
  /** Lines said to have been given before ("after two prior lines"). */
  readonly linesBefore?: number;
  readonly untreated: boolean;
  /** The text asks something. */
  readonly asks: boolean;
  /** Some of it was written on another day than that of the question. */
  readonly older: boolean;
}

export function storyOf(sentences: readonly Sentence[], lexicon: Lexicon, asOf: PartialDate): Story {
  const events: StoryEvent[] = [];
  const asked: { words: string; span: Span }[] = [];
  let lineAsked: number | undefined;
  let linesBefore: number | undefined;
  let untreated = false;
  for (const sentence of sentences) {
    if (sentence.section === 'family' || sentence.section === 'allergy') continue;
    untreated ||= UNTREATED.test(sentence.plain);
    const told = eventsOf(sentence, lexicon, asOf);
    events.push(...told.events);
    asked.push(...told.asked);
    const line =
      lineAskedIn(sentence) ??
      (told.events.length + told.asked.length === 0 ? lineStated(sentence) : lineAlone(sentence));
    if (line !== undefined) lineAsked = line;
    const silent = told.events.every((e) => e.kind !== 'treatment') && told.asked.length === 0;
    const counted =
      linesCounted(sentence.plain) ?? (silent ? (lineGiven(sentence) ?? pretreated(sentence)) : undefined);
    // "3 lines: bortezomib, lenalidomide, daratumumab": all of them are named.
    const named = !silent && /(?:\blines?|(?<!\p{L})лини\p{L}{1,2})\s*(?:\([^)]*\))?:/u.test(sentence.plain);
    if (
      counted !== undefined &&
      !named &&
      !told.events.some((e) => e.kind === 'treatment' && e.said.lines !== undefined)
    )
      linesBefore = counted;
  }
  return {
    events: nowLast(inLineOrder(withoutRepeats(events))),
    asked,
    untreated,
    asks: sentences.some((s) => s.asks),
    older: sentences.some((s) => s.day !== undefined && s.day !== asOf),
    ...(lineAsked === undefined ? {} : { lineAsked }),
    ...(linesBefore === undefined ? {} : { linesBefore }),
  };
}

/** "Which second-line treatment ...?" */
function lineAskedIn({ plain, asks, section }: Sentence): number | undefined {
  if (!asks && section !== 'plan') return undefined;
  const m =
    /(?:what|which|best|optimal|preferred|options?|for|as|role|candidate|propos\w+|plan\w*|какая|какую|какое|выбор|тактика|назнач\p{L}*|вопрос\p{L}*)[^.;?]{0,45}?((?:\d|first|second|third|fourth|1st|2nd|3rd|перв|втор|трет|четв)[\p{L}\d-]*[ -]?(?:line|лини)\p{L}*|\d ?l\b)/u.exec(
      plain,
    );
  return m === null ? undefined : lineIn(m[1] ?? '');
}

function eventsOf(
  sentence: Sentence,
  lexicon: Lexicon,
  asOf: PartialDate,
): { readonly events: readonly StoryEvent[]; readonly asked: readonly { words: string; span: Span }[] } {
  const named = treatmentsIn(sentence, lexicon);
  const treatments = named.filter((t) => !isForAnotherDisease(t, sentence));
  const statuses = statusesIn(sentence);
  const dates = datesIn(sentence.plain, sentence.day ?? asOf);
  const asked: { words: string; span: Span }[] = [];
  const told: Told[] = [];
  const at = (start: number, end: number): Span => ({ start: sentence.start + start, end: sentence.start + end });
  for (const t of named)
    if (!treatments.includes(t)) asked.push({ words: `${t.words} (for another disease)`, span: at(t.start, t.end) });
  let line: number | undefined;
  let refused: TreatmentSaid['given'] | undefined;
  let given = false;
  let earlierBefore = false;
  let endedBefore: TreatmentSaid['ended'];
  treatments.forEach((treatment, i) => {
    const from = treatments[i - 1]?.end ?? 0;
    const to = treatments[i + 1]?.start ?? sentence.plain.length;
    const before = withoutIntentOfLast(sentence.plain.slice(from, treatment.start), i > 0);
    const own = treatmentSaid(sentence, treatment, before, sentence.plain.slice(treatment.end, to));
    const chained = !own.earlier && earlierBefore && own.given === 'given' && CHAIN.test(before);
    // "progressed on A and B": what failed is the whole list.
    const failedToo =
      endedBefore === 'progressed' && own.ended === undefined && own.given === 'given' && ONE_LIST.test(before);
    const listedOwn = failedToo ? { ...own, ended: 'progressed' as const } : own;
    const said = chained ? { ...listedOwn, earlier: true } : listedOwn;
    endedBefore = said.ended;
    earlierBefore = said.earlier;
    // "relapsed 4 months after the last chemotherapy": told already.
    if (treatment.kind === 'untold' && BACK_REFERENCE.test(before)) return;
    // "4 lines: VRd, Dara-Pd, Kd": the count names what follows.
    if (treatment.kind === 'untold' && i + 1 < treatments.length && /^\s*:/u.test(sentence.plain.slice(treatment.end)))
      return;
    const span = at(treatment.start, treatment.end);
    const goesOn =
      sentence.asks &&
      said.given === 'asked' &&
      i > 0 &&
      given &&
      LISTED.test(before) &&
      !/\b(?:or|vs)\b|или/u.test(before);
    const listed =
      i > 0 &&
      (refused === 'asked' || refused === 'not-given') &&
      LISTED.test(sentence.plain.slice(from, treatment.start));
    if ((said.given === 'asked' && !goesOn) || said.given === 'not-given' || listed) {
      given = false;
      refused = listed ? refused : said.given;
      asked.push({ words: treatment.words, span });
      return;
    }
    refused = undefined;
    given = true;
    // "1st line: FOLFOX, bevacizumab" - what follows in the same line of the note is of that line.
    line = said.line ?? line;
    const when = datesOf(treatment, dates, sentence.plain, from, to);
    told.push({
      event: {
        kind: 'treatment',
        treatment,
        said: line !== undefined && said.line === undefined && i > 0 && told.length > 0 ? said : said,
        span,
        ...when,
      },
      chained: chained && told.length > 0,
      earlier:
        said.earlier &&
        !chained &&
        told.length > 0 &&
        !/(?:then|followed|subsequently|затем|далее|потом)/u.test(sentence.plain.slice(from, treatment.start)),
    });
  });
  for (const s of statuses) {
    const date = nearestDate(dates, s.start, s.end, sentence.plain);
    const event: StatusEvent = {
      kind: 'status',
      word: s.word,
      recurrence: s.recurrence,
      now: s.now,
      ...(s.today && { today: true }),
      span: at(s.start, s.end),
      ...(date === undefined ? {} : { date: date.date }),
      ...(s.after === undefined ? {} : { after: s.after }),
    };
    told.push({ event, earlier: false });
  }
  return { events: ordered(withoutHeads(told, asked, sentence), sentence).flatMap(oneAClass), asked };
}

const BACK_REFERENCE =
  /(?:\b(?:last|this|that|the|(?:after|since|of|from|with|having) (?:completing|completed))|(?<!\p{L})(?:последн\p{L}*|данн\p{L}*|предыдущ\p{L}*|эт(?:ой|ого)|в процессе|в ходе|во время))\s+$/u;

/** A list goes on in the sense in which it began: "not treated with X or Y", "X vs Y". */
const LISTED =
  /^\s*(?:,|\/|\+|\bor\b|\bvs\.?|\bversus\b|\band\b|\bnor\b|\bwith\b|\busing\b|(?<!\p{L})(?:или|либо|и|против|по|по схеме|с)(?!\p{L}))(?:\s*(?:or|vs\.?|and|with|или|и|then|→|->)?\s*[\p{L}-]{0,12}\s*)$/u;

/** "CRT with mitomycin and capecitabine planned": what is planned of the drugs is planned of the radiotherapy. */
function withoutHeads<T extends { readonly event: StoryEvent }>(
  told: readonly T[],
  asked: readonly { readonly span: Span }[],
  sentence: Sentence,
): readonly T[] {
  return told.filter(({ event }) => {
    if (event.kind !== 'treatment' || event.said.given !== 'given' || event.said.ended !== undefined) return true;
    const next = asked.find((a) => a.span.start >= event.span.end);
    return (
      next === undefined ||
      !/^\s*(?:with|\+|and|or|vs\.?|\/|,|и|или|с|по схеме|\()\s*$/u.test(
        sentence.plain.slice(event.span.end - sentence.start, next.span.start - sentence.start),
      )
    );
  });
}

interface Told {
  readonly event: StoryEvent;
  readonly earlier: boolean;
  /** One of a list behind "after": stands next to the one named before it. */
  readonly chained?: boolean;
}
/** One list without "then": what is said of its first is said of all. */
const ONE_LIST =
  /^\s*(?:,|\/|,?\s*\bthen (?=on|under|through)|,?\s*(?<!\p{L})затем (?=на\s)|,?\s*\b(?:and|as well as)\b(?:\s+then)?|,?\s*(?<!\p{L})(?:и|а также)(?!\p{L}))(?:\s*(?:to|on|under|through|к|на))?\s*(?:[rgo]-)?$/u;

const CHAIN =
  /^(?:\s*(?:,|\/|\+|,?\s*\b(?:and|then|plus|with)\b|,?\s*(?<!\p{L})(?:и|с|со|затем|потом)(?!\p{L}))(?:\s*(?:then|затем|потом|an?|the|both|previous(?:ly)?|[rgoр]-?(?=$)|immuno-?chemotherapy|chemo-?immunotherapy|chemotherapy|(?:иммуно)?химиотерапии|иммунохимии))*){1,3}\s*$|^[\s-]{0,2}(?:[rgoр]-)?$/u;

/** In order of appearance, except that what "after X" names came before what stands in front of it. */
function ordered(told: readonly Told[], sentence: Sentence): readonly StoryEvent[] {
  const out: StoryEvent[] = [];
  let previous: StoryEvent | undefined;
  for (const { event, earlier, chained } of responsesBehind(told, sentence)) {
    const first = earlier
      ? out.findIndex((e) => e.kind === 'treatment' && !isBiopsy(e) && goesOnOrLater(e, event))
      : -1;
    const link =
      previous !== undefined && (chained === true || answers(event, previous, sentence)) ? out.indexOf(previous) : -1;
    if (event.kind === 'treatment') previous = event;
    if (link >= 0) out.splice(link + 1, 0, event);
    else if (first >= 0) out.splice(first, 0, event);
    else if (
      event.kind === 'treatment' &&
      event.said.earlier &&
      lastReal(out)?.kind === 'status' &&
      (lastReal(out) as StatusEvent).word !== 'NED'
    )
      out.splice(out.indexOf(lastReal(out) as StoryEvent), 0, event);
    else if (event.kind === 'treatment' && event.said.ended === 'progressed' && out.at(-1)?.kind === 'status')
      out.splice(out.length - 1, 0, event);
    else out.push(event);
  }
  return out;
}

/** "Complete response to first-line carboplatin": the response came after what it is a response to. */
function responsesBehind(told: readonly Told[], sentence: Sentence): readonly Told[] {
  const sorted = [...told].sort((a, b) => a.event.span.start - b.event.span.start);
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [status, next] = [sorted[i], sorted[i + 1]];
    if (status?.event.kind !== 'status' || next?.event.kind !== 'treatment' || status.event.word === 'PD') continue;
    const gap = sentence.plain.slice(status.event.span.end - sentence.start, next.event.span.start - sentence.start);
    if (!/^\s*(?:to|with|from|на)\s+(?:[\p{L}\d-]+\s+){0,3}$/u.test(gap)) continue;
    [sorted[i], sorted[i + 1]] = [next, status];
    i++;
  }
  return sorted;
}

/** "Relapsed 3 years after R-CHOP complete remission": the response is of the treatment right before it. */
const answers = (event: StoryEvent, previous: StoryEvent, sentence: Sentence): boolean =>
  event.kind === 'status' &&
  event.word !== 'PD' &&
  previous.kind === 'treatment' &&
  previous.said.earlier &&
  /^\s*(?:with |in |с )?(?:an? )?$/u.test(
    sentence.plain.slice(previous.span.end - sentence.start, event.span.start - sentence.start),
  );

/** A biopsy tells when something was found, not what was done for it. */
const isBiopsy = (e: StoryEvent): boolean => e.kind === 'treatment' && /biops|биопси/u.test(e.treatment.words);
const lastReal = (events: readonly StoryEvent[]): StoryEvent | undefined => events.findLast((e) => !isBiopsy(e));

/** Is the event that stands before told of as the later one? */
const goesOnOrLater = (e: StoryEvent, next: StoryEvent): boolean =>
  e.kind === 'treatment' && next.kind === 'treatment' && (e.date === undefined || next.date === undefined);
