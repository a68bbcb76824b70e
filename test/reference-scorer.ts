// The TypeScript reference model behind the scorer's port: tests of the clinical path need no onnxruntime and no released model.
import type { BuiltModel } from '../src/app/build-model.js';
import type { OutcomeScorer } from '../src/app/ports.js';
import { modelInfo } from '../src/evidence/compile/manifest.js';
import { scoreReference } from '../src/evidence/compile/reference.js';

export const referenceScorer = (model: BuiltModel): OutcomeScorer => ({
  info: modelInfo(model.manifest),
  score: async (rows) => scoreReference(model.compiled, rows),
  close: async () => {},
});
