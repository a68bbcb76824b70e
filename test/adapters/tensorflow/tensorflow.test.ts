// TensorFlow is there on every machine, native or not.
import { expect, test } from 'vitest';
import { loadTensorflow } from '../../../src/adapters/tensorflow/tensorflow.js';

test('multiplies matrices, whichever build is installed', async () => {
  const { tf, backend } = await loadTensorflow();
  expect(['tensorflow', 'cpu']).toContain(backend);
  const product = tf.matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([[5], [6]]),
  );
  expect([...(await product.data())]).toEqual([17, 39]);
});
