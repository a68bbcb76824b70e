// The part of the ONNX file format that the graph needs, and its encoding.
// Field numbers: onnx/onnx.proto (https://github.com/onnx/onnx), IR version 8, default operator set 17.
import protobuf from 'protobufjs';

export const IR_VERSION = 8;
export const OPSET = 17;

const SCHEMA = `
syntax = "proto3";
message Attribute {
  string name = 1; float f = 2; int64 i = 3; Graph g = 6; repeated int64 ints = 8; int32 type = 20;
}
message Node {
  repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
  repeated Attribute attribute = 5;
}
message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
message Shape { repeated Dimension dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Type { TensorType tensor_type = 1; }
message ValueInfo { string name = 1; Type type = 2; string doc_string = 3; }
message Graph {
  repeated Node node = 1; string name = 2; repeated Tensor initializer = 5; string doc_string = 10;
  repeated ValueInfo input = 11; repeated ValueInfo output = 12;
}
message OperatorSet { string domain = 1; int64 version = 2; }
message Property { string key = 1; string value = 2; }
message Model {
  int64 ir_version = 1; string producer_name = 2; string producer_version = 3; string domain = 4;
  int64 model_version = 5; string doc_string = 6; Graph graph = 7; repeated OperatorSet opset_import = 8;
  repeated Property metadata_props = 14;
}`;

const Model = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Model');

/** Element types of TensorProto. */
const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;
const BOOL = 9;

export type Elements = 'float' | 'int32' | 'int64';
const CODE: Readonly<Record<Elements | 'bool', number>> = { float: FLOAT, int32: INT32, int64: INT64, bool: BOOL };
const ATTRIBUTE = { float: 1, int: 2, graph: 5, ints: 7 } as const;

export interface GraphNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly op_type: string;
  readonly attribute: readonly object[];
}
export interface GraphTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data_type: number;
  readonly raw_data: Uint8Array;
}

export function tensor(
  name: string,
  elements: Elements,
  dims: readonly number[],
  values: readonly number[],
): GraphTensor {
  const width = elements === 'int64' ? 8 : 4;
  const raw = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((v, i) => {
    if (elements === 'float') raw.setFloat32(i * 4, v, true);
    else if (elements === 'int32') raw.setInt32(i * 4, v, true);
    else raw.setBigInt64(i * 8, BigInt(v), true);
  });
  return { name, dims, data_type: CODE[elements], raw_data: new Uint8Array(raw.buffer) };
}

export type AttributeValue =
  | number
  | readonly number[]
  | { readonly float: number }
  | { readonly graph: Pick<GraphParts, 'name' | 'nodes' | 'inputs' | 'outputs'> };

export function attribute(name: string, value: AttributeValue): object {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE.int };
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE.float };
  if ('graph' in value) {
    const { nodes, inputs, outputs } = value.graph;
    return { name, g: { name: value.graph.name, node: nodes, input: inputs, output: outputs }, type: ATTRIBUTE.graph };
  }
  return { name, ints: value, type: ATTRIBUTE.ints };
}

/** A graph input or output; a named dimension is free, "batch" above all. */
export function valueInfo(name: string, elements: Elements, dims: readonly (number | string)[], doc: string): object {
  const dim = dims.map((d) => (typeof d === 'number' ? { dim_value: d } : { dim_param: d }));
  return { name, doc_string: doc, type: { tensor_type: { elem_type: CODE[elements], shape: { dim } } } };
}

/** A value that is passed between a graph and the graph inside one of its operators: a number, or of any shape. */
export const passedValue = (name: string, elements: Elements | 'bool', scalar = false): object => ({
  name,
  type: { tensor_type: { elem_type: CODE[elements], ...(scalar ? { shape: {} } : {}) } },
});

export interface GraphParts {
  readonly name: string;
  readonly doc: string;
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly GraphTensor[];
  readonly inputs: readonly object[];
  readonly outputs: readonly object[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Bytes of the model file. Same parts, same bytes. */
export function encodeModel(parts: GraphParts): Uint8Array {
  const message = {
    ir_version: IR_VERSION,
    producer_name: 'shipa',
    doc_string: parts.doc,
    graph: {
      node: parts.nodes,
      name: parts.name,
      initializer: parts.initializers,
      input: parts.inputs,
      output: parts.outputs,
    },
    opset_import: [{ domain: '', version: OPSET }],
    metadata_props: Object.entries(parts.properties).map(([key, value]) => ({ key, value })),
  };
  const fault = Model.verify(message);
  if (fault !== null) throw new TypeError(`not an ONNX model: ${fault}`);
  return Model.encode(message).finish();
}
