// Reads a YAML file of records against a schema; every fault with file and line, so that a researcher can go there.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from '../../domain/faults.js';

export interface Located<T> {
  readonly value: T;
  /** "corpus/nsclc/studies/egfr.yaml:12" */
  readonly place: string;
}

/** A file that is a list of records. Faulty records are left out of the result and named in `faults`. */
export function readRecords<T>(path: string, shown: string, schema: z.ZodType<T>, faults: Fault[]): Located<T>[] {
  return once(path, shown, faults, (own) => recordsOf(path, shown, schema, own));
}

function recordsOf<T>(path: string, shown: string, schema: z.ZodType<T>, faults: Fault[]): Located<T>[] {
  const file = open(path, shown, faults);
  if (file === undefined) return [];
  const written: unknown = file.document.toJS();
  if (written === null || written === undefined) return [];
  if (!Array.isArray(written)) {
    faults.push({ place: `${shown}:1`, message: 'the file should be a list of records ("- id: ...")' });
    return [];
  }
  return written.flatMap((record: unknown, index) => check(record, [index], file, schema, faults));
}

/** A file that is one record. */
export function readRecord<T>(
  path: string,
  shown: string,
  schema: z.ZodType<T>,
  faults: Fault[],
): Located<T> | undefined {
  const file = open(path, shown, faults);
  return file === undefined ? undefined : check(file.document.toJS(), [], file, schema, faults)[0];
}

/**
 * Reading is kept in the folder `SHIPA_CORPUS_CACHE`, by the content of the file, where the variable is set: a test run reads the same
 * files in every one of its processes. The folder must not outlive the code that wrote it.
 */
function once<T>(path: string, shown: string, faults: Fault[], read: (faults: Fault[]) => Located<T>[]): Located<T>[] {
  const folder = process.env.SHIPA_CORPUS_CACHE;
  if (folder === undefined) return read(faults);
  const kept = join(folder, createHash('sha256').update(shown).update(readFileSync(path)).digest('hex'));
  if (existsSync(kept)) {
    const { records, faults: found } = JSON.parse(readFileSync(kept, 'utf8')) as {
      records: Located<T>[];
      faults: Fault[];
    };
    faults.push(...found);
    return records;
  }
  const found: Fault[] = [];
  const records = read(found);
  // Written whole and then named, so that nobody reads half of it.
  const part = `${kept}.${process.pid}`;
  writeFileSync(part, JSON.stringify({ records, faults: found }));
  renameSync(part, kept);
  faults.push(...found);
  return records;
}

interface Opened {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly shown: string;
}

function open(path: string, shown: string, faults: Fault[]): Opened | undefined {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  for (const error of document.errors)
    faults.push({
      place: `${shown}:${lines.linePos(error.pos[0]).line}`,
      message: error.message.split('\n')[0] ?? 'not YAML',
    });
  return document.errors.length > 0 ? undefined : { document, lines, shown };
}

function check<T>(
  record: unknown,
  at: readonly PropertyKey[],
  file: Opened,
  schema: z.ZodType<T>,
  faults: Fault[],
): Located<T>[] {
  const result = schema.safeParse(record);
  if (result.success) return [{ value: result.data, place: place(file, at) }];
  for (const issue of result.error.issues) {
    const path = [...at, ...issue.path];
    faults.push({
      place: place(file, path),
      message: `${name(record)}${issue.path.map(String).join('.')}: ${issue.message}`,
    });
  }
  return [];
}

function name(record: unknown): string {
  const id = typeof record === 'object' && record !== null ? Object.values(record)[0] : undefined;
  return typeof id === 'string' ? `${id}: ` : '';
}

/** The line of the deepest node of the path that exists. */
function place(file: Opened, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = file.document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return `${file.shown}:${file.lines.linePos(node.range[0]).line}`;
  }
  return `${file.shown}:1`;
}
