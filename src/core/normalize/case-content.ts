// One cancer with all that belongs to it: the entries about it read into courses, biomarkers and values.
import type { FactTerm } from '../../domain/corpus/vocabulary.js';
import { derived, type Fact, known } from '../../domain/fact.js';
import type { ConditionEntry, Entry, MedicationEntry, ObservationEntry, ProcedureEntry } from '../../domain/history.js';
import { daysBetween, type PartialDate } from '../../domain/partial-date.js';
import type { Biomarker, CancerCase, Value } from '../../domain/patient.js';
import type { BiomarkerReading } from './biomarker-reading.js';
import { biomarkerReadings, settleBiomarkers } from './biomarkers.js';
import { cancerTree } from './cancer-tree.js';
import type { CaseDraft } from './case-draft.js';
import { courses } from './courses.js';
import { diagnosisFacts } from './diagnosis-facts.js';
import { type DiseasePhase, diseasePhase, firstDay, lastDay } from './disease-phase.js';
import { relapseEvent, statusEvent } from './disease-status.js';
import { drugCourses } from './drug-courses.js';
import { eventValues } from './events.js';
import { type Exposure, exposures, intentOf, isCancerTreatment } from './exposure.js';
import { type FactReading, factReadings } from './facts.js';
import { localTreatments, mergeTreatments, procedureTerms } from './local-treatment.js';
import type { ReadingLog } from './reading-log.js';
import { receptorObservations } from './receptor-text.js';
import { diagnosisReadings, reportReadings } from './report-reading.js';
import { rememberedSaid } from './said.js';
import { readingsByFact, settleFact } from './settled-facts.js';
import type { Terminology } from './terminology.js';
import { newSites, toldStatus } from './told-progression.js';

/** A case from its draft and the entries about it. */
export function caseContent(
  draft: CaseDraft,
  entries: readonly Entry[],
  terms: Terminology,
  asOf: PartialDate,
  log: ReadingLog,
): CancerCase {
  const observations = entries.filter((e): e is ObservationEntry => e.kind === 'observation');
  const conditions = entries.filter((e): e is ConditionEntry => e.kind === 'condition');
  const procedures = entries.filter((e): e is ProcedureEntry => e.kind === 'procedure');
  const medications = entries.filter((e): e is MedicationEntry => e.kind === 'medication' && e.given);

  const own = conditions.filter((c) => c.id !== undefined && draft.entryIds.includes(c.id));
  const typed = observations.flatMap(receptorObservations);
  const observed = [...observations, ...typed].flatMap((o) => biomarkerReadings(o, terms));
  const reported = entries.flatMap((e) => (e.kind === 'report' ? reportReadings(e, terms) : []));
  const told = own.flatMap(receptorObservations);
  const diagnosed = own.flatMap((c) => diagnosisReadings(c, terms));
  const markers = [observed, reported, told.flatMap((o) => biomarkerReadings(o, terms)), diagnosed].reduce(
    withNews,
    [],
  );
  const biomarkers = settleBiomarkers(markers, terms, log);
  const status = [
    ...observations.flatMap((o) => statusEvent(o, terms) ?? []),
    ...own.flatMap((c) => relapseEvent(c) ?? []),
    ...entries.flatMap((e) => toldStatus(e, terms) ?? []),
    ...newSites(draft),
  ];
  const organ = draft.cancer.known ? cancerTree(terms.vocabulary).organ(draft.cancer.value.oncotree) : undefined;
  const treatments = mergeTreatments(procedures.flatMap((p) => localTreatments(p, terms, asOf, organ)));
  const facts = caseFacts([...entries, ...typed, ...told], markers, biomarkers, terms, asOf, log);
  const unresectable = facts.resectable?.known === true && facts.resectable.value === 'no';
  const phase = diseasePhase(draft, treatments, status, terms, unresectable);
  const drugs = exposures(medications, terms, asOf);
  const given = courses(
    drugCourses([...drugs, ...unnamed(procedures, drugs, terms)], asOf),
    treatments,
    phase,
    terms,
    asOf,
  );

  const { entryIds: _ids, inSitu: _inSitu, remarks: _remarks, ...rest } = draft;
  return {
    ...rest,
    courses: given,
    biomarkers,
    values: {
      ...diagnosisFacts(draft, own, terms),
      ...facts,
      ...eventValues(given, phase, asOf),
      ...localByResectability(facts, phase),
    },
  };
}

/** Resectability is told of disease without distant metastases (NCCN, pancreatic adenocarcinoma: resectable, borderline, locally advanced). */
function localByResectability(facts: Facts, { systemic, metastatic }: DiseasePhase): Facts {
  if (systemic || metastatic !== 'unknown') return {};
  const { resectable, 'pancreas-resectability': pancreas, masaoka } = facts;
  // Masaoka-Koga I-III: no implants, no nodes or distant metastases (those are IVA and IVB).
  if (masaoka?.known === true && typeof masaoka.value === 'string' && !masaoka.value.startsWith('IV'))
    return { metastatic: derived('no', 'the Masaoka-Koga stage') };
  const told = pancreas?.known === true || (resectable?.known === true && resectable.value === 'yes');
  return told ? { metastatic: derived('no', 'the recorded resectability') } : {};
}

type Facts = Readonly<Record<string, Fact<Value>>>;

/** Weaker sources add the markers of which the stronger do not speak, or not since more than two months. */
function withNews(
  stronger: readonly BiomarkerReading[],
  weaker: readonly BiomarkerReading[],
): readonly BiomarkerReading[] {
  const older = (a: BiomarkerReading, b: BiomarkerReading): boolean =>
    a.date !== undefined && b.date !== undefined && daysBetween(a.date, b.date) > 60;
  return [...stronger, ...weaker.filter((w) => stronger.every((s) => s.name !== w.name || older(s, w)))];
}

/** Chemotherapy as a procedure: of the drugs it names ("carboplatin + paclitaxel, 4 cycles"), else a course whose drugs are not told. */
function unnamed(
  procedures: readonly ProcedureEntry[],
  named: readonly Exposure[],
  terms: Terminology,
): readonly Exposure[] {
  return procedures.flatMap((entry): Exposure[] => {
    if (entry.status === 'preparation') return [];
    const told = terms.drugs(entry.code).filter((m) => isCancerTreatment(m.drug, terms));
    const systemic = procedureTerms(entry, terms).some((t) => t.modality === 'systemic');
    const drugs = told.length > 0 ? told.map((m) => m.drug.inn) : systemic ? [''] : [];
    return drugs.flatMap((drug): Exposure[] => {
      if (named.some((e) => (drug === '' || e.drug === drug) && around(e, entry))) return [];
      return [
        {
          drug,
          open: entry.status === 'in-progress',
          planned: false,
          intent: intentOf(entry, terms),
          sources: [entry.source],
          entries: [entry],
          ...(entry.date === undefined ? {} : { start: entry.date }),
          ...((entry.end ?? entry.date) === undefined ? {} : { end: entry.end ?? entry.date }),
          ...(entry.status === 'completed' ? { ended: 'completed' as const } : {}),
        } as Exposure,
      ];
    });
  });
}

/** Is a named drug given within four months of the procedure, or either without a date? */
function around(exposure: Exposure, entry: ProcedureEntry): boolean {
  const day = firstDay(entry.date);
  const from = firstDay(exposure.start);
  if (day === undefined || from === undefined) return true;
  const to = exposure.open ? Number.POSITIVE_INFINITY : (lastDay(exposure.end) ?? from);
  return day >= from - 120 && day <= to + 120;
}

function caseFacts(
  entries: readonly Entry[],
  markers: readonly BiomarkerReading[],
  biomarkers: readonly Biomarker[],
  terms: Terminology,
  asOf: PartialDate,
  log: ReadingLog,
): Record<string, Fact<Value>> {
  const readings = [...entries.flatMap((e) => factReadings(e, terms)), ...markers.flatMap(numberReading)];
  const values: Record<string, Fact<Value>> = {};
  for (const { term, own } of readingsByFact(readings, 'case', terms)) {
    const fact = settleFact(term, distinct(own), asOf, log);
    if (fact !== undefined) values[term.id] = fact;
  }
  addPathologicResponse(values, entries);
  consistent(values, biomarkers, terms);
  return values;
}

/** A marker test's number is a reading of its fact. */
function numberReading(marker: BiomarkerReading): readonly FactReading[] {
  const { number } = marker;
  if (number === undefined) return [];
  return [
    {
      fact: number.fact,
      result: { ok: true, value: number.value, ...(number.note === undefined ? {} : { note: number.note }) },
      source: marker.source,
      rank: 0,
      entry: marker.entry,
      ...(marker.date === undefined ? {} : { date: marker.date }),
    },
  ];
}

/** A value read both as a fact and as a marker of one observation is one reading; what could not be read gives way. */
function distinct(readings: readonly FactReading[]): readonly FactReading[] {
  const read = new Set(readings.filter((r) => r.result.ok).map((r) => r.entry));
  return readings.filter((r) => r.result.ok || !read.has(r.entry));
}

const AFTER_THERAPY = { t: /\bypt(is|[0-4x])/i, n: /\byp(?:t(?:is|[0-4x])\w?\s*)?n(is|[0-4x])/i };

/** The categories after therapy that the value of an observation says. */
const afterTherapy = rememberedSaid(
  ({ value }: ObservationEntry, patterns: typeof AFTER_THERAPY) => {
    const texts =
      value?.kind === 'text'
        ? [value.text]
        : value?.kind === 'concept'
          ? [value.concept.text, ...value.concept.codings.flatMap((c) => [c.display, c.code])]
          : [];
    const first = (pattern: RegExp): string | undefined =>
      texts.map((t) => pattern.exec(t ?? '')?.[1]?.toLowerCase()).find((x) => x !== undefined);
    return { t: first(patterns.t), n: first(patterns.n) };
  },
  (read) => read,
);

/** ypT0 or ypTis with ypN0 is a pathologic complete response (FDA and EMA definition); other yp categories are residual disease. */
function addPathologicResponse(values: Record<string, Fact<Value>>, entries: readonly Entry[]): void {
  if (values['pathologic-response'] !== undefined) return;
  const read = (axis: 't' | 'n') =>
    entries.flatMap((e) => {
      const category = e.kind === 'observation' ? afterTherapy(e, AFTER_THERAPY)[axis] : undefined;
      return category === undefined ? [] : [{ category, entry: e }];
    });
  const [t] = read('t');
  const [n] = read('n');
  if (t === undefined) return;
  const clear = (t.category === '0' || t.category === 'is') && n?.category === '0';
  const residual = /[1-4]/.test(t.category) || /[1-3]/.test(n?.category ?? '');
  if (clear || residual)
    values['pathologic-response'] = known(clear ? 'pCR' : 'residual', t.entry.source, t.entry.date, 'from ypT and ypN');
}

/** Numbers that a negative or a conflicting marker makes doubtful are left as they are; a missing zero is filled in. */
function consistent(values: Record<string, Fact<Value>>, biomarkers: readonly Biomarker[], terms: Terminology): void {
  const zero: Readonly<Record<string, string>> = { 'PD-L1': 'pd-l1-tps' };
  for (const marker of biomarkers) {
    const name = zero[marker.name];
    const term: FactTerm | undefined = name === undefined ? undefined : terms.term('fact', name);
    const numbered = ['pd-l1-tps', 'pd-l1-cps', 'pd-l1-ic'].some((id) => values[id]?.known);
    if (
      name === undefined ||
      term === undefined ||
      numbered ||
      !marker.result.known ||
      marker.result.value !== 'negative'
    )
      continue;
    values[name] = known(0, marker.result.source, marker.result.date, 'reported as negative (below 1 %)');
  }
}
