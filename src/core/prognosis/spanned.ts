// A survival model over inputs that are not all known: every completion of the few that may be spanned, the lowest and the highest answer.
import { FaultyInput } from '../../domain/faults.js';
import type { Interval } from '../../domain/recommendation.js';
import { inputsOf, type Row } from './inputs.js';

/** Values an input may have, as the model's column takes them. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** Every row that the columns allow. */
export function completions(columns: Columns): readonly Row[] {
  return Object.entries(columns).reduce<Row[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: String(value) }))),
    [{}],
  );
}

/** The model's number over all rows; the faults in words when a row is outside the model. */
export function spanned(
  rows: readonly Row[],
  number: (inputs: ReturnType<typeof inputsOf>) => number,
): Interval | readonly string[] {
  try {
    const numbers = rows.map((row) => number(inputsOf(row, 'patient')));
    return { low: Math.min(...numbers), high: Math.max(...numbers) };
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    return error.faults.map(({ place, message }) => `${place.replace(/^patient, /, '')}: ${message}`);
  }
}
