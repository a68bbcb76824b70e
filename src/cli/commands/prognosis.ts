// `shipa prognosis MODEL --input IN.csv --output OUT.csv`: published prognostic models and scores on a table of patients.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadCorpus } from '../../adapters/files/corpus-files.js';
import { readLocatedTable, writeTable } from '../../adapters/files/table.js';
import { readRecord } from '../../adapters/files/yaml-records.js';
import { type CorpusIndex, indexCorpus } from '../../core/corpus-index.js';
import type { Lang } from '../../core/language/translate.js';
import { citationInWords } from '../../core/option.js';
import type { Row } from '../../core/prognosis/inputs.js';
import { modelColumns, PROGNOSTIC_MODELS, prognosisTable } from '../../core/prognosis/prognosis-table.js';
import { lackingColumns, scoreColumns, scoreTable } from '../../core/prognosis/score-table.js';
import type { Score } from '../../domain/corpus/score.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import { corpusDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
published prognostic models and scores on a table of patients

shipa prognosis MODEL --input IN.csv --output OUT.csv [--lang en|ru|kk]
shipa prognosis --list            every model and score, with its source
shipa prognosis MODEL --columns   the columns that it reads
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
      lang: { type: 'string', default: 'en' },
    },
  });
  const [model, more] = positionals;
  const { lang } = values;
  if (lang !== 'en' && lang !== 'ru' && lang !== 'kk') throw new WrongUse(`--lang is en, ru or kk, not "${lang}"`);
  const published = model !== undefined && model in PROGNOSTIC_MODELS;
  const index = published ? undefined : indexCorpus(loadCorpus(corpusDirectory), lang);
  if (values.list && index) return list(index);
  const score = model === undefined ? undefined : index?.score(model);
  if (more !== undefined || (!published && score === undefined))
    throw new WrongUse(`name one model of ${names(index).join(', ')}`);
  if (values.columns) {
    const columns = score && index ? scoreColumns(score, index) : modelColumns(model ?? '');
    process.stdout.write(`${columns.join('\n')}\n`);
    return 0;
  }
  if (values.input === undefined || values.output === undefined)
    throw new WrongUse('--input and --output name the tables');
  const table = readLocatedTable(values.input);
  if (score && index) tellLacking(score, index, table.file, table.columns);
  const rows = table.rows.map((row) => row.cells);
  const placeOf = (row: number): string => `line ${table.rows[row]?.line}`;
  const added = withFaultsOf(table.faults, () =>
    score && index ? scoreTable(score, rows, index, placeOf) : published ? predicted(model, rows, placeOf, lang) : [],
  );
  writeTable(values.output, added);
  process.stderr.write(`${added.length} rows written to ${values.output}\n`);
  return 0;
}

/** A table without any column of the score is another table; of single columns it is said that they are unknown. */
function tellLacking(score: Score, index: CorpusIndex, file: string, header: readonly string[]): void {
  const lacking = lackingColumns(score, index, header);
  const all = lackingColumns(score, index, []);
  if (lacking.length === all.length)
    throw new FaultyInput([
      {
        place: `${file}, line 1`,
        message: `has none of the columns that ${score.id} reads (${all.join(', ')}); there are ${header.join(', ')}`,
      },
    ]);
  if (lacking.length > 0)
    process.stderr.write(`${file}: unknown in every row, as there is no such column: ${lacking.join(', ')}\n`);
}

/** Rows of a wrong length are told together with what is wrong in the others. */
function withFaultsOf<T>(faults: readonly Fault[], work: () => T): T {
  try {
    const done = work();
    if (faults.length === 0) return done;
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    throw new FaultyInput([...faults, ...error.faults]);
  }
  throw new FaultyInput(faults);
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

function predicted(
  model: string,
  rows: readonly Row[],
  placeOf: (row: number) => string,
  lang: Lang,
): Record<string, string>[] {
  const { id, source, coefficients: written } = coefficients(model);
  const named = Object.fromEntries(Object.entries(written).map(([name, { value }]) => [name, { value }]));
  return prognosisTable(model, { id, source, coefficients: named }, rows, placeOf, lang);
}
