// The documents of one patient, oldest first, as one run of sentences: each sentence knows the day of its document, each place its document.
import type { Source } from '../../domain/fact.js';
import type { Fault } from '../../domain/faults.js';
import type { ClinicalDocument, Note } from '../../domain/note.js';
import { dayRange, type PartialDate } from '../../domain/partial-date.js';
import type { CorrectedWord } from './confidence.js';
import type { Lexicon } from './lexicon.js';
import { plainText } from './plain-text.js';
import { datesIn } from './reading-date.js';
import { type Sentence, sentencesOf } from './sentence.js';
import { corrected, distance } from './spelling.js';

export interface Written {
  readonly sentences: readonly Sentence[];
  /** From offsets in the run to the place in the document. */
  readonly place: (start: number, end: number) => Source;
  /** Slips put right, and documents that were not read. */
  readonly remarks: readonly Fault[];
  readonly corrections: readonly CorrectedWord[];
  /** The text of a document as it was handed in. */
  readonly textOf: (document: string) => string;
}

/**
 * @param today the day of the question; a document of a later day is not known yet
 */
export function writtenDocuments(note: Note, lexicon: Lexicon, today: PartialDate): Written {
  if (note.documents === undefined) return oneRun([read({ id: note.id, text: note.text }, lexicon)]);
  const all = note.documents
    .map((d) => read(d, lexicon))
    .map((d) => ({ ...d, date: d.date ?? dateOfNote(d.sentences) }));
  const later = all.filter((d) => d.date !== undefined && dayRange(d.date).first > dayRange(today).last);
  const run = oneRun(
    inOrder(all.filter((d) => !later.includes(d))).map((d) => ({
      ...d,
      sentences: d.date === undefined ? d.sentences : d.sentences.map((s) => ({ ...s, day: d.date as PartialDate })),
    })),
  );
  const unread = later.map((d) => ({ place: d.id, message: `the document is dated after ${today} and not used` }));
  return { ...run, remarks: [...unread, ...run.remarks] };
}

interface Document {
  readonly id: string;
  readonly date?: PartialDate | undefined;
  readonly length: number;
  readonly sentences: readonly Sentence[];
  readonly original: (at: number) => number;
  readonly remarks: readonly Fault[];
  readonly corrections: readonly CorrectedWord[];
  readonly text: string;
}

function read({ id, text, date }: ClinicalDocument, lexicon: Lexicon): Document {
  const written = corrected(text, plainText(text), lexicon);
  return {
    id,
    date,
    length: written.text.length,
    sentences: sentencesOf(written.text, written.plain),
    original: written.original,
    text,
    corrections: written.corrections.map((c) => ({
      document: id,
      start: c.start,
      end: c.start + c.written.length,
      written: c.written,
      read: c.read,
      letters: distance(c.written.toLowerCase(), c.read, 3),
    })),
    remarks: written.corrections
      .slice(0, 10)
      .map((c) => ({ place: `${id}, character ${c.start}`, message: `"${c.written}" is read as "${c.read}"` })),
  };
}

/** Oldest first; one without a day stays behind the one that it was handed in after. */
function inOrder(documents: readonly Document[]): readonly Document[] {
  let before = Number.NEGATIVE_INFINITY;
  return documents
    .map((document) => {
      before = document.date === undefined ? before : dayRange(document.date).first;
      return { document, at: before };
    })
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map((d) => d.document);
}

function oneRun(documents: readonly Document[]): Written {
  let from = 0;
  const laid = documents.map((document) => {
    const offset = from;
    from += document.length + 1;
    return { document, offset };
  });
  const place = (start: number, end: number): Source => {
    const { document, offset } = laid.findLast((d) => d.offset <= start) ?? laid[0] ?? NOTHING;
    return {
      kind: 'text',
      document: document.id,
      start: document.original(start - offset),
      end: document.original(Math.min(end - offset, document.length)),
    };
  };
  return {
    sentences: laid.flatMap(({ document, offset }) =>
      offset === 0 ? document.sentences : document.sentences.map((s) => ({ ...s, start: s.start + offset })),
    ),
    place,
    remarks: documents.flatMap((d) => d.remarks),
    corrections: documents.flatMap((d) => d.corrections),
    textOf: (id) => documents.find((d) => d.id === id)?.text ?? '',
  };
}

const NOTHING = {
  document: {
    id: '',
    length: 0,
    sentences: [],
    original: (at: number) => at,
    remarks: [],
    corrections: [],
    text: '',
  } satisfies Document,
  offset: 0,
};

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
