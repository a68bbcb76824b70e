// Resources by type -> one history a patient, with flat memory whatever the size of the export: resources are scattered by the hash of
// their patient into so many parts that each fits into memory, and each part is then gathered by patient.
// The same export gives the same bytes: ingested again it changes nothing.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InputFault } from '../../../app/ingest-ports.js';
import { parseJson } from '../../fhir/json-text.js';
import { type Placed, placeResource, sharedIn } from './bulk-resource.js';
import { byteLines, LineTooLong } from './byte-lines.js';
import { fileBytes } from './spool.js';

export interface AssemblyInput {
  /** Where the lines are, and what the user calls it. */
  readonly files: readonly { readonly file: string; readonly name: string; readonly bytes: number }[];
  /** The instant of the export, the time of every history. */
  readonly at?: string;
}

export interface Assembled {
  readonly patients: number;
  readonly faults: readonly InputFault[];
  /** Resources that are not about patients, by type. */
  readonly leftOut: ReadonlyMap<string, number>;
}

const PART_BYTES = 48 * 2 ** 20;
const MOST_PARTS = 256;
/** Of drugs and hospitals together; they are few, and every part needs them. */
const SHARED_BYTES = 256 * 2 ** 20;

/** Writes the histories, one Bundle a line, to `target`; works in a folder beside it that is gone afterwards. */
export async function assemble({ files, at }: AssemblyInput, target: string): Promise<Assembled> {
  const folder = `${target}.${process.pid}.parts`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const parts = Math.min(MOST_PARTS, Math.max(1, Math.ceil(bytes / PART_BYTES)));
    const scattered = await scatter(files, folder, parts);
    const patients = await gather(scattered, folder, parts, at, target);
    return { patients, faults: scattered.faults, leftOut: scattered.leftOut };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Scattered {
  readonly shared: ReadonlyMap<string, string>;
  readonly faults: readonly InputFault[];
  readonly leftOut: ReadonlyMap<string, number>;
}

/** A line of a part: patient, TAB, what it is sorted by, TAB, the resource. Ids with a TAB or a line end in them are written as JSON does. */
const keyed = (patient: string, order: string, text: string): string =>
  `${JSON.stringify(patient)}\t${JSON.stringify(order)}\t${text}`;

const partOf = (patient: string, parts: number): number =>
  createHash('sha1').update(patient).digest().readUInt32BE(0) % parts;

async function scatter(files: AssemblyInput['files'], folder: string, parts: number): Promise<Scattered> {
  const writers = await Promise.all(Array.from({ length: parts }, (_, i) => openWriter(join(folder, `${i}`))));
  const shared = new SharedResources();
  const faults = new FaultList();
  const leftOut = new Map<string, number>();
  try {
    for (const { file, name } of files) {
      try {
        for await (const { bytes, line } of byteLines(await fileBytes(file))) {
          const read = readResource(bytes);
          const { placed } = read;
          if (placed.kind === 'fault') faults.add(name, line, placed.path, placed.reason);
          else if (placed.kind === 'other') leftOut.set(placed.type, (leftOut.get(placed.type) ?? 0) + 1);
          else if (placed.kind === 'shared') shared.add(placed.key, read.text);
          else {
            const order = `${placed.type === 'Patient' ? '' : placed.type}/${placed.id}`;
            await writers[partOf(placed.patient, parts)]?.add(keyed(placed.patient, order, read.text));
          }
        }
      } catch (error) {
        if (!(error instanceof LineTooLong) && !isBrokenArchive(error)) throw error;
        faults.add(name, null, '', `${error.message}; what came before was read`);
      }
    }
  } finally {
    for (const writer of writers) await writer.close();
  }
  return { shared: shared.texts, faults: faults.all(), leftOut };
}

/** A line as text, and whose it is. */
function readResource(bytes: Buffer): { readonly text: string; readonly placed: Placed } {
  const fault = (path: string, reason: string) => ({ text: '', placed: { kind: 'fault', path, reason } }) as const;
  if (!isUtf8(bytes)) return fault('document', 'not valid UTF-8');
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const parsed = parseJson(text);
  return 'error' in parsed
    ? fault(`column ${parsed.error.column}`, `not JSON: ${parsed.error.message}`)
    : { text, placed: placeResource(parsed.value) };
}

class SharedResources {
  readonly texts = new Map<string, string>();
  #size = 0;

  add(key: string, text: string): void {
    this.#size += text.length - (this.texts.get(key)?.length ?? 0);
    if (this.#size > SHARED_BYTES)
      throw new Error(
        `the export has more than ${SHARED_BYTES / 2 ** 20} MiB of Medication and Organization resources`,
      );
    this.texts.set(key, text);
  }
}

/** A wrong file has a fault in every line; the first ones tell what is wrong. */
const MOST_FAULTS = 10_000;

class FaultList {
  readonly #faults: InputFault[] = [];
  readonly #more = new Map<string, number>();

  add(file: string, line: number | null, path: string, message: string): void {
    if (this.#faults.length >= MOST_FAULTS) {
      this.#more.set(file, (this.#more.get(file) ?? 0) + 1);
      return;
    }
    const place = `${file.slice(file.lastIndexOf('/') + 1)}${line === null ? '' : ` line ${line}`}`;
    this.#faults.push({ file, line, path, place: path === '' ? place : `${place}, ${path}`, message });
  }

  all(): readonly InputFault[] {
    const more = [...this.#more].map(([file, n]) => ({
      file,
      line: null,
      path: '',
      place: file.slice(file.lastIndexOf('/') + 1),
      message: `${n} more lines with faults`,
    }));
    return [...this.#faults, ...more];
  }
}

const isBrokenArchive = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^Z_(?:BUF|DATA)_ERROR$/.test(String(error.code));

async function gather(
  { shared }: Scattered,
  folder: string,
  parts: number,
  at: string | undefined,
  target: string,
): Promise<number> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const beside = `${target}.${process.pid}.part`;
  const out = await openWriter(beside);
  let patients = 0;
  for (let part = 0; part < parts; part++) {
    const byPatient = new Map<string, string[]>();
    for await (const { bytes } of byteLines(createReadStream(join(folder, `${part}`), { highWaterMark: 1 << 20 }))) {
      const line = bytes.toString('utf8');
      const tab = line.indexOf('\t');
      const patient = line.slice(0, tab);
      const lines = byPatient.get(patient) ?? [];
      byPatient.set(patient, lines);
      lines.push(line.slice(tab + 1));
    }
    for (const patient of [...byPatient.keys()].sort()) {
      await out.add(bundleOf(JSON.parse(patient) as string, (byPatient.get(patient) ?? []).sort(), shared, at));
      patients++;
    }
  }
  await out.close();
  await rename(beside, target);
  return patients;
}

/** Put together as text: what was received is kept letter for letter. A resource that came twice stands once. */
function bundleOf(patient: string, lines: readonly string[], shared: ReadonlyMap<string, string>, at?: string): string {
  const own = lines.filter((line, i) => line !== lines[i - 1]).map((line) => line.slice(line.indexOf('\t') + 1));
  const wanted = new Set(own.flatMap(sharedIn));
  // A drug may name its maker.
  for (const key of [...wanted]) for (const next of sharedIn(shared.get(key) ?? '')) wanted.add(next);
  const added = [...wanted].sort().flatMap((key) => shared.get(key) ?? []);
  const entries = [...own, ...added].map((text) => `{"resource":${text.trim()}}`);
  const timestamp = at === undefined ? '' : `,"timestamp":${JSON.stringify(at)}`;
  return `{"resourceType":"Bundle","id":${JSON.stringify(patient)},"type":"collection"${timestamp},"entry":[${entries.join(',')}]}`;
}

interface LineWriter {
  readonly add: (line: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const BUFFERED = 128 * 1024;

async function openWriter(file: string): Promise<LineWriter> {
  const handle: FileHandle = await open(file, 'w', 0o600);
  let lines: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await handle.write(`${lines.join('\n')}\n`);
    lines = [];
    size = 0;
  };
  return {
    add: async (line) => {
      lines.push(line);
      size += line.length;
      if (size >= BUFFERED) await flush();
    },
    close: async () => {
      await flush();
      await handle.close();
    },
  };
}
