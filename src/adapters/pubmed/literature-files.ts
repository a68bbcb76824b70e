// FILE -> documents, whatever it is: PubMed XML (also gzipped), MEDLINE text, NDJSON, registry JSON, plain text; PDF by its text layer.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { LiteratureDocument } from '../../domain/literature.js';
import { readPdfFile } from '../pdf/read-pdf.js';
import { decodedText, firstBytes, isGzip, UnreadableText } from './decoded-text.js';
import { looksLikeMedline, MedlineReader } from './medline-text.js';
import { plainDocument } from './plain-text.js';
import { PubmedXmlReader, type Read } from './pubmed-xml.js';
import { registryDocument } from './registry-results.js';

const ZIP = 'is a zip archive (or an office document, which is one): give the files in it';
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));

const MOST_PLAIN_BYTES = 50 * 1024 * 1024;

/** No abstract and no paper is longer, in UTF-16 units; a text without end would only cost time. */
const MOST_CHARACTERS = 5_000_000;

/** Every document of a file in order, with the faults where they stand. Never throws for what a file holds. */
export async function* readLiterature(path: string): AsyncGenerator<Read> {
  for await (const read of readWhatever(path)) {
    const length = read.kind === 'document' ? read.document.text.length : 0;
    if (length > MOST_CHARACTERS && read.kind === 'document')
      yield {
        kind: 'fault',
        fault: {
          place: read.document.document,
          message: `is too long for one text (${length} characters; at most ${MOST_CHARACTERS} are read)`,
        },
      };
    else yield read;
  }
}

async function* readWhatever(path: string): AsyncGenerator<Read> {
  const file = basename(path);
  const fault = (message: string, place = file): Read => ({ kind: 'fault', fault: { place, message } });
  try {
    const head = await firstBytes(path);
    const start = isGzip(head)
      ? ''
      : head
          .toString('latin1')
          .replace(/^\u00EF\u00BB\u00BF|^\u00FF\u00FE|^\u00FE\u00FF/, '')
          .replaceAll('\0', '');
    if (start.startsWith('%PDF') || extname(path).toLowerCase() === '.pdf') {
      const read = await readPdfFile(path);
      yield 'fault' in read ? fault(read.fault.message) : document(plainDocument(file, read.text));
    } else if (/^\s*</.test(start) || /\.xml(\.gz)?$/i.test(path)) yield* xml(path, file);
    else if (isGzip(head)) yield fault('gzip is read for PubMed XML (.xml.gz) only: unpack it first');
    else if (/\.(?:ndjson|jsonl)$/i.test(path)) yield* ndjson(path, file);
    else if (/\.json$/i.test(path)) yield* registry(await readFile(path, 'utf8'), file);
    else yield* text(path, file);
  } catch (error) {
    yield fault(why(error));
  }
}

async function* xml(path: string, file: string): AsyncGenerator<Read> {
  const reader = new PubmedXmlReader(file);
  let stopped: UnreadableText | undefined;
  try {
    for await (const chunk of decodedText(path)) yield* reader.write(chunk);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    stopped = error;
  }
  yield* stopped === undefined
    ? reader.end()
    : [{ kind: 'fault' as const, fault: { place: file, message: stopped.message } }];
}

async function* text(path: string, file: string): AsyncGenerator<Read> {
  const head = (await firstBytes(path, 65_536)).toString('utf8');
  if (looksLikeMedline(head)) {
    const reader = new MedlineReader(file);
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
      for (const d of reader.line(line)) yield document(d);
    for (const d of reader.end()) yield document(d);
    return;
  }
  const bytes = await readFile(path);
  if (bytes.length > MOST_PLAIN_BYTES)
    yield { kind: 'fault', fault: { place: file, message: `is too long for one text (${bytes.length} bytes)` } };
  else if (bytes.includes(0) && !(bytes[0] === 0xff || bytes[0] === 0xfe))
    yield {
      kind: 'fault',
      fault: { place: file, message: isZip(bytes) ? ZIP : 'is no text: it holds bytes of value zero' },
    };
  else {
    let all = '';
    for await (const chunk of decodedText(path)) all += chunk;
    const faults = all.includes('\uFFFD')
      ? [{ place: `${file}, line ${lineOf(all, '\uFFFD')}`, message: 'holds bytes that are not UTF-8' }]
      : [];
    if (all.trim() === '') yield { kind: 'fault', fault: { place: file, message: 'is empty' } };
    else yield document(plainDocument(file, all, { faults }));
  }
}

/** One a line: {"text"} or {"title","abstract"}, with "id", "pmid" or "pmcid". */
async function* ndjson(path: string, file: string): AsyncGenerator<Read> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    yield fromLine(line, `${file}:${number}`, `${file}, line ${number}`);
  }
}

function fromLine(line: string, name: string, place: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { kind: 'fault', fault: { place, message: `not JSON: ${why(error)}` } };
  }
  const study = registryDocument(name, json);
  if (study !== undefined) return document(study);
  const { text, title, abstract, id, pmid, pmcid } = (typeof json === 'object' && json !== null ? json : {}) as Record<
    string,
    unknown
  >;
  const named = {
    document: typeof id === 'string' ? id : typeof pmcid === 'string' ? pmcid : name,
    pmid: typeof pmid === 'string' || typeof pmid === 'number' ? `${pmid}` : null,
  };
  if (typeof text === 'string') return document(plainDocument(name, text, named));
  if (typeof abstract === 'string') {
    const head = typeof title === 'string' ? title : '';
    return document(plainDocument(name, `${head}\n${abstract}`, { ...named, titleLength: head.length }));
  }
  return { kind: 'fault', fault: { place, message: 'holds neither "text" nor "abstract"' } };
}

function* registry(content: string, file: string): Generator<Read> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    yield { kind: 'fault', fault: { place: file, message: `not JSON: ${why(error)}` } };
    return;
  }
  const studies = Array.isArray(json)
    ? json
    : typeof json === 'object' && json !== null && 'studies' in json && Array.isArray(json.studies)
      ? json.studies
      : [json];
  for (const [i, entry] of studies.entries()) {
    const read = registryDocument(file, entry);
    yield read === undefined
      ? {
          kind: 'fault',
          fault: { place: `${file}, studies[${i}]`, message: 'is no ClinicalTrials.gov study with an NCT number' },
        }
      : document(read);
  }
}

const document = (d: LiteratureDocument): Read => ({ kind: 'document', document: d });
const lineOf = (text: string, sign: string): number => text.slice(0, text.indexOf(sign)).split('\n').length;

function why(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder: name the files in it';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return error instanceof Error ? error.message : String(error);
}
