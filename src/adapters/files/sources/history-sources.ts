// The PATHs of `shipa ingest` -> files with an offset for every line. Plain files stand as they are; gzip, standard input ("-") and Bulk
// Data exports are copied into a spool folder first, under names that the same input gets again, so that an ingestion can go on.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HistoryFile, HistoryFiles, InputFault } from '../../../app/ingest-ports.js';
import { type Fault, FaultyInput } from '../../../domain/faults.js';
import { assemble } from './bulk-assembly.js';
import { type BulkManifest, isAddress, ManifestFault, readManifest } from './bulk-manifest.js';
import { DownloadFault, download } from './download.js';
import { isThere, spool } from './spool.js';

export type HistorySource =
  | { readonly kind: 'plain'; readonly file: string; readonly bytes: number; readonly changed: number }
  | { readonly kind: 'gzip'; readonly file: string; readonly bytes: number; readonly changed: number }
  /** In a folder among others. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly fault: string }
  /** Standard input, copied; named by its content. */
  | { readonly kind: 'input'; readonly copy: string; readonly isEmpty?: true; readonly fault?: string }
  | { readonly kind: 'export'; readonly file: string; readonly digest: string; readonly manifest: BulkManifest };

export interface OpenedSources {
  readonly files: readonly HistoryFile[];
  readonly faults: readonly InputFault[];
  /** What the user should know and is no fault. */
  readonly remarks: readonly string[];
}

/** Sources of the paths, in order. Standard input is copied here, as it is known only by its content. @throws FaultyInput */
export async function findSources(
  paths: readonly string[],
  files: Pick<HistoryFiles, 'list'>,
  spoolFolder: string,
): Promise<readonly HistorySource[]> {
  const sources: HistorySource[] = [];
  const faults: Fault[] = [];
  const refused = (path: string, error: unknown): void => {
    if (error instanceof FaultyInput) faults.push(...error.faults);
    else if (error instanceof ManifestFault || error instanceof DownloadFault)
      faults.push({ place: path, message: error.message });
    else throw error;
  };
  for (const path of paths) {
    try {
      if (path === '-') sources.push(await copyInput(spoolFolder));
      else if (isAddress(path)) sources.push(await fetchExport(path));
      else sources.push(...(await inFiles(path, files)));
    } catch (error) {
      refused(path, error);
    }
  }
  if (faults.length > 0) throw new FaultyInput(faults);
  return sources;
}

/** Files and what was wrong before their first line; copies are made where they are not there yet. */
export async function openSources(sources: readonly HistorySource[], spoolFolder: string): Promise<OpenedSources> {
  const files: HistoryFile[] = [];
  const faults: InputFault[] = [];
  const remarks: string[] = [];
  for (const source of sources) {
    switch (source.kind) {
      case 'plain':
        files.push({ file: source.file });
        break;
      case 'unreadable':
        faults.push(wholeFile(source.file, source.fault));
        break;
      case 'input':
        files.push({ file: source.copy, name: 'standard input' });
        if (source.fault !== undefined) faults.push(wholeFile('standard input', source.fault));
        // What was to send it may have failed, which a pipe does not tell.
        else if (source.isEmpty === true) remarks.push('standard input: nothing came in');
        break;
      case 'gzip': {
        const copy = copyOf(source, spoolFolder) ?? '';
        const { fault } = await spool(createReadStream(source.file, { highWaterMark: 1 << 20 }), copy, 'gzip');
        files.push({ file: copy, name: source.file });
        if (fault !== undefined) faults.push(wholeFile(source.file, fault));
        break;
      }
      case 'export': {
        const opened = await openExport(source, spoolFolder);
        files.push(...opened.files);
        faults.push(...opened.faults);
        remarks.push(...opened.remarks);
      }
    }
  }
  return { files, faults, remarks };
}

/** True when every copy is there that these sources need; plain files need none. */
export async function copiesAreThere(sources: readonly HistorySource[], spoolFolder: string): Promise<boolean> {
  const there = await Promise.all(sources.map((source) => isThere(copyOf(source, spoolFolder) ?? '.')));
  return there.every(Boolean);
}

/** Copies are of no use once everything is stored. */
export async function dropCopies(sources: readonly HistorySource[], spoolFolder: string): Promise<void> {
  for (const source of sources) {
    const copy = copyOf(source, spoolFolder);
    if (copy !== undefined) await rm(copy, { force: true });
  }
}

function copyOf(source: HistorySource, spoolFolder: string): string | undefined {
  if (source.kind === 'input') return source.copy;
  if (source.kind === 'gzip') return join(spoolFolder, `${digest(source)}.${inner(source.file)}`);
  return source.kind === 'export' ? join(spoolFolder, `${source.digest}.ndjson`) : undefined;
}

/** What an ingestion is known by: the same sources, unchanged, are the same ingestion. */
export const identityOf = (sources: readonly HistorySource[]): string =>
  digest(
    sources.map((source) =>
      source.kind === 'export' ? { file: source.file, digest: source.digest } : withoutKind(source),
    ),
  );

/** Plain files are told as they were before there were other kinds, so that what was begun then goes on. */
function withoutKind(source: Exclude<HistorySource, { kind: 'export' }>): unknown {
  if (source.kind === 'input') return { input: basename(source.copy) };
  if (source.kind === 'unreadable') return { file: source.file, fault: source.fault };
  const { file, bytes, changed } = source;
  return { file, bytes, changed };
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** "a.ndjson.gz" is NDJSON inside, "a.json.gz" one document. */
const inner = (file: string): string => (/\.json\.gz$/i.test(file) ? 'json' : 'ndjson');

const wholeFile = (file: string, message: string): InputFault => ({
  file,
  line: null,
  path: '',
  place: basename(file),
  message,
});

async function copyInput(spoolFolder: string): Promise<HistorySource> {
  const arriving = join(spoolFolder, `arriving-${process.pid}`);
  const { hash, bytes, fault } = await spool(process.stdin, arriving, 'auto');
  const copy = join(spoolFolder, `input-${hash.slice(0, 12)}.${(await isOneDocument(arriving)) ? 'json' : 'ndjson'}`);
  if (await isThere(copy)) await rm(arriving, { force: true });
  else await rename(arriving, copy);
  return { kind: 'input', copy, ...(bytes === 0 ? { isEmpty: true } : {}), ...(fault === undefined ? {} : { fault }) };
}

/** One Bundle over many lines: its first line is no JSON by itself. */
async function isOneDocument(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const first = buffer.subarray(0, bytesRead).toString('utf8').trimStart().split('\n', 1)[0]?.trim() ?? '';
    return /^[[{](?:\s*"resourceType"\s*:\s*"\w+"\s*,?)?$/.test(first);
  } finally {
    await handle.close();
  }
}

async function fetchExport(address: string): Promise<HistorySource> {
  const text = await download(address, process.env.SHIPA_BULK_TOKEN, async (body) => {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  });
  const manifest = readManifest(text, address);
  if (manifest === undefined) throw new ManifestFault('is no manifest of a FHIR Bulk Data export (no "output")');
  return { kind: 'export', file: address, digest: digest(text), manifest };
}

const MOST_BESIDE = 20;
const LARGEST_MANIFEST = 16 * 2 ** 20;

/** A file, or those of a folder; the manifests among them, and what they list is not ingested a second time by itself. */
async function inFiles(path: string, files: Pick<HistoryFiles, 'list'>): Promise<readonly HistorySource[]> {
  const listed = await files.list([path]);
  const named = !(await stat(path)).isDirectory();
  // Whatever its name, beside the files that it lists; not looked for among thousands of Bundles.
  const beside =
    listed.some(({ file }) => /\.ndjson(?:\.gz)?$/i.test(file)) &&
    listed.filter(({ file }) => /\.json$/i.test(file)).length <= MOST_BESIDE;
  const sources: HistorySource[] = [];
  for (const { fault, ...found } of listed) {
    if (fault !== undefined) {
      sources.push({ kind: 'unreadable', file: found.file, fault });
      continue;
    }
    const manifest = named || beside || /manifest/i.test(basename(found.file)) ? await manifestIn(found) : undefined;
    if (manifest !== undefined) sources.push(manifest);
    else sources.push({ kind: /\.gz$/i.test(found.file) ? 'gzip' : 'plain', ...found });
  }
  const within = new Set(sources.flatMap((s) => (s.kind === 'export' ? s.manifest.output.map((o) => o.at) : [])));
  return sources.filter((s) => s.kind === 'export' || s.kind === 'input' || !within.has(s.file));
}

async function manifestIn({ file, bytes, changed }: { file: string; bytes: number; changed: number }) {
  if (!/\.json$/i.test(file) || bytes > LARGEST_MANIFEST) return undefined;
  const text = await readFile(file, 'utf8');
  const manifest = readManifest(text, dirname(file));
  if (manifest === undefined) return undefined;
  return {
    kind: 'export',
    file,
    digest: digest({ text, changed, listed: await stateOf(manifest) }),
    manifest,
  } as const;
}

/** Of the files that a manifest lists on this machine: with one that was missing, or that was mended, the export is another one. */
const stateOf = ({ output }: BulkManifest): Promise<readonly string[]> =>
  Promise.all(
    output.map(async ({ at }) => {
      if (isAddress(at)) return at;
      const info = await stat(at).catch(() => undefined);
      return info === undefined ? `${at} is missing` : `${at} ${info.size} ${info.mtimeMs}`;
    }),
  );

/** Where in a manifest a file is named that could not be had; that may be otherwise the next time. */
export const OUTPUT = 'output';

/** A history of what changed only, the rest left out, would take the place of the whole one. */
const SINCE = 'is an export of what changed (_since), which holds no whole histories: export without _since';

type Export = Extract<HistorySource, { kind: 'export' }>;

async function openExport({ file: name, digest: id, manifest }: Export, spoolFolder: string): Promise<OpenedSources> {
  const faults: InputFault[] = [];
  const remarks: string[] = [];
  const files: { file: string; name: string; bytes: number }[] = [];
  const copies: string[] = [];
  if (manifest.since) return { files: [], faults: [wholeFile(name, SINCE)], remarks };
  const token = manifest.needsToken ? process.env.SHIPA_BULK_TOKEN : undefined;
  for (const [i, { at }] of manifest.output.entries()) {
    try {
      const copy = join(spoolFolder, `${id}-${i}.part.ndjson`);
      if (isAddress(at)) {
        copies.push(copy);
        const { bytes } = await download(at, token, (body) => spool(body, copy, 'plain'));
        files.push({ file: copy, name: at, bytes });
      } else files.push({ file: at, name: at, bytes: (await stat(at)).size });
    } catch (error) {
      const missing =
        error instanceof Error && 'code' in error && /^(?:ENOENT|EACCES|EISDIR)$/.test(String(error.code));
      if (!missing && !(error instanceof DownloadFault)) throw error;
      faults.push({ ...wholeFile(at, missing ? 'there is no such file' : error.message), path: `${OUTPUT}[${i}].url` });
    }
  }
  // A part of an export without the rest would supersede whole histories by half ones.
  if (faults.length > 0) {
    for (const copy of copies) await rm(copy, { force: true });
    return {
      files: [],
      faults: [...faults, wholeFile(name, 'is not ingested: not all of its files could be read')],
      remarks,
    };
  }
  const target = join(spoolFolder, `${id}.ndjson`);
  const assembled = await assemble({ files, ...(manifest.at === undefined ? {} : { at: manifest.at }) }, target);
  for (const copy of copies) await rm(copy, { force: true });
  if (manifest.deleted.length > 0)
    faults.push(wholeFile(name, `lists deleted resources (${manifest.deleted.join(', ')}); these are not applied`));
  if (manifest.errors > 0) faults.push(wholeFile(name, `the export itself had ${manifest.errors} files of errors`));
  const left = [...assembled.leftOut].sort().map(([type, n]) => `${n} ${type}`);
  if (left.length > 0) remarks.push(`${name}: not about patients and left out: ${left.join(', ')}`);
  return {
    files: [{ file: target, name, assembled: true }],
    faults: [...faults, ...assembled.faults],
    remarks,
  };
}
