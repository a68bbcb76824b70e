// A table of subjects as read from a file: time, what ended it, arm, stratum. Cells that cannot be read are all told, with line and column;
// rows with a missing time, event or arm are left out and counted.

/** Cells as read, by column, and the line they stand on. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface SurvivalColumns {
  readonly time: string;
  readonly event: string;
  readonly arm?: string;
  readonly strata?: readonly string[];
  readonly covariates?: readonly string[];
  /** Names subjects who belong together; robust errors. */
  readonly cluster?: string;
  /** Codes in the event column that are competing events, or one column that is 1 where one ended the follow-up. */
  readonly competing?: readonly string[];
}

export interface TableFault {
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/** The table cannot be used; every reason. A fault of the header has line 1. */
export class UnusableTable extends Error {
  override readonly name = 'UnusableTable';
  readonly faults: readonly TableFault[];
  constructor(faults: readonly TableFault[]) {
    super(faults.map((f) => `line ${f.line}, ${f.column}: ${f.message}`).join('\n'));
    this.faults = faults;
  }
}

export interface Subject {
  readonly row: TableRow;
  readonly time: number;
  readonly event: boolean;
  /** Code of the competing event that ended the follow-up. */
  readonly competing: string | null;
  readonly arm: string;
  /** Values of the strata columns; null where one is missing. */
  readonly stratum: string | null;
}

export interface ReadSubjects {
  readonly subjects: readonly Subject[];
  readonly dropped: readonly TableFault[];
}

/** @throws UnusableTable */
export function readSubjects(
  rows: readonly TableRow[],
  columns: readonly string[],
  options: SurvivalColumns,
): ReadSubjects {
  const competingColumn = competingColumnOf(columns, options);
  const wanted = [
    options.time,
    options.event,
    ...(options.arm === undefined ? [] : [options.arm]),
    ...(options.strata ?? []),
    ...(options.covariates ?? []),
    ...(options.cluster === undefined ? [] : [options.cluster]),
  ];
  const missing = [...new Set(wanted)].filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new UnusableTable(
      missing.map((column) => ({
        line: 1,
        column,
        message: `there is no such column; there are ${columns.join(', ')}`,
      })),
    );
  const codes = competingColumn === undefined ? (options.competing ?? []) : [];
  const isEvent = eventReader(rows.map((r) => r.cells[options.event] ?? '').filter((c) => !codes.includes(c)));
  const faults: TableFault[] = [];
  const dropped: TableFault[] = [];
  const subjects = rows.flatMap((row): Subject[] => {
    const before = faults.length;
    const fault = (column: string, message: string): void => {
      faults.push({ line: row.line, column, message });
    };
    const cell = (column: string): string => row.cells[column] ?? '';
    const empty = [options.time, options.event, ...(options.arm === undefined ? [] : [options.arm])].find((c) =>
      isMissing(cell(c)),
    );
    const time = numberOf(cell(options.time));
    if (time === undefined && !isMissing(cell(options.time)))
      fault(options.time, `"${cell(options.time)}" is not a number`);
    if (time !== undefined && time < 0) fault(options.time, `${cell(options.time)} is before the start`);
    const code = cell(options.event);
    let competing = codes.includes(code) ? code : null;
    const event = competing !== null || isMissing(code) ? false : isEvent(code);
    if (event === undefined) fault(options.event, `"${code}" is neither an event (1, TRUE) nor censored (0, FALSE)`);
    if (competingColumn !== undefined) {
      const also = isMissing(cell(competingColumn)) ? false : eventWord(cell(competingColumn));
      if (also === undefined) fault(competingColumn, `"${cell(competingColumn)}" is neither 1 nor 0`);
      if (also === true && event === true) fault(competingColumn, 'the event and a competing event in one subject');
      if (also === true) competing = competingColumn;
    }
    if (faults.length > before) return [];
    if (empty !== undefined) {
      dropped.push({ line: row.line, column: empty, message: 'is empty' });
      return [];
    }
    const values = (options.strata ?? []).map(cell);
    const stratum = values.some(isMissing) ? null : values.join(', ');
    const arm = options.arm === undefined ? 'all' : cell(options.arm);
    return [{ row, time: time ?? NaN, event: event ?? false, competing, arm, stratum }];
  });
  if (faults.length > 0) throw new UnusableTable(faults);
  if (subjects.length === 0)
    throw new UnusableTable([
      { line: 1, column: options.time, message: `no row has a number there and an event in ${options.event}` },
    ]);
  return { subjects, dropped };
}

function competingColumnOf(columns: readonly string[], { competing, event }: SurvivalColumns): string | undefined {
  const [only] = competing ?? [];
  return competing?.length === 1 && only !== undefined && only !== event && columns.includes(only) ? only : undefined;
}

/** 0/1, FALSE/TRUE, or 1/2 with 2 the event, as in R's Surv. Undefined: neither. */
function eventReader(cells: readonly string[]): (cell: string) => boolean | undefined {
  const coded12 = cells.every((c) => isMissing(c) || c === '1' || c === '2') && cells.includes('2');
  return (cell) => (coded12 ? cell === '2' : eventWord(cell));
}

function eventWord(cell: string): boolean | undefined {
  if (/^(true|t|yes)$/i.test(cell)) return true;
  if (/^(false|f|no)$/i.test(cell)) return false;
  const value = numberOf(cell);
  return value === 1 ? true : value === 0 ? false : undefined;
}

export const isMissing = (cell: string | undefined): boolean =>
  cell === undefined || /^\s*(NA|NaN|null|\.)?\s*$/i.test(cell);

export function numberOf(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell) ? Number(cell) : undefined;
}

const CONTROL = /^(obs(ervation)?|control|ctrl|placebo|pbo|standard|soc|reference|none|no treatment|untreated)$/i;

/** Reference first: the one asked for, a control by its name, else by order (numbers by size, "<" before and ">" after digits). */
export function levels(cells: readonly string[], reference?: string): string[] {
  const found = [...new Set(cells)].sort(compareLevels);
  const first = reference ?? found.find((level) => CONTROL.test(level));
  return first === undefined ? found : [first, ...found.filter((level) => level !== first)];
}

function compareLevels(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  const rank = (s: string): number => (s.startsWith('<') ? 0 : s.startsWith('>') ? 2 : 1);
  return rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}
