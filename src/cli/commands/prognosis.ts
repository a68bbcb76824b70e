// `shipa prognosis MODEL --input IN.csv --output OUT.csv`: published prognostic models on a table of patients.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readTable, writeTable } from '../../adapters/files/table.js';
import { readRecord } from '../../adapters/files/yaml-records.js';
import { PROGNOSTIC_MODELS, prognosisTable } from '../../core/prognosis/prognosis-table.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { corpusDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
published prognostic models on a table of patients

shipa prognosis MODEL --input IN.csv --output OUT.csv
  MODEL   ${Object.keys(PROGNOSTIC_MODELS).join(', ')}
  OUT.csv the input's rows with the model's columns added
`;

const CoefficientFile = z.looseObject({
  id: z.string(),
  source: z.string(),
  coefficients: z.record(z.string(), z.object({ value: z.number(), meaning: z.string().optional() }).loose()),
});

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { input: { type: 'string' }, output: { type: 'string' } },
  });
  const [model, more] = positionals;
  if (model === undefined || more !== undefined || !(model in PROGNOSTIC_MODELS))
    throw new WrongUse(`name one model of ${Object.keys(PROGNOSTIC_MODELS).join(', ')}`);
  if (values.input === undefined || values.output === undefined)
    throw new WrongUse('--input and --output name the tables');
  const file = `prognosis/${model}.yaml`;
  const faults: Fault[] = [];
  const record = readRecord(join(corpusDirectory, file), `corpus/${file}`, CoefficientFile, faults);
  if (record === undefined || faults.length > 0) throw new FaultyInput(faults);
  const { id, source, coefficients } = record.value;
  const named = Object.fromEntries(Object.entries(coefficients).map(([name, { value }]) => [name, { value }]));
  const rows = prognosisTable(model, { id, source, coefficients: named }, readTable(values.input));
  writeTable(values.output, rows);
  process.stderr.write(`${rows.length} rows written to ${values.output}\n`);
  return 0;
}
