// `shipa corpus build`: fits every network and writes a model with its corpus.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCalibration } from '../../../adapters/files/calibration-file.js';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { buildModel } from '../../../app/build-model.js';
import { codeVersion, corpusDirectory, modelsDirectory } from '../../project.js';

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
  const calibration = readCalibration(values.dir);
  const { files, manifest, leftOut } = buildModel(loadCorpus(values.dir), {
    id,
    version,
    seed: SEED,
    code: codeVersion(),
    ...(calibration === undefined ? {} : { calibration }),
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
