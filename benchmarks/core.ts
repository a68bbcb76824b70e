// Patients a second of CPU through the core, by step: read, normalise, prepare and decide, as cohort runs and as single answers ask it.
// `node dist/benchmarks/core.js [--patients 400] [--rounds 7]`. JSON on stdout, table on stderr.
// Bound: a bare JSON.parse of the same lines, under which no reader can come. Peer: the same eligibility by walking every criterion of
// the cancer's folder for each patient, nothing kept. CPU time and medians, as other work on the machine must not count.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readBundleText } from '../src/adapters/fhir/read-bundle-text.js';
import { readRelease } from '../src/adapters/files/release.js';
import { openScorer } from '../src/adapters/onnx/onnx-scorer.js';
import { loadRegistry } from '../src/cli/commands/simulate.js';
import { modelsDirectory } from '../src/cli/project.js';
import { type ChosenCase, chooseCase } from '../src/core/choose-case.js';
import { indexCorpus } from '../src/core/corpus-index.js';
import { evaluate, evaluateAtom } from '../src/core/criteria/evaluate.js';
import type { Context } from '../src/core/criteria/trace.js';
import { decide } from '../src/core/decide.js';
import { normalize } from '../src/core/normalize/normalize.js';
import { createTerminology } from '../src/core/normalize/terminology.js';
import { prepare } from '../src/core/prepare.js';
import { deriveSetting } from '../src/core/setting.js';
import type { Criterion } from '../src/domain/corpus/criterion.js';
import type { History } from '../src/domain/history.js';
import type { Patient } from '../src/domain/patient.js';
import { every, not, some, type Truth, unlessKnown } from '../src/domain/truth.js';
import { simulateLine } from '../src/simulation/simulate.js';

const STEPS = ['parse', 'read', 'normalise', 'cohort', 'answer', 'eligibility', 'naive'] as const;
type Step = (typeof STEPS)[number];

export interface CoreBenchmark {
  readonly name: 'core';
  readonly patients: number;
  readonly rounds: number;
  /** Patients a second of CPU by step; `cohort` and `answer` are prepare and decide without and with missing items tried out. */
  readonly rates: Readonly<Record<Step, number>>;
  /** Milliseconds of CPU a patient from text to record: read, normalise, prepare, decide; scoring is benchmarks/scoring.ts. */
  readonly cohortMs: number;
  readonly answerMs: number;
  readonly readOverParse: number;
  readonly eligibilityOverNaive: number;
}

const VERSIONS = { versions: { code: 'benchmark', input: 'benchmark' } };

export async function coreBenchmark(patients: number, rounds: number): Promise<CoreBenchmark> {
  const { corpus, directory } = readRelease(modelsDirectory);
  const scorer = await openScorer(directory, { corpusHash: corpus.hash });
  const index = indexCorpus(corpus);
  const terms = createTerminology(corpus.vocabulary, corpus.drugs, corpus.classes);
  const registry = loadRegistry();
  const lines = Array.from({ length: patients }, (_, i) => simulateLine(registry, 1, i));
  const read = (): readonly History[] => lines.flatMap((line, i) => readBundleText(line, { case: `${i}` }).histories);
  const asOf = (history: History) => history.asOf ?? '2026-06-01';

  /** Prepare, score (not counted) and decide. */
  const answers = async (all: readonly Patient[], tryMissing: boolean): Promise<number> => {
    const [preparing, prepared] = timed(() => all.map((p) => prepare(p, index, scorer.info, { tryMissing })));
    const scores: Awaited<ReturnType<typeof scorer.score>>[] = [];
    for (const p of prepared) scores.push(await scorer.score(p.rows));
    const [deciding] = timed(() => prepared.map((p, i) => decide(p, scores[i] ?? [], VERSIONS)));
    return preparing + deciding;
  };

  const times: Record<Step, number[]> = {
    parse: [],
    read: [],
    normalise: [],
    cohort: [],
    answer: [],
    eligibility: [],
    naive: [],
  };
  for (let round = -1; round < rounds; round++) {
    const [parsing] = timed(() => lines.map((line) => JSON.parse(line) as unknown));
    const [reading, histories] = timed(read);
    const [normalising, normal] = timed(() => histories.map((h) => normalize(h, terms, asOf(h))));
    const asked = normal.flatMap((patient) => asks(patient, chooseCase(patient, index), index));
    const taken: Record<Step, number> = {
      parse: parsing,
      read: reading,
      normalise: normalising,
      cohort: await answers(normal, false),
      // New objects, as what is kept by object must not carry over from one measurement to the next.
      answer: await answers(structuredClone(normal), true),
      eligibility: timed(() => asked.map((a) => a.criteria.map((c) => evaluate(c, a.context).state)))[0],
      naive: timed(() => asked.map((a) => a.criteria.map((c) => walk(c, a.context))))[0],
    };
    // The first round warms up.
    if (round >= 0) for (const step of STEPS) times[step].push(taken[step] / patients);
  }
  await scorer.close();
  const ms = (step: Step): number => median(times[step]);
  const rates = Object.fromEntries(STEPS.map((step) => [step, Math.round(1000 / ms(step))])) as Record<Step, number>;
  const text = ms('read') + ms('normalise');
  return {
    name: 'core',
    patients,
    rounds,
    rates,
    cohortMs: text + ms('cohort'),
    answerMs: text + ms('answer'),
    readOverParse: ms('parse') / ms('read'),
    eligibilityOverNaive: ms('naive') / ms('eligibility'),
  };
}

/** The context of a patient and all that eligibility asks of it; nothing where the answer is to abstain. */
function asks(patient: Patient, chosen: ReturnType<typeof chooseCase>, index: Context['index']) {
  if (chosen.kind === 'abstained') return [];
  const { cancerCase, folder }: ChosenCase = chosen;
  const context: Context = { patient, cancerCase, index };
  const setting = deriveSetting(folder.profile, context);
  const inSetting = setting.kind === 'derived' ? { ...context, setting: setting.setting.id } : { ...context };
  const criteria: readonly Criterion[] = [
    ...folder.profile.settings.map((s) => s.criteria),
    ...folder.profile.decisions.flatMap((d) => d.when ?? []),
    ...folder.indications.map((i) => i.criteria),
  ];
  return [{ context: inSetting, criteria }];
}

/** Eligibility as a reader of the criteria would write it first: every part, every time. */
function walk(criterion: Criterion, context: Context): Truth {
  switch (criterion.op) {
    case 'all':
      return every(criterion.parts.map((part) => walk(part, context)));
    case 'any':
      return some(criterion.parts.map((part) => walk(part, context)));
    case 'not':
      return not(walk(criterion.part, context));
    case 'unless':
      return unlessKnown(walk(criterion.part, context));
    default:
      return evaluateAtom(criterion, context).state;
  }
}

/** Milliseconds of CPU of this process, and the value. */
function timed<T>(run: () => T): readonly [milliseconds: number, value: T] {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000, value];
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function printTable(result: CoreBenchmark): void {
  const { rates } = result;
  const names: Readonly<Record<Step, string>> = {
    parse: 'bare JSON.parse (bound of read)',
    read: 'read',
    normalise: 'normalise',
    cohort: 'prepare and decide, cohort',
    answer: 'prepare and decide, missing items tried',
    eligibility: 'eligibility, answers kept',
    naive: 'eligibility, every criterion walked (peer)',
  };
  const rows = STEPS.map((step) => `  ${names[step].padEnd(44)}${String(rates[step]).padStart(8)} patients/s`);
  process.stderr.write(
    `${rows.join('\n')}\n  text to record: ${result.cohortMs.toFixed(2)} ms a patient in a cohort, ${result.answerMs.toFixed(2)} ms with missing items tried\n`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { patients: { type: 'string', default: '400' }, rounds: { type: 'string', default: '7' } },
  });
  const result = await coreBenchmark(Number(values.patients), Number(values.rounds));
  printTable(result);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
