// Reading the inputs of a prognostic model: named numbers of one row, every fault collected, nothing guessed.
import { type Fault, FaultyInput } from '../../domain/faults.js';

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

export function inputsOf(row: Row, place: string): Inputs {
  const faults: Fault[] = [];
  const read = (name: string): number => {
    const text = row[name]?.trim() ?? '';
    const value = text === '' ? NaN : Number(text);
    if (Number.isNaN(value)) faults.push({ place: `${place}, ${name}`, message: `"${text}" is not a number` });
    return value;
  };
  return {
    number(name, min, max) {
      const value = read(name);
      if (value < min || value > max)
        faults.push({ place: `${place}, ${name}`, message: `${value} is outside the model's range ${min} to ${max}` });
      return value;
    },
    code(name, codes) {
      const value = read(name);
      if (!Number.isNaN(value) && !codes.includes(value))
        faults.push({ place: `${place}, ${name}`, message: `${value} is none of ${codes.join(', ')}` });
      return value;
    },
    done() {
      if (faults.length > 0) throw new FaultyInput(faults);
    },
  };
}
