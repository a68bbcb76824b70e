// CSV tables in and out: a header line, quoted cells, UTF-8. Every unreadable line is a fault with its line number.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FaultyInput } from '../../domain/faults.js';

export type Cells = Readonly<Record<string, string>>;

/** Rows by column name. @throws FaultyInput */
export function readTable(path: string): Cells[] {
  try {
    return parse(readFileSync(path, 'utf8'), {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    }) as Cells[];
  } catch (error) {
    if (error instanceof CsvError) throw new FaultyInput([{ place: basename(path), message: error.message }]);
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
