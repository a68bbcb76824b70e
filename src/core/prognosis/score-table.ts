// `shipa prognosis` with a score of the corpus: rows of a table -> the same rows with the score, or the interval that is left open.
//
// Columns: a fact id (age, ldh-uln, ecog ...), `cancer` (OncoTree code), `stage`, `t` `n` `m`, `biomarker NAME` (positive, negative,
// or an alteration), `condition ID` (yes, no), `metastasis SITE` (yes, no). An empty cell is unknown. Columns added: the score's id, and
// ID_low, ID_high (of the total), ID_open (what is not known).
import type { Score } from '../../domain/corpus/score.js';
import { derived, type Fact, unknown } from '../../domain/fact.js';
import { type Fault, FaultyInput } from '../../domain/faults.js';
import type { Biomarker, CancerCase, Patient, Value } from '../../domain/patient.js';
import type { CorpusIndex } from '../corpus-index.js';
import type { Context } from '../criteria/trace.js';
import { translate } from '../language/translate.js';
import { lineOf, type Row } from './inputs.js';
import { scoredFact, totalOf } from './score.js';
import { inputsOf } from './score-inputs.js';

const NAME = /^(biomarker|condition|metastasis) (.+)$/;
const OTHERS = ['cancer', 'stage', 't', 'n', 'm'];

/** Adds the score's columns to every row. @throws FaultyInput with every fault of every row ("line 3, column age"). */
export function scoreTable(
  score: Score,
  rows: readonly Row[],
  index: CorpusIndex,
  placeOf: (row: number) => string = lineOf,
): Record<string, string>[] {
  const faults: Fault[] = [];
  const contexts = rows.map((row, i) =>
    contextOf(row, score, index, (column, message) => {
      faults.push({ place: `${placeOf(i)}, column ${column}`, message });
    }),
  );
  if (faults.length > 0) throw new FaultyInput(faults);
  return rows.map((row, i) => ({ ...row, ...columnsOf(score, contexts[i] as Context) }));
}

/** Names of the columns that the score reads. */
export function scoreColumns(score: Score, index: CorpusIndex): readonly string[] {
  const own = score.of === undefined ? score : (index.score(score.of) ?? score);
  return [...inputsOf(own)]
    .flatMap((name) => {
      if (name === 'tnm') return ['t', 'n', 'm'];
      if (name === 'condition' || name === 'metastasis') return [`${name} ID`];
      const [kind, ...rest] = name.split(' ');
      return kind === 'value' ? rest.join(' ') : name;
    })
    .sort();
}

/** Which of the score's columns a table lacks; "condition ID" is there with any condition. */
export function lackingColumns(score: Score, index: CorpusIndex, header: readonly string[]): readonly string[] {
  const has = (column: string): boolean =>
    column.endsWith(' ID') ? header.some((h) => h.startsWith(column.slice(0, -2))) : header.includes(column);
  // A row without a cancer is taken to be of the score's own.
  const columns = scoreColumns(score, index).filter((c) => c !== 'cancer' || score.cancers === undefined);
  return columns.filter((column) => !has(column));
}

function columnsOf(score: Score, context: Context): Record<string, string> {
  const fact = scoredFact(score.id, context);
  const total = totalOf(score, context);
  const bound = (x: number): string => (Number.isFinite(x) && score.rules.length === 0 ? String(x) : '');
  return {
    [score.id]: fact.known ? String(fact.value) : '',
    [`${score.id}_low`]: bound(total.low),
    [`${score.id}_high`]: bound(total.high),
    [`${score.id}_open`]: fact.known ? '' : (fact.detail ?? ''),
  };
}

function contextOf(
  row: Row,
  score: Score,
  index: CorpusIndex,
  fault: (column: string, message: string) => void,
): Context {
  const values: Record<string, Fact<Value>> = {};
  const biomarkers: Biomarker[] = [];
  const conditions: Patient['conditions'][number][] = [];
  const metastases: CancerCase['metastases'][number][] = [];
  const source = { kind: 'derived', from: 'the table' } as const;
  for (const [column, cell] of Object.entries(row)) {
    const text = cell.trim();
    if (text === '') continue;
    const [, kind, name = ''] = NAME.exec(column) ?? [];
    if (kind === 'biomarker') biomarkers.push(biomarkerOf(name, text));
    else if (kind !== undefined) {
      if (text !== 'yes' && text !== 'no')
        fault(column, translate(index.lang, '"{text}" is neither yes nor no', { text }));
      else if (kind === 'condition')
        conditions.push({ id: name, state: text === 'yes' ? 'present' : 'absent', source });
      else if (text === 'yes') metastases.push({ site: name, source });
    } else if (!OTHERS.includes(column)) {
      const read = cellValue(column, text, index);
      if (read === undefined) continue;
      if ('fault' in read) fault(column, read.fault);
      else values[column] = derived(read.value, 'the table');
    }
  }
  const code = row.cancer?.trim() || (score.cancers?.[0] ?? 'TISSUE');
  if (index.cancer(code) === undefined && code !== 'TISSUE')
    fault('cancer', translate(index.lang, '"{text}" is no OncoTree code of the vocabulary', { text: code }));
  const told = (column: string): Fact<string> => {
    const text = row[column]?.trim() ?? '';
    return text === '' ? unknown('not-recorded') : derived(text, 'the table');
  };
  const none: Fact<never> = unknown('not-recorded');
  const cancerCase: CancerCase = {
    id: 'row',
    cancer: derived({ oncotree: code, name: code, precision: 'exact' }, 'the table'),
    laterality: none,
    diagnosed: none,
    status: none,
    verification: none,
    stage: told('stage'),
    clinicalTnm: { t: told('t'), n: told('n'), m: told('m') },
    pathologicTnm: { t: none, n: none, m: none },
    metastases,
    courses: [],
    biomarkers,
    values,
  };
  const sex = values.sex?.known ? values.sex.value : undefined;
  const patient: Patient = {
    id: 'row',
    asOf: '2000-01-01',
    birthDate: none,
    sex: sex === 'female' || sex === 'male' ? derived(sex, 'the table') : none,
    deceased: false,
    cases: [cancerCase],
    conditions,
    allergies: [],
    medications: [],
    values: {},
    notUnderstood: [],
    remarks: [],
  };
  return { patient, cancerCase, index };
}

const RESULTS = ['positive', 'negative', 'equivocal'];

function biomarkerOf(name: string, text: string): Biomarker {
  const result = RESULTS.includes(text) ? text : 'positive';
  const alteration = {
    kind: 'unspecified',
    protein: text,
    origin: 'unknown',
    significance: 'unstated',
    source: { kind: 'derived', from: 'the table' },
  } as const;
  return { name, result: derived(result, 'the table'), alterations: RESULTS.includes(text) ? [] : [alteration] };
}

/** Undefined for a column that is no fact: it is carried through. */
function cellValue(
  column: string,
  text: string,
  index: CorpusIndex,
): { readonly value: Value } | { readonly fault: string } | undefined {
  const term = index.fact(column);
  if (term === undefined) return undefined;
  if (term.kind === 'number') {
    const value = Number(text);
    if (Number.isNaN(value)) return { fault: translate(index.lang, '"{text}" is not a number', { text }) };
    const [min, max] = term.plausible ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    return value < min || value > max
      ? { fault: translate(index.lang, '{value} is outside {min} to {max}', { value, min, max }) }
      : { value };
  }
  const words = Object.keys(term.words);
  return words.length === 0 || words.includes(text)
    ? { value: text }
    : { fault: translate(index.lang, '"{text}" is none of {codes}', { text, codes: words.join(', ') }) };
}
