// One event of the story -> its entries: a statement for each drug, a procedure, an observation of disease status.
import type { Entry, MedicationEntry, ObservationEntry, ProcedureEntry } from '../../domain/history.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Place } from './diagnosis-settled.js';
import type { StatusEvent, TreatmentEvent } from './story.js';

/** The fields of an entry that say when. */
export interface When {
  readonly date?: PartialDate;
  readonly end?: PartialDate;
  readonly placed?: { readonly date?: PartialDate; readonly end?: PartialDate };
}

export function treatmentEntries(event: TreatmentEvent, when: When, place: Place): readonly Entry[] {
  const { treatment, said } = event;
  const source = place(event.span.start, event.span.end);
  const open = said.given === 'going-on' && said.ended === undefined;
  const intent = said.intent === undefined ? {} : { intent: { codings: [], text: said.intent } };
  const { end, placed: second, ...begun } = when;
  const times: When = open
    ? { ...begun, ...(second === undefined ? {} : { placed: second.date === undefined ? {} : { date: second.date } }) }
    : when;
  void end;
  if (treatment.kind === 'procedure') {
    const entry: ProcedureEntry = {
      kind: 'procedure',
      code: { codings: [], text: treatment.words },
      reasons: [],
      bodySites: [],
      source,
      status: open ? 'in-progress' : 'completed',
      ...intent,
      ...times,
    };
    return [entry];
  }
  const reason = REASON[said.ended ?? 'completed'];
  const names = treatment.kind === 'untold' ? [treatment.words] : treatment.drugs;
  return names.map(
    (name): MedicationEntry => ({
      kind: 'medication',
      event: 'statement',
      code: { codings: [], text: name },
      reasons: [],
      given: true,
      source,
      status: open ? 'active' : said.ended === undefined || said.ended === 'completed' ? 'completed' : 'stopped',
      ...(open || reason === undefined ? {} : { statusReason: { codings: [], text: reason } }),
      ...intent,
      ...times,
    }),
  );
}

const REASON: Readonly<Record<string, string | undefined>> = {
  progressed: 'progression',
  intolerant: 'intolerance',
  completed: undefined,
  stopped: undefined,
};

const STATUS_WORDS: Readonly<Record<StatusEvent['word'], string>> = {
  CR: 'complete response',
  PR: 'partial response',
  SD: 'stable disease',
  PD: 'progressive disease',
  NED: 'no evidence of disease',
};

export function statusEntry(event: StatusEvent, when: When, place: Place): ObservationEntry {
  const { end: _end, placed: second, ...w } = when;
  return {
    kind: 'observation',
    code: { codings: [], text: 'Cancer disease status' },
    value: { kind: 'text', text: event.word === 'PD' && event.recurrence ? 'relapse' : STATUS_WORDS[event.word] },
    interpretations: [],
    components: [],
    source: place(event.span.start, event.span.end),
    ...w,
    ...(second === undefined ? {} : { placed: second.date === undefined ? {} : { date: second.date } }),
  };
}
