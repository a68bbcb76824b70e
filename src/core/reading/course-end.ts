// How courses ended that the text names only as past ("relapsed after ibrutinib", "T315I after dasatinib and nilotinib"), and which
// treatment is just over on the day of the question ("six cycles, complete response. Maintenance?").
import type { StatusEvent, StoryEvent, TreatmentEvent } from './story.js';

/**
 * Given until progression or intolerance by their labels, so that being past is not success: kinase, CDK4/6, PI3K, PARP and RAS
 * inhibitors and antiandrogens by the stems of their INN (WHO), and the classes of corpus/drugs/not-named.yaml.
 */
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

function endsUntold({ treatment, said }: TreatmentEvent): boolean {
  return (
    said.given === 'given' &&
    said.ended === undefined &&
    said.earlier &&
    said.intent !== 'adjuvant' &&
    said.intent !== 'neoadjuvant' &&
    treatment.drugs.some((d) => CONTINUOUS.test(d))
  );
}

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
