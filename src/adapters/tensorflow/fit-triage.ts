// Fits the triage classifier with TensorFlow: three linear heads, full batches, Adam, weights begun at zero. Nothing is drawn by chance, so
// the same examples give the same weights on the same backend (the last digits differ between the native and the plain build).
import type { TrainingSet, TriageFitter } from '../../app/train-triage.js';
import { DESIGNS } from '../../evidence/triage/triage.js';
import { HEADS, type TriageWeights } from '../../evidence/triage/weights.js';
import { loadTensorflow, type TensorflowModule } from './tensorflow.js';

const EPOCHS = 160;
const RATE = 0.05;
/** Pull of the weights to zero: strong on the many hints, weak on the few statements, so that what a document says of itself comes first. */
const RIDGE = { hints: 6e-4, statements: 5e-5 };

export const fitTriage: TriageFitter = async (set) => {
  const { tf, backend } = await loadTensorflow();
  return { weights: await fit(tf, set), backend };
};

async function fit(tf: TensorflowModule, set: TrainingSet): Promise<TriageWeights> {
  const rows = set.rows.length;
  const cells = new Float32Array(rows * set.columns);
  set.rows.forEach((columns, r) => {
    for (const column of columns) cells[r * set.columns + column] = 1;
  });
  const x = tf.tensor2d(cells, [rows, set.columns]);
  const y = tf.tensor2d(set.targets.flat(), [rows, HEADS.length]);
  const w = tf.tensor2d(set.weights.flat(), [rows, HEADS.length]);
  const mask = tf.tensor2d(set.masks.flat(), [set.columns, HEADS.length]);
  const kernel = tf.variable(tf.zeros([set.columns, HEADS.length]));
  const bias = tf.variable(tf.zeros([HEADS.length]));
  const ridge = tf.tensor2d(
    Array.from({ length: set.columns }, (_, column) => [column < set.statements ? RIDGE.statements : RIDGE.hints]),
  );
  const adam = tf.train.adam(RATE);
  const designs = DESIGNS.length;
  const yesNo = HEADS.length - designs;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    adam.minimize(() => {
      const logits = tf.add(tf.matMul(x, tf.mul(kernel, mask)), bias);
      const part = (t: typeof x, from: number, width: number) => tf.slice(t, [0, from], [rows, width]);
      const design = tf.neg(
        tf.sum(
          tf.mul(part(w, 0, designs), tf.mul(part(y, 0, designs), tf.logSoftmax(part(logits as typeof x, 0, designs)))),
        ),
      );
      const z = part(logits as typeof x, designs, yesNo);
      // -log of the right answer's probability: softplus(z) - y z.
      const answers = tf.sum(
        tf.mul(part(w, designs, yesNo), tf.sub(tf.softplus(z), tf.mul(part(y, designs, yesNo), z))),
      );
      return tf.add(tf.add(design, answers), tf.sum(tf.mul(ridge, tf.square(kernel)))).asScalar();
    });
  }
  return { kernel: [...(await tf.mul(kernel, mask).data())], bias: [...(await bias.data())] };
}
