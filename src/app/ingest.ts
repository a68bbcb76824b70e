// Histories in: cut the input into chunks, read each chunk's documents, store the good ones and the faults of the others.
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Fault } from '../domain/faults.js';
import type { History } from '../domain/history.js';
import type { DocumentGroup, HistoryFiles, LineRange, ReadDocument } from './ingest-ports.js';
import { defect } from './score-batch.js';
import type { Chunk, ChunkRef, IncomingHistory, IngestStore, RunStore } from './store-ports.js';

export interface IngestDependencies {
  readonly store: Pick<RunStore, 'beginChunk'> & IngestStore;
  readonly files: HistoryFiles;
  readonly readDocument: ReadDocument;
}

/** Chunks of the files, for `planPhase`. */
export async function planIngest(
  files: HistoryFiles,
  paths: readonly string[],
): Promise<readonly Pick<Chunk, 'task' | 'patients'>[]> {
  const chunks: Pick<Chunk, 'task' | 'patients'>[] = [];
  for await (const piece of files.cut(paths)) {
    const patients = 'documents' in piece ? piece.documents.length : piece.lines;
    chunks.push({ task: { ...piece }, patients });
  }
  return chunks;
}

/** Ingests one chunk; does nothing when it is done. One bad document never stops the others. */
export async function ingestChunk(dependencies: IngestDependencies, ref: ChunkRef): Promise<void> {
  const chunk = await dependencies.store.beginChunk(ref);
  if (chunk === undefined) return;
  const task = chunk.task as unknown as LineRange | DocumentGroup; // written by planIngest, as JSON
  const histories: IncomingHistory[] = [];
  const faults: Fault[] = [];
  let seen = 0;
  for await (const document of documentsOf(dependencies.files, task)) {
    const read = readOne(document, dependencies.readDocument);
    histories.push(...read.histories);
    faults.push(...read.faults);
    // Parsing is CPU-bound: the queue renews our lock between documents.
    if (++seen % 20 === 0) await new Promise(setImmediate);
  }
  await dependencies.store.ingestChunk(ref, histories, faults);
}

interface Document {
  readonly bytes: Buffer;
  readonly file: string;
  readonly line?: number;
}

async function* documentsOf(files: HistoryFiles, task: LineRange | DocumentGroup): AsyncGenerator<Document> {
  if ('documents' in task) {
    for (const file of task.documents) yield { bytes: await files.read(file), file: baseName(file) };
    return;
  }
  const bytes = await files.read(task.file, task.start, task.end);
  const name = baseName(task.file);
  let line = task.firstLine;
  for (let at = 0; at < bytes.length; line++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.subarray(at, end);
    at = end + 1;
    if (!isBlank(text)) yield { bytes: text, file: name, line };
  }
}

const baseName = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
const isBlank = (text: Buffer): boolean => text.length === 0 || (text.length < 16 && text.toString().trim() === '');

interface OneRead {
  readonly histories: readonly IncomingHistory[];
  readonly faults: readonly Fault[];
}

/** A document as rows of the store, one a patient, or its faults with file and line. Broken UTF-8 is a fault, not a "?". */
function readOne({ bytes, file, line }: Document, readDocument: ReadDocument): OneRead {
  const where = (place: string) =>
    `${file} ${line === undefined || place.startsWith('line ') ? '' : `line ${line}, `}${place}`;
  const text = decode(bytes);
  if (text === undefined) return { histories: [], faults: [{ place: where('document'), message: 'not valid UTF-8' }] };
  const options = line === undefined ? { case: file } : { case: `${file}:${line}`, line };
  const { histories, faults } = guarded(readDocument, text, options);
  if (histories.length === 0)
    return {
      histories: [],
      faults: faults.map((f) => ({ message: storable(f.message), place: storable(where(f.place)) })),
    };
  const hash = createHash('sha256').update(bytes).digest();
  const raw = deflateRawSync(bytes, { level: 3 });
  const rows = histories.map((history) => ({
    patient: patientId(history),
    caseId: named(history.id),
    hash,
    asOf: storableDate(history.asOf),
    raw,
    sex: history.person.sex ?? null,
    region: column(history.person.region),
    organization: column(history.person.organization),
  }));
  return { histories: rows, faults: [] };
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

/** The Patient's own id; one without any is known by its case ("entry[0]" would be the same in every Bundle). */
const patientId = ({ id, person }: History): string =>
  named(person.id === '' || /[[\]]/.test(person.id) ? id : person.id);

const NAME_LENGTH = 200;

/** An id that the database's index can hold; a monstrous one is cut and kept apart from its likes by its hash. */
function named(id: string): string {
  if (id.length <= NAME_LENGTH) return storable(id);
  return `${storable(id.slice(0, NAME_LENGTH))}~${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

const column = (text: string | undefined): string | null =>
  text === undefined ? null : storable(text.slice(0, NAME_LENGTH));

/** PostgreSQL text holds every character but NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').slice(0, 2_000);

/** PostgreSQL has no year 0. */
const storableDate = (date: string | undefined): string | null =>
  date === undefined || date.startsWith('0000') ? null : date;

const strict = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined; // Reported by the caller as a fault of the document.
  }
}
