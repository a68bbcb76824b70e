// `shipa corpus gate`: everything that must hold before a named person may release a model. Writes gate.json beside it, and its findings into the card.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readBundleText } from '../../../adapters/fhir/read-bundle-text.js';
import { readCalibration } from '../../../adapters/files/calibration-file.js';
import { readGoldenFiles } from '../../../adapters/files/golden-files.js';
import { readReasons } from '../../../adapters/files/reasons-file.js';
import { readModelFolder } from '../../../adapters/files/release.js';
import {
  findModel,
  folderOf,
  hashModel,
  isSigned,
  readHistory,
  readPointer,
} from '../../../adapters/files/release-files.js';
import { readManifest, ScorerError } from '../../../adapters/onnx/model-files.js';
import { openScorer } from '../../../adapters/onnx/onnx-scorer.js';
import { type BuiltModel, buildModel } from '../../../app/build-model.js';
import { gateCohort } from '../../../app/gate-cohort.js';
import { gateFile, gateModel } from '../../../app/gate-model.js';
import { createRecommender, type Recommender } from '../../../app/recommend.js';
import { gatedCard, nameOf, sha256 } from '../../../app/release-log.js';
import type { Corpus } from '../../../domain/corpus/corpus.js';
import { calibrationOf } from '../../../evidence/calibrate/calibration-of.js';
import { checkCorpus } from '../../../evidence/check/check-corpus.js';
import { corpusChanges } from '../../../evidence/diff/corpus-changes.js';
import { explainChanges } from '../../../evidence/gate/change-causes.js';
import {
  calibrationCheck,
  type GateCheck,
  patientsCheck,
  recommendationsCheck,
  safetyCheck,
} from '../../../evidence/gate/gate-check.js';
import { gateText } from '../../../evidence/gate/gate-text.js';
import { caseFaults, ExpectedCase } from '../../../evidence/gate/golden-case.js';
import { modelChanges } from '../../../evidence/gate/model-changes.js';
import { reasonsAgainstModel } from '../../../evidence/gate/reasons.js';
import { simulateLine } from '../../../simulation/simulate.js';
import { codeVersion, corpusDirectory, modelsDirectory, projectRoot } from '../../project.js';
import { runtime } from '../../runtime.js';
import { whole } from '../../whole.js';
import { loadRegistry } from '../simulate.js';

/** Seeds of the random rows and of the simulated patients; part of gate.json by being constant. */
const SEED = 20261129;
/** Day for what has no date of its own: the gate answers the same on every day. */
const TODAY = '2026-06-01';

export async function gate(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      dir: { type: 'string', default: corpusDirectory },
      against: { type: 'string' },
      patients: { type: 'string', default: '10000' },
      rows: { type: 'string', default: '10000' },
      cases: { type: 'string', default: join(projectRoot, 'test/cases') },
      format: { type: 'string', default: 'text' },
    },
  });
  const patients = whole(values.patients, '--patients', 1);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const candidate = open(positionals[0] ?? codeVersion());
  const released = against(candidate.name, values.against);
  say(
    `gate of ${candidate.name} against ${released?.name ?? 'nothing: no other model is released that could be compared'}`,
  );

  const built = buildModel(candidate.corpus, { ...candidate.manifest, code: candidate.manifest.code });
  const scorer = await openScorer(candidate.folder, { corpusHash: candidate.corpus.hash });
  const oldScorer = released && (await openScorer(released.folder, { corpusHash: released.corpus.hash }));
  const recommender = (corpus: Corpus, own: typeof scorer): Recommender =>
    createRecommender({ corpus, scorer: own, codeVersion: codeVersion(), today: TODAY });
  const sides = {
    candidate: recommender(candidate.corpus, scorer),
    released: released && oldScorer ? recommender(released.corpus, oldScorer) : null,
    corpus: candidate.corpus,
  };
  say('golden patients');
  const golden = await goldenPatients(values.cases, sides.candidate);
  const registry = loadRegistry();
  const cohort = await gateCohort(
    sides,
    patients,
    (index) => readBundleText(simulateLine(registry, SEED, index), { case: `simulated ${index}` }).histories,
    (done) => (done % 1000 === 0 ? say(`simulated patients: ${done} of ${patients}`) : undefined),
  );
  const reasons = reasonsAgainstModel(readReasons(values.dir), released?.name ?? null);
  const changes =
    released === null
      ? []
      : explainChanges(cohort.changes, {
          before: released.corpus,
          after: candidate.corpus,
          corpusChanges: corpusChanges(released.corpus, candidate.corpus),
          modelChanges: modelChanges(released.manifest, candidate.manifest),
          reasons,
        });
  say('parity, calibration');
  const report = await gateModel(built, scorer, {
    released: released?.manifest ?? null,
    reasons,
    seed: SEED,
    rows: whole(values.rows, '--rows', 1),
    outside: {
      more: [
        schemaCheck(candidate.corpus),
        bytesCheck(built, candidate.folder),
        calibration(values.dir, candidate.corpus, released?.corpus ?? null),
        golden,
        safetyCheck(cohort.patients - cohort.unreadable, cohort.mutated, cohort.breaches),
        recommendationsCheck(changes, cohort.patients, cohort.changedPatients),
      ],
      recommendations: changes,
      files: hashModel(candidate.folder),
      patients,
      runtime: runtime(),
    },
  });
  await scorer.close();
  await oldScorer?.close();
  const path = join(candidate.folder, 'gate.json');
  writeFileSync(path, gateFile(report));
  const card = join(candidate.folder, 'card.md');
  writeFileSync(card, gatedCard(readFileSync(card, 'utf8'), report));
  process.stdout.write(values.format === 'json' ? `${JSON.stringify(report)}\n` : gateText(report));
  say(`written: ${path}`);
  return report.passed ? 0 : 1;
}

function open(name: string) {
  const model = findModel(modelsDirectory, name);
  const folder = folderOf(modelsDirectory, model);
  return { name: nameOf(model), folder, corpus: readModelFolder(folder).corpus, manifest: readManifest(folder) };
}

/** What is released; where the pointer names the candidate itself, what was released before it. */
function against(candidate: string, named: string | undefined) {
  if (named !== undefined) return open(named);
  const pointer = readPointer(modelsDirectory);
  if (pointer !== null && nameOf(pointer) !== candidate) return comparable(nameOf(pointer));
  const before = readHistory(modelsDirectory)
    .filter((e) => nameOf(e.model) !== candidate && isSigned(folderOf(modelsDirectory, e.model)))
    .at(-1);
  return before === undefined ? null : comparable(nameOf(before.model));
}

/** Null for a model of an earlier format, which this version cannot answer with. */
function comparable(name: string) {
  try {
    return open(name);
  } catch (error) {
    if (!(error instanceof ScorerError && error.code === 'format-mismatch')) throw error;
    process.stderr.write(`not compared with ${name}: ${error.message}\n`);
    return null;
  }
}

async function goldenPatients(folder: string, recommender: Recommender): Promise<GateCheck> {
  const cases = await Promise.all(
    readGoldenFiles(folder).map(async ({ name, history: text, expected: wanted }) => {
      const expected = ExpectedCase.parse(wanted);
      const { histories, faults } = readBundleText(text, { case: name });
      const [history] = histories;
      if (history === undefined) return { name, faults: faults.map((f) => `${f.place}: ${f.message}`) };
      const asOf = expected.asOf === undefined ? {} : { asOf: expected.asOf };
      return {
        name,
        faults: caseFaults(await recommender.recommend(history, { ...asOf, tryMissing: false }), expected),
      };
    }),
  );
  return patientsCheck(cases);
}

function schemaCheck(corpus: Corpus): GateCheck {
  const errors = checkCorpus(corpus, TODAY).filter((f) => f.level === 'error');
  const told = errors.slice(0, 5).map((f) => `${f.record}: ${f.message}`);
  return {
    name: 'schema',
    passed: errors.length === 0,
    detail: `${errors.length} errors in the corpus${told.length > 0 ? `: ${told.join('; ')}` : ''}`,
  };
}

/** The files are what this corpus compiles to, byte for byte: nobody edited them, and the build is reproducible. */
function bytesCheck(built: BuiltModel, folder: string): GateCheck {
  const other = ['model.onnx', 'manifest.json', 'golden.jsonl', 'corpus.json.gz'].filter(
    (file) => sha256(built.files[file] ?? new Uint8Array()) !== sha256(readFileSync(join(folder, file))),
  );
  return {
    name: 'bytes',
    passed: other.length === 0,
    detail:
      other.length === 0
        ? 'built again from its corpus: the same bytes'
        : `built again from its corpus, these differ: ${other.join(', ')}`,
  };
}

function calibration(dir: string, candidate: Corpus, released: Corpus | null): GateCheck {
  const observed = readCalibration(dir)?.observed ?? [];
  if (observed.length === 0)
    return {
      name: 'calibration',
      passed: false,
      detail: 'corpus/calibration.yaml holds no observed trial; "shipa corpus calibrate" writes it',
    };
  return calibrationCheck(calibrationOf(candidate, observed), released && calibrationOf(released, observed));
}
