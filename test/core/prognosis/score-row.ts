// One row of `shipa prognosis` with a score of this checkout's corpus, for the tests of scores.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadCorpus } from '../../../src/adapters/files/corpus-files.js';
import { indexCorpus } from '../../../src/core/corpus-index.js';
import { scoreTable } from '../../../src/core/prognosis/score-table.js';

export type Cells = Readonly<Record<string, string | number>>;

export const corpusIndex = indexCorpus(loadCorpus(join(import.meta.dirname, '../../../corpus')));

/** The rows with the score's columns added, in order. */
export function scoredRows(id: string, rows: readonly Cells[]): readonly Readonly<Record<string, string>>[] {
  const score = corpusIndex.score(id);
  if (score === undefined) throw new Error(`no score ${id}`);
  const asText = rows.map((cells) => Object.fromEntries(Object.entries(cells).map(([k, v]) => [k, String(v)])));
  return scoreTable(score, asText, corpusIndex);
}

export function scoredRow(id: string, cells: Cells): Readonly<Record<string, string>> {
  const [only] = scoredRows(id, [cells]);
  if (only === undefined) throw new Error('one row in, one row out');
  return only;
}

/** A YAML file beside the tests. */
export const beside = <T>(name: string): T => parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T;
