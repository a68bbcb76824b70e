// `shipa corpus check`: everything that a program can say about the corpus. Writes the coverage table; nothing else is changed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpusFiles } from '../../../adapters/files/corpus-files.js';
import { checkReach } from '../../../app/check-reach.js';
import { compareWithCivic } from '../../../app/import-civic.js';
import type { Corpus } from '../../../domain/corpus/corpus.js';
import { checkCorpus } from '../../../evidence/check/check-corpus.js';
import { coverageTable } from '../../../evidence/check/coverage-table.js';
import { civicShares, LEAST_SHARE_A, shareLine } from '../../../evidence/civic/civic-report.js';
import { corpusDirectory, sharedData } from '../../project.js';
import { readCivicReasons } from './civic-reasons.js';

export function check(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      cancer: { type: 'string' },
      civic: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const { corpus, places, faults } = readCorpusFiles(values.dir);
  for (const fault of faults) print(`error    ${fault.place}: ${fault.message}`);
  const today = new Date().toISOString().slice(0, 10);
  const reach = values.quick || faults.length > 0 ? undefined : checkReach(corpus, values.cancer);
  const findings = [...checkCorpus(corpus, today), ...(reach?.findings ?? [])];
  for (const { level, record, message } of findings)
    print(`${level.padEnd(8)} ${places.get(record) ?? 'corpus'}: ${record}: ${message}`);
  const enough = values.quick || civic(corpus, values.dir, values.civic ?? newestCivic(), print);
  const errors = faults.length + findings.filter((f) => f.level === 'error').length + (enough ? 0 : 1);
  const warnings = findings.filter((f) => f.level === 'warning').length;
  print(`${counts(corpus)}: ${errors} errors, ${warnings} warnings`);
  if (reach !== undefined && values.cancer === undefined)
    writeFileSync(join(values.dir, 'COVERAGE.md'), coverageTable(corpus, reach.plain));
  return errors === 0 ? 0 : 1;
}

/** The comparison with CIViC in two lines; false when too little of level A is known here. */
function civic(corpus: Corpus, dir: string, file: string | undefined, print: (line: string) => void): boolean {
  if (file === undefined) {
    print('CIViC: not compared; no release file found (--civic FILE, or SHIPA_DATA)');
    return true;
  }
  const { matches, faults } = compareWithCivic(corpus, readFileSync(file, 'utf8'), file, readCivicReasons(dir));
  for (const { place, message } of faults) print(`warning  ${place}: ${message}`);
  const shares = civicShares(matches);
  for (const share of shares) print(shareLine(share));
  const a = shares.find((s) => s.level === 'A');
  const enough = a === undefined || a.items === 0 || a.accounted / a.items >= LEAST_SHARE_A;
  if (!enough)
    print(`error    CIViC: less than ${LEAST_SHARE_A * 100} % of level A; "shipa corpus import civic" lists the rest`);
  return enough;
}

function newestCivic(): string | undefined {
  const folder = join(sharedData, 'civic');
  const files = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('clinical-evidence.tsv')) : [];
  const newest = files.sort().at(-1);
  return newest === undefined ? undefined : join(folder, newest);
}

function counts(corpus: Corpus): string {
  const sum = (kind: 'studies' | 'regimens' | 'indications' | 'networks') =>
    corpus.cancers.reduce((total, folder) => total + folder[kind].length, 0);
  return (
    `${corpus.cancers.length} cancers, ${sum('indications')} indications, ${sum('regimens')} regimens, ${sum('studies')} studies, ` +
    `${sum('networks')} networks, ${corpus.drugs.length} drugs, ${corpus.safety.length} safety rules`
  );
}
