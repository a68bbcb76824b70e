// `shipa corpus ...`: the researcher's commands.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus, readCorpusFiles } from '../../adapters/files/corpus-files.js';
import { buildModel } from '../../app/build-model.js';
import { checkReach } from '../../app/check-reach.js';
import { checkCorpus } from '../../evidence/check/check-corpus.js';
import { coverageTable } from '../../evidence/check/coverage-table.js';
import { codeVersion, corpusDirectory, modelsDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
the evidence corpus: check, build

shipa corpus check [--dir DIR] [--cancer ID] [--quick]
    schema, references, numbers, doses, citations; that every indication can be reached and every setting has a first choice, proved
    with made-up patients (--cancer: of one folder only; --quick: not at all). Every fault with file and line. Writes DIR/COVERAGE.md
shipa corpus build [--dir DIR] [--id ID] [--version V] [--release]
    fits every network and writes models/ID/V/ (default shipa-outcomes, the code's version); --release makes it the one in use
`;

export async function run(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'check':
      return check(rest);
    case 'build':
      return build(rest);
    default:
      throw new WrongUse(`"corpus ${action ?? ''}" is not a command; "shipa corpus --help" lists them`);
  }
}

function check(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      cancer: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const { corpus, places, faults } = readCorpusFiles(values.dir);
  for (const fault of faults) process.stdout.write(`error    ${fault.place}: ${fault.message}\n`);
  const today = new Date().toISOString().slice(0, 10);
  const reach = values.quick || faults.length > 0 ? undefined : checkReach(corpus, values.cancer);
  const findings = [...checkCorpus(corpus, today), ...(reach?.findings ?? [])];
  for (const { level, record, message } of findings)
    process.stdout.write(`${level.padEnd(8)} ${places.get(record) ?? 'corpus'}: ${record}: ${message}\n`);
  const errors = faults.length + findings.filter((f) => f.level === 'error').length;
  const count = (kind: 'studies' | 'regimens' | 'indications' | 'networks') =>
    corpus.cancers.reduce((sum, folder) => sum + folder[kind].length, 0);
  process.stdout.write(
    `${corpus.cancers.length} cancers, ${count('indications')} indications, ${count('regimens')} regimens, ${count('studies')} studies, ` +
      `${count('networks')} networks, ${corpus.drugs.length} drugs, ${corpus.safety.length} safety rules: ` +
      `${errors} errors, ${findings.length - (errors - faults.length)} warnings\n`,
  );
  if (reach !== undefined && values.cancer === undefined)
    writeFileSync(join(values.dir, 'COVERAGE.md'), coverageTable(corpus, reach.plain));
  return errors === 0 ? 0 : 1;
}

/** Seed of the draws that are constants of the graph; part of the manifest. */
const SEED = 20261123;

function build(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      id: { type: 'string', default: 'shipa-outcomes' },
      version: { type: 'string', default: codeVersion() },
      release: { type: 'boolean', default: false },
    },
  });
  const { id, version } = values;
  const { files, manifest, leftOut } = buildModel(loadCorpus(values.dir), {
    id,
    version,
    seed: SEED,
    code: codeVersion(),
  });
  const directory = join(modelsDirectory, id, version);
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  if (values.release)
    writeFileSync(join(modelsDirectory, 'released.json'), `${JSON.stringify({ id, version }, null, 2)}\n`);
  process.stdout.write(
    `${id}@${version}: ${manifest.networks.length} networks, corpus ${manifest.corpusHash.slice(0, 12)}\n`,
  );
  for (const { id: network, reasons } of leftOut) process.stdout.write(`left out ${network}: ${reasons.join('; ')}\n`);
  return 0;
}
