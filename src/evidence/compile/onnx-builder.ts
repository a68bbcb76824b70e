// Nodes and constants of a graph in the making: each call adds one and answers its name.
import {
  type AttributeValue,
  attribute,
  type Elements,
  type GraphNode,
  type GraphTensor,
  tensor,
} from './onnx-format.js';

export interface GraphBuilder {
  /** An operator, by its first output; `more` names the others. */
  op(
    output: string,
    type: string,
    input: string[],
    attributes?: Record<string, AttributeValue>,
    more?: readonly string[],
  ): string;
  keep(name: string, elements: Elements, dims: readonly number[], values: readonly number[]): string;
  floats(name: string, values: readonly number[]): string;
  longs(name: string, values: readonly number[]): string;
  scalar(name: string, value: number): string;
  readonly parts: { readonly nodes: readonly GraphNode[]; readonly initializers: GraphTensor[] };
}

/** `initializers` of another graph are those of a graph inside it, which sees them. */
export function graphBuilder(initializers: GraphTensor[] = []): GraphBuilder {
  const nodes: GraphNode[] = [];
  const keep: GraphBuilder['keep'] = (name, elements, dims, values) => {
    initializers.push(tensor(name, elements, dims, values));
    return name;
  };
  return {
    op(output, type, input, attributes = {}, more = []) {
      const attribute_ = Object.entries(attributes).map(([name, value]) => attribute(name, value));
      nodes.push({ input, output: [output, ...more], name: output, op_type: type, attribute: attribute_ });
      return output;
    },
    keep,
    floats: (name, values) => keep(name, 'float', [values.length], values),
    longs: (name, values) => keep(name, 'int64', [values.length], values),
    scalar: (name, value) => keep(name, 'float', [], [value]),
    parts: { nodes, initializers },
  };
}
