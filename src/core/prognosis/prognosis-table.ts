// `shipa prognosis`: rows of a table -> the same rows with the model's columns added.
import { type Fault, FaultyInput } from '../../domain/faults.js';
import type { Lang } from '../language/translate.js';
import { type Coefficients, type Inputs, inputsOf, lineOf, type Row } from './inputs.js';
import { predictBreastV2 } from './predict-breast-v2.js';
import { predictBreastV3 } from './predict-breast-v3.js';
import { predictProstate } from './predict-prostate.js';

export type PrognosticModel = (coefficients: Coefficients, inputs: Inputs) => Record<string, number>;

/** Models by the name used on the command line; coefficients are in corpus/prognosis/NAME.yaml. */
export const PROGNOSTIC_MODELS: Readonly<Record<string, PrognosticModel>> = {
  'predict-breast-v2.1': predictBreastV2,
  'predict-breast-v3.1': predictBreastV3,
  'predict-breast-v3.2': predictBreastV3,
  'predict-prostate': predictProstate,
};

/** What corpus/prognosis/NAME.yaml holds. */
export interface CoefficientFile {
  readonly id: string;
  readonly source: string;
  readonly coefficients: Readonly<Record<string, { readonly value: number; readonly meaning?: string | undefined }>>;
}

/** Reads a coefficient by name; one that is missing is a fault of the file and throws. */
export function coefficientsOf(file: CoefficientFile): Coefficients {
  return (name) => {
    const value = file.coefficients[name]?.value;
    if (typeof value !== 'number')
      throw new FaultyInput([{ place: `${file.id}, coefficients`, message: `no coefficient ${name}` }]);
    return value;
  };
}

/** Adds the model's columns to every row. @throws FaultyInput with every fault of every row ("line 3, column age_years"). */
export function prognosisTable(
  model: string,
  file: CoefficientFile,
  rows: readonly Row[],
  placeOf: (row: number) => string = lineOf,
  lang: Lang = 'en',
): Record<string, string>[] {
  const predict = PROGNOSTIC_MODELS[model];
  if (predict === undefined)
    throw new FaultyInput([
      { place: 'model', message: `no model ${model}; models: ${Object.keys(PROGNOSTIC_MODELS).join(', ')}` },
    ]);
  const coefficients = coefficientsOf(file);
  const faults: Fault[] = [];
  const output = rows.map((row, i) => {
    try {
      const added = predict(coefficients, inputsOf(row, placeOf(i), lang));
      return { ...row, ...Object.fromEntries(Object.entries(added).map(([name, value]) => [name, String(value)])) };
    } catch (error) {
      if (!(error instanceof FaultyInput)) throw error;
      faults.push(...error.faults);
      return {};
    }
  });
  if (faults.length > 0) throw new FaultyInput(faults);
  return output;
}

class AllRead extends Error {}

/** Columns that a model reads, with what each may hold: "age_years 25 to 85", "grade 1, 2, 3, 9". */
export function modelColumns(model: string): readonly string[] {
  const columns: string[] = [];
  const asked: Inputs = {
    number: (name, min, max) => {
      columns.push(`${name}  ${min} to ${max}`);
      return min;
    },
    code: (name, codes) => {
      columns.push(`${name}  ${codes.join(', ')}`);
      return codes[0] ?? 0;
    },
    done: () => {
      throw new AllRead();
    },
  };
  try {
    PROGNOSTIC_MODELS[model]?.(() => 0, asked);
  } catch (error) {
    if (!(error instanceof AllRead)) throw error;
  }
  return columns;
}
