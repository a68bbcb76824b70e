// The peer: the same answers in bare onnxruntime without thought. RMST by quadrature of exp(-H0(t) exp(eta)) at 12 nodes for every
// candidate and draw, intervals by sorting the draws, the best by softmax, survival at three times.
import { type CompiledNetwork, MILESTONE_MONTHS } from '../src/evidence/compile/compiled-model.js';
import { attribute, encodeModel, tensor, valueInfo } from '../src/evidence/compile/onnx-format.js';
import { survivalQuadrature } from '../src/stats/quadrature.js';
import { cumulativeHazard } from './scoring-model.js';

const QUADRATURE = 12;

const overDraws = [attribute('axes', [2]), attribute('keepdims', 0)];

/** Input design [batch, 1 + columns]; outputs as the model's. */
export function naiveGraph(network: CompiledNetwork): Uint8Array {
  const nodes = network.nodes.length;
  const draws = network.constant[0]?.length ?? 0;
  const rows = [network.constant, ...network.slope].flatMap((grid) => grid.flat());
  const { nodes: months, weights } = survivalQuadrature(network.horizonMonths, QUADRATURE);
  const op = (output: string, op_type: string, input: string[], attributes: object[] = []) => ({
    input,
    output: [output],
    name: output,
    op_type,
    attribute: attributes,
  });
  return encodeModel({
    name: 'naive',
    doc: 'peer of the benchmark',
    nodes: [
      op('eta', 'MatMul', ['design', 'weights']),
      op('ratio', 'Exp', ['eta']),
      op('ratio_column', 'Unsqueeze', ['ratio', 'axis']),
      op('hazard', 'Mul', ['ratio_column', 'minus_hazard']),
      op('survival', 'Exp', ['hazard']),
      op('area', 'MatMul', ['survival', 'quadrature']),
      op('cube', 'Reshape', ['area', 'shape']),
      op('rmst', 'ReduceMean', ['cube'], overDraws),
      op('comparator', 'Slice', ['cube', 'zero', 'first', 'one']),
      op('gains', 'Sub', ['cube', 'comparator']),
      op('gain', 'ReduceMean', ['gains'], overDraws),
      {
        ...op('low', 'TopK', ['gains', 'tail'], [attribute('axis', 2), attribute('largest', 0)]),
        output: ['low', 'i'],
      },
      {
        ...op('high', 'TopK', ['gains', 'tail'], [attribute('axis', 2), attribute('largest', 1)]),
        output: ['high', 'j'],
      },
      op('shares', 'Softmax', ['cube'], [attribute('axis', 1)]),
      op('best', 'ReduceMean', ['shares'], overDraws),
      ...MILESTONE_MONTHS.flatMap((months) => [
        op(`hazard${months}`, 'Mul', ['ratio', `minus${months}`]),
        op(`flat${months}`, 'Exp', [`hazard${months}`]),
        op(`cube${months}`, 'Reshape', [`flat${months}`, 'shape']),
        op(`survival${months}`, 'ReduceMean', [`cube${months}`], overDraws),
      ]),
    ],
    initializers: [
      tensor('weights', 'float', [1 + network.columns.length, nodes * draws], rows),
      tensor(
        'minus_hazard',
        'float',
        [QUADRATURE],
        months.map((t) => -cumulativeHazard(t)),
      ),
      tensor('quadrature', 'float', [QUADRATURE, 1], weights),
      tensor('axis', 'int64', [1], [2]),
      ...MILESTONE_MONTHS.map((months) => tensor(`minus${months}`, 'float', [], [-cumulativeHazard(months)])),
      tensor('zero', 'int64', [1], [0]),
      tensor('first', 'int64', [1], [1]),
      tensor('one', 'int64', [1], [1]),
      tensor('tail', 'int64', [1], [4]),
      tensor('shape', 'int64', [3], [-1, nodes, draws]),
    ],
    inputs: [valueInfo('design', 'float', ['batch', 1 + network.columns.length], 'constant and features')],
    outputs: ['rmst', 'gain', 'best', 'survival12', 'survival24', 'survival60', 'low', 'high'].map((name) =>
      valueInfo(name, 'float', name === 'low' || name === 'high' ? ['batch', nodes, 4] : ['batch', nodes], name),
    ),
    properties: {},
  });
}
