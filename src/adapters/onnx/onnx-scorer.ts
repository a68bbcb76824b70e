// The outcome model on onnxruntime: one session a process (its sessions leak on reload and crash across worker threads, so a new
// model means a new process). Rows asked alike run once; the others are grouped by network, each group runs in batches, answers go back
// in the order asked.
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import type { OutcomeScorer } from '../../app/ports.js';
import type { ModelInfo, Score, ScoreRow } from '../../domain/outcome.js';
import { type Manifest, type ManifestNetwork, modelInfo } from '../../evidence/compile/manifest.js';
import { type Arranged, arrange, type OutputName, type Outputs, readScores } from './arrange.js';
import { KeptScores } from './kept-scores.js';
import { readManifest, ScorerError } from './model-files.js';

/** Rows in one run: intermediate arrays of rows x nodes x draws stay in the cache (benchmarks/scoring.ts). */
const BATCH = 128;

const OUTPUTS: readonly OutputName[] = [
  'survival12',
  'survival24',
  'survival60',
  'rmst',
  'gain',
  'low',
  'high',
  'best',
  'harm',
];

export interface ScorerOptions {
  /** Hash of the corpus that the caller uses; another one is refused. */
  readonly corpusHash?: string;
  readonly threads?: number;
  readonly batch?: number;
}

/** Opens the model of a directory (model.onnx, manifest.json). @throws ScorerError */
export async function openScorer(directory: string, options: ScorerOptions = {}): Promise<OutcomeScorer> {
  const manifest = readManifest(directory, options.corpusHash);
  const path = join(directory, 'model.onnx');
  try {
    const session = await ort.InferenceSession.create(path, {
      intraOpNumThreads: options.threads ?? 1,
      interOpNumThreads: 1,
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
    });
    return new OnnxScorer(manifest, session, options.batch ?? BATCH);
  } catch (cause) {
    throw new ScorerError('unreadable', `${path} cannot be run`, { cause });
  }
}

class OnnxScorer implements OutcomeScorer {
  readonly info: ModelInfo;
  private readonly networks: ReadonlyMap<string, { readonly network: ManifestNetwork; readonly index: number }>;
  private readonly batch: number;
  private readonly kept = new KeptScores();
  private session: ort.InferenceSession | undefined;

  constructor(manifest: Manifest, session: ort.InferenceSession, batch: number) {
    this.info = modelInfo(manifest);
    this.networks = new Map(manifest.networks.map((network, index) => [network.id, { network, index }]));
    this.session = session;
    this.batch = batch;
  }

  async score(rows: readonly ScoreRow[]): Promise<readonly Score[]> {
    if (this.session === undefined) throw new ScorerError('closed', `${this.info.id} is closed`);
    return this.kept.answers(rows, (open) => this.scoreAnew(open));
  }

  private async scoreAnew(rows: readonly ScoreRow[]): Promise<readonly Score[]> {
    const groups = new Map<string, number[]>();
    rows.forEach((row, r) => {
      const group = groups.get(row.network);
      if (group === undefined) groups.set(row.network, [r]);
      else group.push(r);
    });
    const scores: Score[] = new Array<Score>(rows.length);
    for (const [id, places] of groups) {
      const found = this.networks.get(id);
      if (found === undefined) throw new ScorerError('unknown-network', `${this.info.id} has no network ${id}`);
      for (let start = 0; start < places.length; start += this.batch) {
        const here = places.slice(start, start + this.batch);
        const answers = await this.run(found.network, found.index, notAlone(here.flatMap((r) => rows[r] ?? [])));
        here.forEach((r, i) => {
          scores[r] = answers[i] ?? {};
        });
      }
    }
    return scores;
  }

  private async run(network: ManifestNetwork, index: number, rows: readonly ScoreRow[]): Promise<Score[]> {
    if (this.session === undefined) throw new ScorerError('closed', `${this.info.id} is closed`);
    const arranged = arrange(network, rows);
    const answer = await this.session.run(feeds(network, index, rows.length, arranged));
    const outputs = Object.fromEntries(
      OUTPUTS.map((name) => {
        const data = answer[name]?.data;
        if (!(data instanceof Float32Array)) throw new ScorerError('unreadable', `the graph has no output ${name}`);
        return [name, data];
      }),
    ) as Outputs; // Every name of OUTPUTS was just put in.
    return readScores(network, rows, arranged, outputs);
  }

  async close(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    await session?.release();
  }
}

/**
 * onnxruntime multiplies a single row by another kernel than several, which moves the last bits (2e-6 months seen): a row alone runs
 * twice, so that a patient's numbers are the same bits whoever else is in the batch.
 */
const notAlone = (rows: readonly ScoreRow[]): readonly ScoreRow[] => (rows.length === 1 ? [...rows, ...rows] : rows);

function feeds(network: ManifestNetwork, index: number, rows: number, arranged: Arranged): Record<string, ort.Tensor> {
  const nodes = network.nodes.length;
  return {
    network: new ort.Tensor('int64', BigInt64Array.of(BigInt(index)), [1]),
    features: new ort.Tensor('float32', arranged.features, [rows, arranged.columns]),
    known: new ort.Tensor('float32', arranged.known, [rows, arranged.columns]),
    eligible: new ort.Tensor('float32', arranged.eligible, [rows, nodes]),
    comparator: new ort.Tensor('int64', arranged.comparator, [rows]),
  };
}
