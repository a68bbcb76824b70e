// A history as recorded -> one Patient: every fact Known or Unknown, the cancers kept apart. Pure and deterministic;
// the order of entries, their ids and their units change nothing.
import { type Fact, known, type Source, unknown } from '../../domain/fact.js';
import type {
  AllergyEntry,
  ConditionEntry,
  Entry,
  History,
  MedicationEntry,
  ObservationEntry,
  ProcedureEntry,
} from '../../domain/history.js';
import { ageInYears, dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { Patient, Value } from '../../domain/patient.js';
import { cumulativeAnthracycline } from './anthracycline-dose.js';
import { biomarkerReadings } from './biomarkers.js';
import { readCases } from './cancer.js';
import { casesOfEntry } from './case-assignment.js';
import { caseContent } from './case-content.js';
import type { CaseDraft } from './case-draft.js';
import { allergiesOf, conditionsAfter, conditionsOf, currentMedications, settleConditions } from './comorbidity.js';
import { addDerived } from './derived-facts.js';
import { statusEvent } from './disease-status.js';
import { inEntryOrder } from './entry-order.js';
import { factReadings } from './facts.js';
import { procedureTerms } from './local-treatment.js';
import { agreed, withOtherPlaces } from './placed-date.js';
import { plausibleCases } from './plausible-case.js';
import { conceptText, entryText, placeOf, type ReadingLog } from './reading-log.js';
import { receptorObservations } from './receptor-text.js';
import { readingsByFact, settleFact } from './settled-facts.js';
import { observationEvidence } from './stage-evidence.js';
import type { Terminology } from './terminology.js';

/**
 * The patient as of a date: what is dated later is not known yet.
 * @param asOf the day of the question; ages, lines and "going on" are told of it
 */
export function normalize(history: History, terms: Terminology, asOf: PartialDate): Patient {
  const patient = normalizeDated(history, terms, asOf);
  const other = withOtherPlaces(history);
  return other === undefined ? patient : agreed(patient, normalizeDated(other, terms, asOf));
}

function normalizeDated(history: History, terms: Terminology, asOf: PartialDate): Patient {
  const remarks = new Set<string>();
  const misread = new Map<string, Source>();
  const log: ReadingLog = {
    remark: (text) => void remarks.add(text),
    misread: (text, source) => void (text.trim() !== '' && !misread.has(text) && misread.set(text, source)),
  };
  const entries = inEntryOrder(knownBy(history.entries, asOf, log));
  const drafts = readCases({ ...history, entries }, terms);
  for (const remark of drafts.flatMap((d) => d.remarks)) log.remark(remark);

  const byCase = assign(entries, drafts, terms, log);
  const cases = drafts.map((draft) => caseContent(draft, byCase.get(draft.id) ?? [], terms, asOf, log));
  noteUnread(entries, drafts, terms, log);

  const { person } = history;
  const conditions = entries.filter((e): e is ConditionEntry => e.kind === 'condition' && !isCancer(e, drafts));
  const medications = entries.filter((e): e is MedicationEntry => e.kind === 'medication' && e.given);
  return {
    id: person.id,
    asOf,
    birthDate: person.birthDate === undefined ? unknown('not-recorded') : known(person.birthDate, person.source),
    sex: sexOf(history),
    deceased: person.deceased,
    ...(person.region === undefined ? {} : { region: person.region }),
    ...(person.organization === undefined ? {} : { organization: person.organization }),
    cases,
    conditions: settleConditions([
      ...conditions.flatMap((c) => conditionsOf(c, terms)),
      ...entries.flatMap((e) => (e.kind === 'procedure' ? conditionsAfter(e, terms, asOf) : [])),
    ]),
    allergies: entries.filter((e): e is AllergyEntry => e.kind === 'allergy').flatMap((a) => allergiesOf(a, terms)),
    medications: currentMedications(medications, terms, asOf, log),
    values: personValues(history, entries, terms, asOf, log),
    ...(history.treatmentUntold === true && { treatmentUntold: true }),
    notUnderstood: [...misread]
      .map(([text, source]) => ({ text, place: placeOf(source) }))
      .sort((a, b) => a.text.localeCompare(b.text)),
    remarks: [...remarks].sort(),
  };
}

/** Entries dated after the day of the question are left out and counted. */
function knownBy(entries: readonly Entry[], asOf: PartialDate, log: ReadingLog): readonly Entry[] {
  const today = dayRange(asOf).last;
  const later = entries.filter((e) => e.date !== undefined && dayRange(e.date).first > today);
  if (later.length === 0) return entries;
  log.remark(`${later.length} ${later.length === 1 ? 'entry is' : 'entries are'} dated after ${asOf} and not used`);
  return entries.filter((e) => !later.includes(e));
}

/** Entries of each case; what belongs to the person only is in none. */
function assign(
  entries: readonly Entry[],
  drafts: readonly CaseDraft[],
  terms: Terminology,
  log: ReadingLog,
): ReadonlyMap<string, readonly Entry[]> {
  const byCase = new Map<string, Entry[]>(drafts.map((d) => [d.id, []]));
  for (const entry of entries) {
    if (entry.kind === 'allergy') continue;
    const told = casesOfEntry(entry, drafts, terms);
    const ids = told.length > 0 || drafts.length < 2 ? told : plausibleCases(entry, drafts, terms);
    if (ids.length === 0 && drafts.length > 1 && matters(entry, terms))
      log.remark(`${entryText(entry)}: which of the cancers it is about is not recorded; not used`);
    for (const id of ids) byCase.get(id)?.push(entry);
  }
  return byCase;
}

/** Would the entry have been a treatment or a marker of a cancer? */
function matters(entry: Entry, terms: Terminology): boolean {
  switch (entry.kind) {
    case 'medication':
      return terms.drugs(entry.code).some((m) => m.drug.antineoplastic);
    case 'procedure':
      return procedureTerms(entry, terms).some((t) => t.modality === 'surgery' || t.modality === 'radiotherapy');
    case 'observation':
      return biomarkerReadings(entry, terms).length > 0;
    default:
      return false;
  }
}

const isCancer = (entry: ConditionEntry, drafts: readonly CaseDraft[]): boolean =>
  entry.role === 'primary-cancer' ||
  entry.role === 'secondary-cancer' ||
  (entry.id !== undefined && drafts.some((d) => d.entryIds.includes(entry.id ?? '')));

function sexOf({ person }: History): Fact<'female' | 'male'> {
  return person.sex === 'female' || person.sex === 'male' ? known(person.sex, person.source) : unknown('not-recorded');
}

function personValues(
  history: History,
  entries: readonly Entry[],
  terms: Terminology,
  asOf: PartialDate,
  log: ReadingLog,
): Readonly<Record<string, Fact<Value>>> {
  const readings = entries.flatMap((e) => factReadings(e, terms));
  const values: Record<string, Fact<Value>> = {};
  for (const { term, own } of readingsByFact(readings, 'person', terms)) {
    const fact = settleFact(term, own, asOf, log);
    if (fact !== undefined) values[term.id] = fact;
  }
  const { birthDate, sex } = history.person;
  addDerived(
    values,
    readings,
    {
      age: birthDate === undefined ? undefined : ageInYears(birthDate, asOf),
      sex: sex === 'female' || sex === 'male' ? sex : undefined,
      oophorectomy: oophorectomy(entries, terms),
    },
    terms,
  );
  const medications = entries.filter((e): e is MedicationEntry => e.kind === 'medication' && e.given);
  const anthracycline = values['cumulative-anthracycline']?.known
    ? undefined
    : cumulativeAnthracycline(medications, values.bsa, terms);
  if (anthracycline !== undefined) values['cumulative-anthracycline'] = anthracycline;
  return values;
}

function oophorectomy(entries: readonly Entry[], terms: Terminology): PartialDate | 'undated' | undefined {
  const done = entries.find(
    (e): e is ProcedureEntry =>
      e.kind === 'procedure' &&
      e.status !== 'preparation' &&
      procedureTerms(e, terms).some((t) => t.id === 'oophorectomy'),
  );
  return done === undefined ? undefined : (done.date ?? 'undated');
}

function isStaging(entry: ObservationEntry, terms: Terminology): boolean {
  const { groups, categories } = observationEvidence(entry, terms);
  return groups.length + categories.length > 0;
}

/** Observations and procedures of which nothing was read, by name, so that a reader can add the missing word. */
function noteUnread(
  entries: readonly Entry[],
  drafts: readonly CaseDraft[],
  terms: Terminology,
  log: ReadingLog,
): void {
  const used = new Set(drafts.flatMap((d) => d.entryIds));
  for (const entry of entries) {
    if (entry.id !== undefined && used.has(entry.id)) continue;
    if (entry.kind === 'procedure' && procedureTerms(entry, terms).length === 0)
      log.misread(conceptText(entry.code), entry.source);
    if (entry.kind !== 'observation') continue;
    const read =
      factReadings(entry, terms).length > 0 ||
      biomarkerReadings(entry, terms).length > 0 ||
      receptorObservations(entry).length > 0 ||
      statusEvent(entry, terms) !== undefined ||
      isStaging(entry, terms);
    if (!read) log.misread(conceptText(entry.code), entry.source);
  }
}
