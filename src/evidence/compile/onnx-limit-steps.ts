// The Newton steps of gain-limits.ts for both limits of every patient and node at once: those that every network needs written out,
// those of networks with several components in a loop.
import { normalCdf } from '../../stats/distributions.js';
import { INTERVAL_Z } from './compiled-model.js';
import { FURTHEST, LONGEST_MOVE, PLAIN_STEPS, TAIL_FLOOR } from './gain-limits.js';
import { type GraphBuilder, graphBuilder } from './onnx-builder.js';
import { type Expressions, expressions } from './onnx-expressions.js';
import { passedValue } from './onnx-format.js';
import type { Lines } from './onnx-limits.js';
import { TABLE } from './onnx-tables.js';

/** Where the curves of node and comparator start in the table. */
interface Starts {
  readonly node: string;
  readonly comparator: string;
}

interface State {
  readonly u: string;
  readonly q: string;
}

/** `z` [limit, 1, 1, 1]: minus and plus the quantile. Adds the outputs `low` and `high`, [batch, node]. */
export function newtonSteps(
  graph: GraphBuilder,
  x: Expressions,
  lines: Lines,
  starts: Starts,
  z: string,
  moreSteps: string,
): void {
  const first = gainsAt(x, lines, starts, z);
  const bounds = {
    least: x.op('ReduceMin', [first.gain], { axes: [1], keepdims: 1 }),
    greatest: x.op('ReduceMax', [first.gain], { axes: [1], keepdims: 1 }),
    side: x.op('Sign', [z]),
  };
  let state: State = { u: z, q: overLines(x, x.mul(lines.weight, first.gain)) };
  for (let step = 0; step < PLAIN_STEPS; step++)
    state = newtonStep(x, lines, step === 0 ? first : gainsAt(x, lines, starts, state.u), bounds, state);

  const inner = graphBuilder(graph.parts.initializers);
  const y = expressions(inner, 'limit_more');
  const passed = { u: 'limit_more_u', q: 'limit_more_q' };
  const next = newtonStep(y, lines, gainsAt(y, lines, starts, passed.u), bounds, passed);
  const on = y.op('Identity', ['limit_more_on']);
  const body = {
    name: 'limit-step',
    nodes: inner.parts.nodes,
    inputs: [
      passedValue('limit_more_step', 'int64', true),
      passedValue('limit_more_on', 'bool', true),
      passedValue(passed.u, 'float'),
      passedValue(passed.q, 'float'),
    ],
    outputs: [passedValue(on, 'bool', true), passedValue(next.u, 'float'), passedValue(next.q, 'float')],
  };
  graph.op('limit_last_u', 'Loop', [moreSteps, '', state.u, state.q], { body: { graph: body } }, ['limit_last_q']);

  const flat = x.op('Squeeze', ['limit_last_q', x.long(1)]);
  const limit = (index: number, name: string): string =>
    x.op('Squeeze', [x.op('Slice', [flat, x.long(index), x.long(index + 1), x.long(0)]), x.long(0)], {}, name);
  limit(0, 'low');
  limit(1, 'high');
}

const overLines = (x: Expressions, value: string): string => x.op('ReduceSum', [value, x.long(1)], { keepdims: 1 });

/** Gain of each line at u, and its slope along u. */
function gainsAt(x: Expressions, lines: Lines, starts: Starts, u: string): { gain: string; slope: string } {
  const look = tableLook(x);
  const node = look(x.add(lines.node, x.mul(lines.alongNode, u)), starts.node);
  const comparator = look(x.add(lines.comparator, x.mul(lines.alongComparator, u)), starts.comparator);
  const rise = x.sub(x.mul(node.slope, lines.alongNode), x.mul(comparator.slope, lines.alongComparator));
  return { gain: x.sub(node.value, comparator.value), slope: x.op('Max', [rise, lines.leastSlope]) };
}

function newtonStep(
  x: Expressions,
  lines: Lines,
  { gain, slope }: { gain: string; slope: string },
  { least, greatest, side }: Record<'least' | 'greatest' | 'side', string>,
  { u, q }: State,
): State {
  const within = (value: string, bound: number): string => x.op('Clip', [value, x.number(-bound), x.number(bound)]);
  const movedTo = (target: string): string =>
    within(x.add(u, within(x.div(x.sub(target, gain), slope), LONGEST_MOVE)), FURTHEST);
  // exp(-u^2 / 2) / sqrt(2 pi), and Phi(-side u) = (1 - erf(side u / sqrt 2)) / 2.
  const guess = movedTo(q);
  const bell = x.mul(x.op('Exp', [x.mul(x.mul(guess, guess), x.number(-0.5))]), x.number(1 / Math.sqrt(2 * Math.PI)));
  const beyond = x.mul(
    x.sub(x.number(1), x.op('Erf', [x.mul(x.mul(guess, side), x.number(Math.SQRT1_2))])),
    x.number(0.5),
  );
  const floor = x.number(TAIL_FLOOR);
  const tail = x.add(overLines(x, x.mul(lines.weight, beyond)), floor);
  const density = x.add(overLines(x, x.mul(lines.weight, x.div(bell, slope))), floor);
  const excess = x.op('Log', [x.mul(tail, x.number(1 / normalCdf(-INTERVAL_Z)))]);
  const move = x.mul(side, x.div(x.mul(tail, excess), density));
  const there = x.op('Min', [greatest, x.op('Max', [least, x.add(q, move)])]);
  return { u: movedTo(there), q: there };
}

/** Reads the table of restricted means at predictors: months, and months for one step of the table. */
export function tableLook(x: Expressions): (predictor: string, start: string) => { value: string; slope: string } {
  const [first, last] = [x.number(0), x.number(TABLE.points - 1.001)];
  return (predictor, start) => {
    const clipped = x.op('Clip', [predictor, first, last]);
    const cell = x.op('Cast', [clipped], { to: 6 });
    const fraction = x.sub(clipped, x.op('Cast', [cell], { to: 1 }));
    const index = x.reshape(x.add(cell, start), [x.long(-1)]);
    const shape = x.op('Shape', [predictor]);
    const read = (table: string): string =>
      x.op('Reshape', [x.op('GatherElements', [table, index], { axis: 0 }), shape]);
    const slope = read('rise');
    return { value: x.add(read('value'), x.mul(fraction, slope)), slope };
  };
}
