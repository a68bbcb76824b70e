// A cohort through eligibility and the outcome model: simulated patients (normalised, not counted), every indication of their folder in
// their setting, all their candidates x 64 draws by the released ONNX model, numbers back; two processes, one a core.
// `node dist/benchmarks/scoring.js [--patients 8000] [--seconds 1] [--batches 1000]`. JSON on stdout, table on stderr.
// Beside it, each at its best batch size: the naive graph, the TypeScript reference, json-rules-engine on the eligibility part; and the
// memory of one process before and after so many batches. Bound: 100,000 patients in 5 s on two cores, twice the naive graph.
// Rates are of CPU time, so that other work on the machine does not count; the wall time is told beside it.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readRelease } from '../src/adapters/files/release.js';
import { modelsDirectory } from '../src/cli/project.js';
import { indexCorpus } from '../src/core/corpus-index.js';
import type { CohortShare } from './scoring/cohort.js';
import { type RulesPeer, rulesPeer } from './scoring/json-rules.js';
import type { MemoryRun } from './scoring/memory.js';
import { type ModelRates, modelRates } from './scoring/model-rates.js';
import { patientsOf } from './scoring/patients.js';

export interface ScoringBenchmark {
  readonly name: 'scoring';
  readonly cohort: {
    readonly patients: number;
    readonly rows: number;
    readonly scored: number;
    readonly batch: number;
    /** Patients a second of CPU, of one process. */
    readonly perCore: number;
    /** Both processes together, by the wall. */
    readonly perSecond: number;
    /** Seconds for 100,000 patients on two cores that do nothing else. */
    readonly secondsFor100000: number;
    /** Share of the time that eligibility takes; the rest is the model. */
    readonly eligibilityShare: number;
  };
  readonly model: ModelRates;
  readonly rules: RulesPeer;
  readonly memory: MemoryRun;
}

const PROCESSES = 2;
/** Cancer of the json-rules-engine peer: the folder with about 400 rules. */
const CANCER = 'breast';
const PEER_LINES = 300;

export async function scoringBenchmark(
  patients: number,
  milliseconds: number,
  batches: number,
): Promise<ScoringBenchmark> {
  const share = Math.ceil(patients / PROCESSES);
  const places = Array.from({ length: PROCESSES }, (_, p) => [p * share, Math.min(patients, (p + 1) * share)] as const);
  const shares = await Promise.all(
    places.map(([from, to]) => inProcess<CohortShare>('cohort', ['share', `${from}`, `${to}`])),
  );
  const memory = await inProcess<MemoryRun>('memory', ['memory', `${batches}`]);
  const model = await modelRates(milliseconds);
  const { corpus } = readRelease(modelsDirectory);
  const rules = await rulesPeer(indexCorpus(corpus), patientsOf(corpus)(0, PEER_LINES), CANCER);
  return { name: 'scoring', cohort: together(shares), model, rules, memory };
}

function together(shares: readonly CohortShare[]): ScoringBenchmark['cohort'] {
  const sum = (name: keyof CohortShare): number => shares.reduce((total, share) => total + share[name], 0);
  const perCore = (1000 * sum('patients')) / sum('cpuMs');
  return {
    patients: sum('patients'),
    rows: sum('rows'),
    scored: sum('scored'),
    batch: shares[0]?.batch ?? 0,
    perCore,
    perSecond: (1000 * sum('patients')) / Math.max(...shares.map((s) => s.wallMs)),
    secondsFor100000: 100_000 / (PROCESSES * perCore),
    eligibilityShare: sum('prepareMs') / sum('wallMs'),
  };
}

/** The semi-space holds a batch, so that what dies with a batch is never copied. */
function inProcess<T>(name: string, args: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'scoring', `${name}.js`), args, {
      execArgv: ['--max-semi-space-size=64'],
    });
    let answer: T | undefined;
    child.on('message', (message) => {
      answer = message as T; // What the program of that name sends.
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (answer === undefined) reject(new Error(`the process ${name} ended with ${code} and no answer`));
      else resolve(answer);
    });
  });
}

function printTable({ cohort, model, rules, memory }: ScoringBenchmark): void {
  const line = (name: string, rate: number): string =>
    `  ${name.padEnd(52)}${Math.round(rate).toLocaleString('en').padStart(9)} patients/s\n`;
  process.stderr.write(
    [
      `${cohort.patients} patients, ${cohort.rows} rows, ${cohort.scored} candidates scored x ${model.draws} draws, batches of ${cohort.batch}\n`,
      line('eligibility and model, of one core', cohort.perCore),
      line(`the same by the wall, ${PROCESSES} processes`, cohort.perSecond),
      `  100,000 patients on two cores in ${cohort.secondsFor100000.toFixed(1)} s; ${(100 * cohort.eligibilityShare).toFixed(0)} % of it eligibility\n`,
      `the model alone, ${model.candidates} candidates, of one core\n`,
      line('ONNX graph', model.graph),
      line('ONNX behind the scorer', model.scorer),
      line('naive graph (quadrature)', model.naive),
      line('TypeScript reference', model.reference),
      `  graph / naive ${model.graphOverNaive.toFixed(2)}, scorer / reference ${model.scorerOverReference.toFixed(1)}\n`,
      `eligibility alone, ${rules.rules} rules (${rules.cancer}), ${rules.patients} patients, of one core; ${rules.different} answers differ\n`,
      line('ours', rules.ours),
      line('json-rules-engine', rules.jsonRules),
      `  resident memory ${memory.rssBeforeMb.toFixed(0)} MB before, ${memory.rssAfterMb.toFixed(0)} MB after ${memory.batches} batches\n`,
    ].join(''),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      patients: { type: 'string', default: '8000' },
      seconds: { type: 'string', default: '1' },
      batches: { type: 'string', default: '1000' },
    },
  });
  const result = await scoringBenchmark(
    count('patients', values.patients),
    1000 * Number(values.seconds),
    count('batches', values.batches),
  );
  printTable(result);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.rules.different > 0) process.exitCode = 1;
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  process.stderr.write(`scoring: --${name} is a whole number above 0, not "${text}"\n`);
  process.exit(2);
}
