// CSV tables in and out: a header line, quoted cells, UTF-8. Every unreadable line is a fault with its line number.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type Fault, FaultyInput } from '../../domain/faults.js';

export type Cells = Readonly<Record<string, string>>;

/** A row with the line on which it begins. */
export interface LocatedRow {
  readonly line: number;
  readonly cells: Cells;
}

export interface LocatedTable {
  /** The file's name without its folder, for messages. */
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly LocatedRow[];
  /** Rows of a wrong length, which are not in `rows`: to be told together with what is wrong in the others. */
  readonly faults: readonly Fault[];
}

/** Rows by column name. @throws FaultyInput */
export function readTable(path: string): Cells[] {
  const { rows, faults } = readLocatedTable(path);
  if (faults.length > 0) throw new FaultyInput(faults);
  return rows.map((r) => r.cells);
}

/** The same with lines. @throws FaultyInput when the file or its header cannot be read, or a quote is not closed. */
export function readLocatedTable(path: string): LocatedTable {
  const file = basename(path);
  const records = parsed(path, file);
  const [head, ...body] = records;
  if (head === undefined) throw new FaultyInput([{ place: file, message: 'is empty: a header line is needed' }]);
  const columns = head.cells;
  const headerFaults = faultsOfHeader(columns, file, head.line);
  if (headerFaults.length > 0) throw new FaultyInput(headerFaults);
  const faults: Fault[] = [];
  const rows = body.flatMap(({ line, cells }): LocatedRow[] => {
    if (cells.length !== columns.length) {
      faults.push({
        place: `${file}, line ${line}`,
        message: `has ${cells.length} cells, the header has ${columns.length}`,
      });
      return [];
    }
    return [{ line, cells: Object.fromEntries(columns.map((c, i) => [c, cells[i] ?? ''])) }];
  });
  return { file, columns, rows, faults };
}

function faultsOfHeader(columns: readonly string[], file: string, line: number): Fault[] {
  const place = `${file}, line ${line}`;
  const [only] = columns;
  if (columns.length === 1 && only !== undefined && /[;\t]/.test(only))
    return [{ place, message: 'the columns are not separated by commas' }];
  return columns.flatMap((c, i) => {
    if (c === '' && i > 0) return [{ place, message: `column ${i + 1} has no name` }];
    return columns.indexOf(c) < i ? [{ place, message: `column "${c}" is there twice` }] : [];
  });
}

function parsed(path: string, file: string): { line: number; cells: string[] }[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new FaultyInput([{ place: path, message: 'there is no such file' }]);
    if (code === 'EISDIR') throw new FaultyInput([{ place: path, message: 'is a folder' }]);
    throw error;
  }
  try {
    const records = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    // `lines` is where the record ends; quoted cells may hold line breaks.
    return records.map(({ info, record }) => {
      const breaks = record.reduce((s, cell) => s + (cell.split('\n').length - 1), 0);
      return { line: info.lines - breaks, cells: record };
    });
  } catch (error) {
    if (error instanceof CsvError) throw new FaultyInput([{ place: file, message: error.message }]);
    throw error;
  }
}

export function writeTable(path: string, rows: readonly Cells[]): void {
  writeFileSync(path, stringify([...rows], { header: true }));
}

/** A finite number of each named column of each row. @throws FaultyInput naming line and column of every cell that holds none. */
export function numbersOf<K extends string>(
  rows: readonly Cells[],
  columns: readonly K[],
  file: string,
): Record<K, number>[] {
  const faults = rows.flatMap((row, i) =>
    columns
      .filter((column) => row[column] === undefined || row[column] === '' || !Number.isFinite(Number(row[column])))
      .map((column) => ({
        place: `${file}, line ${i + 2}, ${column}`,
        message: `"${row[column] ?? ''}" is not a number`,
      })),
  );
  if (faults.length > 0) throw new FaultyInput(faults);
  return rows.map((row) => Object.fromEntries(columns.map((c) => [c, Number(row[c])])) as Record<K, number>);
}
