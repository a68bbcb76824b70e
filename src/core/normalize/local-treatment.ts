// Procedures -> operations and courses of radiotherapy; diagnostic procedures are not treatment. Radiotherapy coded only as
// such is told apart by where it was given.
import type { ProcedureTerm } from '../../domain/corpus/vocabulary.js';
import type { Source } from '../../domain/fact.js';
import type { Concept, ProcedureEntry } from '../../domain/history.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Intent } from '../../domain/patient.js';
import { intentOf } from './exposure.js';
import { conceptTexts } from './reading-log.js';
import { rememberedSaid } from './said.js';
import type { Terminology } from './terminology.js';

export interface LocalTreatment {
  readonly procedure: string;
  readonly modality: 'surgery' | 'radiotherapy' | 'chemoradiotherapy' | 'procedure' | 'transplant';
  /** Treats the primary with intent to remove or ablate it. */
  readonly definitive: boolean;
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  readonly state: 'done' | 'going-on' | 'stopped' | 'planned';
  readonly intent: Intent;
  /** Total dose in Gy, radiotherapy. */
  readonly gray?: number;
  readonly sources: readonly Source[];
}

/** Procedures that are no treatment of the cancer by themselves. */
const NOT_TREATMENT: ReadonlySet<string> = new Set(['biopsy', 'imaging', 'mediastinoscopy', 'breast-reconstruction']);
const LOCAL: ReadonlySet<string> = new Set(['surgery', 'radiotherapy', 'chemoradiotherapy', 'procedure', 'transplant']);

/**
 * The treatments that a procedure entry is; [] for diagnostics and for what is not understood.
 * @param organ of the cancer: a hysterectomy treats a cancer of the cervix, not one of the breast.
 */
export function localTreatments(
  entry: ProcedureEntry,
  terms: Terminology,
  asOf: PartialDate,
  organ?: string,
): readonly LocalTreatment[] {
  return procedureTerms(entry, terms)
    .filter((term) => LOCAL.has(term.modality) && !NOT_TREATMENT.has(term.id))
    .map((term) => (term.modality === 'radiotherapy' ? bySite(entry, term, terms) : term))
    .map((term) =>
      term.of.length === 0 || organ === undefined || term.of.includes(organ) ? term : { ...term, definitive: false },
    )
    .map((term) => treatment(entry, term, terms, asOf));
}

/** Terms of a procedure: all that its words name ("mastectomy and axillary dissection"), narrower instead of wider. */
export const procedureTerms = rememberedSaid(readTerms, (read) => read);

function readTerms(entry: ProcedureEntry, terms: Terminology): readonly ProcedureTerm[] {
  const coded = terms.findAll('procedure', { codings: entry.code.codings.map(({ display: _, ...c }) => c) });
  const texts = [entry.code, entry.category, entry.modality].flatMap(conceptTexts);
  const named = texts.flatMap((text) => terms.findAll('procedure', { codings: [], text }));
  const modality = entry.modality === undefined ? [] : terms.findAll('procedure', entry.modality);
  const all = [...new Set([...coded, ...modality, ...named].map((m) => m.term))];
  const widened = new Set(all.flatMap((t) => t.parents));
  const narrow = all.filter((t) => !widened.has(t.id));
  // Words beside a code only make it narrower: "excision (lumpectomy) after biopsy" coded as an excision stays that.
  const anchor = coded.map((m) => m.term);
  // A whole name that says another procedure than the code is believed: a slip in a code is likelier than one in words.
  const plain = named.filter((m) => m.whole).map((m) => m.term);
  const slipped =
    anchor.length > 0 &&
    plain.length > 0 &&
    !plain.some((t) => related(t, anchor)) &&
    !anchor.some((t) => related(t, plain));
  if (slipped) return plain;
  return anchor.length === 0
    ? narrow
    : narrow.filter((t) => anchor.includes(t) || t.parents.some((p) => anchor.some((a) => a.id === p)));
}

const related = (term: ProcedureTerm, others: readonly ProcedureTerm[]): boolean =>
  others.some((o) => o === term || term.parents.includes(o.id));

const SITE_TERM: Readonly<Record<string, string>> = {
  breast: 'breast-radiotherapy',
  thorax: 'thoracic-radiotherapy',
  brain: 'whole-brain-radiotherapy',
  bone: 'palliative-radiotherapy',
};

function bySite(entry: ProcedureEntry, term: ProcedureTerm, terms: Terminology): ProcedureTerm {
  if (term.id !== 'radiotherapy') return term;
  const place = regionOf([...entry.bodySites, entry.code], terms);
  return (place === undefined ? undefined : terms.term('procedure', SITE_TERM[place] ?? '')) ?? term;
}

const regionOf = (concepts: readonly Concept[], terms: Terminology): string | undefined =>
  concepts.map((c) => terms.word('radiotherapy-site', c)).find((w) => w !== undefined);

function treatment(entry: ProcedureEntry, term: ProcedureTerm, terms: Terminology, asOf: PartialDate): LocalTreatment {
  const intent = intentOf(entry, terms);
  const gray = grayOf(entry);
  const state = stateOf(entry, asOf);
  return {
    procedure: term.id,
    modality: modalityOf(term),
    definitive: state !== 'planned' && isDefinitive(entry, term, intent, gray, terms),
    state,
    intent,
    sources: [entry.source],
    ...(gray === undefined ? {} : { gray }),
    ...(entry.date === undefined ? {} : { start: entry.date }),
    ...(entry.end === undefined ? {} : { end: entry.end }),
  };
}

function modalityOf(term: ProcedureTerm): LocalTreatment['modality'] {
  switch (term.modality) {
    case 'surgery':
    case 'radiotherapy':
    case 'chemoradiotherapy':
    case 'transplant':
      return term.modality;
    default:
      return 'procedure';
  }
}

function stateOf(entry: ProcedureEntry, asOf: PartialDate): LocalTreatment['state'] {
  const future = entry.date !== undefined && dayRange(entry.date).first > dayRange(asOf).last;
  if (future || entry.status === 'preparation' || entry.status === 'not-done') return 'planned';
  if (entry.status === 'in-progress') return 'going-on';
  return entry.status === 'stopped' || entry.status === 'on-hold' ? 'stopped' : 'done';
}

/**
 * Radiotherapy of the chest cures only at a radical dose: 45 Gy and more conventionally (60 Gy is the standard, RTOG 0617);
 * stereotactic radiotherapy of brain or bone is of metastases.
 */
function isDefinitive(
  entry: ProcedureEntry,
  term: ProcedureTerm,
  intent: Intent,
  gray: number | undefined,
  terms: Terminology,
): boolean {
  if (intent === 'palliative') return false;
  if (term.modality === 'surgery' || term.modality === 'procedure') return term.definitive;
  const place = regionOf(entry.bodySites, terms);
  if (place === 'brain' || place === 'bone') return false;
  if (term.id === 'thoracic-radiotherapy') return gray === undefined ? true : gray >= 45;
  return term.definitive || (term.id === 'radiotherapy' && intent === 'curative' && place === undefined);
}

function grayOf(entry: ProcedureEntry): number | undefined {
  const { dose } = entry;
  if (dose === undefined) return undefined;
  const unit = (dose.unit ?? '').toLowerCase();
  if (unit === 'cgy') return dose.value / 100;
  return unit === 'gy' || unit === '' ? dose.value : undefined;
}

/** Phases of one course of radiotherapy, and one operation recorded twice, are one treatment. */
export function mergeTreatments(treatments: readonly LocalTreatment[]): readonly LocalTreatment[] {
  const merged: LocalTreatment[] = [];
  for (const next of [...treatments].sort(byDay)) {
    const at = merged.findIndex(
      (t) => t.procedure === next.procedure && (t.state === 'planned') === (next.state === 'planned') && close(t, next),
    );
    const earlier = merged[at];
    if (earlier === undefined) merged.push(next);
    else merged[at] = joined(earlier, next);
  }
  return merged;
}

function close(a: LocalTreatment, b: LocalTreatment): boolean {
  if (a.start === undefined || b.start === undefined) return a.start === b.start;
  const gap = dayRange(b.start).first - dayRange(a.end ?? a.start).last;
  return gap <= (a.modality === 'radiotherapy' || a.modality === 'chemoradiotherapy' ? 30 : 0);
}

function joined(a: LocalTreatment, b: LocalTreatment): LocalTreatment {
  const end = [a.end, b.end]
    .filter((e) => e !== undefined)
    .sort((x, y) => dayRange(x).last - dayRange(y).last)
    .at(-1);
  return {
    ...a,
    definitive: a.definitive || b.definitive,
    state: a.state === 'going-on' || b.state === 'going-on' ? 'going-on' : a.state,
    intent: a.intent === 'unknown' ? b.intent : a.intent,
    sources: [...a.sources, ...b.sources],
    ...(end === undefined ? {} : { end }),
  };
}

function byDay(a: LocalTreatment, b: LocalTreatment): number {
  const day = (t: LocalTreatment) => (t.start === undefined ? Number.NEGATIVE_INFINITY : dayRange(t.start).first);
  const x = day(a);
  const y = day(b);
  return (x === y ? 0 : x - y) || a.procedure.localeCompare(b.procedure);
}
