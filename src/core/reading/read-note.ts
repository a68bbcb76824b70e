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
import { storyOf } from './story.js';
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
  const sentences = sentencesOf(written.text, written.plain);
  const told = dateOfNote(sentences);
  const asOf = told !== undefined && told <= today ? today : today;
  const place = (start: number, end: number) =>
    ({ kind: 'text', document: note.id, start: written.original(start), end: written.original(end) }) as const;
  const story = storyOf(sentences, lexicon, asOf);
  const cancers = sentences.flatMap((s) => cancersIn(s, lexicon, terms));
  const diagnosed: Diagnosed = settleDiagnosis(sentences, cancers, story, lexicon, terms, asOf);
  const { entries: treated, layout } = storyEntries(story, diagnosed, asOf, place);
  const person = personSaid(sentences);
  const entries: readonly Entry[] = [
    ...diagnosisEntries(diagnosed, layout, place),
    ...treated,
    ...markerEntries(sentences, lexicon, asOf, place),
    ...findingEntries(sentences, lexicon, terms, asOf, place),
    ...background(sentences, lexicon, terms, place),
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
