// Reading the inputs of a prognostic model: named numbers of one row, every fault collected, nothing guessed.
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { type Lang, translate } from '../language/translate.js';

/** Coefficients by name (corpus/prognosis/MODEL.yaml), each with its source there. */
export type Coefficients = (name: string) => number;

export type Row = Readonly<Record<string, string>>;

/** Numbers asked of one row. `done` throws once with all that was missing or out of range. */
export interface Inputs {
  number(name: string, min: number, max: number): number;
  /** One of a closed list of codes. */
  code(name: string, codes: readonly number[]): number;
  done(): void;
}

/** `place` of the row, as "line 3": a fault's place is "line 3, column age". */
export function inputsOf(row: Row, place: string, lang: Lang = 'en'): Inputs {
  const faults: Fault[] = [];
  const fault = (name: string, message: string): void => {
    faults.push({ place: `${place}, column ${name}`, message });
  };
  const read = (name: string): number => {
    const text = row[name]?.trim() ?? '';
    const value = text === '' ? NaN : Number(text);
    if (Number.isNaN(value)) fault(name, translate(lang, '"{text}" is not a number', { text }));
    return value;
  };
  return {
    number(name, min, max) {
      const value = read(name);
      if (value < min || value > max)
        fault(name, translate(lang, "{value} is outside the model's range {min} to {max}", { value, min, max }));
      return value;
    },
    code(name, codes) {
      const value = read(name);
      if (!Number.isNaN(value) && !codes.includes(value))
        fault(name, translate(lang, '"{text}" is none of {codes}', { text: value, codes: codes.join(', ') }));
      return value;
    },
    done() {
      if (faults.length > 0) throw new FaultyInput(faults);
    },
  };
}

/** Places of rows whose lines are not told: the header is line 1. */
export const lineOf = (row: number): string => `line ${row + 2}`;
