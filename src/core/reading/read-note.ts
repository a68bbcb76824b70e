// A clinical text -> History. Stages: plain text, slips put right, sections and sentences, what each names, in what context, in what order;
// then entries as a registry would have them, each with its span. Pure; normalize does the rest.
import type { Entry, History } from '../../domain/history.js';
import type { Note } from '../../domain/note.js';
import type { PartialDate } from '../../domain/partial-date.js';
import type { Terminology } from '../normalize/terminology.js';
import { background } from './background.js';
import { cancersIn } from './diagnosis.js';
import { diagnosisEntries } from './diagnosis-entry.js';
import { type Diagnosed, settleDiagnosis } from './diagnosis-settled.js';
import type { Lexicon } from './lexicon.js';
import { findingEntries, markerEntries } from './observation-entry.js';
import { personSaid } from './person.js';
import { plainText } from './plain-text.js';
import { datesIn } from './reading-date.js';
import { type Sentence, sentencesOf } from './sentence.js';
import { corrected } from './spelling.js';
import { type Story, storyOf } from './story.js';
import { storyEntries } from './story-entry.js';

export interface ReaderParts {
  readonly lexicon: Lexicon;
  readonly terms: Terminology;
}

/**
 * @param today the day of the question where the note itself names none; ages and "ago" are told of it
 */
export function readNote(note: Note, { lexicon, terms }: ReaderParts, today: PartialDate): History {
  const written = corrected(note.text, plainText(note.text), lexicon);
  const all = sentencesOf(written.text, written.plain);
  const told = dateOfNote(all);
  const asOf = told !== undefined && told <= today ? today : today;
  const place = (start: number, end: number) =>
    ({ kind: 'text', document: note.id, start: written.original(start), end: written.original(end) }) as const;
  const named = all.map((s) => ({ s, cancers: cancersIn(s, lexicon, terms) }));
  const cancers = named.flatMap((n) => n.cancers);
  // What is told of an old cancer of another organ (its stage, its treatment) is not of the one now.
  const now = cancers.filter((c) => !c.past);
  const old = cancers.filter(
    (c) => c.past && now.length > 0 && !now.some((n) => n.organ === c.organ || n.generic || c.generic),
  );
  const sentences = named
    .filter((n) => n.cancers.length === 0 || !n.cancers.every((c) => old.includes(c)))
    .map((n) => n.s);
  const story = withoutUnnamed(storyOf(sentences, lexicon, asOf), terms);
  const diagnosed: Diagnosed = settleDiagnosis(sentences, cancers, story, lexicon, terms, asOf);
  const { entries: treated, layout } = storyEntries(story, diagnosed, asOf, place);
  const person = personSaid(all);
  const entries: readonly Entry[] = [
    ...diagnosisEntries(diagnosed, layout, place),
    ...treated,
    ...markerEntries(sentences, lexicon, asOf, place),
    ...findingEntries(sentences, lexicon, terms, asOf, place),
    ...background(all, lexicon, terms, place),
  ].map((e, i) => ({ ...e, id: `${note.id}#${i + 1}` }));
  const birth = person.age === undefined ? person.born : bornAt(person.age, asOf);
  return {
    id: note.id,
    person: {
      id: note.id,
      deceased: false,
      source: place(0, Math.min(note.text.length, 80)),
      ...(birth === undefined ? {} : { birthDate: birth }),
      ...(person.sex === undefined ? {} : { sex: person.sex }),
    },
    entries,
    warnings: [
      ...diagnosed.remarks.map((message) => ({ place: note.id, message })),
      ...(cancers.length === 0 && entries.every((e) => e.kind !== 'medication') && person.age === undefined
        ? [{ place: note.id, message: 'the text does not seem to be about a patient with cancer' }]
        : []),
      ...written.corrections
        .slice(0, 10)
        .map((c) => ({ place: `${note.id}, character ${c.start}`, message: `"${c.written}" is read as "${c.read}"` })),
    ],
  };
}

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

/** A birthday half a year back, so that the age is as told on the day of the question. */
function bornAt(age: number, asOf: PartialDate): PartialDate {
  const [year = '2000', month = '01', day = '01'] = asOf.split('-');
  return `${Number(year) - age}-${month}-${day === '29' && month === '02' ? '28' : day}`;
}

/** "Date: 12.05.2026", "Осмотр 12.05.2026": the day that the note is of. */
function dateOfNote(sentences: readonly Sentence[]): PartialDate | undefined {
  for (const s of sentences.slice(0, 4)) {
    const m =
      /^(?:date|дата(?: осмотра| консультации)?|осмотр(?: от)?|консилиум от|visit date|clinic date|date of visit)[^\d]{0,14}/u.exec(
        s.plain.trim(),
      );
    if (m === null) continue;
    const [hit] = datesIn(s.plain, '2026-01-01');
    if (hit?.grain === 'day') return hit.date;
  }
  return undefined;
}
