// A structured history and the prose that came with it -> one history. The structured entry stands; prose adds what it lacks, replaces what
// it tells of a later day, and contradicts what it tells of the same or of no day: normalize then finds a conflict, and the fact is Unknown.
import type { ConditionEntry, Entry, History, ObservationEntry, Person } from '../../domain/history.js';
import { compareDates, type PartialDate } from '../../domain/partial-date.js';
import type { CancerCase, Patient } from '../../domain/patient.js';
import type { TextReading } from '../../domain/text-reading.js';
import { biomarkerReadings } from '../normalize/biomarkers.js';
import { cancerTree } from '../normalize/cancer-tree.js';
import { conditionsOf } from '../normalize/comorbidity.js';
import { statusEvent } from '../normalize/disease-status.js';
import { factReadings } from '../normalize/facts.js';
import { procedureTerms } from '../normalize/local-treatment.js';
import { normalize } from '../normalize/normalize.js';
import { observationEvidence } from '../normalize/stage-evidence.js';
import { groupsAgree } from '../normalize/stage-group.js';
import type { Terminology } from '../normalize/terminology.js';
import { type ReaderParts, readNote } from './read-note.js';

export function withDocuments(history: History, parts: ReaderParts, asOf: PartialDate): History {
  const { documents, ...structured } = history;
  if (documents === undefined || documents.length === 0) return history;
  const told = readNote({ id: history.id, text: documents.map((d) => d.text).join('\n'), documents }, parts, asOf);
  const days = new Map(documents.map((d) => [d.id, d.date]));
  const known = normalize(structured, parts.terms, asOf);
  const remarks: string[] = [];
  const recorded = history.entries
    .flatMap((e) => (e.kind === 'condition' && e.role !== 'other' ? (e.recordedDate ?? []) : []))
    .sort(compareDates)
    .at(-1);
  const weighing: Weighing = {
    known,
    told: normalize(told, parts.terms, asOf),
    terms: parts.terms,
    days,
    recorded,
    remarks,
  };
  const weighedEntries = told.entries.map((entry) => ({ entry, kept: weighed(entry, weighing) }));
  const added = weighedEntries.flatMap((e) => e.kept);
  return {
    ...structured,
    person: person(history.person, told.person, remarks),
    entries: [...history.entries, ...added],
    ...(told.reading === undefined ? {} : { reading: besideStructured(told.reading, weighedEntries) }),
    warnings: [
      ...history.warnings,
      ...told.warnings.filter((w) => !OF_PROSE_ALONE.test(w.message)),
      ...[...new Set(remarks)].map((message) => ({ place: 'text beside the structured entries', message })),
    ],
  };
}

/** Of what the text tells, that counts which the structured entries lack or which is later; the rest is only shown. */
function besideStructured(
  reading: TextReading,
  entries: readonly { readonly entry: Entry; readonly kept: readonly Entry[] }[],
): TextReading {
  const kept = entries.flatMap(({ entry: { source }, kept: own }) =>
    own.length > 0 && source.kind === 'text' ? [source] : [],
  );
  const counts = (f: TextReading['facts'][number]): boolean =>
    kept.some((s) => s.document === f.document && s.start === f.start && s.end === f.end);
  return { ...reading, facts: reading.facts.map((f) => (f.used ? { ...f, used: counts(f) } : f)) };
}

/** What the reader infers where prose is all there is; the structured diagnosis stands instead. */
const OF_PROSE_ALONE = /does not seem to be about|the disease is taken as advanced/;

interface Weighing {
  readonly known: Patient;
  readonly told: Patient;
  readonly terms: Terminology;
  /** Day of each document. */
  readonly days: ReadonlyMap<string, PartialDate | undefined>;
  /** Day on which the structured diagnosis was recorded. */
  readonly recorded: PartialDate | undefined;
  readonly remarks: string[];
}

function weighed(entry: Entry, w: Weighing): readonly Entry[] {
  switch (entry.kind) {
    case 'condition':
      return condition(entry, w);
    case 'observation':
      return observation(entry, w);
    case 'medication': {
      const drugs = w.terms.drugs(entry.code).map((m) => m.drug.inn);
      const recorded = w.known.cases.flatMap((c) => c.courses.flatMap((x) => x.drugs));
      const all = [...recorded, ...w.known.medications.map((m) => m.drug)];
      return drugs.length > 0 && drugs.every((d) => all.includes(d)) ? [] : onlyTold(entry, w);
    }
    case 'procedure': {
      const terms = procedureTerms(entry, w.terms);
      const courses = w.known.cases.flatMap((c) => c.courses);
      // An operation without its name, or undated radiotherapy, is taken for the one on record.
      const same = terms.some((t) =>
        courses.some((c) => c.procedure === t.id || (entry.placed !== undefined && c.modality === t.modality)),
      );
      return same ? [] : onlyTold(entry, w);
    }
    case 'allergy':
      return w.known.allergies.some((a) => a.substance === entry.code.text?.toLowerCase()) ? [] : [entry];
    case 'report':
      return [];
  }
}

function onlyTold<T extends Entry>(entry: T, w: Weighing): readonly T[] {
  w.remarks.push(`told only in the text, and used: ${entry.code.text ?? ''}`);
  return [entry];
}

function condition(entry: ConditionEntry, w: Weighing): readonly Entry[] {
  const [own] = w.known.cases;
  if (entry.role === 'primary-cancer') {
    return own === undefined ? [entry] : diagnosis(entry, own, w);
  }
  if (entry.role === 'secondary-cancer') {
    const sites = w.told.cases.flatMap((c) => c.metastases.map((m) => m.site));
    const recorded = w.known.cases.flatMap((c) => c.metastases.map((m) => m.site));
    return sites.length > 0 && sites.every((s) => recorded.includes(s)) ? [] : onlyTold(entry, w);
  }
  const ids = conditionsOf(entry, w.terms);
  const against = ids.flatMap((i) => w.known.conditions.filter((k) => k.id === i.id));
  for (const k of against)
    if (ids.some((i) => i.id === k.id && i.state !== k.state))
      w.remarks.push(`${k.id}: the text and the structured entry (${k.state}) disagree: the structured one is used`);
  return against.length > 0 ? [] : [entry];
}

/**
 * The same disease told more finely is believed, more coarsely says nothing new. Another disease than that on record, told of no earlier day,
 * stands beside it: which of the two it is nobody but the doctor knows, and the answer waits for that.
 */
function diagnosis(entry: ConditionEntry, own: CancerCase, w: Weighing): readonly Entry[] {
  const [a, b] = [own.cancer, w.told.cases[0]?.cancer];
  if (!a.known || !b?.known || a.value.oncotree === b.value.oncotree) return a.known ? [] : [entry];
  const tree = cancerTree(w.terms.vocabulary);
  const said = `the text says ${b.value.name}, the structured entry ${a.value.name}`;
  if (tree.isA(a.value.oncotree, b.value.oncotree)) return [];
  if (tree.isA(b.value.oncotree, a.value.oncotree)) {
    w.remarks.push(`${said}: the text is more specific and used`);
    return [entry];
  }
  const day = documentDay(entry, w);
  const recorded = w.recorded;
  if (day !== undefined && recorded !== undefined && compareDates(day, recorded) < 0) {
    w.remarks.push(`${said}: the structured one is later and used`);
    return [];
  }
  w.remarks.push(`${said}: they contradict each other, and which it is is not known`);
  return [entry];
}

/** What is on record of one thing that the prose tells too: its value in words, and its day. */
interface Recorded {
  readonly name: string;
  readonly value: string;
  readonly same: boolean;
  readonly date?: PartialDate | undefined;
}

function observation(entry: ObservationEntry, w: Weighing): readonly Entry[] {
  if (statusEvent(entry, w.terms) !== undefined) return status(entry, w);
  const recorded = recordedOf(entry, w);
  const against = recorded.filter((r) => !r.same);
  if (recorded.length === 0) return [entry];
  if (against.length === 0) return [];
  const day = dayOf(entry, w);
  return against.slice(0, 1).flatMap(({ name, value, date }) => {
    const said = `${name}: the text (${day ?? 'no day told'}) and the structured entry (${value}, ${date ?? 'no day told'}) disagree`;
    const order = day === undefined || date === undefined ? 0 : compareDates(day, date);
    w.remarks.push(`${said}${order > 0 ? ': the text is later' : order < 0 ? ': the structured one is later' : ''}`);
    if (order < 0) return [];
    const { date: _own, ...undated } = entry;
    const at = order > 0 ? day : date;
    return [{ ...undated, status: 'final', ...(at === undefined ? {} : { date: at }) }];
  });
}

function recordedOf(entry: ObservationEntry, w: Weighing): readonly Recorded[] {
  const facts = factReadings(entry, w.terms).flatMap((r): Recorded[] => {
    const fact = w.known.values[r.fact] ?? w.known.cases[0]?.values[r.fact];
    if (!fact?.known || !r.result.ok) return [];
    return [{ name: r.fact, value: String(fact.value), same: fact.value === r.result.value, date: fact.date }];
  });
  const markers = biomarkerReadings(entry, w.terms).flatMap((r): Recorded[] => {
    const marker = w.known.cases.flatMap((c) => c.biomarkers).find((b) => b.name === r.name);
    if (!marker?.result.known) return [];
    const { value, date } = marker.result;
    return [{ name: r.name, value, same: r.result === undefined || r.result === value, date }];
  });
  const [own, told] = [w.known.cases[0]?.stage, w.told.cases[0]?.stage];
  const staged = observationEvidence(entry, w.terms).groups.length > 0 && own?.known && told?.known;
  const stage = staged
    ? [{ name: 'stage', value: own.value, same: groupsAgree(own.value, told.value), date: own.date }]
    : [];
  return [...facts, ...markers, ...stage];
}

/** A turn of the disease counts on the day told, else, the last of its document, on the day of the document. */
function status(entry: ObservationEntry, w: Weighing): readonly Entry[] {
  if (entry.placed === undefined && entry.date !== undefined) return [entry];
  const day = documentDay(entry, w);
  if (day === undefined) {
    w.remarks.push('a turn of the disease is told in the text without a day, and not used');
    return [];
  }
  const { placed: _other, ...own } = entry;
  return [{ ...own, date: day }];
}

const documentDay = ({ source }: Entry, w: Weighing): PartialDate | undefined =>
  source.kind === 'text' ? w.days.get(source.document) : undefined;

/** Of a document without a day nothing is later than anything. */
const dayOf = (entry: Entry, w: Weighing): PartialDate | undefined =>
  documentDay(entry, w) === undefined ? undefined : (entry.date ?? documentDay(entry, w));

function person(own: Person, told: Person, remarks: string[]): Person {
  if (own.sex !== undefined && told.sex !== undefined && own.sex !== told.sex)
    remarks.push(`sex: the text says ${told.sex}, the structured entry ${own.sex}: the structured one is used`);
  const [a, b] = [own.birthDate, told.birthDate].map((d) => (d === undefined ? undefined : Number(d.slice(0, 4))));
  if (a !== undefined && b !== undefined && Math.abs(a - b) > 1)
    remarks.push(`age: the text and the structured birth date (${own.birthDate}) disagree: the structured one is used`);
  return {
    ...(told.sex === undefined ? {} : { sex: told.sex }),
    ...(told.birthDate === undefined ? {} : { birthDate: told.birthDate }),
    ...own,
  };
}
