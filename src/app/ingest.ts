// Histories in: cut the input into chunks, read each chunk's documents, store the good ones and the faults of the others.
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { countCodes, type UnknownCode } from '../core/normalize/unknown-codes.js';
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';
import { baseName, placed, storable } from './ingest-faults.js';
import {
  type Document,
  FileChanged,
  type HistoryFile,
  type HistoryFiles,
  type IngestTask,
  type InputFault,
  type ReadDocument,
  type Unreadable,
} from './ingest-ports.js';
import { documentFaults, noteOf } from './note.js';
import { bundleOfNote } from './note-bundle.js';
import { defect } from './score-batch.js';
import type { Chunk, ChunkRef, IncomingHistory, IngestStore, RunStore } from './store-ports.js';

export interface IngestDependencies {
  readonly store: Pick<RunStore, 'beginChunk' | 'failChunk'> & Pick<IngestStore, 'ingestChunk'>;
  readonly files: HistoryFiles;
  readonly readDocument: ReadDocument;
  /** Codes of a history that no mapping knows; they are counted over the run. */
  readonly findUnknownCodes?: (history: History) => readonly UnknownCode[];
}

const FAULTS_A_CHUNK = 500;

/** Chunks of the files, for `planPhase`, made as they are asked for; the faults of their sources come first. */
export async function* planIngest(
  files: HistoryFiles,
  paths: readonly (string | HistoryFile)[],
  faults: readonly InputFault[] = [],
): AsyncGenerator<Pick<Chunk, 'task' | 'patients'>> {
  for (let at = 0; at < faults.length; at += FAULTS_A_CHUNK)
    yield { task: { faults: faults.slice(at, at + FAULTS_A_CHUNK) }, patients: 0 };
  for await (const piece of files.cut(paths))
    yield { task: { ...piece }, patients: 'documents' in piece ? piece.documents.length : piece.lines };
}

/** Ingests one chunk; does nothing when it is done. One bad document never stops the others. */
export async function ingestChunk(dependencies: IngestDependencies, ref: ChunkRef): Promise<void> {
  const chunk = await dependencies.store.beginChunk(ref);
  if (chunk === undefined) return;
  const task = chunk.task as unknown as IngestTask; // written by planIngest, as JSON
  if ('faults' in task) {
    await dependencies.store.ingestChunk(ref, [], task.faults);
    return;
  }
  const histories: IncomingHistory[] = [];
  const faults: InputFault[] = [];
  const unknownCodes: UnknownCode[] = [];
  let seen = 0;
  const { from = 0, to = Number.POSITIVE_INFINITY } = task.part ?? {};
  let index = -1;
  try {
    for await (const document of dependencies.files.documents(task)) {
      index++;
      if (index < from || index >= to) continue;
      const read = readOne(document, dependencies);
      histories.push(...read.histories);
      faults.push(...read.faults);
      unknownCodes.push(...read.unknownCodes);
      // Parsing is CPU-bound: the queue renews our lock between documents.
      if (++seen % 20 === 0) await new Promise(setImmediate);
    }
  } catch (error) {
    if (!(error instanceof FileChanged)) throw error;
    // No second try would find other bytes: the same command plans the changed file anew.
    await dependencies.store.failChunk(ref, error.message, 'others');
    return;
  }
  await dependencies.store.ingestChunk(ref, histories, faults, countCodes(unknownCodes));
}

interface OneRead {
  readonly histories: readonly IncomingHistory[];
  readonly faults: readonly InputFault[];
  readonly unknownCodes: readonly UnknownCode[];
}

/** A document as rows of the store, one a patient, or its faults. Broken UTF-8 is a fault, not a "?". */
function readOne(document: Document | Unreadable, { readDocument, findUnknownCodes }: IngestDependencies): OneRead {
  const bad = (faults: readonly Fault[]): OneRead => ({
    histories: [],
    faults: faults.map((fault) => placed(document, fault)),
    unknownCodes: [],
  });
  if ('fault' in document) return bad([{ place: 'document', message: document.fault }]);
  const { line } = document;
  if (document.text === undefined) return bad([{ place: 'document', message: 'not valid UTF-8' }]);
  const file = baseName(document.file);
  const options = line === undefined ? { case: file } : { case: `${file}:${line}`, line };
  const note = noteIn(document, document.text, options.case);
  if (note !== undefined && 'faults' in note) return bad(note.faults);
  const text = note?.bundle ?? document.text;
  const bytes = note === undefined ? document.bytes : Buffer.from(note.bundle, 'utf8');
  const reading = guarded(readDocument, text, options);
  const { histories } = reading;
  if (histories.length === 0) return bad(reading.faults);
  // A Bundle without an id is called as its file is.
  const nameless = reading.case === options.case;
  const hash = createHash('sha256').update(bytes).digest();
  const raw = deflateRawSync(bytes, { level: 3 });
  const rows = histories.map((history) => ({
    patient: patientId(history, nameless ? document.file : undefined),
    caseId: named(history.id),
    hash,
    asOf: storableDate(history.asOf),
    raw,
    sex: history.person.sex ?? null,
    region: column(history.person.region),
    organization: column(history.person.organization),
  }));
  return { histories: rows, faults: [], unknownCodes: histories.flatMap((h) => findUnknownCodes?.(h) ?? []) };
}

/** A note as the Bundle that is kept of it, or its faults; undefined for what is none. */
function noteIn(
  document: Document,
  text: string,
  name: string,
): { readonly bundle: string } | { readonly faults: readonly Fault[] } | undefined {
  const json = document.note === true ? undefined : noteJson(text);
  const note = document.note === true ? { id: name, text } : noteOf(json, name);
  if (note === undefined) {
    const faults = documentFaults(json);
    return faults.length === 0 ? undefined : { faults };
  }
  return note.text.trim() === ''
    ? { faults: [{ place: 'text', message: 'the text is empty' }] }
    : { bundle: bundleOfNote(note, note.id === name ? `${name}~${hashOf(document.file)}` : note.id) };
}

/** Two files "note.txt" are of two people: a patient who is known by the file only is told apart by the whole path. */
const hashOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 8);

/** Undefined for what cannot be a note, without parsing it: a Bundle says so at its beginning. */
function noteJson(text: string): unknown {
  if (/"resourceType"/.test(text.slice(0, 4_000)) || !/"(?:text|documents)"/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The reader of Bundles says where it breaks.
  }
}

/** A defect in the reader costs the document on which it showed, not its neighbours. */
function guarded(read: ReadDocument, text: string, options: Parameters<ReadDocument>[1]): ReturnType<ReadDocument> {
  try {
    const reading = read(text, options);
    if (reading.histories.length + reading.faults.length > 0) return reading;
    return { ...reading, faults: [{ place: 'Bundle', message: 'holds no patient' }] };
  } catch (error) {
    return { case: options.case, histories: [], faults: [{ place: 'document', message: defect(error) }] };
  }
}

/**
 * The Patient's own id; one without any is known by its case ("entry[0]" would be the same in every Bundle).
 * @param file where the case is called by its file
 */
function patientId({ id, person }: History, file: string | undefined): string {
  if (person.id !== '' && !/[[\]]/.test(person.id)) return named(person.id);
  return named(file === undefined ? id : `${id}~${hashOf(file)}`);
}

const NAME_LENGTH = 200;

/** An id that the database's index can hold; a monstrous one is cut and kept apart from its likes by its hash. */
function named(id: string): string {
  if (id.length <= NAME_LENGTH) return storable(id);
  return `${storable(id.slice(0, NAME_LENGTH))}~${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

const column = (text: string | undefined): string | null =>
  text === undefined ? null : storable(text.slice(0, NAME_LENGTH));

/** PostgreSQL has no year 0. */
const storableDate = (date: string | undefined): string | null =>
  date === undefined || date.startsWith('0000') ? null : date;
