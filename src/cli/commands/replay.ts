// `shipa replay RECORD`: makes an old recommendation again from its versions and its input, and says what is the same or what is missing.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readBundleText } from '../../adapters/fhir/read-bundle-text.js';
import { readModelFolder } from '../../adapters/files/release.js';
import { allModels, folderOf, readGate, readHashes } from '../../adapters/files/release-files.js';
import { readStops } from '../../adapters/files/stop-file.js';
import { ScorerError } from '../../adapters/onnx/model-files.js';
import { openScorer } from '../../adapters/onnx/onnx-scorer.js';
import { createRecommender, type RecommendOptions } from '../../app/recommend.js';
import { nameOf } from '../../app/release-log.js';
import { compareReplay, machineDiffers } from '../../app/replay.js';
import { readStored } from '../../app/score-batch.js';
import { hashOfRecord, readCompact } from '../../app/score-batch-record.js';
import { stopsOf } from '../../app/stop-log.js';
import type { History } from '../../domain/history.js';
import type { Recommendation } from '../../domain/recommendation.js';
import { readHistories, readInputs } from '../inputs.js';
import { codeVersion, modelsDirectory } from '../project.js';
import { DEFAULT_DATA, openRunServices } from '../run-services.js';
import { runtime } from '../runtime.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
make an old recommendation again from its versions and its input

shipa replay RECORD --input FILE [--format text|json]
shipa replay PATIENT [--data DIR] [--format text|json]
  RECORD         file with one record, as "shipa recommend --format json" wrote it
  --input FILE   the Bundle (or other input) that it was made from
  PATIENT        id of a stored patient: the record and the history of the store are used
  --data DIR     embedded services (default .shipa); DATABASE_URL names a cluster's instead

Exit 0: the same bands, order and numbers as printed. Exit 1: it differs, or something is missing, which is named: input, corpus, model,
code version, runtime. The model is looked for by the record's corpus and features among all folders of models/.
`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      data: { type: 'string', default: DEFAULT_DATA },
      format: { type: 'string', default: 'text' },
    },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1)
    throw new WrongUse('name one RECORD file or one patient of the store');
  const told = await (existsSync(name) ? fromFile(name, values.input) : fromStore(name, values.data)).catch(
    codeMissing,
  );
  process.stdout.write(
    values.format === 'json'
      ? `${JSON.stringify(told)}\n`
      : `${[told.outcome, ...told.missing.map((m) => `missing: ${m}`), ...told.remarks, ...told.differences].join('\n')}\n`,
  );
  return told.outcome === 'identical' || told.outcome === 'same' ? 0 : 1;
}

interface Told {
  readonly outcome: 'identical' | 'same' | 'different' | 'missing';
  readonly missing: readonly string[];
  readonly remarks: readonly string[];
  readonly differences: readonly string[];
}

const lacking = (missing: readonly string[], remarks: readonly string[] = []): Told => ({
  outcome: 'missing',
  missing,
  remarks,
  differences: [],
});

/** A model of other features than this code arranges: the code of then is what is missing. */
function codeMissing(error: unknown): Told {
  if (error instanceof ScorerError && error.code === 'features-mismatch')
    return lacking([`code version: ${error.message}; check out the code that made the record`]);
  throw error;
}

async function fromFile(path: string, input: string | undefined): Promise<Told> {
  const record = readRecord(path);
  const found = modelOf(record.versions);
  const named = input !== undefined && existsSync(input);
  const missing = [
    ...('missing' in found ? [found.missing] : []),
    ...(named ? [] : [`input: ${input ?? 'name the file that the record was made from with --input'}`]),
  ];
  if ('missing' in found || !named) return lacking(missing);
  const was = { code: record.versions.code, runtime: found.runtime };
  const remarks = machineDiffers(was, { code: codeVersion(), runtime: runtime() });
  const { recommender, close } = await engineOf(found.folder, record.versions.stopped);
  try {
    const options = optionsOf(record);
    const histories = await historiesOf(input, record.case, (note) => recommender.readNote(note, options.asOf));
    const answers = await recommender.recommendMany(histories, options);
    const now = answers.find((a) => a.versions.input === record.versions.input);
    if (now !== undefined) return { ...compareReplay(record, now), missing: [], remarks };
    const read = answers.map((a) => a.versions.input.slice(0, 12)).join(', ') || 'nothing';
    const wanted = record.versions.input.slice(0, 12);
    return lacking([`input: ${input} is not the one that the record names (${wanted} wanted, ${read} read)`], remarks);
  } finally {
    await close();
  }
}

async function fromStore(id: string, data: string): Promise<Told> {
  const running = await openRunServices({ data, visit: true, fail: () => {} });
  try {
    const stored = await running.store.recommendation(id);
    if (stored === undefined)
      return lacking([`record: ${id} is neither a file nor a patient of the store with a recommendation`]);
    const { release } = stored;
    const found = modelOf(release);
    const history = readStored(stored, readBundleText);
    const missing = [
      ...('missing' in found ? [found.missing] : []),
      ...('entries' in history ? [] : ['input: the stored history cannot be read by this version']),
    ];
    if ('missing' in found || !('entries' in history)) return lacking(missing);
    // What was stopped when it was scored: the release says that something was, the log says what.
    const stopped = release.code.includes('+stops.')
      ? stopsOf(
          [...readStops(modelsDirectory), ...(await running.store.stopEntries())].filter(
            (e) => e.at <= stored.scoredAt,
          ),
        )
      : [];
    const { recommender, close } = await engineOf(found.folder, stopped);
    const now = await recommender.recommend(history, {
      ...(history.asOf === undefined ? { asOf: stored.asOf } : {}),
      tryMissing: false,
    });
    await close();
    const remarks = machineDiffers(
      { code: release.code.split('+')[0] ?? '', runtime: found.runtime },
      { code: codeVersion(), runtime: runtime() },
    );
    if (hashOfRecord(now).equals(stored.recordHash))
      return { outcome: 'identical', missing: [], remarks, differences: [] };
    return { ...compareStored(readCompact(stored.record), now), missing: [], remarks };
  } finally {
    await running.stop();
  }
}

/** The store keeps the options without their words: bands, order, utility and gain are compared. */
function compareStored(old: ReturnType<typeof readCompact>, now: Recommendation) {
  const line = (o: {
    decision: string;
    regimen: string;
    band: string;
    rank: number | null;
    utility: number | null;
    gainMonths: number | null;
  }) =>
    `${o.rank ?? '-'} ${o.decision} ${o.regimen} ${o.band}, utility ${o.utility?.toFixed(2) ?? 'none'}, gain ${o.gainMonths?.toFixed(1) ?? 'none'}`;
  const was = (old.options ?? []).map(line);
  const is = now.options.map((o) => line({ ...o, regimen: o.regimen.id, gainMonths: o.benefit?.gainMonths ?? null }));
  const differences = [
    ...(old.status === now.status ? [] : [`status: ${old.status} -> ${now.status}`]),
    ...Array.from({ length: Math.max(was.length, is.length) }, (_, i) => i).flatMap((i) =>
      was[i] === is[i] ? [] : [`option ${i + 1}: ${was[i] ?? 'none'} -> ${is[i] ?? 'none'}`],
    ),
  ];
  return { outcome: differences.length === 0 ? ('same' as const) : ('different' as const), differences };
}

function readRecord(path: string): Recommendation {
  const text = readFileSync(path, 'utf8').trim();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not one JSON record (of an NDJSON file, cut the line out)`, { cause });
  }
  const record = (Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed) as Partial<Recommendation>;
  if (record.versions === undefined || record.options === undefined)
    throw new Error(`${path} holds no recommendation record`);
  return record as Recommendation;
}

/** The folder of the model, by its name and, where that holds other bytes now, by its corpus and features. */
function modelOf(versions: { readonly model: string; readonly corpus: string; readonly features: string }) {
  const all = allModels(modelsDirectory).map((model) => ({ model, folder: folderOf(modelsDirectory, model) }));
  const found = all
    .filter(({ folder }) => {
      const { corpusHash, featuresHash } = readHashes(folder);
      return corpusHash === versions.corpus && featuresHash === versions.features;
    })
    .sort((a, b) => Number(nameOf(b.model) === versions.model) - Number(nameOf(a.model) === versions.model))[0];
  if (found !== undefined && nameOf(found.model) === versions.model) {
    const gated = existsSync(`${found.folder}/gate.json`) ? readGate(found.folder).report.runtime : {};
    return { folder: found.folder, runtime: gated };
  }
  const named = all.some(({ model }) => nameOf(model) === versions.model);
  return {
    missing: named
      ? `corpus: ${versions.model} is here, but built from another corpus than ${versions.corpus.slice(0, 12)}`
      : `model: ${versions.model} with corpus ${versions.corpus.slice(0, 12)} is not under ${modelsDirectory}`,
  };
}

async function engineOf(folder: string, stopped: Recommendation['versions']['stopped'] = []) {
  const { corpus } = readModelFolder(folder);
  const scorer = await openScorer(folder, { corpusHash: corpus.hash });
  const today = new Date().toISOString().slice(0, 10);
  const recommender = createRecommender({ corpus, scorer, codeVersion: codeVersion(), today, stops: () => stopped });
  return { recommender, close: () => scorer.close() };
}

/** Inputs without an id of their own are named after their file: the record's name is tried too. */
async function historiesOf(
  input: string,
  name: string,
  readNote: Parameters<typeof readHistories>[1],
): Promise<readonly History[]> {
  const found: History[] = [];
  for await (const item of readInputs([input])) {
    const { histories } = readHistories(item, readNote);
    found.push(...histories, ...histories.filter((h) => h.id !== name).map((h) => ({ ...h, id: name })));
  }
  return found;
}

function optionsOf({ asOf, asked = {} }: Recommendation): RecommendOptions {
  const { weights, lang, caseId, protocol } = asked;
  return {
    asOf,
    ...(weights && { weights }),
    ...(lang === 'ru' || lang === 'kk' ? { lang } : {}),
    ...(caseId === undefined ? {} : { caseId }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}
