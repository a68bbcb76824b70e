// The classifier: three linear heads on one row of columns; softmax over designs, logistic for oncology and for comparison. Plain and
// short on purpose: this is the reference that the ONNX graph must agree with.
import { DESIGNS, type TriageScore } from './triage.js';

/** Outputs in order: the designs, then oncology, then comparison of treatments. */
export const HEADS = [...DESIGNS, 'oncology', 'compares'] as const;

export interface TriageWeights {
  /** Columns x HEADS, row by row. */
  readonly kernel: readonly number[];
  /** One a head. */
  readonly bias: readonly number[];
}

/** @param columns numbers of the columns that hold 1 */
export function scoreRow(weights: TriageWeights, columns: readonly number[]): TriageScore {
  const logits = HEADS.map((_, head) =>
    columns.reduce((sum, column) => sum + (weights.kernel[column * HEADS.length + head] ?? 0), weights.bias[head] ?? 0),
  );
  const designLogits = logits.slice(0, DESIGNS.length);
  const top = Math.max(...designLogits);
  const total = designLogits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  return scoreOf([
    ...designLogits.map((logit) => Math.exp(logit - top) / total),
    ...logits.slice(DESIGNS.length).map((logit) => 1 / (1 + Math.exp(-logit))),
  ]);
}

/** Probabilities in the order of HEADS -> score. */
export function scoreOf(probabilities: readonly number[]): TriageScore {
  const at = (head: (typeof HEADS)[number]): number => probabilities[HEADS.indexOf(head)] ?? 0;
  return {
    designs: {
      randomised: at('randomised'),
      'single-arm': at('single-arm'),
      'meta-analysis': at('meta-analysis'),
      cohort: at('cohort'),
      review: at('review'),
      other: at('other'),
    },
    oncology: at('oncology'),
    comparesTreatments: at('compares'),
  };
}
