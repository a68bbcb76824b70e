// Eligibility by general engines and by ours, on the same patients: every indication of one cancer for each of them, in each of its
// settings in turn. `node dist/benchmarks/peers.js [--patients 300] [--cancer breast]`. JSON on stdout, table on stderr.
// json-rules-engine knows two values and takes two rules an indication; cql-execution runs the same criteria as ELM. Atoms are answered
// by our code for all, so that the joining of answers is compared; answers that differ make the benchmark fail. Rates are of CPU time.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readRelease } from '../src/adapters/files/release.js';
import { modelsDirectory } from '../src/cli/project.js';
import { indexCorpus } from '../src/core/corpus-index.js';
import { stateOf } from '../src/core/criteria/state.js';
import { cqlPeer } from './scoring/cql.js';
import { contextsOf, cpuMs, type RulesPeer, rulesPeer } from './scoring/json-rules.js';
import { patientsOf } from './scoring/patients.js';

export interface PeersBenchmark {
  readonly name: 'peers';
  readonly cancer: string;
  readonly indications: number;
  readonly rules: RulesPeer;
  /** Patients a second of CPU. */
  readonly cql: { readonly patients: number; readonly perSecond: number; readonly different: number };
}

export async function peersBenchmark(lines: number, cancer: string): Promise<PeersBenchmark> {
  const { corpus } = readRelease(modelsDirectory);
  const index = indexCorpus(corpus);
  const folder = index.corpus.cancers.find((f) => f.profile.id === cancer);
  if (folder === undefined) throw new Error(`the corpus has no folder ${cancer}`);
  const patients = patientsOf(corpus)(0, lines);
  const contexts = contextsOf(patients, folder, index);
  const { judge } = cqlPeer(folder);
  const [first] = contexts;
  if (first === undefined) throw new Error(`none of the ${lines} patients has a cancer of the folder ${cancer}`);
  // Warms up, as the peer beside it does.
  await judge(first);
  let different = 0;
  const answers: (readonly string[])[] = [];
  const ms = await cpuMs(async () => {
    for (const context of contexts) answers.push(await judge({ ...context }));
  });
  contexts.forEach((context, p) => {
    folder.indications.forEach(({ criteria }, i) => {
      if (answers[p]?.[i] !== stateOf(criteria, context)) different++;
    });
  });
  return {
    name: 'peers',
    cancer,
    indications: folder.indications.length,
    rules: await rulesPeer(index, patients, cancer),
    cql: { patients: contexts.length, perSecond: (1000 * contexts.length) / ms, different },
  };
}

function printTable({ cancer, indications, rules, cql }: PeersBenchmark): void {
  const line = (name: string, rate: number, different?: number): string =>
    `  ${name.padEnd(52)}${rate.toFixed(rate < 100 ? 1 : 0).padStart(9)} patients/s${different === undefined ? '' : `, ${different} answers differ`}\n`;
  process.stderr.write(
    [
      `${indications} indications of ${cancer}, ${cql.patients} patients, of one core\n`,
      line('ours', rules.ours),
      line(`json-rules-engine, ${rules.rules} rules`, rules.jsonRules, rules.different),
      line('cql-execution, one definition an indication', cql.perSecond, cql.different),
      `  ours / json-rules-engine ${(rules.ours / rules.jsonRules).toFixed(0)}, ours / cql-execution ${(rules.ours / cql.perSecond).toFixed(0)}\n`,
    ].join(''),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { patients: { type: 'string', default: '300' }, cancer: { type: 'string', default: 'breast' } },
  });
  const result = await peersBenchmark(Number(values.patients), values.cancer);
  printTable(result);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.rules.different + result.cql.different > 0) process.exitCode = 1;
}
