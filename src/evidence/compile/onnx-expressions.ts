// Arithmetic with names made up: for the parts of the graph where only the formulas matter.
import type { GraphBuilder } from './onnx-builder.js';
import type { AttributeValue } from './onnx-format.js';

export interface Expressions {
  op(type: string, input: string[], attributes?: Record<string, AttributeValue>, output?: string): string;
  add(a: string, b: string): string;
  sub(a: string, b: string): string;
  mul(a: string, b: string): string;
  div(a: string, b: string): string;
  /** Reshape to a shape of single numbers, each [1]. */
  reshape(value: string, shape: readonly string[]): string;
  /** Constants, kept once each. */
  number(value: number): string;
  long(value: number): string;
}

export function expressions(graph: GraphBuilder, prefix: string): Expressions {
  let made = 0;
  const kept = new Map<string, string>();
  const once = (key: string, make: (name: string) => string): string => {
    const found = kept.get(key) ?? make(`${prefix}_${key}`);
    kept.set(key, found);
    return found;
  };
  const op: Expressions['op'] = (type, input, attributes = {}, output = `${prefix}_${type}_${made++}`) =>
    graph.op(output, type, input, attributes);
  return {
    op,
    add: (a, b) => op('Add', [a, b]),
    sub: (a, b) => op('Sub', [a, b]),
    mul: (a, b) => op('Mul', [a, b]),
    div: (a, b) => op('Div', [a, b]),
    reshape: (value, shape) =>
      op('Reshape', [value, shape.length === 1 ? (shape[0] ?? '') : op('Concat', [...shape], { axis: 0 })]),
    number: (value) => once(`number_${value}`, (name) => graph.scalar(name, value)),
    long: (value) => once(`long_${value}`, (name) => graph.longs(name, [value])),
  };
}
