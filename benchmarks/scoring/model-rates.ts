// Patients a second of CPU through the outcome model alone: the ONNX graph bare and behind the scorer, the naive graph, the TypeScript
// reference, on a made-up model of 16 candidates x 64 draws (scoring-model.ts), each at its best batch size.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { openScorer } from '../../src/adapters/onnx/onnx-scorer.js';
import { canonicalJson } from '../../src/evidence/compile/canonical-json.js';
import { PORTS } from '../../src/evidence/compile/describe-model.js';
import {
  FEATURES_EDITION,
  featuresText,
  type Manifest,
  type ManifestNetwork,
  MODEL_FORMAT,
} from '../../src/evidence/compile/manifest.js';
import { onnxGraph } from '../../src/evidence/compile/onnx-graph.js';
import { randomRows } from '../../src/evidence/compile/random-rows.js';
import { scoreReference } from '../../src/evidence/compile/reference.js';
import { naiveGraph } from '../naive-graph.js';
import { NODES, syntheticModel } from '../scoring-model.js';

export interface ModelRates {
  readonly candidates: number;
  readonly draws: number;
  /** Patients a second of CPU. */
  readonly graph: number;
  readonly scorer: number;
  readonly naive: number;
  readonly reference: number;
  readonly graphOverNaive: number;
  readonly scorerOverReference: number;
}

const BATCHES = [32, 64, 128, 256, 512];
const OPTIONS = { intraOpNumThreads: 1, interOpNumThreads: 1 } as const;

/** `milliseconds` for each of the about 12 measurements. */
export async function modelRates(milliseconds: number): Promise<ModelRates> {
  const model = syntheticModel(1);
  const [network] = model.networks;
  if (network === undefined) throw new Error('the synthetic model has a network');
  const columns = network.columns.length;
  const bytes = onnxGraph(model, 'benchmark@0');
  const graph = await ort.InferenceSession.create(bytes, OPTIONS);
  const peer = await ort.InferenceSession.create(naiveGraph(network), OPTIONS);
  const floats = (count: number, x: number): Float32Array => new Float32Array(count).fill(x);
  const ours = await best(milliseconds, BATCHES, async (batch) => {
    await graph.run({
      network: new ort.Tensor('int64', BigInt64Array.of(0n), [1]),
      features: new ort.Tensor('float32', floats(batch * columns, 0.7), [batch, columns]),
      known: new ort.Tensor('float32', floats(batch * columns, 1), [batch, columns]),
      eligible: new ort.Tensor('float32', floats(batch * NODES, 1), [batch, NODES]),
      comparator: new ort.Tensor('int64', new BigInt64Array(batch), [batch]),
    });
  });
  const naive = await best(milliseconds, BATCHES, async (batch) => {
    await peer.run({ design: new ort.Tensor('float32', floats(batch * (1 + columns), 0.7), [batch, 1 + columns]) });
  });
  const rows = randomRows(model, 2048, 3);
  const reference = await best(milliseconds, [64], async (batch) => {
    scoreReference(model, rows.slice(0, batch));
  });
  const directory = mkdtempSync(join(tmpdir(), 'shipa-benchmark-'));
  writeFileSync(join(directory, 'model.onnx'), bytes);
  writeFileSync(join(directory, 'manifest.json'), canonicalJson(manifestOf(network.id, model)));
  const scorer = await openScorer(directory);
  // More different rows than the scorer keeps answers of, so that every row goes through the graph.
  const different = Array.from({ length: 4 }, (_, seed) => randomRows(model, 2048, 4 + seed));
  let turn = 0;
  const throughScorer = await best(milliseconds, [2048], async () => {
    await scorer.score(different[turn++ % different.length] ?? []);
  });
  await scorer.close();
  rmSync(directory, { recursive: true });
  return {
    candidates: NODES,
    draws: model.draws,
    graph: Math.round(ours),
    scorer: Math.round(throughScorer),
    naive: Math.round(naive),
    reference: Math.round(reference),
    graphOverNaive: ours / naive,
    scorerOverReference: throughScorer / reference,
  };
}

/** Highest rate over the batch sizes, after one warm-up each. CPU time, as other work on the machine must not count. */
async function best(
  milliseconds: number,
  batches: readonly number[],
  run: (batch: number) => Promise<void>,
): Promise<number> {
  let highest = 0;
  for (const batch of batches) {
    await run(batch);
    const start = process.cpuUsage();
    let patients = 0;
    let spent = 0;
    while (spent < milliseconds) {
      await run(batch);
      patients += batch;
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1000;
    }
    highest = Math.max(highest, (1000 * patients) / spent);
  }
  return highest;
}

function manifestOf(id: string, model: ReturnType<typeof syntheticModel>): Manifest {
  const ratio = { value: 1, low: 1, high: 1 };
  const networks: ManifestNetwork[] = model.networks.map((n) => ({
    id,
    cancer: 'none',
    decision: 'none',
    outcome: n.outcome,
    population: 'made up',
    reference: n.reference,
    horizonMonths: n.horizonMonths,
    nodes: n.nodes.map((node) => ({
      id: node.id,
      numbers: true,
      hazardRatio: ratio,
      predictionInterval: ratio,
      pScore: 0.5,
      direct: true,
      harm: node.harm,
      certainty: node.certainty,
      reasons: [],
      studies: [],
    })),
    columns: n.columns.map((c) => ({ ...c })),
    tau2: 0,
    tau2Known: false,
    i2: 0,
    heterogeneityP: 1,
    inconsistencyP: 1,
    baseline: { study: 'none', arm: 'none', family: 'weibull', parameters: [], worst: 0, remarks: [] },
    trials: [],
    remarks: [],
  }));
  return {
    format: MODEL_FORMAT,
    id: 'benchmark',
    version: '0',
    code: '0',
    seed: 1,
    corpusHash: '',
    featuresHash: createHash('sha256').update(featuresText(networks, FEATURES_EDITION)).digest('hex'),
    featuresEdition: FEATURES_EDITION,
    opset: 17,
    irVersion: 8,
    draws: model.draws,
    tableErrorMonths: 0,
    inputs: [...PORTS.inputs],
    outputs: [...PORTS.outputs],
    networks,
    leftOut: [],
  };
}
