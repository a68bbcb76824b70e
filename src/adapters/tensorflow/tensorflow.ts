// TensorFlow behind one import: the native @tensorflow/tfjs-node where it could be installed, else @tensorflow/tfjs on plain
// JavaScript, with the same interface. Used to train classifiers of the literature; what they learn is run by onnxruntime.
import type * as Tensorflow from '@tensorflow/tfjs';

export type TensorflowModule = typeof Tensorflow;

export interface LoadedTensorflow {
  readonly tf: TensorflowModule;
  /** "tensorflow" for the native build, "cpu" for plain JavaScript. */
  readonly backend: string;
}

export async function loadTensorflow(): Promise<LoadedTensorflow> {
  const tf = (await native()) ?? (await import('@tensorflow/tfjs'));
  await tf.ready();
  return { tf, backend: tf.getBackend() };
}

/** The optional package; undefined where its binary could not be installed. Its name is not a literal, as it may not be there to check. */
async function native(): Promise<TensorflowModule | undefined> {
  const name: string = '@tensorflow/tfjs-node';
  try {
    return (await import(name)) as TensorflowModule;
  } catch {
    return undefined;
  }
}
