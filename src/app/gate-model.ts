// The researcher's gate: a built model, its running graph and the released model -> the report that release depends on.

import type { Score, ScoreRow } from '../domain/outcome.js';
import { canonicalJson } from '../evidence/compile/canonical-json.js';
import type { Manifest } from '../evidence/compile/manifest.js';
import { randomRows } from '../evidence/compile/random-rows.js';
import { scoreReference } from '../evidence/compile/reference.js';
import { FULL_GATE, type GateInput, type GateReport, gateReport } from '../evidence/gate/gate-report.js';
import { scoreDifference } from '../evidence/gate/score-difference.js';
import type { BuiltModel } from './build-model.js';
import type { OutcomeScorer } from './ports.js';

export interface GateOptions {
  readonly released: Manifest | null;
  readonly reasons?: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Random rows for the parity of graph and reference. */
  readonly rows?: number;
  /** What was judged outside: checks, first options, bytes. */
  readonly outside?: Pick<GateInput, 'more' | 'recommendations' | 'files' | 'patients' | 'runtime'>;
}

/** Checks the candidate. `scorer` runs the candidate's own model.onnx. */
export async function gateModel(built: BuiltModel, scorer: OutcomeScorer, options: GateOptions): Promise<GateReport> {
  const rows = randomRows(built.compiled, options.rows ?? FULL_GATE.rows, options.seed);
  const parity = scoreDifference(scoreReference(built.compiled, rows), await scorer.score(rows));
  const golden = goldenLines(built.files['golden.jsonl']);
  const replayed = await scorer.score(golden.map((g) => g.row));
  return gateReport({
    candidate: built.manifest,
    released: options.released,
    parity,
    golden: scoreDifference(
      golden.map((g) => g.score),
      replayed,
    ),
    reasons: options.reasons ?? {},
    ...options.outside,
  });
}

function goldenLines(bytes: Uint8Array | undefined): { row: ScoreRow; score: Score }[] {
  const text = new TextDecoder().decode(bytes ?? new Uint8Array()).trim();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as { row: ScoreRow; score: Score });
}

/** Content of gate.json. */
export const gateFile = (report: GateReport): Uint8Array => new TextEncoder().encode(`${canonicalJson(report, 1)}\n`);
