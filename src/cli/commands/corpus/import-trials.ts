// `shipa corpus import trials FILE`: open trials of a registry file into corpus/trials/, each clearly a trial.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { importTrials as importRegistry } from '../../../app/import-trials.js';
import { corpusDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';

export function importTrials(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { dir: { type: 'string', default: corpusDirectory }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new WrongUse('name one registry file: ClinicalTrials.gov JSON');
  const today = new Date().toISOString().slice(0, 10);
  const { trials, left, faults } = importRegistry(
    loadCorpus(values.dir),
    readFileSync(file, 'utf8'),
    basename(file),
    today,
  );
  for (const { place, message } of faults) process.stderr.write(`${place}: ${message}\n`);
  for (const { nct, reason } of left) process.stderr.write(`${nct} left out: ${reason}\n`);
  const text = `# Open trials imported from ${basename(file)} on ${today} by "shipa corpus import trials"; not edited by hand.\n${stringify(trials, { lineWidth: 140 })}`;
  if (values['dry-run']) process.stdout.write(text);
  else if (trials.length > 0) {
    const target = join(
      values.dir,
      'trials',
      `${basename(file)
        .replace(/\.json$/i, '')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')}.yaml`,
    );
    mkdirSync(join(values.dir, 'trials'), { recursive: true });
    writeFileSync(target, text);
    process.stdout.write(
      `${trials.length} trials written to ${target}; "shipa corpus build --release" takes them into use\n`,
    );
  }
  process.stderr.write(`${trials.length} open trials, ${left.length} left out, ${faults.length} faults\n`);
  return faults.length > 0 ? 1 : 0;
}
