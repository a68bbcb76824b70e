// The classifier as an ONNX graph: columns [batch, columns] -> probabilities [batch, heads] (the designs add up to 1).
import { encodeModel, type GraphNode, tensor, valueInfo } from '../compile/onnx-format.js';
import { DESIGNS } from './triage.js';
import { HEADS, type TriageWeights } from './weights.js';

export function triageGraph(weights: TriageWeights, columns: number, version: string): Uint8Array {
  const heads = HEADS.length;
  const designs = DESIGNS.length;
  const slice = (from: number, to: number): TriageWeights => ({
    kernel: Array.from({ length: columns }, (_, c) => weights.kernel.slice(c * heads + from, c * heads + to)).flat(),
    bias: weights.bias.slice(from, to),
  });
  const design = slice(0, designs);
  const yesNo = slice(designs, heads);
  return encodeModel({
    name: 'triage',
    doc: `Triage of the literature ${version}: ${HEADS.join(', ')}`,
    nodes: [
      node('MatMul', ['columns', 'design_kernel'], 'design_product'),
      node('Add', ['design_product', 'design_bias'], 'design_logits'),
      node('Softmax', ['design_logits'], 'design'),
      node('MatMul', ['columns', 'yes_kernel'], 'yes_product'),
      node('Add', ['yes_product', 'yes_bias'], 'yes_logits'),
      node('Sigmoid', ['yes_logits'], 'yes'),
    ],
    initializers: [
      tensor('design_kernel', 'float', [columns, designs], design.kernel),
      tensor('design_bias', 'float', [designs], design.bias),
      tensor('yes_kernel', 'float', [columns, heads - designs], yesNo.kernel),
      tensor('yes_bias', 'float', [heads - designs], yesNo.bias),
    ],
    inputs: [valueInfo('columns', 'float', ['batch', columns], '1 where the cue stands at the place, else 0')],
    outputs: [
      valueInfo('design', 'float', ['batch', designs], `probabilities: ${DESIGNS.join(', ')}`),
      valueInfo('yes', 'float', ['batch', heads - designs], 'probabilities: oncology, compares treatments'),
    ],
    properties: { version },
  });
}

/** Softmax is over the last axis, which is its default. */
const node = (op: string, input: readonly string[], output: string): GraphNode => ({
  input,
  output: [output],
  name: output,
  op_type: op,
  attribute: [],
});
