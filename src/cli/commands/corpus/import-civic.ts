// `shipa corpus import civic FILE`: what CIViC knows and this corpus does not, item by item. Nothing is written into the corpus.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus } from '../../../adapters/files/corpus-files.js';
import { compareWithCivic } from '../../../app/import-civic.js';
import { civicLines, civicShares, LEAST_SHARE_A, shareLine } from '../../../evidence/civic/civic-report.js';
import { corpusDirectory } from '../../project.js';
import { WrongUse } from '../../wrong-use.js';
import { readCivicReasons } from './civic-reasons.js';

export function importCivic(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      format: { type: 'string', default: 'text' },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new WrongUse('name one CIViC file: ...-clinical-evidence.tsv');
  if (!['text', 'json'].includes(values.format)) throw new WrongUse('--format is text or json');
  const { matches, faults } = compareWithCivic(
    loadCorpus(values.dir),
    readFileSync(file, 'utf8'),
    basename(file),
    readCivicReasons(values.dir),
  );
  const shares = civicShares(matches);
  if (values.format === 'json') process.stdout.write(`${JSON.stringify({ shares, matches, faults })}\n`);
  else for (const line of [...civicLines(matches), ...shares.map(shareLine)]) process.stdout.write(`${line}\n`);
  for (const { place, message } of faults) process.stderr.write(`${place}: ${message}\n`);
  const a = shares.find((s) => s.level === 'A');
  return faults.length > 0 || (a !== undefined && a.items > 0 && a.accounted / a.items < LEAST_SHARE_A) ? 1 : 0;
}
