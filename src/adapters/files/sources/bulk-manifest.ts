// The manifest of a FHIR Bulk Data export: which files of which resources. https://hl7.org/fhir/uv/bulkdata/export.html, "Response -
// Complete Status". Its files may be addresses, or paths beside a manifest that was saved.
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const File = z.object({ type: z.string().min(1), url: z.string().min(1) });
const Manifest = z.object({
  transactionTime: z.string().optional(),
  request: z.string().optional(),
  requiresAccessToken: z.boolean().optional(),
  output: z.array(File),
  deleted: z.array(File).optional(),
  error: z.array(File).optional(),
});

export interface BulkFile {
  readonly type: string;
  /** Absolute path or http(s) address. */
  readonly at: string;
}

export interface BulkManifest {
  /** The instant the export speaks of. */
  readonly at?: string;
  readonly needsToken: boolean;
  /** True when only what changed after an instant was asked for. */
  readonly since: boolean;
  readonly output: readonly BulkFile[];
  /** Kinds of the resources that were deleted since the last export. */
  readonly deleted: readonly string[];
  readonly errors: number;
}

export class ManifestFault extends Error {
  override readonly name = 'ManifestFault';
}

export const isAddress = (path: string): boolean => /^https?:\/\//i.test(path);

/**
 * The manifest in a text; undefined when it is something else (a Bundle).
 * @param base the file's folder or the address it came from
 * @throws ManifestFault for one that cannot be followed
 */
export function readManifest(text: string, base: string): BulkManifest | undefined {
  const json = jsonOf(text);
  if (typeof json !== 'object' || json === null || 'resourceType' in json || !('output' in json)) return undefined;
  const read = Manifest.safeParse(json);
  if (!read.success)
    throw new ManifestFault(read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
  const { transactionTime, request = '', requiresAccessToken = false, output, deleted = [], error = [] } = read.data;
  return {
    ...(transactionTime !== undefined && INSTANT.test(transactionTime) ? { at: transactionTime } : {}),
    since: /[?&]_since=/.test(request),
    needsToken: requiresAccessToken,
    output: output.map(({ type, url }) => ({ type, at: located(url, base) })),
    deleted: deleted.map((d) => d.type),
    errors: error.length,
  };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The reader of Bundles says where it breaks.
  }
}

function located(url: string, base: string): string {
  if (isAddress(url)) return url;
  const local = !isAddress(base);
  if (/^file:/i.test(url) || isAbsolute(url)) {
    // A server must not make us read our own files.
    if (!local && !url.startsWith('/')) throw new ManifestFault(`${url}: a file of this machine, named by ${base}`);
    return local ? (isAbsolute(url) ? url : fileURLToPath(url)) : new URL(url, base).href;
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(url)) throw new ManifestFault(`${url}: only http, https and files are read`);
  return local ? resolve(base, decodeURIComponent(url)) : new URL(url, base).href;
}
