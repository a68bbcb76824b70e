// `shipa recommend FILE...`: no server, no database; one record for each patient, in input order.
import { parseArgs } from 'node:util';
import type { RecommendOptions } from '../../app/recommend.js';
import { DEFAULT_WEIGHTS, type Weights } from '../../core/utility.js';
import type { History } from '../../domain/history.js';
import { parsePartialDate } from '../../domain/partial-date.js';
import type { CaseRecord } from '../../domain/recommendation.js';
import { renderText } from '../../report/text.js';
import { type Engine, openEngine } from '../engine.js';
import { type Input, inGroups, readHistories, readInputs } from '../inputs.js';
import { writeOut } from '../write-out.js';
import { WrongUse } from '../wrong-use.js';

const shown = Object.entries(DEFAULT_WEIGHTS)
  .map(([name, value]) => `${name}=${value}`)
  .join(',');

export const help = `
ranked treatments with their evidence, for FHIR Bundles and clinical texts

shipa recommend FILE... [options]
  FILE                FHIR R4 Bundle (.json), a clinical text (.txt, .pdf), or NDJSON (.ndjson)
                      of Bundles or of notes {"id","text"}
  --format FORMAT     text (default on a terminal), json (one record, or a list of them),
                      ndjson (one record a line, in input order; default elsewhere)
  --as-of DATE        decide as of this day (default: the Bundle's timestamp, else today)
  --case ID           which cancer, when the patient has several
  --protocol ID       a local protocol of the corpus
  --weights LIST      ${shown}
  --lang en|ru|kk     language of names and reasons (default en)
`;

export const OPTIONS = {
  format: { type: 'string' },
  'as-of': { type: 'string' },
  case: { type: 'string' },
  protocol: { type: 'string' },
  weights: { type: 'string' },
  lang: { type: 'string' },
} as const;

/** Patients prepared and scored in one batch. */
const GROUP = 100;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new WrongUse('name at least one FILE');
  const format = values.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  if (values.format === undefined && format === 'ndjson')
    process.stderr.write('the output is no terminal: records as NDJSON (--format text gives the page to read)\n');
  if (!['text', 'json', 'ndjson'].includes(format))
    throw new WrongUse(`--format is text, json or ndjson, not "${format}"`);
  const options = readOptions(values);
  const engine = await openEngine();
  checkProtocol(engine, options);
  let faulty = false;
  const all: CaseRecord[] = [];
  for await (const group of inGroups(readInputs(positionals), GROUP)) {
    const records = await answer(engine, group, options);
    faulty ||= records.some((record) => record.status === 'error');
    if (format === 'json') all.push(...records);
    else
      for (const record of records)
        await writeOut(format === 'ndjson' ? `${JSON.stringify(record)}\n` : `${renderText(record)}\n`);
  }
  if (format === 'json') await writeOut(`${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`);
  await engine.close();
  return faulty ? 1 : 0;
}

/** Records of a group of inputs, in their order; what cannot be read is answered with its faults and stops nothing. */
async function answer(engine: Engine, inputs: readonly Input[], options: RecommendOptions): Promise<CaseRecord[]> {
  const read = inputs.map((input) => readHistories(input, (note) => engine.recommender.readNote(note, options.asOf)));
  const histories = read.flatMap((r) => r.histories);
  const left = await recommendAll(engine.recommender, histories, options);
  return read.flatMap((r): CaseRecord[] =>
    r.histories.length === 0
      ? [{ case: r.case, status: 'error', faults: r.faults }]
      : left.splice(0, r.histories.length),
  );
}

/** All in one call; when one breaks it, each alone, so that a defect of ours costs one patient and is named. */
async function recommendAll(
  recommender: Engine['recommender'],
  histories: readonly History[],
  options: RecommendOptions,
): Promise<CaseRecord[]> {
  try {
    return await recommender.recommendMany(histories, options);
  } catch (error) {
    const [only] = histories;
    if (histories.length === 1 && only !== undefined) {
      const message = `a defect of this software (${error instanceof Error ? error.message : String(error)}); please report it`;
      return [{ case: only.id, status: 'error', faults: [{ place: 'scoring', message }] }];
    }
    const alone: CaseRecord[] = [];
    for (const history of histories) alone.push(...(await recommendAll(recommender, [history], options)));
    return alone;
  }
}

type Written = { readonly [K in keyof typeof OPTIONS]?: string | undefined };

/** @throws WrongUse that names the option. */
export function readOptions(values: Written): RecommendOptions {
  const asOf = values['as-of'];
  const day = asOf === undefined ? undefined : parsePartialDate(asOf);
  if (asOf !== undefined && day?.length !== 10)
    throw new WrongUse(`--as-of wants a day such as 2026-06-01, not "${asOf}"`);
  const { lang } = values;
  if (lang !== undefined && lang !== 'en' && lang !== 'ru' && lang !== 'kk')
    throw new WrongUse(`--lang is en, ru or kk, not "${lang}"`);
  return {
    ...(day === undefined ? {} : { asOf: day }),
    ...(lang === undefined ? {} : { lang }),
    ...(values.case === undefined ? {} : { caseId: values.case }),
    ...(values.protocol === undefined ? {} : { protocol: values.protocol }),
    ...(values.weights === undefined ? {} : { weights: readWeights(values.weights) }),
  };
}

function readWeights(text: string): Weights {
  const weights = { ...DEFAULT_WEIGHTS };
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=');
    const number = Number(value);
    if (!(name in weights) || value === '' || !Number.isFinite(number) || number < 0)
      throw new WrongUse(`--weights wants ${shown} with numbers from 0, not "${part}"`);
    weights[name as keyof typeof weights] = number;
  }
  return weights;
}

export function checkProtocol(engine: Engine, { protocol }: RecommendOptions): void {
  const known = engine.corpus.protocols.map((p) => p.id);
  if (protocol !== undefined && !known.includes(protocol))
    throw new WrongUse(`there is no protocol "${protocol}"; known: ${known.join(', ') || 'none'}`);
}
