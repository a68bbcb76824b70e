// `shipa prognosis MODEL --input IN.csv --output OUT.csv`: published prognostic models and scores on a table of patients.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadCorpus } from '../../adapters/files/corpus-files.js';
import { readTable, writeTable } from '../../adapters/files/table.js';
import { readRecord } from '../../adapters/files/yaml-records.js';
import { type CorpusIndex, indexCorpus } from '../../core/corpus-index.js';
import { citationInWords } from '../../core/option.js';
import type { Row } from '../../core/prognosis/inputs.js';
import { PROGNOSTIC_MODELS, prognosisTable } from '../../core/prognosis/prognosis-table.js';
import { scoreColumns, scoreTable } from '../../core/prognosis/score-table.js';
import type { Score } from '../../domain/corpus/score.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { corpusDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
published prognostic models and scores on a table of patients

shipa prognosis MODEL --input IN.csv --output OUT.csv
shipa prognosis --list            every model and score, with its source
shipa prognosis SCORE --columns   the columns that a score reads
  MODEL   ${Object.keys(PROGNOSTIC_MODELS).join(', ')},
          or a score of corpus/prognosis/scores: ipi, flipi, mipi-risk, child-pugh, khorana ... (--list)
  OUT.csv the input's rows with the model's columns added; an empty cell is unknown, and a score then says what is left open
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
    options: {
      input: { type: 'string' },
      output: { type: 'string' },
      list: { type: 'boolean' },
      columns: { type: 'boolean' },
    },
  });
  const [model, more] = positionals;
  const published = model !== undefined && model in PROGNOSTIC_MODELS;
  const index = published ? undefined : indexCorpus(loadCorpus(corpusDirectory));
  if (values.list && index) return list(index);
  const score = model === undefined ? undefined : index?.score(model);
  if (more !== undefined || (!published && score === undefined))
    throw new WrongUse(`name one model of ${names(index).join(', ')}`);
  if (values.columns && score && index) {
    process.stdout.write(`${scoreColumns(score, index).join('\n')}\n`);
    return 0;
  }
  if (values.input === undefined || values.output === undefined)
    throw new WrongUse('--input and --output name the tables');
  const rows = readTable(values.input);
  const added = score && index ? scoreTable(score, rows, index) : published ? predicted(model, rows) : [];
  writeTable(values.output, added);
  process.stderr.write(`${added.length} rows written to ${values.output}\n`);
  return 0;
}

const names = (index: CorpusIndex | undefined): readonly string[] => [
  ...Object.keys(PROGNOSTIC_MODELS),
  ...(index?.corpus.scores ?? []).map((score) => score.id),
];

function list(index: CorpusIndex): number {
  const line = ({ id, name, source }: Score): string => `${id.padEnd(22)}${name.en}: ${citationInWords(source)}`;
  const models = Object.keys(PROGNOSTIC_MODELS).map((id) => `${id.padEnd(22)}${coefficients(id).source}`);
  process.stdout.write(`${[...models, ...(index.corpus.scores ?? []).map(line)].join('\n')}\n`);
  return 0;
}

function coefficients(model: string): z.infer<typeof CoefficientFile> {
  const file = `prognosis/${model}.yaml`;
  const faults: Fault[] = [];
  const record = readRecord(join(corpusDirectory, file), `corpus/${file}`, CoefficientFile, faults);
  if (record === undefined || faults.length > 0) throw new FaultyInput(faults);
  return record.value;
}

function predicted(model: string, rows: readonly Row[]): Record<string, string>[] {
  const { id, source, coefficients: written } = coefficients(model);
  const named = Object.fromEntries(Object.entries(written).map(([name, { value }]) => [name, { value }]));
  return prognosisTable(model, { id, source, coefficients: named }, rows);
}
