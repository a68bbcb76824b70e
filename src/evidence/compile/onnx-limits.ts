// Outputs `low` and `high` of the graph: the arithmetic of gain-limits.ts with predictors in steps of the RMST table.
// Shapes: predictors [batch, node, component, 1 + loadings]; then [component, batch, node], the two limits in front of them; then the
// three points across the gradient beside each component, [limit, line, batch, node]: what is summed is one axis, the long ones last.
import { INTERVAL_Z } from './compiled-model.js';
import { ACROSS, LEAST_SLOPE, limitSteps, PLAIN_STEPS, STEEPNESS_FLOOR } from './gain-limits.js';
import type { GraphBuilder } from './onnx-builder.js';
import { type Expressions, expressions } from './onnx-expressions.js';
import { newtonSteps, tableLook } from './onnx-limit-steps.js';
import type { GraphConstants } from './onnx-tables.js';

/** Names of what the graph has already. */
export interface LimitInputs {
  readonly design: string;
  /** Rows of the design's matrices, [1]. */
  readonly weightRows: string;
  /** [1] */
  readonly nodeCount: string;
  /** Index of the comparator, [batch, 1]. */
  readonly comparator: string;
  /** Where each node's curve starts in the table, [node]. */
  readonly tableStart: string;
  /** The network's own number of a list by network, [1]. */
  place(name: string, values: readonly number[]): string;
}

/** The lines along which the gain rises, and what is known of them at u = 0. */
export interface Lines {
  readonly node: string;
  readonly comparator: string;
  readonly alongNode: string;
  readonly alongComparator: string;
  readonly leastSlope: string;
  readonly weight: string;
}

export function limitOutputs(graph: GraphBuilder, constants: GraphConstants, inputs: LimitInputs): void {
  const x = expressions(graph, 'limit');
  const { layout } = constants;
  const matrix = (
    name: string,
    values: readonly number[],
    start: (i: number) => number,
    end: (i: number) => number,
  ) => {
    const here = x.op('Slice', [
      graph.floats(name, values),
      inputs.place(
        `${name}_start`,
        layout.map((_, i) => start(i)),
      ),
      inputs.place(
        `${name}_end`,
        layout.map((_, i) => end(i)),
      ),
      x.long(0),
    ]);
    return x.op('MatMul', [inputs.design, x.reshape(here, [inputs.weightRows, x.long(-1)])]);
  };
  const predictors = matrix(
    'limit_terms',
    constants.terms,
    (i) => layout[i]?.termStart ?? 0,
    (i) => layout[i]?.termEnd ?? 0,
  );
  const logWeight = matrix(
    'limit_log_weight',
    constants.logWeight,
    (i) => layout[i]?.logStart ?? 0,
    (i) => layout[i]?.logEnd ?? 0,
  );
  const components = inputs.place(
    'limit_components',
    layout.map((l) => l.components),
  );
  const width = inputs.place(
    'limit_width',
    layout.map((l) => l.width),
  );
  const moments = momentsOf(
    x,
    x.reshape(predictors, [x.long(-1), inputs.nodeCount, components, width]),
    inputs.comparator,
  );

  const ownStart = inputs.tableStart;
  const column = x.op('Squeeze', [inputs.comparator, x.long(1)]);
  const comparatorStart = x.op('Unsqueeze', [x.op('Gather', [ownStart, column], { axis: 0 }), x.long(1)]);
  const look = tableLook(x);

  // The gradient at the centre, then where z leads from there.
  const gradient = (c: string, d: string): Record<'byC' | 'byD' | 'alongC' | 'alongD' | 'steepness', string> => {
    const byD = look(x.add(c, d), ownStart).slope;
    const byC = x.sub(byD, look(c, comparatorStart).slope);
    const alongC = x.add(x.mul(moments.varianceC, byC), x.mul(moments.covariance, byD));
    const alongD = x.add(x.mul(moments.covariance, byC), x.mul(moments.varianceD, byD));
    const square = x.add(x.mul(byC, alongC), x.mul(byD, alongD));
    const steepness = x.op('Sqrt', [x.add(square, x.number(STEEPNESS_FLOOR))]);
    return { byC, byD, alongC: x.div(alongC, steepness), alongD: x.div(alongD, steepness), steepness };
  };
  const z = graph.keep('limit_z', 'float', [2, 1, 1, 1], [-INTERVAL_Z, INTERVAL_Z]);
  const { c, d } = moments;
  const centre = gradient(c, d);
  const near = gradient(x.add(c, x.mul(z, centre.alongC)), x.add(d, x.mul(z, centre.alongD)));

  // Lines: each component at three points across the gradient.
  const narrow = x.div(moments.area, near.steepness);
  const point = (name: string, values: readonly number[]): string =>
    graph.keep(`limit_${name}`, 'float', [ACROSS.length, 1, 1], values);
  const across = point(
    'across',
    ACROSS.map((p) => p.v),
  );
  const even = point(
    'even',
    ACROSS.map(() => 1),
  );
  const share = point(
    'share',
    ACROSS.map((p) => p.weight),
  );
  const batch = x.op('Slice', [x.op('Shape', [inputs.design]), x.long(0), x.long(1), x.long(0)]);
  const lines = (value: string, limits: number, by = even): string =>
    x.reshape(x.mul(x.op('Unsqueeze', [value, x.long(limits === 1 ? 1 : 2)]), by), [
      x.long(limits),
      x.long(-1),
      batch,
      inputs.nodeCount,
    ]);
  const weights = x.op('Exp', [x.op('Max', [logWeight, x.number(-60)])]);
  const weightCube = x.op('Expand', [
    x.op('Unsqueeze', [x.op('Transpose', [weights], { perm: [1, 0] }), x.long(2)]),
    x.op('Shape', [c]),
  ]);
  const more = inputs.place(
    'limit_more_steps',
    layout.map((l) => limitSteps(l.components) - PLAIN_STEPS),
  );
  newtonSteps(
    graph,
    x,
    {
      node: x.add(lines(x.add(c, d), 1), lines(x.mul(narrow, x.sub(near.byC, near.byD)), 2, across)),
      comparator: x.sub(lines(c, 1), lines(x.mul(narrow, near.byD), 2, across)),
      alongNode: lines(x.add(near.alongC, near.alongD), 2),
      alongComparator: lines(near.alongC, 2),
      leastSlope: lines(x.mul(near.steepness, x.number(LEAST_SLOPE)), 2),
      weight: lines(weightCube, 1, share),
    },
    { node: ownStart, comparator: comparatorStart },
    z,
    more,
  );
}

/** Means (c of the comparator, d of the difference) and second moments, each [component, batch, node]. */
function momentsOf(
  x: Expressions,
  predictors: string,
  comparator: string,
): Record<'c' | 'd' | 'varianceC' | 'varianceD' | 'covariance' | 'area', string> {
  const base = x.op('Unsqueeze', [x.op('GatherND', [predictors, comparator], { batch_dims: 1 }), x.long(1)]);
  const difference = x.sub(predictors, base);
  const mean = (of: string): string =>
    x.op('Squeeze', [x.op('Slice', [of, x.long(0), x.long(1), x.long(3)]), x.long(3)]);
  const loadings = (of: string): string => x.op('Slice', [of, x.long(1), x.long(1_000_000), x.long(3)]);
  const turned = (of: string): string => x.op('Transpose', [of], { perm: [2, 0, 1] });
  const sum = (of: string): string => x.op('ReduceSum', [of, x.long(3)], { keepdims: 0 });
  const [loadC, loadD] = [loadings(base), loadings(difference)];
  const d = turned(mean(difference));
  const shape = x.op('Shape', [d]);
  const c = x.op('Expand', [turned(mean(base)), shape]);
  const varianceC = x.op('Expand', [turned(sum(x.mul(loadC, loadC))), shape]);
  const varianceD = turned(sum(x.mul(loadD, loadD)));
  const covariance = turned(sum(x.mul(loadC, loadD)));
  const determinant = x.sub(x.mul(varianceC, varianceD), x.mul(covariance, covariance));
  return { c, d, varianceC, varianceD, covariance, area: x.op('Sqrt', [x.op('Relu', [determinant])]) };
}
