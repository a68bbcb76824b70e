// The outcome model as an ONNX graph: same arithmetic as reference.ts for one network and a batch of patients.
//
//   design  = [1, (features - centre) * known, 1 - known]                       [batch, 1 + 2 columns]
//   place   = design x weights(network), in steps of the RMST table             [batch, node, draw]
//   rmst    = value(place) + fraction * rise(place)
//   gain    = rmst - rmst of the comparator; its limits: onnx-limits.ts
//   best    = mean over draws of softmax over eligible nodes
//
// A batch holds rows of one network, because networks differ in nodes and columns: no padding, and one matrix product.
import { BEST_WIDTH_MONTHS, type CompiledModel, MILESTONE_MONTHS } from './compiled-model.js';
import { graphBuilder } from './onnx-builder.js';
import { type Elements, encodeModel, valueInfo } from './onnx-format.js';
import { limitOutputs } from './onnx-limits.js';
import { graphConstants, TABLE, TABLE_STEP } from './onnx-tables.js';

/** Bytes of model.onnx. */
export function onnxGraph(model: CompiledModel, id: string): Uint8Array {
  const constants = graphConstants(model);
  const graph = graphBuilder();
  const { op, keep, floats, longs, scalar } = graph;
  const count = constants.layout.length;
  const place = (name: string, values: readonly number[]): string =>
    op(`${name}_here`, 'Gather', [keep(name, 'int64', [count], values), 'network'], { axis: 0 });
  const columnStart = place(
    'column_start',
    constants.layout.map((l) => l.columnStart),
  );
  const columnEnd = place(
    'column_end',
    constants.layout.map((l) => l.columnEnd),
  );
  const weightStart = place(
    'weight_start',
    constants.layout.map((l) => l.weightStart),
  );
  const weightEnd = place(
    'weight_end',
    constants.layout.map((l) => l.weightEnd),
  );
  const nodeStart = place(
    'node_start',
    constants.layout.map((l) => l.nodeStart),
  );
  const nodeEnd = place(
    'node_end',
    constants.layout.map((l) => l.nodeEnd),
  );
  const one = scalar('one', 1);
  const axis0 = longs('axis_0', [0]);
  const axis1 = longs('axis_1', [1]);
  const axis2 = longs('axis_2', [2]);
  const nodeSlice = (name: string, elements: Elements, values: readonly number[]): string =>
    op(`${name}_here`, 'Slice', [keep(name, elements, [values.length], values), nodeStart, nodeEnd, axis0]);

  // Linear predictors in steps of the table.
  const centre = op('centre_here', 'Slice', [floats('centre', constants.centre), columnStart, columnEnd, axis0]);
  const unknown = op('unknown', 'Sub', [one, 'known']);
  const deviation = op('deviation', 'Mul', [op('centred', 'Sub', ['features', centre]), 'known']);
  // known + (1 - known): a column of ones of the batch's length.
  const ones = op('ones', 'ReduceMax', [op('known_or_not', 'Add', ['known', unknown])], { axes: [1], keepdims: 1 });
  const design = op('design', 'Concat', [ones, deviation, unknown], { axis: 1 });
  const columns = op('column_count', 'Sub', [columnEnd, columnStart]);
  const rows = op('weight_rows', 'Add', [op('two_columns', 'Add', [columns, columns]), longs('one_row', [1])]);
  const flat = op('weights_here', 'Slice', [floats('weights', constants.weights), weightStart, weightEnd, axis0]);
  const weights = op('weight_matrix', 'Reshape', [
    flat,
    op('weight_shape', 'Concat', [rows, longs('rest', [-1])], { axis: 0 }),
  ]);
  const nodeCount = op('node_count', 'Sub', [nodeEnd, nodeStart]);
  const cube = op('cube_shape', 'Concat', ['rest', nodeCount, longs('draws', [model.draws])], { axis: 0 });
  const steps = op('steps', 'Reshape', [op('predictor', 'MatMul', [design, weights]), cube]);

  // Restricted mean survival time from the table.
  const clipped = op('clipped', 'Clip', [steps, scalar('first', 0), scalar('last', TABLE.points - 1.001)]);
  const cell = op('cell', 'Cast', [clipped], { to: 6 });
  const fraction = op('fraction', 'Sub', [clipped, op('whole', 'Cast', [cell], { to: 1 })]);
  const tableStart = nodeSlice('table_start', 'int32', constants.tableStart);
  const start = op('table_start_column', 'Unsqueeze', [tableStart, axis1]);
  // GatherElements on a flat list: three times as fast as Gather, which copies element by element with memcpy.
  const index = op('index', 'Reshape', [op('index_cube', 'Add', [cell, start]), 'rest']);
  const look = (name: string, table: readonly number[]): string =>
    op(`${name}_at`, 'Reshape', [
      op(`${name}_flat`, 'GatherElements', [floats(name, table), index], { axis: 0 }),
      cube,
    ]);
  const value = look('value', constants.value);
  const rise = look('rise', constants.rise);
  const draws = op('rmst_draws', 'Add', [value, op('part', 'Mul', [fraction, rise])]);
  op('rmst', 'ReduceMean', [draws], { axes: [2], keepdims: 0 });

  // Gain over the comparator.
  const comparator = op('comparator_column', 'Unsqueeze', ['comparator', axis1]);
  const against = op('comparator_rmst', 'GatherND', ['rmst', comparator], { batch_dims: 1 });
  op('gain', 'Sub', ['rmst', op('comparator_rmst_column', 'Unsqueeze', [against, axis1])]);
  limitOutputs(graph, constants, { design, weightRows: rows, nodeCount, comparator, place, tableStart });

  // Share of the longest RMST among the eligible.
  const barred = op('barred', 'Mul', [op('ineligible', 'Sub', ['eligible', one]), scalar('far', 1e6)]);
  const inPlay = op('in_play', 'Add', [draws, op('barred_cube', 'Unsqueeze', [barred, axis2])]);
  const longest = op('longest', 'ReduceMax', [inPlay], { axes: [1], keepdims: 1 });
  const behind = op('behind', 'Mul', [
    op('short_of', 'Sub', [inPlay, longest]),
    scalar('per_width', 1 / BEST_WIDTH_MONTHS),
  ]);
  // Not below -80: denormal numbers make every later step ten times slower.
  const shares = op('shares', 'Exp', [op('behind_kept', 'Max', [behind, scalar('far_behind', -80)])]);
  const total = op('all_shares', 'ReduceSum', [shares, axis1], { keepdims: 0 });
  const weight = op('share_weight', 'Div', [scalar('one_draw', 1 / model.draws), total]);
  op('best', 'Squeeze', [
    op('best_column', 'MatMul', [shares, op('share_column', 'Unsqueeze', [weight, axis2])]),
    axis2,
  ]);

  // Survival at the milestones.
  // exp(eta) = exp(step x place) exp(low); the second factor is in the hazards.
  const ratio = op('hazard_ratio', 'Exp', [op('eta', 'Mul', [steps, scalar('step', TABLE_STEP)])]);
  MILESTONE_MONTHS.forEach((months, m) => {
    const minus = nodeSlice(
      `hazard_${months}`,
      'float',
      constants.milestones.map((row) => -(row[m] ?? 0) * Math.exp(TABLE.low)),
    );
    const scaled = op(`hazard_${months}_draws`, 'Mul', [
      ratio,
      op(`hazard_${months}_column`, 'Unsqueeze', [minus, axis1]),
    ]);
    op(`survival${months}`, 'ReduceMean', [op(`survival_${months}_draws`, 'Exp', [scaled])], {
      axes: [2],
      keepdims: 0,
    });
  });
  op('harm', 'Add', [
    nodeSlice('harm_by_node', 'float', constants.harm),
    op('no_harm', 'Mul', ['eligible', scalar('none', 0)]),
  ]);

  return encodeModel({ name: 'shipa-outcomes', doc: DOC, ...graph.parts, ...interfaceOf(), properties: { id } });
}

const DOC =
  'Survival, restricted mean survival time and harm of the regimens of one network; see manifest.json and card.md.';

function interfaceOf(): { inputs: object[]; outputs: object[] } {
  const grid = ['batch', 'nodes'];
  const output = (name: string, doc: string): object => valueInfo(name, 'float', grid, doc);
  return {
    inputs: [
      valueInfo('network', 'int64', [1], 'index of the network in the manifest'),
      valueInfo('features', 'float', ['batch', 'columns'], 'columns of the network in the order of the manifest'),
      valueInfo('known', 'float', ['batch', 'columns'], '1 known, 0 unknown (the feature is then ignored)'),
      valueInfo('eligible', 'float', grid, '1 in play for the probability of being best, else 0'),
      valueInfo('comparator', 'int64', ['batch'], 'index of the node that gains are against'),
    ],
    outputs: [
      ...MILESTONE_MONTHS.map((m) => output(`survival${m}`, `probability event-free at ${m} months`)),
      output('rmst', 'restricted mean survival time to the horizon, months'),
      output('gain', 'rmst minus that of the comparator, months'),
      output('low', 'lower 5 % limit of gain, months'),
      output('high', 'upper 5 % limit of gain, months'),
      output('best', 'probability of the longest rmst among the eligible'),
      output('harm', 'proportion with a grade >= 3 adverse event, -1 unknown'),
    ],
  };
}
