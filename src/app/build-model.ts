// The researcher's build: corpus -> fitted networks -> compiled model -> the files of a release. Same corpus, same bytes.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { DEFAULT_WEIGHTS } from '../core/utility.js';
import type { CalibrationFile } from '../domain/corpus/calibration.js';
import type { Corpus } from '../domain/corpus/corpus.js';
import { canonicalJson } from '../evidence/compile/canonical-json.js';
import { compileNetwork } from '../evidence/compile/compile-network.js';
import type { CompiledModel } from '../evidence/compile/compiled-model.js';
import { DRAWS } from '../evidence/compile/compiled-model.js';
import { describeNetwork, PORTS } from '../evidence/compile/describe-model.js';
import { FEATURES_EDITION, featuresText, Manifest, MODEL_FORMAT } from '../evidence/compile/manifest.js';
import { modelCard } from '../evidence/compile/model-card.js';
import { IR_VERSION, OPSET } from '../evidence/compile/onnx-format.js';
import { onnxGraph } from '../evidence/compile/onnx-graph.js';
import { tableError } from '../evidence/compile/onnx-tables.js';
import { randomRows } from '../evidence/compile/random-rows.js';
import { scoreReference } from '../evidence/compile/reference.js';
import { fitNetwork } from '../evidence/synthesize/fit-network.js';
import type { FittedNetwork, RefusedNetwork } from '../evidence/synthesize/outcome-network.js';
import { signedCard } from './release-log.js';

export interface BuildOptions {
  readonly id: string;
  readonly version: string;
  readonly seed: number;
  /** Version of this code, for the manifest. */
  readonly code?: string;
  /** Quoted by the card. */
  readonly calibration?: CalibrationFile;
}

export interface BuiltModel {
  /** File name -> content: model.onnx, manifest.json, golden.jsonl, card.md, corpus.json.gz. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly manifest: Manifest;
  /** The same model for the TypeScript reference. */
  readonly compiled: CompiledModel;
  readonly leftOut: readonly RefusedNetwork[];
}

/** Rows of the golden file for each network. */
const GOLDEN_ROWS = 5;

/** Builds the outcome model of a corpus. Networks that cannot be used are left out with their reasons. */
export function buildModel(corpus: Corpus, options: BuildOptions): BuiltModel {
  const { fitted, leftOut } = synthesizeCorpus(corpus);
  const compiled: CompiledModel = {
    draws: DRAWS,
    networks: fitted.map((f) => compileNetwork(f, { seed: options.seed })),
  };
  const units = new Map(corpus.vocabulary.facts.map((f) => [f.id, f.unit]));
  const networks = fitted.flatMap((f, i) => {
    const network = compiled.networks[i];
    return network === undefined ? [] : [describeNetwork(f, network, (fact) => units.get(fact))];
  });
  const manifest = Manifest.parse({
    format: MODEL_FORMAT,
    id: options.id,
    version: options.version,
    code: options.code ?? '0.1.0',
    seed: options.seed,
    corpusHash: corpus.hash,
    featuresHash: createHash('sha256').update(featuresText(networks, FEATURES_EDITION)).digest('hex'),
    featuresEdition: FEATURES_EDITION,
    opset: OPSET,
    irVersion: IR_VERSION,
    draws: DRAWS,
    tableErrorMonths: tableError(compiled),
    ...PORTS,
    networks,
    leftOut,
  });
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files = {
    'model.onnx': onnxGraph(compiled, `${options.id}@${options.version}`),
    'manifest.json': text(`${canonicalJson(manifest, 1)}\n`),
    'golden.jsonl': text(golden(compiled, options.seed)),
    'card.md': text(signedCard(modelCard(manifest, DEFAULT_WEIGHTS, options.calibration, corpus), null)),
    'corpus.json.gz': snapshot(corpus),
  };
  return { files, manifest, compiled, leftOut };
}

/** Every network of the corpus in a fixed order (cancer, id), fitted or refused. */
export function synthesizeCorpus(corpus: Corpus): { fitted: FittedNetwork[]; leftOut: RefusedNetwork[] } {
  const fitted: FittedNetwork[] = [];
  const leftOut: RefusedNetwork[] = [];
  const studies = corpus.cancers.flatMap((c) => c.studies);
  const networks = corpus.cancers.flatMap((c) => c.networks).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const network of networks) {
    const synthesis = fitNetwork(network, studies);
    if ('fitted' in synthesis) fitted.push(synthesis.fitted);
    else leftOut.push({ id: synthesis.refused.id, reasons: [...synthesis.refused.reasons] });
  }
  return { fitted, leftOut };
}

function golden(compiled: CompiledModel, seed: number): string {
  if (compiled.networks.length === 0) return '';
  const rows = randomRows(compiled, compiled.networks.length * GOLDEN_ROWS, seed);
  const scores = scoreReference(compiled, rows);
  return `${rows.map((row, i) => canonicalJson({ row, score: scores[i] })).join('\n')}\n`;
}

/** Canonical JSON, gzipped with a fixed header (zlib writes no time of day; the byte of the operating system is set to unknown). */
function snapshot(corpus: Corpus): Uint8Array {
  const bytes = gzipSync(canonicalJson(corpus), { level: 9 });
  bytes[9] = 255;
  return bytes;
}
