// The text of a file, or of one line of an NDJSON file -> histories, or faults with their places.
import { parseJson } from './json-text.js';
import { type BundleReading, readBundle } from './read-bundle.js';

export interface TextOptions {
  /** Name of the case when the Bundle has no id: the file's name, with ":line" for NDJSON. */
  readonly case: string;
  /** Line of the NDJSON file, from 1. */
  readonly line?: number;
}

export function readBundleText(text: string, options: TextOptions): BundleReading {
  const parsed = parseJson(text);
  if ('error' in parsed) {
    const { line, column, message } = parsed.error;
    const place = `line ${(options.line ?? 1) + line - 1}, column ${column}`;
    return { case: options.case, histories: [], faults: [{ place, message: `not JSON: ${message}` }] };
  }
  const line = options.line === undefined ? {} : { line: options.line };
  return readBundle(parsed.value, { id: options.case, ...line });
}
