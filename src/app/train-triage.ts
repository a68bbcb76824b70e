// The use case "train the triage classifier": examples -> rows -> weights (by a fitter) -> model, manifest, card. Figures are of the held-out part alone.
import { OPSET } from '../evidence/compile/onnx-format.js';
import type { CancerReader } from '../evidence/triage/cancers-named.js';
import { type Example, heldOut } from '../evidence/triage/examples.js';
import {
  TRIAGE_FEATURES,
  type TriageColumns,
  type TriageVocabulary,
  triageColumns,
} from '../evidence/triage/feature-row.js';
import { DESIGNS, readTriage } from '../evidence/triage/triage.js';
import { triageCard } from '../evidence/triage/triage-card.js';
import { triageGraph } from '../evidence/triage/triage-graph.js';
import type { TriageManifest } from '../evidence/triage/triage-manifest.js';
import { cancerShare, designShare, type Judged } from '../evidence/triage/triage-metrics.js';
import { HEADS, scoreRow, type TriageWeights } from '../evidence/triage/weights.js';

export interface TrainingSet {
  readonly columns: number;
  /** 1 where a head may use a column, by column and head; else 0 and the weight stays 0. */
  readonly masks: readonly (readonly number[])[];
  /** The first so many columns are statements; they are held back less than the hints. */
  readonly statements: number;
  /** Columns that hold 1, by example. */
  readonly rows: readonly (readonly number[])[];
  /** 0 or 1 by example and head. */
  readonly targets: readonly (readonly number[])[];
  /** Weight of each answer; 0 where the example is not labelled. Weights of a head add up to 1, of each design to the same share. */
  readonly weights: readonly (readonly number[])[];
}

export type TriageFitter = (set: TrainingSet) => Promise<{ readonly weights: TriageWeights; readonly backend: string }>;

export interface TriageTraining {
  readonly version: string;
  readonly seed: number;
  readonly vocabulary: TriageVocabulary;
  readonly examples: readonly Example[];
  readonly cancers: CancerReader;
  /** SHA-256 by name of what was read. */
  readonly trainedOn: Readonly<Record<string, string>>;
}

export interface TrainedTriage {
  readonly files: {
    readonly 'model.onnx': Uint8Array;
    readonly 'manifest.json': string;
    readonly 'card.md': string;
  };
  readonly judged: readonly Judged[];
}

export async function trainTriage(training: TriageTraining, fit: TriageFitter): Promise<TrainedTriage> {
  const columns = triageColumns(training.vocabulary);
  const train = training.examples.filter((example) => !heldOut(example));
  const { weights, backend } = await fit(trainingSet(train, columns, training.cancers));
  const judged = training.examples.filter(heldOut).map((example): Judged => {
    const row = columns.read(example.text, training.cancers.namesCancer);
    const named = training.cancers.named(example.text);
    const triage = readTriage(example.text, scoreRow(weights, row), named);
    return { example, triage, named: named.oncotree.length > 0 };
  });
  const manifest = manifestOf(training, judged);
  return {
    files: {
      'model.onnx': triageGraph(weights, columns.names.length, training.version),
      'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'card.md': triageCard({ manifest, judged, weights, columns: columns.names, backend }),
    },
    judged,
  };
}

/** A text that somebody wrote as a whole counts as much as so many composed ones. */
const WHOLE = 4;

function trainingSet(examples: readonly Example[], columns: TriageColumns, cancers: CancerReader): TrainingSet {
  const answers = (['oncology', 'compares'] as const).map((question) => examples.map((example) => example[question]));
  const targets = examples.map(({ design }, i) => [
    ...DESIGNS.map((d) => (d === design ? 1 : 0)),
    ...answers.map((answer) => (answer[i] === true ? 1 : 0)),
  ]);
  const voice = examples.map(({ origin }) => (origin === 'composed' ? 1 : WHOLE));
  const count = <T>(list: readonly T[], value: T): number =>
    list.reduce((sum, v, i) => sum + (v === value ? (voice[i] ?? 1) : 0), 0);
  const designs = examples.map((example) => example.design);
  const weights = examples.map(({ design }, i) => [
    ...DESIGNS.map(() => (design === undefined ? 0 : (voice[i] ?? 1) / (DESIGNS.length * count(designs, design)))),
    ...answers.map((answer) => (answer[i] === undefined ? 0 : (voice[i] ?? 1) / (2 * count(answer, answer[i])))),
  ]);
  return {
    columns: columns.names.length,
    masks: columns.names.map((_, column) =>
      HEADS.map((head) => (columns.ofSubject(column) === (head === 'oncology') ? 1 : 0)),
    ),
    statements: columns.statements,
    rows: examples.map(({ text }) => columns.read(text, cancers.namesCancer)),
    targets,
    weights,
  };
}

function manifestOf(
  { version, seed, vocabulary, examples, trainedOn }: TriageTraining,
  judged: readonly Judged[],
): TriageManifest {
  const origins = [...new Set(examples.map(({ origin }) => origin))];
  const figure = ({ right, of }: { readonly right: number; readonly of: number }) => ({ right, of });
  return {
    id: 'triage',
    version,
    features: TRIAGE_FEATURES,
    cues: [...vocabulary.cues],
    subject: [...vocabulary.subject],
    statements: Object.fromEntries(Object.entries(vocabulary.statements).map(([group, list]) => [group, [...list]])),
    seed,
    designs: [...DESIGNS],
    trainedOn: { ...trainedOn },
    examples: Object.fromEntries(
      origins.map((origin) => {
        const own = examples.filter((example) => example.origin === origin);
        const out = own.filter(heldOut).length;
        return [origin, { train: own.length - out, heldOut: out }];
      }),
    ),
    heldOut: { design: figure(designShare(judged)), cancer: figure(cancerShare(judged)) },
    opset: OPSET,
  };
}
