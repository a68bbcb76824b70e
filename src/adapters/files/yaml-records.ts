// Reads a YAML file of records against a schema; every fault with file and line, so that a researcher can go there.
import { readFileSync } from 'node:fs';
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
