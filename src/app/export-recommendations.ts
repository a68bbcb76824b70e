// The current recommendations as a file: a line a patient, with the release that it was made with. Paged, so memory stays flat.
import { z } from 'zod';
import type { MadeFile, ResultFiles } from './result-files.js';
import { type CompactRecord, readCompact } from './score-batch-record.js';
import type { PatientFilter, PatientRow } from './store-ports.js';

export interface ExportRow extends PatientRow {
  readonly asOf: string | null;
  readonly corpus: string | null;
  readonly model: string | null;
  readonly code: string | null;
  readonly scoredAt: string | null;
  /** False when a newer history has come since. */
  readonly current: boolean | null;
  readonly record: Buffer | null;
}

export interface ExportStore {
  exportPage(
    filter: PatientFilter,
    limit: number,
    after: number,
  ): Promise<{ readonly rows: readonly ExportRow[]; readonly next: number | null }>;
}

const Filter = z
  .object({
    cancers: z.array(z.string()),
    stage: z.string(),
    band: z.string(),
    status: z.string(),
    region: z.string(),
  })
  .partial()
  .strict();

/** `PatientFilter` out of a task: keys that are not there are not asked for. */
export const FilterTask = Filter.transform(
  (filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as PatientFilter,
);

export const ExportTask = z
  .object({ file: z.string().min(1), format: z.enum(['ndjson', 'csv']), filter: FilterTask })
  .strict();

const PAGE = 500;

/** Columns of the CSV; NDJSON has the options, decisions and faults beside. */
const COLUMNS = [
  'id',
  'status',
  'reason',
  'cancer',
  'cancerName',
  'stage',
  'setting',
  'line',
  'age',
  'sex',
  'region',
  'organization',
  'band',
  'regimen',
  'regimenName',
  'asOf',
  'current',
  'scoredAt',
  'corpus',
  'model',
  'code',
] as const;

export async function exportRecommendations(
  { store, results }: { readonly store: ExportStore; readonly results: ResultFiles },
  { file, format, filter }: z.infer<typeof ExportTask>,
): Promise<MadeFile & { readonly patients: number }> {
  let patients = 0;
  async function* lines(): AsyncGenerator<string> {
    if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
    for (let after: number | null = 0; after !== null; ) {
      const page: Awaited<ReturnType<ExportStore['exportPage']>> = await store.exportPage(filter, PAGE, after);
      for (const row of page.rows) yield format === 'csv' ? csvLine(row) : jsonLine(row);
      patients += page.rows.length;
      after = page.next;
    }
  }
  const made = await results.write(file, lines());
  return { ...made, patients };
}

function jsonLine({ record, ...row }: ExportRow): string {
  const kept: Partial<CompactRecord> = record === null ? {} : readCompact(record);
  const { decisions, options, faults } = kept;
  return `${JSON.stringify({ ...row, decisions, options, faults })}\n`;
}

/** RFC 4180. What a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection). */
function csvLine(row: ExportRow): string {
  const cells = COLUMNS.map((column) => {
    const value = row[column];
    if (value === null) return '';
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}
