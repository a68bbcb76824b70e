// `shipa jobs do NAME`: work on what is stored, and the researcher's longer work, by workers.
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelFolder, readRelease } from '../../../adapters/files/release.js';
import { allModels, folderOf } from '../../../adapters/files/release-files.js';
import { planNormalising } from '../../../app/normalise-stored.js';
import { nameOf } from '../../../app/release-log.js';
import { leaningPatients, planRescoring } from '../../../app/rescore.js';
import type { PatientFilter, Phase, Plan } from '../../../app/store-ports.js';
import { doPhase, newRun, WORK_OPTIONS, withWorkers } from '../../do-work.js';
import { codeVersion, modelsDirectory } from '../../project.js';
import type { RunServices } from '../../run-services.js';
import { WrongUse } from '../../wrong-use.js';

const OPTIONS = {
  ...WORK_OPTIONS,
  patient: { type: 'string', multiple: true },
  leaning: { type: 'string' },
  cancer: { type: 'string', multiple: true },
  stage: { type: 'string' },
  band: { type: 'string' },
  status: { type: 'string' },
  region: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string', default: 'ndjson' },
  reference: { type: 'string' },
  method: { type: 'string', default: 'DL' },
  'small-values': { type: 'string', default: 'undesirable' },
  dir: { type: 'string' },
  id: { type: 'string', default: 'shipa-outcomes' },
  version: { type: 'string' },
} as const;

export type DoValues = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

type PlanOf = (values: DoValues, names: readonly string[], running: RunServices) => Promise<Plan>;

/** What each kind of work is planned of. Checked before services are started where that is possible: `names` only. */
const PLANS: Readonly<
  Partial<Record<Phase, { readonly wants: 'nothing' | 'files' | 'one file'; readonly plan: PlanOf }>>
> = {
  normalise: {
    wants: 'nothing',
    plan:
      async (_values, _names, { store }) =>
      () =>
        planNormalising(store),
  },
  rescore: { wants: 'nothing', plan: planRescore },
  cohort: { wants: 'nothing', plan: async (values) => [{ task: { filter: filterOf(values) }, patients: 1 }] },
  export: {
    wants: 'one file',
    plan: async (values, [file = '']) => [
      {
        task: {
          file: resolve(file),
          format: oneOf(['ndjson', 'csv'], values.format, '--format'),
          filter: filterOf(values),
        },
        patients: 1,
      },
    ],
  },
  extract: { wants: 'files', plan: planExtract },
  synthesize: {
    wants: 'one file',
    plan: async (values, [file = '']) => [
      {
        task: {
          file: resolve(file),
          method: oneOf(['DL', 'REML', 'PM'], values.method, '--method'),
          smallValues: oneOf(['desirable', 'undesirable'], values['small-values'], '--small-values'),
          ...(values.reference === undefined ? {} : { reference: values.reference }),
        },
        patients: 1,
      },
    ],
  },
  compile: {
    wants: 'nothing',
    plan: async ({ id, version = codeVersion(), dir }) => [
      { task: { id, version, ...(dir === undefined ? {} : { dir: resolve(dir) }) }, patients: 1 },
    ],
  },
};

export async function doJob(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [name, ...names] = positionals;
  const kind = Object.keys(PLANS).find((known): known is Phase => known === name);
  const work = kind === undefined ? undefined : PLANS[kind];
  if (kind === undefined || work === undefined)
    throw new WrongUse(`jobs do takes ${Object.keys(PLANS).join(', ')}; not "${name ?? ''}"`);
  if (work.wants === 'nothing' && names.length > 0) throw new WrongUse(`${kind} takes no file`);
  if (work.wants === 'one file' && names.length !== 1) throw new WrongUse(`${kind} wants one file`);
  if (work.wants === 'files' && names.length === 0) throw new WrongUse(`${kind} wants files`);
  return withWorkers(values, async (running, signal) =>
    doPhase(running, signal, newRun(kind, {}), kind, await work.plan(values, names, running)),
  );
}

async function planRescore(
  { patient = [], leaning }: DoValues,
  _names: readonly string[],
  { store }: RunServices,
): Promise<Plan> {
  if (patient.length === 0 && leaning === undefined)
    throw new WrongUse('rescore wants --patient ID or --leaning STUDY; what changed by itself: shipa score');
  const ids = [...patient, ...(leaning === undefined ? [] : await leaningPatients(store, corporaByModel(), leaning))];
  const numbers = await store.patientNumbers(ids);
  const known = new Set(numbers.map((n) => n.id));
  const strangers = patient.filter((id) => !known.has(id));
  if (strangers.length > 0) throw new WrongUse(`there is no patient ${strangers.join(', ')}`);
  return planRescoring(numbers.map((n) => n.number));
}

/** By model, as each carries its own corpus; "" is the released one, for models that are no longer here. */
function corporaByModel() {
  const own = allModels(modelsDirectory).map(
    (model) => [nameOf(model), readModelFolder(folderOf(modelsDirectory, model)).corpus] as const,
  );
  return new Map([...own, ['', readRelease(modelsDirectory).corpus]]);
}

async function planExtract({ out }: DoValues, files: readonly string[]): Promise<Plan> {
  if (out === undefined) throw new WrongUse('extract wants --out FOLDER');
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const names = files.map((file) => `${basename(file)}.ndjson`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new WrongUse(`two files would both become ${twice}`);
  return files.map((file, i) => ({ task: { file: resolve(file), out: join(folder, names[i] ?? '') }, patients: 1 }));
}

function filterOf({ cancer, stage, band, status, region }: DoValues): PatientFilter {
  return {
    ...(cancer === undefined ? {} : { cancers: cancer }),
    ...(stage === undefined ? {} : { stage }),
    ...(band === undefined ? {} : { band }),
    ...(status === undefined ? {} : { status }),
    ...(region === undefined ? {} : { region }),
  };
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((a) => a === value);
  if (found === undefined) throw new WrongUse(`${option} takes ${allowed.join(', ')}; not "${value}"`);
  return found;
}
