// When the disease was what: first treated, metastatic, come back. The frame in which courses get their intent and line.
import type { PartialDate } from '../../domain/partial-date.js';
import { dayRange } from '../../domain/partial-date.js';
import { cancerTree } from './cancer-tree.js';
import type { CaseDraft } from './case-draft.js';
import { byDate, type StatusEvent } from './disease-status.js';
import type { LocalTreatment } from './local-treatment.js';
import { metastaticByGroup } from './staging-table.js';
import type { Terminology } from './terminology.js';

export interface DiseasePhase {
  /** A disease of blood or lymph: neither metastatic nor treated locally for good; every systemic course is a line. */
  readonly systemic: boolean;
  /** Recorded as not resectable: systemic treatment is then for advanced disease, metastatic or not. */
  readonly unresectable: boolean;
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
  terms: Terminology,
  unresectable = false,
): DiseasePhase {
  const diagnosed = draft.diagnosed.known ? firstDay(draft.diagnosed.value) : undefined;
  const systemic = draft.cancer.known && cancerTree(terms.vocabulary).isSystemic(draft.cancer.value.oncotree);
  const definitive = systemic ? [] : treatments.filter((t) => t.definitive && afterDiagnosis(t, diagnosed));
  const byStage = stageSays(draft, terms);
  const metastatic = systemic ? 'unknown' : isMetastatic(draft, byStage);
  const marks = metastaticDays(draft, byStage);
  const metastaticFrom = metastatic === 'yes' && marks.length > 0 ? Math.min(...marks) : undefined;
  const primary = definitive[0];
  const primaryDay = firstDay(primary?.start);
  const events = [...status].sort(byDate);
  const deNovo =
    metastatic === 'yes' &&
    (byStage === 'yes'
      ? !laterThan(metastaticFrom, primaryDay)
      : primary === undefined || notLater(metastaticFrom, primaryDay));
  const distant = metastatic === 'yes' && primary !== undefined && !deNovo;
  const local = distant || metastatic === 'yes' ? undefined : localRelapse(events, primary);
  const recurrenceDay = distant ? metastaticFrom : firstDay(local?.date);
  return {
    systemic,
    unresectable,
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

/** What the recorded stage group says of distant metastases. */
function stageSays(draft: CaseDraft, terms: Terminology): 'yes' | 'no' | 'unclear' {
  if (!draft.stage.known) return 'unclear';
  const oncotree = draft.cancer.known ? draft.cancer.value.oncotree : undefined;
  return metastaticByGroup(oncotree, draft.stage.value, terms.vocabulary);
}

function isMetastatic(draft: CaseDraft, byStage: 'yes' | 'no' | 'unclear'): DiseasePhase['metastatic'] {
  const m = [draft.clinicalTnm.m, draft.pathologicTnm.m];
  if (draft.metastases.length > 0 || byStage === 'yes' || m.some((f) => f.known && f.value.startsWith('M1')))
    return 'yes';
  if (byStage === 'no' || m.some((f) => f.known && f.value.startsWith('M0'))) return 'no';
  return 'unknown';
}

function metastaticDays(draft: CaseDraft, byStage: 'yes' | 'no' | 'unclear'): readonly number[] {
  const facts = [draft.clinicalTnm.m, draft.pathologicTnm.m].filter((f) => f.known && f.value.startsWith('M1'));
  const dates = [
    ...draft.metastases.map((m) => m.date),
    ...[...facts, ...(byStage === 'yes' ? [draft.stage] : [])].map((f) => (f.known ? f.date : undefined)),
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
