// How courses ended that the text names only as past ("relapsed after ibrutinib", "T315I after dasatinib and nilotinib"), and which
// treatment is just over on the day of the question ("six cycles, complete response. Maintenance?").
import type { PartialDate } from '../../domain/partial-date.js';
import type { StatusEvent, StoryEvent, TreatmentEvent } from './story.js';

/**
 * Given until progression or intolerance by their labels, so that being past is not success: kinase, CDK4/6, PI3K, PARP and RAS
 * inhibitors and antiandrogens by the stems of their INN (WHO), and the classes of corpus/drugs/not-named.yaml; and the drugs of relapsed
 * myeloma that their labels give until progression.
 */
const UNTIL_FAILURE = /^(?:carfilzomib|daratumumab|isatuximab|pomalidomide|elotuzumab)$/;
const CONTINUOUS =
  /(?:nib|ciclib|parib|lisib|rasib|lutamide)$|^(?:btk inhibitor|egfr tki|vegfr tki|cdk4-6 inhibitor|parp inhibitor|arpi) not named$/;

const isGood = (e: StoryEvent): boolean => e.kind === 'status' && e.word !== 'PD';

/** A continuous drug told as past: failed when the disease came back after it, else stopped; never completed. */
export function withEnds(events: readonly StoryEvent[]): readonly StoryEvent[] {
  return events.map((event, i) => {
    if (event.kind !== 'treatment' || !endsUntold(event)) return event;
    const rest = events.slice(i + 1);
    const own = rest.slice(0, boundary(rest));
    if (own.some(isGood)) return event;
    const back = rest.some((e) => e.kind === 'status' && e.word === 'PD');
    return { ...event, said: { ...event.said, ended: back ? ('progressed' as const) : ('stopped' as const) } };
  });
}

/**
 * "CML, dx 2023, imatinib 400. BCR-ABL 14 %": a continuous drug named last with no word on its end, nor of the disease after it, is still
 * taken.
 */
export function goesOnUntold(events: readonly StoryEvent[]): readonly StoryEvent[] {
  const at = events.findLastIndex((e) => e.kind === 'treatment' && e.treatment.kind !== 'procedure');
  return events.map((event, i) => {
    if (i !== at || event.kind !== 'treatment' || event.treatment.kind !== 'drugs') return event;
    const { treatment, said, until, days } = event;
    const open = said.given === 'given' && said.ended === undefined && !said.earlier && until === undefined;
    const longTerm =
      treatment.drugs.some((d) => CONTINUOUS.test(d)) && days === undefined && said.intent !== 'neoadjuvant';
    if (!open || !(longTerm || said.intent === 'maintenance')) return event;
    if (events.slice(i + 1).some((e) => e.kind === 'status' && e.word === 'PD')) return event;
    return { ...event, said: { ...said, given: 'going-on' as const } };
  });
}

/** Given after chemotherapy without failure, by their labels. */
const OF_MAINTENANCE =
  /avelumab|durvalumab|olaparib|niraparib|rucaparib|talazoparib|pembrolizumab|atezolizumab|nivolumab|pemetrexed|bevacizumab|rituximab|obinutuzumab|lenalidomide|bortezomib|ixazomib|daratumumab|capecitabine|cetuximab|panitumumab|trastuzumab|azacitidine|midostaurin|quizartinib|gilteritinib|letrozole|anastrozole|exemestane|tamoxifen|lurbinectedin|tislelizumab|ribociclib|abemaciclib|abiraterone|apalutamide|enzalutamide|darolutamide|imatinib/;

/** "After chemo-immunotherapy. Sotorasib?": of metastatic disease another drug is asked about where the last one failed. */
export function failedByQuestion(
  events: readonly StoryEvent[],
  asked: readonly { readonly words: string }[],
  metastatic: boolean,
): readonly StoryEvent[] {
  const at = events.findLastIndex((e) => e.kind === 'treatment');
  const last = events[at];
  if (!metastatic || last?.kind !== 'treatment' || last.treatment.kind === 'procedure') return events;
  const { given, ended, earlier, intent } = last.said;
  if (given !== 'given' || ended !== undefined || !earlier || intent !== undefined || events.length > at + 1)
    return events;
  const drug = asked.some(
    (a) => /^[a-z]{6,}/.test(a.words) && !PROCEDURE.test(a.words) && !OF_MAINTENANCE.test(a.words),
  );
  return drug
    ? events.map((e) => (e === last ? { ...last, said: { ...last.said, ended: 'progressed' as const } } : e))
    : events;
}
const PROCEDURE = /therapy|surgery|resection|radio|transplant|ectomy|biopsy|embol|ablation|another disease/;

function endsUntold({ treatment, said }: TreatmentEvent): boolean {
  return (
    said.given === 'given' &&
    said.ended === undefined &&
    said.earlier &&
    said.intent !== 'adjuvant' &&
    said.intent !== 'neoadjuvant' &&
    treatment.drugs.some((d) => CONTINUOUS.test(d) || UNTIL_FAILURE.test(d))
  );
}

/**
 * "С 01.2026 получает A + B + C ... с 04.2026 поддерживающая терапия A": what goes on is the maintenance, the combination before it is
 * over. Castration goes on beside all that follows.
 */
export function succeeded(events: readonly StoryEvent[]): readonly StoryEvent[] {
  return events.map((event, i) => {
    if (event.kind !== 'treatment' || event.treatment.kind !== 'drugs' || event.said.given !== 'going-on') return event;
    const { drugs } = event.treatment;
    const next = events
      .slice(i + 1)
      .find(
        (e): e is TreatmentEvent =>
          e.kind === 'treatment' &&
          e.said.intent === 'maintenance' &&
          e.treatment.drugs.length > 0 &&
          e.treatment.drugs.length < drugs.length &&
          e.treatment.drugs.every((d) => drugs.includes(d)),
      );
    if (next === undefined) return event;
    const until = event.until ?? next.date;
    return {
      ...event,
      said: { ...event.said, given: 'given' as const, ended: 'completed' as const },
      ...(until === undefined ? {} : { until }),
    };
  });
}

/** A course that failed lasts until the day on which its failure was told, where no other end is. */
export function untilFailure(events: readonly StoryEvent[]): readonly StoryEvent[] {
  return events.map((event, i) => {
    if (event.kind !== 'treatment' || event.treatment.kind === 'procedure') return event;
    if (event.said.ended !== 'progressed' || event.until !== undefined || event.days !== undefined) return event;
    const rest = events.slice(i + 1);
    const failure = rest
      .slice(0, boundary(rest))
      .find((e) => e.kind === 'status' && e.word === 'PD' && e.date !== undefined);
    return failure?.date === undefined || failure.date.length < 7 ? event : { ...event, until: failure.date };
  });
}

/**
 * "Ibrutinib 2021-2023 stopped for bleeding, observed; now progressive nodes": a turn told of today came today, where the end of the course
 * before it is known and was no failure.
 */
export function datedToday(events: readonly StoryEvent[], today: PartialDate): readonly StoryEvent[] {
  const last = events.at(-1);
  if (last?.kind !== 'status' || last.today !== true || last.date !== undefined || last.after !== undefined)
    return events;
  const before = events.findLast((e) => e.kind === 'treatment');
  const over =
    before?.kind === 'treatment' &&
    before.until !== undefined &&
    before.said.given === 'given' &&
    before.said.ended !== 'progressed';
  return over ? [...events.slice(0, -1), { ...last, date: today }] : events;
}

const CASTRATION =
  /^(?:goserelin|leuprorelin|triptorelin|buserelin|histrelin|degarelix|relugolix|androgen deprivation not named)$/;

/** Castration of metastatic prostate cancer is for life (EAU guideline on prostate cancer): begun and no end told, it goes on. */
export function withCastration(
  events: readonly StoryEvent[],
  organ: string,
  metastatic: boolean,
): readonly StoryEvent[] {
  if (organ !== 'PROSTATE' || !metastatic) return events;
  return events.map((event) =>
    event.kind === 'treatment' &&
    event.treatment.drugs.length > 0 &&
    event.treatment.drugs.every((d) => CASTRATION.test(d)) &&
    event.until === undefined &&
    event.days === undefined &&
    event.said.given === 'given' &&
    (event.said.ended === undefined || event.said.ended === 'progressed') &&
    event.said.intent === undefined
      ? { ...event, said: withoutEnd(event.said) }
      : event,
  );
}
const ARPI = /^(?:abiraterone|enzalutamide|apalutamide|darolutamide|arpi not named)$/;

/**
 * "Metastatic prostate cancer after abiraterone and docetaxel": given until progression by their labels beside castration for life, so that what
 * is told as past with no response since has failed. Intolerance, where it is told, stays what it is.
 */
export function withCastrationFailed(
  events: readonly StoryEvent[],
  organ: string,
  metastatic: boolean,
): readonly StoryEvent[] {
  if (organ !== 'PROSTATE' || !metastatic) return events;
  return events.map((event, i) =>
    event.kind === 'treatment' &&
    event.treatment.drugs.some((d) => ARPI.test(d)) &&
    event.said.given === 'given' &&
    event.said.earlier &&
    event.said.ended === undefined &&
    event.said.intent === undefined &&
    !events.slice(i + 1).some(isGood)
      ? { ...event, said: { ...event.said, ended: 'progressed' as const } }
      : event,
  );
}

const withoutEnd = ({ ended: _ended, ...said }: TreatmentEvent['said']): TreatmentEvent['said'] => ({
  ...said,
  given: 'going-on',
});

const boundary = (events: readonly StoryEvent[]): number => {
  const next = events.findIndex((e) => e.kind === 'treatment');
  return next < 0 ? events.length : next;
};

/**
 * The treatment that is just over: the last of a story without any day, nothing told after it but a response, when the text asks what
 * comes next or says that it has been completed. Its end is taken as the day of the question, and this is said.
 * @param asks does the text ask something?
 */
export function justFinished(events: readonly StoryEvent[], asks: boolean): TreatmentEvent | undefined {
  if (events.some((e) => e.date !== undefined || (e.kind === 'treatment' && e.until !== undefined))) return undefined;
  const at = events.findLastIndex((e) => e.kind === 'treatment');
  const last = events[at];
  if (last?.kind !== 'treatment' || last.said.given !== 'given') return undefined;
  if (last.said.ended !== undefined && last.said.ended !== 'completed') return undefined;
  const after = events.slice(at + 1) as readonly StatusEvent[];
  if (after.some((e) => e.word === 'PD' || e.after !== undefined)) return undefined;
  return asks || after.length > 0 || last.said.ended === 'completed' ? last : undefined;
}
