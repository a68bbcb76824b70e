// When the disease was what: first treated, metastatic, come back. The frame in which courses get their intent and line.
import type { PartialDate } from '../../domain/partial-date.js';
import { dayRange } from '../../domain/partial-date.js';
import type { CaseDraft } from './case-draft.js';
import { byDate, type StatusEvent } from './disease-status.js';
import type { LocalTreatment } from './local-treatment.js';

export interface DiseasePhase {
  readonly diagnosed?: number;
  readonly metastatic: 'yes' | 'no' | 'unknown';
  /** Day of the first sign of distant disease; absent when not metastatic or not dated. */
  readonly metastaticFrom?: number;
  /** Metastatic from the start (de novo), as far as the record tells. */
  readonly deNovo: boolean;
  /** Definitive local treatments, oldest first. */
  readonly definitive: readonly LocalTreatment[];
  /** Day of relapse after definitive treatment, local or distant. */
  readonly recurrence: 'none' | 'locoregional' | 'distant';
  readonly recurrenceDay?: number;
  readonly events: readonly StatusEvent[];
}

export const firstDay = (date: PartialDate | undefined): number | undefined =>
  date === undefined ? undefined : dayRange(date).first;
export const lastDay = (date: PartialDate | undefined): number | undefined =>
  date === undefined ? undefined : dayRange(date).last;

/** Distant disease found within four months of the first treatment of the primary was there from the start (staging work-up). */
const DE_NOVO_DAYS = 120;

export function diseasePhase(
  draft: CaseDraft,
  treatments: readonly LocalTreatment[],
  status: readonly StatusEvent[],
): DiseasePhase {
  const diagnosed = draft.diagnosed.known ? firstDay(draft.diagnosed.value) : undefined;
  const definitive = treatments.filter((t) => t.definitive && afterDiagnosis(t, diagnosed));
  const metastatic = isMetastatic(draft);
  const marks = metastaticDays(draft);
  const metastaticFrom = metastatic === 'yes' && marks.length > 0 ? Math.min(...marks) : undefined;
  const primary = definitive[0];
  const primaryDay = firstDay(primary?.start);
  const events = [...status].sort(byDate);
  const deNovo =
    metastatic === 'yes' &&
    (stageFour(draft)
      ? !laterThan(metastaticFrom, primaryDay)
      : primary === undefined || notLater(metastaticFrom, primaryDay));
  const distant = metastatic === 'yes' && primary !== undefined && !deNovo;
  const local = distant || metastatic === 'yes' ? undefined : localRelapse(events, primary);
  const recurrenceDay = distant ? metastaticFrom : firstDay(local?.date);
  return {
    metastatic,
    deNovo,
    definitive,
    recurrence: distant ? 'distant' : local !== undefined ? 'locoregional' : 'none',
    events,
    ...(diagnosed === undefined ? {} : { diagnosed }),
    ...(metastaticFrom === undefined ? {} : { metastaticFrom }),
    ...(recurrenceDay === undefined ? {} : { recurrenceDay }),
  };
}

/** Treatment of an earlier cancer is not this one's: two months of grace for an excision that made the diagnosis. */
const afterDiagnosis = (t: LocalTreatment, diagnosed: number | undefined): boolean =>
  t.start === undefined || diagnosed === undefined || (lastDay(t.start) ?? 0) >= diagnosed - 60;

const laterThan = (day: number | undefined, primary: number | undefined): boolean =>
  day !== undefined && primary !== undefined && day > primary + DE_NOVO_DAYS;
const notLater = (day: number | undefined, primary: number | undefined): boolean =>
  day !== undefined && primary !== undefined && day <= primary + DE_NOVO_DAYS;

const stageFour = (draft: CaseDraft): boolean => draft.stage.known && draft.stage.value.startsWith('IV');

function isMetastatic(draft: CaseDraft): DiseasePhase['metastatic'] {
  const m = [draft.clinicalTnm.m, draft.pathologicTnm.m];
  if (draft.metastases.length > 0 || stageFour(draft) || m.some((f) => f.known && f.value.startsWith('M1')))
    return 'yes';
  if (draft.stage.known || m.some((f) => f.known && f.value.startsWith('M0'))) return 'no';
  return 'unknown';
}

function metastaticDays(draft: CaseDraft): readonly number[] {
  const facts = [draft.clinicalTnm.m, draft.pathologicTnm.m].filter((f) => f.known && f.value.startsWith('M1'));
  const dates = [
    ...draft.metastases.map((m) => m.date),
    ...[...facts, ...(stageFour(draft) ? [draft.stage] : [])].map((f) => (f.known ? f.date : undefined)),
  ];
  return dates.flatMap((d) => firstDay(d) ?? []);
}

/** Progression after the primary was treated, without distant disease, is a local relapse. */
function localRelapse(events: readonly StatusEvent[], primary: LocalTreatment | undefined): StatusEvent | undefined {
  if (primary === undefined) return undefined;
  const done = lastDay(primary.end ?? primary.start);
  return events.find(
    (e) => e.word === 'PD' && (done === undefined || (firstDay(e.date) ?? Number.POSITIVE_INFINITY) > done),
  );
}
