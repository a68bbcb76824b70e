// `shipa corpus ...`: the researcher's commands.
import { readCorpusFiles } from '../../adapters/files/corpus-files.js';
import { checkCorpus } from '../../evidence/check/check-corpus.js';
import { corpusDirectory } from '../project.js';
import { WrongUse } from '../wrong-use.js';

export const help = `
the evidence corpus: check, build

shipa corpus check [--dir DIR]    schema, references, numbers and coverage; every fault with file and line
`;

export async function run(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  switch (action) {
    case 'check':
      return check(rest[0] === '--dir' && rest[1] ? rest[1] : corpusDirectory);
    default:
      throw new WrongUse(`"corpus ${action ?? ''}" is not a command; "shipa corpus --help" lists them`);
  }
}

function check(directory: string): number {
  const { corpus, places, faults } = readCorpusFiles(directory);
  for (const fault of faults) process.stdout.write(`error    ${fault.place}: ${fault.message}\n`);
  const today = new Date().toISOString().slice(0, 10);
  const findings = checkCorpus(corpus, today);
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
  return errors === 0 ? 0 : 1;
}
