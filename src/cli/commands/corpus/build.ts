// `shipa corpus build`: fits every network and writes a model with its corpus.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCalibration } from '../../../adapters/files/calibration-file.js';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { folderOf, isSigned, movePointer, readPointer } from '../../../adapters/files/release-files.js';
import { buildModel } from '../../../app/build-model.js';
import { codeVersion, corpusDirectory, modelsDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

/** Seed of the draws that are constants of the graph; part of the manifest. */
export const SEED = 20261123;

export function build(args: string[]): number {
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
  const directory = join(modelsDirectory, id, version);
  if (isSigned(directory))
    throw new Error(`${id}@${version} is released and signed: its bytes stay. Build another one: --version V`);
  const pointer = readPointer(modelsDirectory);
  if (values.release && pointer !== null && isSigned(folderOf(modelsDirectory, pointer)))
    throw new WrongUse(
      'a signed model is in force: "shipa corpus gate" and "shipa corpus release" put another in its place',
    );
  const calibration = readCalibration(values.dir);
  const { files, manifest, leftOut } = buildModel(loadCorpus(values.dir), {
    id,
    version,
    seed: SEED,
    code: codeVersion(),
    ...(calibration === undefined ? {} : { calibration }),
  });
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  // An earlier gate judged other bytes.
  rmSync(join(directory, 'gate.json'), { force: true });
  if (values.release) movePointer(modelsDirectory, { id, version });
  process.stdout.write(
    `${id}@${version}: ${manifest.networks.length} networks, corpus ${manifest.corpusHash.slice(0, 12)}\n`,
  );
  for (const { id: network, reasons } of leftOut) process.stdout.write(`left out ${network}: ${reasons.join('; ')}\n`);
  return 0;
}
