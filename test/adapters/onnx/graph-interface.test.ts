// The released graph from outside: valid for onnxruntime, opset as the manifest says, inputs and outputs named and sized as documented,
// any number of rows in one run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { Manifest } from '../../../src/evidence/compile/manifest.js';

const models = join(import.meta.dirname, '../../../models');
const { id, version } = JSON.parse(readFileSync(join(models, 'released.json'), 'utf8')) as {
  id: string;
  version: string;
};
const folder = join(models, id, version);
const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
let session: ort.InferenceSession;
beforeAll(async () => {
  session = await ort.InferenceSession.create(join(folder, 'model.onnx'));
});

describe('the released graph', () => {
  it('has the inputs and outputs of the manifest, each with type, shape and unit', () => {
    expect([...session.inputNames].sort()).toEqual(manifest.inputs.map((p) => p.name).sort());
    expect([...session.outputNames].sort()).toEqual(manifest.outputs.map((p) => p.name).sort());
    for (const port of [...manifest.inputs, ...manifest.outputs]) {
      expect(port.unit).not.toBe('');
      expect(port.shape.length).toBeGreaterThan(0);
    }
  });

  it('declares the opset that the manifest states', () => {
    // ModelProto: opset_import is field 8, a message whose version is field 2; domain "" is left out (onnx.proto3).
    const bytes = readFileSync(join(folder, 'model.onnx'));
    expect(bytes.includes(Buffer.from([0x42, 0x02, 0x10, manifest.opset]))).toBe(true);
  });

  it.each([1, 2, 129])('answers %d rows in one run', async (rows) => {
    const network = manifest.networks[0];
    if (network === undefined) throw new Error('a network is needed');
    const [columns, nodes] = [Math.max(1, network.columns.length), network.nodes.length];
    const floats = (width: number, value: number) =>
      new ort.Tensor('float32', new Float32Array(rows * width).fill(value), [rows, width]);
    const answer = await session.run({
      network: new ort.Tensor('int64', BigInt64Array.of(0n), [1]),
      features: floats(columns, 0),
      known: floats(columns, 0),
      eligible: floats(nodes, 1),
      comparator: new ort.Tensor('int64', new BigInt64Array(rows), [rows]),
    });
    for (const { name } of manifest.outputs) expect(answer[name]?.dims).toEqual([rows, nodes]);
  });
});
