// A clinical text -> History. Stages: plain text, slips put right, sections and sentences, what each names, in what context, in what order;
// then entries as a registry would have them, each with its span. Pure; normalize does the rest.
import type { Entry, History } from '../../domain/history.js';
import type { Note } from '../../domain/note.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Terminology } from '../normalize/terminology.js';
import { background } from './background.js';
import { confidenceOf } from './confidence.js';
import { saysFamily } from './context.js';
import { cancersIn } from './diagnosis.js';
import { diagnosisEntries } from './diagnosis-entry.js';
import { type Diagnosed, settleDiagnosis } from './diagnosis-settled.js';
import { writtenDocuments } from './document.js';
import { beforeInterval } from './interval-operation.js';
import type { Lexicon } from './lexicon.js';
import { findingEntries, markerEntries } from './observation-entry.js';
import { withOlderPast } from './older-cancer.js';
import { ofMan, withOrganOfOperation } from './organ-of-operation.js';
import { type PersonSaid, personSaid } from './person.js';
import { withOperationBeforeAdjuvant, withTreatmentBeforeRelapse } from './relapse-told.js';
import type { Sentence } from './sentence.js';
import { type Story, storyOf } from './story.js';
import { storyEntries } from './story-entry.js';
import { type JudgedEntry, textReading } from './text-reading.js';

export interface ReaderParts {
  readonly lexicon: Lexicon;
  readonly terms: Terminology;
}

/**
 * @param today the day of the question where the note itself names none; ages and "ago" are told of it
 */
export function readNote(note: Note, parts: ReaderParts, today: PartialDate): History {
  const { history, judged } = readAll(note, parts, today);
  const low = judged.filter((j) => j.confidence === 'low');
  const used = history.entries.filter((e) => !low.some((j) => j.entry === e));
  if (low.length === 0) return history;
  const suggested = (history.reading?.facts ?? []).filter((f) => !f.used);
  return {
    ...history,
    entries: used,
    warnings: [
      ...history.warnings,
      ...suggested.map((f) => ({
        place: `${f.document}, character ${f.start}`,
        message: `"${f.words}" may say ${f.fact} ${f.value} and is not used (${f.why ?? 'not sure'}): state it plainly to use it`,
      })),
    ],
  };
}

/** The same with what is read with low confidence still among the entries, and the judgement of each. */
export function readAll(
  note: Note,
  { lexicon, terms }: ReaderParts,
  today: PartialDate,
): { readonly history: History; readonly judged: readonly JudgedEntry[] } {
  const { sentences: all, place, remarks, corrections, textOf } = writtenDocuments(note, lexicon, today);
  const asOf = today;
  const named = withOlderPast(all.map((s) => ({ s, cancers: cancersIn(s, lexicon, terms) })));
  const said = named.flatMap((n) => n.cancers);
  // What is told of an old cancer of another organ (its stage, its treatment) is not of the one now.
  const now = said.filter((c) => !c.past);
  // "Squamous" beside "cancer of cervix" is of it; where nothing else is named it may be of the old one.
  const firm = now.filter((c) => !c.generic);
  const present = firm.length > 0 ? firm : now;
  const old = said.filter(
    (c) => c.past && present.length > 0 && !present.some((n) => n.organ === c.organ || n.generic || c.generic),
  );
  const sentences = named
    .filter((n) => n.cancers.length === 0 || !n.cancers.every((c) => old.includes(c)))
    .map((n) => n.s);
  const told = beforeInterval(withoutUnnamed(storyOf(sentences, lexicon, asOf), terms), sentences);
  const cancers = ofMan(withOrganOfOperation(said, told, sentences, lexicon, terms), personSaid(all).sex);
  const diagnosed: Diagnosed = settleDiagnosis(sentences, cancers, told, lexicon, terms, asOf);
  const story = withOperationBeforeAdjuvant(withTreatmentBeforeRelapse(told, diagnosed, lexicon, terms), diagnosed);
  const { entries: treated, layout, remarks: inferred } = storyEntries(story, diagnosed, asOf, place);
  const person = personOf(all, asOf);
  const entries: readonly Entry[] = [
    ...diagnosisEntries(diagnosed, layout, place),
    ...treated,
    ...markerEntries(sentences, lexicon, asOf, place),
    ...findingEntries(sentences, lexicon, terms, asOf, place),
    ...background(all, lexicon, terms, place),
  ].map((e, i) => ({
    ...e,
    id: idOf(note, i),
    // Beside an earlier cancer, what is told is told of the one now: the first entry.
    ...(i > 0 && diagnosed.others.length > 0 && isOfTheCancer(e) && { about: [idOf(note, 0)] }),
  }));
  const judged = entries.map((entry) => ({
    entry,
    ...confidenceOf(entry, entry.source.kind === 'text' ? textOf(entry.source.document) : '', corrections),
  }));
  const birth = person.age === undefined ? person.born : bornAt(person.age, person.day);
  const history: History = {
    id: note.id,
    person: {
      id: note.id,
      deceased: all.some((s) => s.section !== 'family' && DIED.test(s.plain) && !saysFamily(s.plain)) ? {} : false,
      source: place(0, Math.min(note.documents?.[0]?.text.length ?? note.text.length, 80)),
      ...(birth === undefined ? {} : { birthDate: birth }),
      ...(person.sex === undefined ? {} : { sex: person.sex }),
    },
    entries,
    ...(nothingSaid(story) && { treatmentUntold: true }),
    warnings: [
      ...[...diagnosed.remarks, ...inferred].map((message) => ({ place: note.id, message })),
      ...(cancers.length === 0 && entries.every((e) => e.kind !== 'medication') && person.age === undefined
        ? [{ place: note.id, message: 'the text does not seem to be about a patient with cancer' }]
        : []),
      ...remarks,
    ],
    reading: textReading(judged, person, all, lexicon, { textOf, place }),
  };
  return { history, judged };
}

const idOf = (note: Note, place: number): string => `${note.id}#${place + 1}`;

const isOfTheCancer = (e: Entry): boolean =>
  e.kind === 'condition' ? e.role === 'secondary-cancer' : e.kind !== 'allergy';

/** The patient, not a relative, has died. */
const DIED =
  /\b(?:patient|pt|he|she)\b[^.;,]{0,12}\b(?:died|passed away|is deceased|was deceased|has expired)\b|^\s*deceased\b|(?<!\p{L})(?:больн\p{L}*|пациент\p{L}*|он|она) (?:\p{L}+ )?(?:умер(?:ла)?|скончал(?:ся|ась))(?!\p{L})|^\s*(?:умер(?:ла)?|скончал(?:ся|ась))(?!\p{L})/u;

/** Neither a treatment, nor that there was none, nor the line that is asked about. */
const nothingSaid = ({ events, untreated, lineAsked, linesBefore }: Story): boolean =>
  !untreated && lineAsked === undefined && linesBefore === undefined && events.every((e) => e.kind !== 'treatment');

/** "ADT (leuprolide)": where a drug of the class is told, the class alone says nothing more (corpus/drugs/not-named.yaml). */
function withoutUnnamed(story: Story, terms: Terminology): Story {
  const told = story.events
    .flatMap((e) => (e.kind === 'treatment' ? e.treatment.drugs : []))
    .filter((d) => !UNNAMED.test(d));
  const repeats = (drug: string): boolean =>
    UNNAMED.test(drug) && (terms.drug(drug)?.classes ?? []).some((c) => told.some((d) => terms.classesOf(d).has(c)));
  return {
    ...story,
    events: story.events.filter(
      (e) => e.kind !== 'treatment' || e.treatment.drugs.length === 0 || !e.treatment.drugs.every(repeats),
    ),
  };
}
const UNNAMED = / not named$|^platinum agent$/;

/** Up to this age months decide (neuroblastoma 18, medulloblastoma 36). */
const OF_MONTHS = 3;

/** A birthday half a year back, so that the age is as told on the day of the question. */
function bornAt(age: number, asOf: PartialDate): PartialDate {
  const [year = '2000', month = '01', day = '01'] = asOf.split('-');
  if (!Number.isInteger(age)) {
    const months = Number(year) * 12 + Number(month) - 1 - Math.round(age * 12);
    const last = Math.min(Number(day), 28);
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${String(last).padStart(2, '0')}`;
  }
  // A child of "1 year" is of 12 to 23 months: only the year of the birth is told by it.
  if (age <= OF_MONTHS) return String(Number(year) - age - (month === '12' && day === '31' ? 0 : 1));
  return `${Number(year) - age}-${month}-${day === '29' && month === '02' ? '28' : day}`;
}

/** Age and sex as the latest document that names them says; the age is of the day of that document. */
function personOf(all: readonly Sentence[], asOf: PartialDate): PersonSaid & { readonly day: PartialDate } {
  const whole = { ...personSaid(all), day: asOf };
  const days = [...new Set(all.flatMap((s) => s.day ?? []))].reverse();
  for (const day of days) {
    const { age } = personSaid(all.filter((s) => s.day === day));
    if (age !== undefined) return { ...whole, age, day };
  }
  return whole;
}
